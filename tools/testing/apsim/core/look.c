// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - what can be seen of the machine from outside
 *
 * As the owner of a machine sees it, not as a program does: nothing is counted,
 * forced or used up by looking.
 */
#include "apsim_priv.h"

/**
 * apsim_get_card() - look at an adapter
 * @m: the machine
 * @apid: its number
 * @card: what it was made with
 * @state: what was done to it since
 *
 * Return: 0, -EINVAL, or -ENOENT without such an adapter.
 */
int apsim_get_card(const struct apsim *m, unsigned int apid,
		   struct apsim_card *card, enum apsim_card_state *state)
{
	if (apid >= APSIM_IDS)
		return -EINVAL;
	if (!m->card[apid])
		return -ENOENT;
	*card = m->card[apid]->info;
	*state = m->card[apid]->state;
	return 0;
}

/**
 * apsim_get_queue() - look at a queue
 * @m: the machine
 * @now: the time; what was due on this queue has happened
 * @apqn: queue
 * @look: what there is to see
 *
 * Return: 0, -EINVAL, or -ENOENT without such a queue.
 */
int apsim_get_queue(struct apsim *m, u64 now, unsigned int apqn,
		    struct apsim_queue_look *look)
{
	struct apsim_queue *q;

	if (apqn > 0xffff)
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;
	m->now = now;
	apsim_queue_settle(m, q, now);
	look->status = apsim_queue_status(q, apsim_queue_rc(q));
	if (q->card->state == APSIM_CARD_OFF)
		look->status = apsim_queue_status(NULL, APSIM_RC_NOT_AVAIL);
	look->count = q->count;
	look->async = q->async;
	look->bind_state = q->bind_state;
	look->lag_ns = q->lag_ns;
	return 0;
}
