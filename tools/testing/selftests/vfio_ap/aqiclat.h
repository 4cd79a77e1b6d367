/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * aqiclat - how long a guest's AQIC takes while others misbehave
 *
 * Guest A has a queue of an adapter that it shares with nobody.  Another process
 * does something else meanwhile, mostly as guest B, which has many adapters.
 * All of them are plugged for this and unplugged afterwards.
 */
#ifndef VFIO_AP_TEST_AQICLAT_H
#define VFIO_AP_TEST_AQICLAT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "lib/lodger.h"

/* A's adapter, B's first one, and the domain that both have */
#define CARD_A		0xa0
#define CARD_B		0xa1
#define CARDS_MAX	(0x100 - CARD_B)
#define DOMAIN		0x04
#define QUEUE_A		(CARD_A << 8 | DOMAIN)
#define QUEUE_B		(CARD_B << 8 | DOMAIN)
#define MDEV_B		"bbbbbbbb-2222-4333-8444-555555555555"

/* A waiter's patience is longer than a round of measuring. */
#define PATIENCE_MS	"60000"

/**
 * struct others - what the other process does, seen by both
 * @cards: how many adapters B has, with three domains each
 * @command: for "while"
 * @ready: it has begun
 * @stop: it is to end
 * @waits: it waits for a reset
 * @turns: how often it did it
 * @aqics: how many AQICs the machine executed because of it
 */
struct others {
	unsigned int cards;
	const char *command;
	atomic_bool ready;
	atomic_bool stop;
	atomic_bool waits;
	atomic_ulong turns;
	atomic_ulong aqics;
};

/**
 * struct background - something that goes on meanwhile
 * @name: for the command line and tables
 * @what: for people
 * @run: does it, in the other process, until it is told to stop; 0 or -errno
 * @end: lets who waits for a reset go on; may be NULL
 * @by_itself: runs only if asked for
 */
struct background {
	const char *name;
	const char *what;
	int (*run)(struct others *others);
	int (*end)(void);
	bool by_itself;
};

extern const struct background backgrounds[];
extern const unsigned int background_count;

int others_prepare(unsigned int cards);
void others_clean(unsigned int cards);

/* What a call of the guest was for */
enum kind {
	KIND_NOTHING,
	KIND_ARM,
	KIND_DISARM,
	KINDS
};

/**
 * struct series - samples of a kind
 * @count: how many
 * @wall: how long each took, in nanoseconds
 * @cpu: and how long on a CPU
 * @slept: how often it slept
 */
struct series {
	unsigned int count;
	unsigned long *wall;
	unsigned long *cpu;
	unsigned long slept;
};

/**
 * struct result - what was measured while something went on
 * @background: what
 * @series: the samples
 * @refused: AQICs that were not answered with 00
 * @aqics: AQICs that the machine executed for A
 * @turns: how often the others did it
 * @left: the others were not there to the end, or who waited did not
 */
struct result {
	const struct background *background;
	struct series series[KINDS];
	unsigned long refused;
	long aqics;
	unsigned long turns;
	bool left;
};

int result_init(struct result *result, unsigned int pairs);
void results_print(struct result *results, unsigned int count);

#endif /* VFIO_AP_TEST_AQICLAT_H */
