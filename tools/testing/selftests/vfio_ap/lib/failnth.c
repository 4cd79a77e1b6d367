// SPDX-License-Identifier: GPL-2.0-only
/*
 * failnth - one action again and again, each time with another allocation, or call
 * of the driver, that fails, until there was none left to fail
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failnth.h"
#include "rand.h"
#include "state.h"
#include "witness.h"
#include "world.h"

/* No action has so many allocations. */
#define NTH_MAX		10000

/* How far apart those are that are tried here and there. */
#define STRIDE		8

/* Enough said about one action. */
#define WRONG_MAX	10

struct sweep {
	const struct nth_action *action;
	const struct nth_faults *faults;
	void *world;
	unsigned int kind;
	int stays;
	unsigned int n;
	unsigned int count;
	int says_begin;
	unsigned int wrong;
	unsigned int early;
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

static void wrong(struct sweep *sweep, const char *what, int rc)
{
	const char *name = rc < 0 ? strerrorname_np(-rc) : "0";

	sweep->wrong++;
	printf("# %s, %s %u%s: %s (%s)\n", sweep->action->name,
	       sweep->faults->what, sweep->n,
	       sweep->stays ? " and all after" : "", what, name ? name : "?");
	if (sweep->faults->tell)
		sweep->faults->tell();
}

/*
 * Without memory nothing was begun.  If another call fails, what was may have to be
 * taken back: queues that were a guest's for a moment are reset.
 */
static int is_as_before(struct sweep *sweep)
{
	if (sweep->faults->any_errno)
		return state_becomes(sweep->before, sweep->now);
	state_read(sweep->now);
	return !strcmp(sweep->before, sweep->now);
}

/* It has failed: nothing is different, and without a fault it succeeds. */
static void check_failed(struct sweep *sweep, int rc)
{
	const struct nth_action *action = sweep->action;

	sweep->failed++;
	if (action->cannot_fail && !sweep->faults->any_errno)
		wrong(sweep, "failed, which it must not", rc);
	if (!sweep->faults->any_errno && rc != -ENOMEM &&
	    (!action->also || rc != -action->also))
		wrong(sweep, "failed with another errno", rc);
	if (action->works && action->works(sweep->world, 0))
		wrong(sweep, "what worked before does not work any more", rc);
	if (!is_as_before(sweep)) {
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
	snprintf(line, sizeof(line), "failnth: %s, %s %u, %u%s",
		 sweep->action->name, sweep->faults->what, n, sweep->kind,
		 sweep->stays ? " and all after" : "");
	witness_log(line);
	witness_forget();
	left = sweep->faults->arm(n, sweep->kind, sweep->stays);
	what.rc = sweep->action->run(sweep->world);
	left = left ?: sweep->faults->disarm(n);
	what.injected = left == 0;
	what.begun = sweep->action->begins &&
		     witness_saw(sweep->action->begins);
	what.in_gap = what.rc && sweep->faults->gaps &&
		      sweep->action->gap_begins &&
		      witness_saw(sweep->action->gap_begins);
	what.past_gap = sweep->action->gap_ends &&
			witness_saw(sweep->action->gap_ends);
	if (left < 0)
		wrong(sweep, "nobody counts", left);
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

/* How many allocations are not the action's */
static unsigned int count_early(struct sweep *sweep)
{
	int left;

	if (!sweep->action->early || !sweep->faults->gaps)
		return 0;
	left = sweep->faults->arm(NTH_MAX, sweep->kind, 0);
	if (!sweep->action->early(sweep->world))
		wrong(sweep, "what should end early does not", 0);
	left = left ?: sweep->faults->disarm(NTH_MAX);
	return left > 0 ? NTH_MAX - left : 0;
}

/* Without a fault: what does it do when all goes well, and how many are there? */
static void rehearse(struct sweep *sweep)
{
	struct outcome what;

	sweep->early = count_early(sweep);
	state_settled(sweep->before);
	what = attempt(sweep, NTH_MAX);
	if (what.rc)
		return;
	sweep->says_begin = sweep->faults->gaps && what.begun;
	state_settled(sweep->after);
	check_done(sweep);
	take_back(sweep);
	if (!sweep->count)
		return;
	if (sweep->faults->gaps && sweep->action->gap_ends && !what.past_gap)
		wrong(sweep, "the kernel does not say when the gap ends", 0);
}

/* Behind the last that is known to fail before the action begins, if it says so */
static unsigned int first_one(struct sweep *sweep)
{
	struct outcome what;
	unsigned int n, first = sweep->early + 1;

	for (n = first; sweep->says_begin && n < sweep->count; n += STRIDE) {
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

static void sweep_kind(struct sweep *sweep, int first, int last)
{
	const char *what = sweep->faults->what;

	for (sweep->stays = first; sweep->stays <= last; sweep->stays++) {
		if (sweep->wrong)
			return;
		sweep->tried = 0;
		sweep->failed = 0;
		sweep_all(sweep);
		printf("# %s: %u %ss, %u of them failed%s: %u times it failed\n",
		       sweep->action->name, sweep->count, what, sweep->tried,
		       sweep->stays ? " and all after" : "", sweep->failed);
	}
}

/* One way to fail, once or from then on, or all of them: VFIO_AP_STORM. */
static void sweep_kinds(struct sweep *sweep)
{
	unsigned int kinds = sweep->faults->kinds;
	struct rand rand = rand_stream(world_seed(), kinds);
	int first = 0, last = 1;

	rehearse(sweep);
	if (sweep->faults->gaps && sweep->count < sweep->action->least)
		wrong(sweep, "there should be more than these", 0);
	sweep->kind = rand_below(&rand, kinds);
	if (kinds > 1 && world_scale() < kinds) {
		kinds = 1;
		first = rand_below(&rand, 2);
		last = first;
	}
	for (; kinds; kinds--, sweep->kind++)
		sweep_kind(sweep, first, last);
}

/**
 * nth_sweep() - let each allocation or call of an action fail, one at a time, and
 * once more with all that come after it
 * @action: the action
 * @world: what its functions are called with
 *
 * Prints what is wrong, and how many there were.
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
	sweep->faults = nth_faults();
	if (sweep->faults->begin() || witness_begin())
		wrong(sweep, "cannot begin", -errno);
	else
		sweep_kinds(sweep);
	witness_end();
	sweep->faults->end();
	count = sweep->wrong;
	free(sweep);
	return count;
}
