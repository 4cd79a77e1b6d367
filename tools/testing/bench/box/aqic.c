// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - what guests do: AQIC, and looking at a queue that is taken away
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "lib/bell.h"
#include "lib/sim.h"

/* In a table of a guest's, and how many tables a guest works off */
#define PAIRS		16
#define TABLES		8
#define GUESTS		64

/* Samples of one guest's latency, and the other one's queues */
#define SAMPLES		10
#define B_CARDS		4

/* Between two looks of a guest at its queue */
#define LOOK_US		200

#define RC_NORMAL	0x00
#define RC_GONE		0x01

static const struct bell bell = { CARD << 8, 3, BELL_NIB(0) };

static void fill(struct ap_call *calls, unsigned int apqn)
{
	unsigned int i;

	memset(calls, 0, 2 * PAIRS * sizeof(*calls));
	for (i = 0; i < 2 * PAIRS; i++) {
		calls[i].insn = AP_PQAP;
		calls[i].gr0 = AP_FC_AQIC | apqn;
		calls[i].gr1 = i % 2 ? 0 : AP_AQIC_ON | 3;
		calls[i].gr2 = i % 2 ? 0 : BELL_NIB(0);
	}
}

static void check(const struct ap_call *calls)
{
	unsigned int i;

	for (i = 0; i < 2 * PAIRS; i++)
		must(ap_rc(&calls[i]) == RC_NORMAL ? 0 : -EPROTO, "AQIC");
}

static struct lodger guests[GUESTS];

/* Guests take turns, a table each: this is one CPU. */
static void pairs(unsigned int count)
{
	unsigned int i, table, turn;
	unsigned long begun, took;
	struct ap_call calls[2 * PAIRS];

	for (turn = 0; turn < runs; turn++) {
		took = 0;
		for (table = 0; table < TABLES; table++) {
			for (i = 0; i < count; i++) {
				fill(calls, CARD << 8 | i);
				begun = now_ns();
				must(vm_execute(&guests[i].vm, calls,
						2 * PAIRS), "guest");
				took += now_ns() - begun;
				check(calls);
			}
		}
		steps("aqic_pair", took / (TABLES * PAIRS * count),
		      "guests=%u", count);
		settle();
	}
}

static void one_queue_each(unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		must(mdev_create(uuid(i)), "create");
		mdev_fill(i, CARD, 1, i, 1);
	}
	settle();
	for (i = 0; i < count; i++)
		guest_open(&guests[i], i);
	settle();
	pairs(count);
	for (i = 0; i < count; i++) {
		lodger_close(&guests[i]);
		mdev_remove(uuid(i));
	}
	settle();
}

/* Interruptions on and off again, by one guest and by many */
void bench_aqic(void)
{
	one_queue_each(1);
	one_queue_each(shape.domains < GUESTS ? shape.domains : GUESTS);
}

static void open_and_close(struct other *other)
{
	struct lodger guest;

	other_ready(other);
	while (!other->stop) {
		guest_open(&guest, 1);
		lodger_close(&guest);
	}
}

static void nothing(struct other *other)
{
	other_ready(other);
}

static void sample(struct lodger *a, const char *parameters)
{
	unsigned long begun;
	unsigned int i;

	/* The other process has A's memory, too, until A writes to it. */
	must(bell_arm(a, &bell), "AQIC");
	must(bell_disarm(a, bell.apqn), "AQIC");
	for (i = 0; i < SAMPLES; i++) {
		usleep(700);
		begun = now_ns();
		must(bell_arm(a, &bell), "AQIC");
		steps("aqic_beside", now_ns() - begun, "%s", parameters);
		must(bell_disarm(a, bell.apqn), "AQIC");
	}
}

/* Guest A is first in line for the CPU, as if it had one of its own. */
static void beside(struct lodger *a, void (*run)(struct other *other),
		   const char *parameters)
{
	struct sched_param first = { .sched_priority = 10 }, normal = {};
	struct other *other = other_start(run);

	other_go(other);
	usleep(20000);
	must(sched_setscheduler(0, SCHED_FIFO, &first) ? -errno : 0, "fifo");
	sample(a, parameters);
	sched_setscheduler(0, SCHED_OTHER, &normal);
	other_end(other, PATIENCE_MS);
	settle();
}

/* A's AQIC while B opens and closes many queues */
void bench_neighbour(void)
{
	char parameters[32];
	struct lodger a;
	unsigned int i;

	must(mdev_create(uuid(0)), "create");
	must(mdev_create(uuid(1)), "create");
	mdev_fill(0, CARD, 1, 0, 1);
	mdev_fill(1, CARD + 1, B_CARDS, 0, shape.domains);
	settle();
	guest_open(&a, 0);
	settle();
	snprintf(parameters, sizeof(parameters), "B=%u",
		 B_CARDS * shape.domains);
	for (i = 0; i < runs; i++) {
		beside(&a, nothing, "idle");
		beside(&a, open_and_close, parameters);
	}
	lodger_close(&a);
	mdev_remove(uuid(0));
	mdev_remove(uuid(1));
	settle();
}

/* Looks until the queue is gone; it is first in line for the CPU. */
static void look(struct other *other)
{
	struct sched_param first = { .sched_priority = 10 };
	struct lodger guest;

	guest_open(&guest, 0);
	settle();
	must(lodger_tapq(&guest, CARD << 8), "TAPQ");
	sched_setscheduler(0, SCHED_FIFO, &first);
	other_ready(other);
	while (lodger_tapq(&guest, CARD << 8) != RC_GONE)
		usleep(LOOK_US);
	other->ended = now_ns();
	lodger_close(&guest);
}

static void unplug_once(unsigned int domains)
{
	struct other *other;
	unsigned long begun;

	mdev_fill(0, CARD, 2, 0, domains);
	settle();
	other = other_start(look);
	other_go(other);
	usleep(1000);
	begun = now_ns();
	must(mdev_write(uuid(0), "unassign_adapter", "0x10"), "unassign");
	other_wait(other, PATIENCE_MS);
	ms("unplug", other->ended - begun, "n=%u", domains);
	other_end(other, PATIENCE_MS);
	settle();
}

/* From the write to what the guest sees */
void bench_unplug(void)
{
	unsigned int i;

	must(mdev_create(uuid(0)), "create");
	for (i = 0; i < runs; i++)
		unplug_once(shape.domains);
	mdev_remove(uuid(0));
	settle();
}
