/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bench - what vfio_ap's work costs, measured from outside
 *
 * Only what every driver of this name has is used, so that two can be compared.
 * It runs in the box with QEMU's instruction counter as clock: all times are
 * exact, and nobody else on the machine changes them.
 */
#ifndef VFIO_AP_BENCH_H
#define VFIO_AP_BENCH_H

#include <stdatomic.h>
#include <stdbool.h>

#include "lib/lodger.h"

/* The first adapter of the machine, and that of mdevs with nothing behind */
#define CARD		0x10
#define IDLE_CARD	0x80
/* The host's own, which comes and goes */
#define HOST_CARD	0x7f

/* QEMU's clock: -icount shift=1 */
#define NS_PER_STEP	2

#define UUID_LEN	37
#define CONFIG_LEN	256

/* Who is measured when nobody has the queues */
#define NOBODY		"none"

/**
 * struct shape - the machine that is measured on
 * @cards: how many adapters, from %CARD on
 * @domains: how many domains, from 0 on
 */
struct shape {
	unsigned int cards;
	unsigned int domains;
};

extern struct shape shape;
extern const char *side;
extern unsigned int runs;

/* Results, a line each */
unsigned long now_ns(void);
void result(const char *what, const char *unit, double value,
	    const char *format, ...);
void steps(const char *what, unsigned long ns, const char *format, ...);
void ms(const char *what, unsigned long ns, const char *format, ...);

/* What has to go well; ends the program if it does not */
void must(int rc, const char *what);

/* The machine */
void machine_make(unsigned int cards, unsigned int domains);
void settle(void);

/* mdevs: number 0 is the one that is measured, the others are idle */
const char *uuid(unsigned int number);
void config_text(char *text, unsigned int card, unsigned int cards,
		 unsigned int domain, unsigned int domains);
void mdev_fill(unsigned int number, unsigned int card, unsigned int cards,
	       unsigned int domain, unsigned int domains);
void idle_make(unsigned int count);
void idle_remove(unsigned int count);

/* Guests of mdevs, by number */
void guest_open(struct lodger *guest, unsigned int number);

/* Who waits longer than this for something is not waited for. */
#define PATIENCE_MS	30000

/**
 * struct other - another process, which does something when it is told to
 * @ready: it is prepared
 * @go: it is told
 * @stop: it is told to end
 * @begun: when it began, and
 * @ended: .. was done; 0: not yet
 * @pid: who
 */
struct other {
	atomic_bool ready;
	atomic_bool go;
	atomic_bool stop;
	atomic_ulong begun;
	atomic_ulong ended;
	int pid;
};

struct other *other_start(void (*run)(struct other *other));
void other_ready(struct other *other);
void other_go(struct other *other);
unsigned long other_wait(struct other *other, unsigned int limit_ms);
void other_end(struct other *other, unsigned int limit_ms);

/* What is measured */
void bench_assign(void);
void bench_config(void);
void bench_open(void);
void bench_close(void);
void bench_unassign(void);
void bench_workers(void);
void bench_hang(void);
void bench_aqic(void);
void bench_neighbour(void);
void bench_unplug(void);
void bench_bind(void);
void bench_scan(void);
void bench_veto(void);
void bench_memory(void);

#endif /* VFIO_AP_BENCH_H */
