// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - the machine: adapters, domains, and their states
 *
 * Every adapter has a queue for every usage domain; no queue can be taken out
 * of that product alone.
 */
#include "apsim_priv.h"

#define DEPTH_MAX	32

/**
 * apsim_new() - a machine without adapters and domains
 * @env: its surroundings, copied
 *
 * Return: the machine, to be given to apsim_free(); NULL without memory.
 */
struct apsim *apsim_new(const struct apsim_env *env)
{
	struct apsim *m = env->alloc(sizeof(*m));

	if (!m)
		return NULL;
	m->env = *env;
	apsim_list_init(&m->busy);
	apsim_list_init(&m->timed);
	apsim_list_init(&m->raised);
	return m;
}

static void card_free(struct apsim *m, struct apsim_adapter *card)
{
	unsigned int i;

	for (i = 0; i < APSIM_IDS; i++)
		if (card->queue[i])
			apsim_queue_free(m, card->queue[i]);
	m->card[card->info.apid] = NULL;
	m->env.free(card);
}

/**
 * apsim_free() - the end of a machine
 * @m: the machine; NULL is fine
 */
void apsim_free(struct apsim *m)
{
	unsigned int i;

	if (!m)
		return;
	for (i = 0; i < APSIM_IDS; i++)
		if (m->card[i])
			card_free(m, m->card[i]);
	apsim_rules_drop(m, NULL, APSIM_ANY_FC);
	m->env.free(m);
}

static bool card_valid(const struct apsim_card *card)
{
	return card->type && card->depth && card->depth <= DEPTH_MAX &&
	       (card->mode == APSIM_CCA || card->mode == APSIM_ACCEL ||
		card->mode == APSIM_EP11);
}

/**
 * apsim_card_add() - plug an adapter, which is then on
 * @m: the machine
 * @card: what it is
 *
 * Return: 0, -EINVAL, -EEXIST, or -ENOMEM.
 */
int apsim_card_add(struct apsim *m, const struct apsim_card *card)
{
	struct apsim_adapter *adapter;
	unsigned int i;

	if (!card_valid(card))
		return -EINVAL;
	if (m->card[card->apid])
		return -EEXIST;
	adapter = m->env.alloc(sizeof(*adapter));
	if (!adapter)
		return -ENOMEM;
	adapter->info = *card;
	adapter->state = APSIM_CARD_ON;
	m->card[card->apid] = adapter;

	for (i = 0; i < APSIM_IDS; i++) {
		if (apsim_mask_test(&m->usage, i) &&
		    !apsim_queue_new(m, adapter, i)) {
			card_free(m, adapter);
			return -ENOMEM;
		}
	}
	return 0;
}

/**
 * apsim_card_remove() - unplug an adapter
 * @m: the machine
 * @apid: its number
 *
 * Return: 0, -EINVAL, or -ENOENT without such an adapter.
 */
int apsim_card_remove(struct apsim *m, unsigned int apid)
{
	if (apid >= APSIM_IDS)
		return -EINVAL;
	if (!m->card[apid])
		return -ENOENT;
	card_free(m, m->card[apid]);
	return 0;
}

/**
 * apsim_card_set() - change the state of an adapter from outside
 * @m: the machine
 * @now: the time
 * @apid: which adapter
 * @state: its new state; a change resets its queues
 *
 * Return: 0, -EINVAL, or -ENOENT without such an adapter.
 */
int apsim_card_set(struct apsim *m, u64 now, unsigned int apid,
		   enum apsim_card_state state)
{
	struct apsim_adapter *card;
	unsigned int i;

	if (apid >= APSIM_IDS || state > APSIM_CARD_CHECKSTOP)
		return -EINVAL;
	card = m->card[apid];
	if (!card)
		return -ENOENT;
	m->now = now;
	if (card->state == state)
		return 0;
	card->state = state;
	for (i = 0; i < APSIM_IDS; i++)
		if (card->queue[i])
			apsim_queue_clear(m, card->queue[i]);
	return 0;
}

static void domain_drop(struct apsim *m, unsigned int apqi)
{
	unsigned int i;

	for (i = 0; i < APSIM_IDS; i++)
		if (m->card[i] && m->card[i]->queue[apqi])
			apsim_queue_free(m, m->card[i]->queue[apqi]);
}

/* All adapters get a queue or none does. */
static int domain_make(struct apsim *m, unsigned int apqi)
{
	unsigned int i;

	for (i = 0; i < APSIM_IDS; i++) {
		if (m->card[i] && !apsim_queue_new(m, m->card[i], apqi)) {
			domain_drop(m, apqi);
			return -ENOMEM;
		}
	}
	return 0;
}

