// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - the model settles: what guests have, and what is clean
 */
#include "model.h"

/* A model that is right needs three or four. */
#define SETTLES		20

/* The machine resets a queue for anybody. */
void model_empty(const struct model *m, struct model_queue *queue)
{
	queue->messages = 0;
	queue->armed = false;
	if (m->flaw != FLAW_ASYNC)
		queue->async = false;
}

/*
 * Interruptions are turned off.  The machine does not listen while an asynchronous
 * error is pending, but nobody waits for it longer than a second.
 */
void model_silence(struct model_queue *queue)
{
	queue->armed = queue->armed && queue->async;
	queue->pinned = false;
}

/* A ZAPQ of it, and the TAPQ after it, would end well. */
bool model_can_prove(const struct model *m, unsigned int q)
{
	return m->card[q / DOMAINS] == CARD_ON &&
	       m->usage >> q % DOMAINS & 1 && !m->queue[q].stuck;
}

static bool is_plugged(const struct model *m, unsigned int q)
{
	int n = model_taken(m, q);

	return n >= 0 && m->mdev[n].vm >= 0 && model_has(&m->mdev[n].plugged, q);
}

/* Does a queue keep its adapter out of the guest of the nth device? */
bool model_lacks(const struct model *m, unsigned int n, unsigned int q)
{
	const struct model_queue *queue = &m->queue[q];
	const struct model_mdev *mdev = &m->mdev[n];

	if (m->flaw == FLAW_FILTER)
		return false;
	if (queue->driver != BY_US)
		return true;
	if (mdev->vm >= 0 && model_has(&mdev->plugged, q) &&
	    m->flaw != FLAW_STAYS)
		return false;
	return !queue->clean;
}

/*
 * New domains of an adapter that its guest has, and that lacks nothing but queues
 * that are looked at: it may stay, and they wait.
 */
static unsigned int awaited(const struct model *m, unsigned int n, unsigned int a,
			    unsigned int domains)
{
	const struct model_matrix *have = &m->mdev[n].plugged;
	unsigned int d, wait = 0;

	if (m->mdev[n].vm < 0 || !(have->adapters >> a & 1))
		return 0;
	for (d = 0; d < DOMAINS; d++) {
		if (!(domains >> d & 1) || !model_lacks(m, n, a * DOMAINS + d))
			continue;
		if (have->domains >> d & 1 || !m->queue[a * DOMAINS + d].busy)
			return 0;
		wait |= 1U << d;
	}
	return wait;
}

/* What the guest of the nth device has masks for: all that is below a number */
struct model_matrix model_room(const struct model *m, unsigned int n)
{
	struct model_matrix room = { 0 };
	bool small = m->small_vm && m->mdev[n].vm == SMALL_VM &&
		     m->flaw != FLAW_FORMAT;
	unsigned int i;

	for (i = 0; i < ADAPTERS; i++)
		room.adapters |= (!small || prop_adapter[i] < 64) << i;
	for (i = 0; i < DOMAINS; i++)
		room.domains |= (!small || prop_domain[i] < 16) << i;
	room.controls = room.domains;
	return room;
}

/* What the guest of the nth device should have, or would have. */
struct model_matrix model_wanted(const struct model *m, unsigned int n)
{
	struct model_matrix want = m->mdev[n].assigned;
	struct model_matrix room = model_room(m, n);
	unsigned int q, a, wait = 0;

	if (m->mdev[n].leaving && m->flaw != FLAW_REMOVE)
		return (struct model_matrix) { 0 };
	if (m->flaw != FLAW_HOST) {
		want.adapters &= m->host.adapters;
		want.domains &= m->host.domains;
	}
	want.controls &= m->host.controls & room.controls;
	want.adapters &= room.adapters;
	want.domains &= room.domains;
	for (a = 0; a < ADAPTERS; a++)
		if (want.adapters >> a & 1)
			wait |= awaited(m, n, a, want.domains);
	want.domains &= ~wait;
	for (q = 0; q < QUEUES; q++)
		if (want.domains >> q % DOMAINS & 1 && model_lacks(m, n, q))
			want.adapters &= ~(1U << q / DOMAINS);
	return want;
}

/* A guest that loses a queue loses what it had there. */
static void leave(struct model_queue *queue)
{
	model_silence(queue);
	queue->late = false;
}

/* One that does not look clean any more does not enter. */
static bool all_pure(struct model *m, const struct model_matrix *want,
		     const struct model_matrix *have)
{
	bool pure = true;
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		if (!model_has(want, q) || model_has(have, q) ||
		    (m->card[q / DOMAINS] == CARD_ON && !m->queue[q].async))
			continue;
		m->queue[q].clean = false;
		m->queue[q].busy = true;
		pure = false;
	}
	return pure;
}

static bool settle_one(struct model *m, unsigned int n)
{
	struct model_mdev *mdev = &m->mdev[n];
	struct model_matrix want, have = mdev->plugged;
	unsigned int q, rounds = QUEUES;

	want = model_wanted(m, n);
	while (!all_pure(m, &want, &have) && rounds--)
		want = model_wanted(m, n);
	if (want.adapters == have.adapters && want.domains == have.domains &&
	    want.controls == have.controls)
		return false;
	for (q = 0; q < QUEUES; q++) {
		if (model_has(&want, q) && !model_has(&have, q)) {
			m->queue[q].clean = false;
			m->queue[q].owed = true;
		} else if (!model_has(&want, q) && model_has(&have, q)) {
			leave(&m->queue[q]);
		}
	}
	mdev->plugged = want;
	return true;
}

static void prove(struct model *m, unsigned int q)
{
	struct model_queue *queue = &m->queue[q];

	if (queue->driver != BY_US)
		return;
	if (is_plugged(m, q)) {
		if (queue->late && !queue->stuck)
			model_empty(m, queue);
		if (!queue->stuck || m->card[q / DOMAINS] != CARD_ON)
			queue->late = false;
		return;
	}
	if (queue->clean || !model_can_prove(m, q))
		return;
	model_empty(m, queue);
	queue->clean = true;
	queue->owed = false;
}

/* What can be proven clean is. */
void model_prove(struct model *m)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		prove(m, q);
}

/**
 * model_settle() - nothing happens any more
 * @m: the model
 */
void model_settle(struct model *m)
{
	unsigned int i, rounds = SETTLES;
	bool again = true;
	unsigned int q;

	while (again && rounds--) {
		again = false;
		model_prove(m);
		for (i = 0; i < MDEVS; i++)
			if (m->mdev[i].exists && m->mdev[i].vm >= 0)
				again |= settle_one(m, i);
		for (q = 0; q < QUEUES; q++) {
			again |= m->queue[q].busy;
			m->queue[q].busy = false;
		}
	}
}
