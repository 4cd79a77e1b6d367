// SPDX-License-Identifier: GPL-2.0-only
/*
 * failnth - one action again and again, each time with another allocation that
 * fails, until there was none left to fail
 *
 * The kernel counts: a number written to a task's fail-nth lets its so many-th
 * allocation fail and is 0 afterwards.  Tasks that the action has others do
 * (a worker of the driver) are not counted.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failnth.h"
#include "state.h"
#include "witness.h"

#define FAIL_NTH	"/proc/thread-self/fail-nth"
#define FAIL_ALL	"/proc/thread-self/make-it-fail"

/* No action has so many allocations. */
#define NTH_MAX		10000

/* How far apart those are that are tried here and there. */
#define STRIDE		8

/* Enough said about one action. */
#define WRONG_MAX	10

struct sweep {
	const struct nth_action *action;
	void *world;
	int nth;
	int all;
	int stays;
	unsigned int n;
	unsigned int count;
	int says_begin;
	unsigned int wrong;
	unsigned int tried;
	unsigned int failed;
	char before[STATE_SIZE];
	char after[STATE_SIZE];
	char now[STATE_SIZE];
};

/* What became of one allocation. */
struct outcome {
	int rc;
	int injected;
	int begun;
	int in_gap;
	int past_gap;
};

/**
 * nth_available() - can this kernel let an allocation fail?
 *
 * Return: 1 or 0.
 */
int nth_available(void)
{
	return !access(FAIL_NTH, W_OK) &&
	       !access("/sys/kernel/debug/failslab", F_OK);
}

static void wrong(struct sweep *sweep, const char *what, int rc)
{
	const char *name = rc < 0 ? strerrorname_np(-rc) : "0";

	sweep->wrong++;
	printf("# %s, allocation %u%s: %s (%s)\n", sweep->action->name, sweep->n,
	       sweep->stays ? " and all after" : "", what, name ? name : "?");
}

static int put(int fd, unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	return pwrite(fd, text, len, 0) == len ? 0 : -1;
}

/* In this order: who counts is not asked whether all fail. */
static int arm(struct sweep *sweep, unsigned int n)
{
	return put(sweep->nth, n) ?: put(sweep->all, sweep->stays);
}

/* How many more there could have been: 0 if one failed, -1 on error. */
static int disarm(struct sweep *sweep)
{
	char text[16] = "";

	if (put(sweep->all, 0) ||
	    pread(sweep->nth, text, sizeof(text) - 1, 0) <= 0 ||
	    put(sweep->nth, 0))
		return -1;
	return atoi(text);
}

/* It has failed: nothing is different, and without a fault it succeeds. */
static void check_failed(struct sweep *sweep, int rc)
{
	const struct nth_action *action = sweep->action;

	sweep->failed++;
	if (action->cannot_fail)
		wrong(sweep, "failed, which it must not", rc);
	if (rc != -ENOMEM && (!action->also || rc != -action->also))
		wrong(sweep, "failed with another errno", rc);
	if (action->works && action->works(sweep->world, 0))
		wrong(sweep, "what worked before does not work any more", rc);
	state_read(sweep->now);
	if (strcmp(sweep->before, sweep->now)) {
		wrong(sweep, "failed and changed something", rc);
		state_differs(sweep->before, sweep->now);
		state_becomes(sweep->before, sweep->now);
	}
}

static void once_more(struct sweep *sweep)
{
	int rc = sweep->action->run(sweep->world);

	if (rc)
		wrong(sweep, "failed once more, without a fault", rc);
}

static void check_done(struct sweep *sweep)
{
	const struct nth_action *action = sweep->action;
	int rc;

	rc = action->mend ? action->mend(sweep->world) : 0;
	if (rc)
		wrong(sweep, "what was left out cannot be made up for", rc);
	if (!state_becomes(sweep->after, sweep->now)) {
		wrong(sweep, "succeeded, but not all was done", rc);
		state_differs(sweep->after, sweep->now);
	}
	rc = action->works ? action->works(sweep->world, 1) : 0;
	if (rc)
		wrong(sweep, "succeeded, but it does not work", rc);
}

static void take_back(struct sweep *sweep)
{
	int rc = sweep->action->undo(sweep->world);

	if (rc)
		wrong(sweep, "cannot be undone", rc);
	if (!state_becomes(sweep->before, sweep->now)) {
		wrong(sweep, "is not as before when it is undone", rc);
		state_differs(sweep->before, sweep->now);
	}
}

/* The action, with its allocation @n failing. */
static struct outcome attempt(struct sweep *sweep, unsigned int n)
{
	struct outcome what = {};
	char line[80];
	int left;

