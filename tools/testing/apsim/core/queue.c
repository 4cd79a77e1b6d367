// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - the state of one queue
 *
 * What happens to a queue by the passing of time (a reset ends, the I bit
 * follows an AQIC) is not done by a timer: apsim_queue_settle() does what is
 * due whenever somebody looks.
 */
#include "apsim_priv.h"

/* The AP-queue status word. */
#define STATUS_EMPTY		0x80000000u
#define STATUS_REPLIES		0x40000000u
#define STATUS_FULL		0x20000000u
#define STATUS_ASYNC		0x02000000u
#define STATUS_IRQ		0x01000000u
#define STATUS_RC_SHIFT		16

/**
 * apsim_queue_new() - the queue where an adapter and a usage domain cross
 * @m: the machine
 * @card: the adapter, which gets to know the queue
 * @apqi: the domain
 *
 * Return: the queue, empty and without interruptions; NULL without memory.
 */
struct apsim_queue *apsim_queue_new(struct apsim *m, struct apsim_adapter *card,
				    unsigned int apqi)
{
	struct apsim_queue *q = m->env.alloc(sizeof(*q));

	if (!q)
		return NULL;
	q->card = card;
	q->apqi = apqi;
	q->busy.queue = q;
	q->timed.queue = q;
	q->raised.queue = q;
	card->queue[apqi] = q;
	return q;
}

void apsim_queue_free(struct apsim *m, struct apsim_queue *q)
{
	q->unbinding = false;	/* which a reset would leave under way */
	apsim_queue_clear(m, q);
	apsim_rules_drop(m, q, APSIM_ANY_FC);
	q->card->queue[q->apqi] = NULL;
	m->env.free(q);
}

/* NULL: the machine has no such adapter or usage domain. */
struct apsim_queue *apsim_queue_find(const struct apsim *m, unsigned int apqn)
{
	struct apsim_adapter *card = m->card[apqn >> 8 & 0xff];

	return card ? card->queue[apqn & 0xff] : NULL;
}

/**
 * apsim_queue_first() - the oldest element in a given state
 * @q: the queue
 * @state: of the element
 *
 * Return: the element or NULL.
 */
struct apsim_msg *apsim_queue_first(const struct apsim_queue *q,
				    enum apsim_msg_state state)
{
	struct apsim_msg *msg = q->msgs;

	while (msg && msg->state != state)
		msg = msg->next;
	return msg;
}

static void track(struct apsim_link *list, struct apsim_link *link, bool on)
{
	if (on)
		apsim_list_append(list, link);
	else
		apsim_list_drop(link);
}

/* Put @q on the lists of queues that time has to pass for, or take it off. */
void apsim_queue_track(struct apsim *m, struct apsim_queue *q)
{
	bool timed = q->change != APSIM_CHANGE_NONE ||
		     apsim_queue_first(q, APSIM_MSG_WAITING);

	track(&m->timed, &q->timed, timed);
	track(&m->busy, &q->busy, timed || q->resetting || q->unbinding);
}

/**
 * apsim_queue_raise() - a reply is there that the program may not know of
 * @m: the machine
 * @q: the queue
 *
 * Nothing happens with interruptions off, or with one already to be presented:
 * the indicator byte tells no more than one bit either.  A queue that does not
 * do as it is told stores nothing.
 */
void apsim_queue_raise(struct apsim *m, struct apsim_queue *q)
{
	if (q->irq_on && apsim_queue_obeys(m, q) &&
	    apsim_queue_first(q, APSIM_MSG_READY))
		apsim_list_append(&m->raised, &q->raised);
}

/* Interruptions off; one not presented yet will not be. */
static void irq_off(struct apsim_queue *q)
{
	q->irq_on = false;
	q->change = APSIM_CHANGE_NONE;
	apsim_list_drop(&q->raised);
}

/**
 * apsim_queue_clear() - what every reset does, at once
 * @m: the machine
 * @q: the queue
 *
 * The machine does this itself to a queue that leaves the configuration.
 */
void apsim_queue_clear(struct apsim *m, struct apsim_queue *q)
{
	struct apsim_msg *msg;

	while ((msg = q->msgs)) {
		apsim_msg_remove(q, msg);
		apsim_msg_free(m, msg);
	}
	irq_off(q);
	q->resetting = false;
	q->async = 0;
	apsim_queue_track(m, q);
}

