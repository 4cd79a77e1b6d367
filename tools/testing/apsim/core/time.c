// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - what the passing of time brings: jobs and interruptions
 *
 * A delay is counted from its beginning with the tuning of the moment, so a
 * machine that is made faster also finishes what it began slowly.
 */
#include "apsim_priv.h"

/* Has @delay passed since @start? */
bool apsim_elapsed(u64 now, u64 start, u64 delay)
{
	return now >= start && now - start >= delay;
}

static u64 due(u64 start, u64 delay)
{
	return delay < APSIM_NEVER - start ? start + delay : APSIM_NEVER;
}

static u64 min_time(u64 a, u64 b)
{
	return a < b ? a : b;
}

/**
 * apsim_next() - when to look again
 * @m: the machine
 *
 * The end of a reset or of a binding needs nobody to look, and is not counted.
 *
 * Return: the earliest time at which apsim_job() or apsim_irq() may have
 * something; APSIM_NEVER, all bits on: nothing is under way.
 */
u64 apsim_next(const struct apsim *m)
{
	const struct apsim_link *link;
	u64 next = APSIM_NEVER;

	if (m->raised.next != &m->raised)
		return 0;
	for (link = m->timed.next; link != &m->timed; link = link->next) {
		const struct apsim_queue *q = link->queue;
		const struct apsim_msg *msg;

		if (q->change != APSIM_CHANGE_NONE)
			next = min_time(next, due(q->change_start,
						  apsim_queue_irq_delay(m, q)));
		msg = apsim_queue_first(q, APSIM_MSG_WAITING);
		if (msg)
			next = min_time(next, due(msg->start,
						  m->tuning.latency_ns));
	}
	return next;
}

/**
 * apsim_job() - take one request that is due, the oldest first
 * @m: the machine
 * @now: the time
 * @job: a copy of the request
 *
 * Return: false: none is due.
 */
bool apsim_job(struct apsim *m, u64 now, struct apsim_job *job)
{
	struct apsim_msg *oldest = NULL;
	struct apsim_queue *owner = NULL;
	struct apsim_link *link;

	m->now = now;
	for (link = m->timed.next; link != &m->timed; link = link->next) {
		struct apsim_msg *msg = apsim_queue_first(link->queue,
							  APSIM_MSG_WAITING);

		if (!msg || !apsim_elapsed(now, msg->start,
					   m->tuning.latency_ns))
			continue;
		if (!oldest || msg->serial < oldest->serial) {
			oldest = msg;
			owner = link->queue;
		}
	}
	if (!oldest)
		return false;

	oldest->state = APSIM_MSG_TAKEN;
	job->apqn = apsim_queue_apqn(owner);
	job->serial = oldest->serial;
	job->mode = owner->card->info.mode;
	job->len = oldest->len;
	memcpy(job->msg, oldest->data, oldest->len);
	m->stats.jobs++;
	apsim_queue_settle(m, owner, now);
	return true;
}

/**
 * apsim_job_done() - put a reply on the queue
 * @m: the machine
 * @now: the time
 * @job: from apsim_job() and apsim_compute()
 *
 * A request that was dropped since then has no reply.
 */
void apsim_job_done(struct apsim *m, u64 now, const struct apsim_job *job)
{
	struct apsim_queue *q = apsim_queue_find(m, job->apqn);
	struct apsim_msg *msg = q ? q->msgs : NULL;

	m->now = now;
	while (msg && msg->serial != job->serial)
		msg = msg->next;
	if (!msg || msg->state != APSIM_MSG_TAKEN)
		return;
	apsim_queue_settle(m, q, now);
	apsim_msg_reply(m, msg, job->msg, job->len);
	apsim_queue_raise(m, q);
}

/**
 * apsim_irq() - take one interruption to present, the oldest first
 * @m: the machine
 * @now: the time
 * @irq: where it goes
 *
 * Return: false: none.
 */
bool apsim_irq(struct apsim *m, u64 now, struct apsim_irq *irq)
{
	struct apsim_link *link = m->timed.next;
	struct apsim_link *first;

	m->now = now;
	while (link != &m->timed) {
		struct apsim_queue *q = link->queue;

		link = link->next;
		apsim_queue_settle(m, q, now);
	}
	first = m->raised.next;
	if (first == &m->raised)
		return false;
	*irq = first->queue->irq;
	apsim_list_drop(first);
	m->stats.irqs++;
	return true;
}

/**
 * apsim_may_interrupt() - may a queue interrupt a guest?
 * @m: the machine
 * @apqn: queue, need not exist
 * @irq: how, if it may
 *
 * Return: true from the acceptance of an AQIC that enables, with a GISA, to the
 * last moment of the I bit, or until it is clear that the queue does not do as
 * it is told: nobody has to wait for ever.
 */
bool apsim_may_interrupt(const struct apsim *m, unsigned int apqn,
			 struct apsim_irq *irq)
{
	const struct apsim_queue *q = apsim_queue_find(m, apqn);

	if (!q || !apsim_queue_armed(q) || !apsim_queue_obeys(m, q))
		return false;
	*irq = q->irq;
	return true;
}
