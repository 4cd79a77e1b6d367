// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - the model's machine and its AP bus
 */
#include <errno.h>

#include "model.h"

/* The driver loses a queue, and waits for its zeroize. */
static void unbind(struct model *m, unsigned int q)
{
	struct model_queue *queue = &m->queue[q];
	bool ours = queue->driver == BY_US;

	queue->driver = BY_NOBODY;
	model_settle(m);
	if (ours && !queue->clean && model_can_prove(m, q)) {
		model_empty(m, queue);
		queue->owed = false;
	}
	queue->clean = false;
}

static void bind(struct model *m, unsigned int q, enum model_owner owner)
{
	struct model_queue *queue = &m->queue[q];

	if (queue->driver == owner)
		return;
	if (queue->driver != BY_NOBODY)
		unbind(m, q);
	queue->driver = owner;
	queue->clean = owner == BY_US && m->flaw == FLAW_CLEAN;
}

static enum model_owner owner_of(const struct model *m, unsigned int q)
{
	static const enum model_owner owner[OVERRIDES] = {
		[OVERRIDE_US] = BY_US,
		[OVERRIDE_HOST] = BY_HOST,
		[OVERRIDE_NOBODY] = BY_NOBODY,
	};
	enum prop_override override = m->queue[q].override;

	if (override != OVERRIDE_NONE && m->flaw != FLAW_OVERRIDE)
		return owner[override];
	return model_reserved(m, q) ? BY_HOST : BY_US;
}

/* Queues that have no driver are given one before masks change. */
static void bind_all(struct model *m)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if (m->queue[q].device && m->queue[q].driver == BY_NOBODY)
			bind(m, q, owner_of(m, q));
	model_settle(m);
}

static bool is_claimed(const struct model *m, unsigned int adapters,
		       unsigned int domains)
{
	struct model_matrix claim = { adapters, domains, 0 };
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		if (!model_has(&claim, q))
			continue;
		if (model_taken(m, q) >= 0 ||
		    (m->queue[q].owed && m->flaw != FLAW_OWED))
			return true;
	}
	return false;
}

static bool is_any_overridden(const struct model *m)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if (m->queue[q].override != OVERRIDE_NONE)
			return true;
	return false;
}

static int set_masks(struct model *m, unsigned int apm, unsigned int aqm)
{
	unsigned int new_apm = apm & ~m->apm, new_aqm = aqm & ~m->aqm;
	unsigned int q;

	bind_all(m);
	if (is_any_overridden(m))
		return -EINVAL;
	/* The bus looks at its queues again only if that makes a difference. */
	if (apm == m->apm && aqm == m->aqm)
		return 0;
	if (new_apm && is_claimed(m, new_apm, m->new_bus ? 7 : m->aqm))
		return -EBUSY;
	if (new_aqm && is_claimed(m, m->new_bus ? 7 : m->apm, new_aqm))
		return -EBUSY;
	m->apm = apm;
	m->aqm = aqm;
	for (q = 0; q < QUEUES; q++)
		if (m->queue[q].device)
			bind(m, q, owner_of(m, q));
	return 0;
}

/* The bus has either masks or overrides. */
static int set_override(struct model *m, unsigned int q, enum prop_override to)
{
	if (!m->new_bus || !m->queue[q].device)
		return MODEL_SKIP;
	if (m->apm != 7 || m->aqm != 7)
		return -EINVAL;
	m->queue[q].override = to;
	return 0;
}

/* As a person does it: the override, and who it names gets the queue. */
static int steer(struct model *m, unsigned int q, enum prop_override to)
{
	int rc = set_override(m, q, to);

	if (rc)
		return rc;
	if (m->queue[q].driver != BY_NOBODY)
		unbind(m, q);
	bind(m, q, owner_of(m, q));
	return 0;
}

static int set_driver(struct model *m, const struct prop_cmd *cmd)
{
	unsigned int q = cmd->arg[0];
	bool bound = m->queue[q].driver != BY_NOBODY;
	bool unbinds = cmd->op == OP_UNBIND;

	if (!m->queue[q].device || bound != unbinds)
		return MODEL_SKIP;
	if (cmd->op == OP_BIND && owner_of(m, q) != BY_US)
		return -ENODEV;
	if (unbinds)
		unbind(m, q);
	else
		bind(m, q, owner_of(m, q));
	return 0;
}

/**
 * model_bus() - what a person tells the AP bus
 * @m: the model
 * @cmd: the command
 *
 * Return: 0, -errno, or %MODEL_SKIP.
 */
int model_bus(struct model *m, const struct prop_cmd *cmd)
{
	unsigned int n = cmd->arg[0];

	switch (cmd->op) {
	case OP_GIVE_ADAPTER:
		return set_masks(m, m->apm & ~(1U << n), m->aqm);
	case OP_TAKE_ADAPTER:
		return set_masks(m, m->apm | 1U << n, m->aqm);
	case OP_GIVE_DOMAIN:
		return set_masks(m, m->apm, m->aqm & ~(1U << n));
	case OP_TAKE_DOMAIN:
		return set_masks(m, m->apm, m->aqm | 1U << n);
	case OP_OVERRIDE:
		return set_override(m, n, cmd->arg[1]);
	case OP_STEER:
		return steer(m, n, cmd->arg[1]);
	default:
		return set_driver(m, cmd);
	}
}

