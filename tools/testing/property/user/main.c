// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - the program: KTAP, and all that follows from a seed
 *
 *	property			what is kept, sequences at random, mistakes
 *	property FILE			one sequence, and what is wrong with it
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STEPS	how many commands at random are executed
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../regress.h"
#include "../run.h"
#include "world.h"

#define STEPS		200000
#define LENGTH		300
#define TRIES		2000

/* A mistake is found in so many sequences, and told in so few commands. */
#define FLAW_SEQS	2000
#define FLAW_LEN	12

static unsigned long number(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoul(text, NULL, 0) : otherwise;
}

static struct prop_seq seq;
static unsigned int cases, failed;
static unsigned long seed;

static void result(bool ok, const char *format, ...)
{
	va_list args;

	failed += !ok;
	printf("%s %u ", ok ? "ok" : "not ok", ++cases);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

static struct prop_verdict verdict;

/* What takes so long, in seconds, goes on for ever. */
#define PATIENCE	120

static void never_ends(int signal)
{
	verdict.failed = true;
	snprintf(verdict.what, sizeof(verdict.what), "it does not end");
	prop_report(stdout, &seq, &verdict);
	result(false, "all ends");
	_exit(1);
}

static bool holds(const struct prop_bed *bed, unsigned long *steps)
{
	alarm(PATIENCE);
	prop_run(bed, FLAW_NONE, &seq, &verdict);
	alarm(0);
	*steps += verdict.steps;
	if (!verdict.failed)
		return true;
	prop_shrink(bed, FLAW_NONE, &seq, &verdict, TRIES);
	prop_report(stdout, &seq, &verdict);
	return false;
}

static const struct prop_bed *const beds[] = { &world_bed, &world_old_bed };

static void random_sequences(unsigned long limit)
{
	struct rand rand = rand_stream(seed, 1);
	clock_t began = clock();
	unsigned long steps = 0, seqs = 0;
	bool ok = true;

	while (ok && steps < limit) {
		prop_draw(&seq, LENGTH, &rand);
		ok = holds(beds[seqs++ % 2], &steps);
	}
	printf("# %lu sequences, %lu steps, %.1f s\n", seqs, steps,
	       (double)(clock() - began) / CLOCKS_PER_SEC);
	result(ok, "sequences at random");
}

/* A model or a world that is wrong has to be found out, with few words. */
static void finds(const char *name, enum prop_flaw flaw, enum world_lie lie)
{
	struct rand rand = rand_stream(seed, 100 + flaw + 50 * lie);
	unsigned int i;

	verdict.failed = false;
	world_lie = lie;
	for (i = 0; i < FLAW_SEQS && !verdict.failed; i++) {
		prop_draw(&seq, LENGTH, &rand);
		prop_run(beds[i % 2], flaw, &seq, &verdict);
	}
	if (verdict.failed)
		prop_shrink(beds[(i - 1) % 2], flaw, &seq, &verdict, TRIES);
	if (verdict.failed)
		prop_report(stdout, &seq, &verdict);
	world_lie = LIE_NONE;
	result(verdict.failed && seq.len <= FLAW_LEN, "%s is found", name);
}

static const char *const flaws[FLAWS] = {
	[FLAW_FILTER] = "a filter that lets adapters stay",
	[FLAW_CLEAN] = "a queue that is called clean when it comes",
	[FLAW_STAYS] = "a guest that loses what it uses",
	[FLAW_OWED] = "a host that gets what is owed",
	[FLAW_HOST] = "a guest that has what the host has not",
	[FLAW_TAKEN] = "assignments that overlap",
	[FLAW_RESET] = "a reset that leaves replies",
	[FLAW_PIN] = "a page that stays pinned",
	[FLAW_FORMAT] = "a guest that gets what its masks have no room for",
	[FLAW_ASYNC] = "an error that a reset does not end",
	[FLAW_SLOW] = "a slow reset that nobody waits for",
	[FLAW_REPLY] = "a message that is lost for being slow",
	[FLAW_REMOVE] = "a guest that keeps what is removed",
	[FLAW_OVERRIDE] = "an override that nobody looks at",
};

static const char *const lies[LIES] = {
	[LIE_ZAPQ] = "a ZAPQ that does nothing",
	[LIE_MASKS] = "masks that are not taken back",
	[LIE_AQIC] = "interruptions that go on",
	[LIE_UNPIN] = "a page that is never unpinned",
	[LIE_IBIT] = "an I bit that is clear too early",
	[LIE_BELL] = "an interruption that another subclass gets",
};

static int one(const char *name)
{
	static char text[1 << 16];
	FILE *file = fopen(name, "r");
	unsigned long steps = 0;

	if (!file || fread(text, 1, sizeof(text) - 1, file) == 0 ||
	    !prop_parse_all(text, &seq)) {
		fprintf(stderr, "%s is no sequence\n", name);
		return 2;
	}
	fclose(file);
	return !holds(&world_bed, &steps) || !holds(&world_old_bed, &steps);
}

static void regressions(void)
{
	const char *text = prop_regressions;
	unsigned long steps = 0;
	unsigned int count = 0;
	bool ok = true;

	for (; ok && text && *text; count++) {
		text = prop_parse_all(text, &seq);
		ok = text && holds(&world_bed, &steps);
	}
	printf("# %u sequences, %lu steps\n", count, steps);
	result(ok && steps, "what was found before");
}

int main(int argc, char **argv)
{
	unsigned int i;

	signal(SIGALRM, never_ends);
	if (argc > 1)
		return one(argv[1]);
	seed = number("VFIO_AP_SEED", time(NULL) & 0xffffff);
	printf("KTAP version 1\n1..%u\n", 2 + FLAWS - 1 + LIES - 1);
	printf("# VFIO_AP_SEED=%lu\n", seed);
	regressions();
	random_sequences(number("VFIO_AP_STEPS", STEPS));
	for (i = 1; i < FLAWS; i++)
		finds(flaws[i], i, LIE_NONE);
	for (i = 1; i < LIES; i++)
		finds(lies[i], FLAW_NONE, i);
	return failed != 0;
}