/**
 * apsim_domain_set() - change what a domain is to the machine
 * @m: the machine
 * @now: the time
 * @apqi: which domain
 * @usage: it is a usage domain
 * @control: it is a control domain
 *
 * Return: 0, -EINVAL, or -ENOMEM, and then nothing changed.
 */
int apsim_domain_set(struct apsim *m, u64 now, unsigned int apqi, bool usage,
		     bool control)
{
	int rc;

	if (apqi >= APSIM_IDS)
		return -EINVAL;
	m->now = now;
	if (usage && !apsim_mask_test(&m->usage, apqi)) {
		rc = domain_make(m, apqi);
		if (rc)
			return rc;
	}
	if (!usage)
		domain_drop(m, apqi);
	apsim_mask_put(&m->usage, apqi, usage);
	apsim_mask_put(&m->control, apqi, control);
	return 0;
}

/**
 * apsim_tune() - make the machine faster or slower
 * @m: the machine
 * @tuning: from now on, also for what is under way
 *
 * What was due when the machine last heard of the time has happened.
 */
void apsim_tune(struct apsim *m, const struct apsim_tuning *tuning)
{
	struct apsim_link *link = m->busy.next;

	while (link != &m->busy) {
		struct apsim_queue *q = link->queue;

		link = link->next;
		apsim_queue_settle(m, q, m->now);
	}
	m->tuning = *tuning;
}

void apsim_get_tuning(const struct apsim *m, struct apsim_tuning *tuning)
{
	*tuning = m->tuning;
}

/**
 * apsim_lag() - make the I bit of one queue later than that of the others
 * @m: the machine
 * @now: the time; what was due has happened
 * @apqn: queue
 * @lag_ns: how much, from now on, also for what is under way; 0: no more
 *
 * Return: 0, -EINVAL, or -ENOENT without such a queue.
 */
int apsim_lag(struct apsim *m, u64 now, unsigned int apqn, u64 lag_ns)
{
	struct apsim_queue *q;

	if (apqn > 0xffff)
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;
	m->now = now;
	apsim_queue_settle(m, q, now);
	q->lag_ns = lag_ns;
	return 0;
}

/**
 * apsim_get_view() - the machine's own masks
 * @m: the machine
 * @view: adapters in the configuration, usage domains, control domains
 */
void apsim_get_view(const struct apsim *m, struct apsim_view *view)
{
	unsigned int i;

	memset(view, 0, sizeof(*view));
	for (i = 0; i < APSIM_IDS; i++)
		apsim_mask_put(&view->apm, i, m->card[i] &&
			       m->card[i]->state != APSIM_CARD_OFF);
	view->aqm = m->usage;
	view->adm = m->control;
}

static void count_armed(const struct apsim_adapter *card, u64 gisa,
			u32 count[APSIM_ISCS])
{
	unsigned int i;

	for (i = 0; i < APSIM_IDS; i++) {
		const struct apsim_queue *q = card->queue[i];

		if (q && apsim_queue_armed(q) &&
		    (!gisa || q->irq.gisa == gisa))
			count[q->irq.gisc]++;
	}
}

/**
 * apsim_get_armed() - queues that interrupt through a GISA, or are about to
 * @m: the machine
 * @gisa: absolute address of the GISA; 0: any
 * @count: how many, for each guest interruption subclass
 */
void apsim_get_armed(const struct apsim *m, u64 gisa, u32 count[APSIM_ISCS])
{
	unsigned int i;

	memset(count, 0, APSIM_ISCS * sizeof(*count));
	for (i = 0; i < APSIM_IDS; i++)
		if (m->card[i])
			count_armed(m->card[i], gisa, count);
}

u32 apsim_get_answers(const struct apsim *m, unsigned int insn, unsigned int rc)
{
	return m->answers[apsim_insn_index(insn)][rc & 0xff];
}

void apsim_get_stats(const struct apsim *m, struct apsim_stats *stats)
{
	u32 count[APSIM_ISCS];
	unsigned int i;

	*stats = m->stats;
	stats->foreign_replies = m->alarms.count[APSIM_ALARM_FOREIGN];
	stats->unzeroized = m->alarms.count[APSIM_ALARM_UNZEROIZED];
	stats->unpinned = m->alarms.count[APSIM_ALARM_UNPINNED];
	stats->shared = m->alarms.count[APSIM_ALARM_SHARED];
	stats->unregistered = m->alarms.count[APSIM_ALARM_UNREGISTERED];
	apsim_get_armed(m, 0, count);
	for (i = 0; i < APSIM_ISCS; i++)
		stats->armed += count[i];
}