/* What PQAP(QCI) says */
static struct model_matrix qci(const struct model *m)
{
	struct model_matrix host = { 0, m->usage, m->control };
	unsigned int a;

	for (a = 0; a < ADAPTERS; a++)
		if (m->card[a] != CARD_GONE && m->card[a] != CARD_OFF)
			host.adapters |= 1U << a;
	return host;
}

/*
 * The bus looks at the machine: what is gone goes first, then all is made, and
 * guests get what is new when it is ready.
 */
static void scan(struct model *m)
{
	struct model_matrix host = qci(m);
	unsigned int q;

	m->host.adapters &= host.adapters;
	m->host.domains &= host.domains;
	model_settle(m);
	for (q = 0; q < QUEUES; q++) {
		if (model_has(&host, q) || !m->queue[q].device)
			continue;
		unbind(m, q);
		m->queue[q].device = false;
		m->queue[q].override = OVERRIDE_NONE;
	}
	for (q = 0; q < QUEUES; q++) {
		if (!model_has(&host, q) || m->queue[q].device)
			continue;
		m->queue[q].device = true;
		bind(m, q, owner_of(m, q));
	}
	model_prove(m);
	m->host = host;
}

static int set_card(struct model *m, unsigned int a, enum model_card_state state)
{
	unsigned int q;

	if (m->card[a] == state)
		return 0;
	for (q = a * DOMAINS; q < (a + 1) * DOMAINS; q++) {
		model_empty(m, &m->queue[q]);
		if (m->card[a] == CARD_GONE || state == CARD_GONE)
			m->queue[q].stuck = false;
	}
	m->card[a] = state;
	scan(m);
	return 0;
}

static int set_domain(struct model *m, unsigned int d, bool usage, bool control)
{
	unsigned int a;

	m->usage = (m->usage & ~(1U << d)) | (unsigned int)usage << d;
	m->control = (m->control & ~(1U << d)) | (unsigned int)control << d;
	for (a = 0; a < ADAPTERS && !usage; a++) {
		model_empty(m, &m->queue[a * DOMAINS + d]);
		m->queue[a * DOMAINS + d].stuck = false;
	}
	scan(m);
	return 0;
}

static int disturb(struct model *m, const struct prop_cmd *cmd)
{
	bool unstick = cmd->op == OP_UNSTUCK;
	unsigned int q = cmd->arg[0];

	if (m->card[q / DOMAINS] == CARD_GONE || !(m->usage >> q % DOMAINS & 1))
		return MODEL_SKIP;
	if (cmd->op == OP_ASYNC)
		m->queue[q].async = true;
	if (cmd->op == OP_ASYNC || cmd->op == OP_LAG)
		return 0;
	if (m->queue[q].stuck != unstick)
		return MODEL_SKIP;
	if (cmd->op == OP_STUCK)
		m->queue[q].stuck = true;
	else if (cmd->op == OP_UNSTUCK)
		m->queue[q].stuck = false;
	return 0;
}

/**
 * model_machine() - what happens to the machine
 * @m: the model
 * @cmd: the command
 *
 * Return: 0 or %MODEL_SKIP.
 */
int model_machine(struct model *m, const struct prop_cmd *cmd)
{
	static const enum model_card_state states[OPS] = {
		[OP_UNPLUG] = CARD_GONE,
		[OP_PLUG] = CARD_ON,
		[OP_ON] = CARD_ON,
		[OP_OFF] = CARD_OFF,
		[OP_STANDBY] = CARD_STANDBY,
		[OP_CHECKSTOP] = CARD_CHECKSTOP,
	};
	bool plug = cmd->op == OP_PLUG;
	unsigned int n = cmd->arg[0];
	bool gone;

	switch (cmd->op) {
	case OP_DOMAIN:
		return set_domain(m, n, cmd->arg[1] != 1, cmd->arg[1] != 0);
	case OP_NODOMAIN:
		if (!((m->usage | m->control) >> n & 1))
			return MODEL_SKIP;
		return set_domain(m, n, false, false);
	case OP_STUCK:
	case OP_UNSTUCK:
	case OP_BUSY:
	case OP_ASYNC:
	case OP_LAG:
		return disturb(m, cmd);
	case OP_RESETS:
		m->resets = cmd->arg[0];
		return 0;
	case OP_REPLIES:
		m->replies = cmd->arg[0];
		return 0;
	default:
		gone = m->card[n] == CARD_GONE;
		if (gone != plug)
			return MODEL_SKIP;
		return set_card(m, n, states[cmd->op]);
	}
}