/**
 * apsim_queue_reset() - begin a reset that a program asked for
 * @m: the machine
 * @q: the queue
 * @now: the time
 * @start: when it begins to take its time
 */
void apsim_queue_reset(struct apsim *m, struct apsim_queue *q, u64 now,
		       u64 start)
{
	apsim_queue_clear(m, q);
	q->resetting = true;
	q->reset_start = start;
	apsim_queue_settle(m, q, now);
}

/**
 * apsim_queue_unbind() - begin to take a queue from the guest that bound it
 * @m: the machine
 * @q: the queue
 * @now: the time
 * @start: when that begins to take its time
 *
 * That is no reset: messages stay, and interruptions.
 */
void apsim_queue_unbind(struct apsim *m, struct apsim_queue *q, u64 now,
			u64 start)
{
	q->unbinding = true;
	q->unbind_start = start;
	apsim_queue_settle(m, q, now);
}

/* May @q interrupt through a GISA, now or soon? */
bool apsim_queue_armed(const struct apsim_queue *q)
{
	return q->irq.gisa && (q->irq_on || q->change == APSIM_CHANGE_ON);
}

/*
 * Does @q do as it is told?  Not if interruptions are on long after they were to
 * be turned off, which only tests bring about.
 */
bool apsim_queue_obeys(const struct apsim *m, const struct apsim_queue *q)
{
	return !q->told_off ||
	       !apsim_elapsed(m->now, q->off_start, APSIM_OBEDIENCE);
}

/* From AQIC to the I bit of @q. */
u64 apsim_queue_irq_delay(const struct apsim *m, const struct apsim_queue *q)
{
	u64 room = APSIM_NEVER - m->tuning.aqic_ns;

	return q->lag_ns < room ? m->tuning.aqic_ns + q->lag_ns : APSIM_NEVER;
}

/**
 * apsim_queue_settle() - let happen what is due
 * @m: the machine
 * @q: the queue
 * @now: the time
 */
void apsim_queue_settle(struct apsim *m, struct apsim_queue *q, u64 now)
{
	if (q->resetting &&
	    apsim_elapsed(now, q->reset_start, m->tuning.reset_ns))
		q->resetting = false;
	if (q->unbinding &&
	    apsim_elapsed(now, q->unbind_start, m->tuning.unbind_ns)) {
		q->unbinding = false;
		q->bind_state = 0;
	}
	if (q->change != APSIM_CHANGE_NONE &&
	    apsim_elapsed(now, q->change_start, apsim_queue_irq_delay(m, q))) {
		if (q->change == APSIM_CHANGE_OFF) {
			irq_off(q);
		} else {
			q->change = APSIM_CHANGE_NONE;
			q->irq_on = true;
			apsim_queue_raise(m, q);
		}
	}
	apsim_queue_track(m, q);
}

/* The code that the state of @q gives to every instruction, 0: none. */
unsigned int apsim_queue_rc(const struct apsim_queue *q)
{
	if (q->card->state == APSIM_CARD_CHECKSTOP)
		return APSIM_RC_CHECKSTOPPED;
	if (q->card->state == APSIM_CARD_STANDBY)
		return APSIM_RC_DECONFIGURED;
	if (q->async)
		return q->async | APSIM_RC_ASYNC;
	if (q->resetting)
		return APSIM_RC_RESETTING;
	return q->unbinding ? APSIM_RC_CHANGING : APSIM_RC_NORMAL;
}

/**
 * apsim_queue_status() - the AP-queue status word
 * @q: the queue; NULL: none that the program may know of
 * @rc: response code, maybe with APSIM_RC_ASYNC
 *
 * Return: the word that goes into bits 32-63 of GR1.
 */
u32 apsim_queue_status(const struct apsim_queue *q, unsigned int rc)
{
	u32 word = (rc & 0xff) << STATUS_RC_SHIFT;

	if (!q)
		return word;
	if (!q->count)
		word |= STATUS_EMPTY;
	if (apsim_queue_first(q, APSIM_MSG_READY))
		word |= STATUS_REPLIES;
	if (q->count >= q->card->info.depth)
		word |= STATUS_FULL;
	if (rc & APSIM_RC_ASYNC)
		word |= STATUS_ASYNC;
	if (q->irq_on)
		word |= STATUS_IRQ;
	return word;
}
