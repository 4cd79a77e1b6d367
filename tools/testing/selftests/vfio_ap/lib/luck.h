/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * luck - two lodgers, a queue that bad luck comes to, and an eye on the clock
 *
 * mdev ONE has adapters 4 and 5 with domains 4 and 0x47, mdev TWO adapter 6
 * with domain 4, and both have guests.  Bad luck comes to queue 04.0004; NEXT
 * belongs to the same mdev, OTHER does not.
 */
#ifndef VFIO_AP_TEST_LUCK_H
#define VFIO_AP_TEST_LUCK_H

#include "sim.h"
#include "lodger.h"

#define ONE		"11111111-2222-4333-8444-555555555555"
#define TWO		"22222222-3333-4444-8555-666666666666"
#define QUEUE		"04.0004"
#define QUEUE_APQN	0x0404
#define NEXT		0x0547
#define OTHER		0x0604

/* For ap_config: that of ONE, without adapter 4, and that of TWO. */
#define CONFIG_ONE	"0x0c,0x080000000000000001,"
#define CONFIG_LESS	"0x04,0x080000000000000001,"
#define CONFIG_TWO	"0x02,0x08,"

#define FOR_EVER	0xffffffff

enum luck_insn {
	LUCK_TAPQ = 0,
	LUCK_ZAPQ = 2,
	LUCK_AQIC = 3,
	LUCK_ASYNC,
	LUCK_QCI,
};

/**
 * struct luck - what is being tried, and how it goes
 * @one: the lodger that has the queue
 * @two: another one
 * @insn: the instruction that goes wrong; with %LUCK_ASYNC all do but resets,
 *	until a reset, and answer with the A bit
 * @code: what it answers
 * @rule: what happens instead, in the words of the machine's rules, or NULL
 * @times: how often
 * @breaches: sim_breaches() before
 * @wrong: how much was not as it should be
 * @steps: how many steps there were
 * @limit: how long a step may take that waits, in milliseconds
 * @quick: and one that does not
 * @log: the kernel's messages
 */
struct luck {
	struct lodger one;
	struct lodger two;
	enum luck_insn insn;
	unsigned int code;
	const char *rule;
	unsigned int times;
	unsigned long breaches;
	unsigned int wrong;
	unsigned int steps;
	long limit;
	long quick;
	int log;
};

int luck_begin(struct luck *luck, unsigned int patience);
int luck_have_patience(struct luck *luck, unsigned int patience);
int luck_restart(struct luck *luck);
int luck_end(struct luck *luck);
int luck_prepare(struct luck *luck);
int luck_was_breached(const struct luck *luck);
void luck_recovers(struct luck *luck);
int luck_strikes(struct luck *luck);
int luck_turns(struct luck *luck);
int luck_has_rules(void);

void luck_wrong(struct luck *luck, const char *format, ...);
void luck_same(struct luck *luck, const char *what, int got, int want);
void luck_step(struct luck *luck, const char *what, int got, int want,
	       long took);
void luck_at_once(struct luck *luck, const char *what, int got, int want,
		  long took);

/* One step of an action: what it returns, and that it does not take long. */
#define STEP(luck, want, action)					\
	do {								\
		long began = now_ms();					\
		int got = (action);					\
									\
		luck_step(luck, #action, got, want, now_ms() - began);	\
	} while (0)

/* A step that nobody waits in: the time is up already, or it is not asked. */
#define AT_ONCE(luck, want, action)					\
	do {								\
		long began = now_ms();					\
		int got = (action);					\
									\
		luck_at_once(luck, #action, got, want, now_ms() - began); \
	} while (0)

/* What something is, and should be. */
#define SAME(luck, want, what)	luck_same(luck, #what, what, want)

#endif /* VFIO_AP_TEST_LUCK_H */