	/* A kernel that does not survive it says in its log which one it was. */
	sweep->n = n;
	snprintf(line, sizeof(line), "failnth: %s, allocation %u%s",
		 sweep->action->name, n, sweep->stays ? " and all after" : "");
	witness_log(line);
	witness_forget();
	left = arm(sweep, n);
	what.rc = sweep->action->run(sweep->world);
	left = left ?: disarm(sweep);
	what.injected = left == 0;
	what.begun = sweep->action->begins &&
		     witness_saw(sweep->action->begins);
	what.in_gap = what.rc && sweep->action->gap_begins &&
		      witness_saw(sweep->action->gap_begins);
	what.past_gap = sweep->action->gap_ends &&
			witness_saw(sweep->action->gap_ends);
	if (left < 0)
		wrong(sweep, "fail-nth cannot be used", left);
	if (what.rc && !what.injected)
		wrong(sweep, "failed without a fault", what.rc);
	if (left > 0)
		sweep->count = n - left;
	return what;
}

static struct outcome pass(struct sweep *sweep, unsigned int n)
{
	const unsigned int seldom = sweep->action->seldom;
	struct outcome what = attempt(sweep, n);

	sweep->tried += what.injected;
	if (what.rc) {
		check_failed(sweep, what.rc);
		if (seldom && sweep->failed % seldom)
			return what;
		once_more(sweep);
	}
	check_done(sweep);
	take_back(sweep);
	return what;
}

/* Without a fault: what does it do when all goes well, and how many are there? */
static void rehearse(struct sweep *sweep)
{
	struct outcome what;

	state_settled(sweep->before);
	what = attempt(sweep, NTH_MAX);
	if (what.rc)
		return;
	sweep->says_begin = what.begun;
	state_settled(sweep->after);
	check_done(sweep);
	take_back(sweep);
	if (!sweep->count)
		return;
	if (sweep->action->gap_ends && !what.past_gap)
		wrong(sweep, "the kernel does not say when the gap ends", 0);
}

/* Behind the last that is known to fail before the action begins, if it says so */
static unsigned int first_one(struct sweep *sweep)
{
	struct outcome what;
	unsigned int n, first = 1;

	for (n = 1; sweep->says_begin && n < sweep->count; n += STRIDE) {
		what = pass(sweep, n);
		if (what.in_gap || (what.rc && what.begun))
			break;
		if (what.rc)
			first = n + 1;
	}
	return first;
}

static void sweep_all(struct sweep *sweep)
{
	const unsigned int first = first_one(sweep);
	struct outcome what = { .injected = 1 };
	unsigned int n, from;

	for (n = first; what.injected && !what.in_gap && sweep->wrong < WRONG_MAX; n++)
		what = pass(sweep, n);
	if (!what.injected)
		return;
	/* From the other side; an action is not always the same. */
	from = n;
	what.past_gap = 1;
	n = sweep->count + 2;
	while (n >= from && what.past_gap && sweep->wrong < WRONG_MAX)
		what = pass(sweep, n--);
	printf("# %s: allocations %u to %u were left out\n",
	       sweep->action->name, from, n);
}

static void sweep_both(struct sweep *sweep)
{
	rehearse(sweep);
	if (sweep->count < sweep->action->least)
		wrong(sweep, "there should be more than these", 0);
	for (sweep->stays = 0; sweep->stays < 2; sweep->stays++) {
		if (sweep->wrong)
			return;
		sweep->tried = 0;
		sweep->failed = 0;
		sweep_all(sweep);
		printf("# %s: %u allocations, %u of them failed%s: %u times it failed\n",
		       sweep->action->name, sweep->count, sweep->tried,
		       sweep->stays ? " and all after" : "", sweep->failed);
	}
}

/**
 * nth_sweep() - let each allocation of an action fail, one at a time, and once
 * more with all that come after it
 * @action: the action
 * @world: what its functions are called with
 *
 * Prints what is wrong, and how many allocations there were.
 *
 * Return: how many things are wrong.
 */
int nth_sweep(const struct nth_action *action, void *world)
{
	struct sweep *sweep = calloc(1, sizeof(*sweep));
	int count;

	if (!sweep)
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	sweep->action = action;
	sweep->world = world;
	sweep->nth = open(FAIL_NTH, O_RDWR | O_CLOEXEC);
	sweep->all = open(FAIL_ALL, O_RDWR | O_CLOEXEC);
	if (sweep->nth < 0 || sweep->all < 0 || witness_begin())
		wrong(sweep, "cannot begin", -errno);
	else
		sweep_both(sweep);
	witness_end();
	close(sweep->nth);
	close(sweep->all);
	count = sweep->wrong;
	free(sweep);
	return count;
}
