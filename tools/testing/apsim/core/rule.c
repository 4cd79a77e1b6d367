// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - rules: what instructions to come find instead of the truth
 *
 * Rules for one instruction on one queue are a script: the next begins when
 * the one before it is used up.  They are the queue's and go with it.  A rule
 * for QCI is the machine's.
 *
 * A rule takes its memory when it is made; that it fires never fails.
 */
#include "apsim_priv.h"

/* Nobody needs so many. */
#define RULES_MAX	1024

const struct apsim_function apsim_functions[] = {
	{ "tapq", APSIM_TAPQ },
	{ "rapq", APSIM_RAPQ },
	{ "zapq", APSIM_ZAPQ },
	{ "aqic", APSIM_AQIC },
	{ "qact", APSIM_QACT },
	{ "nqap", APSIM_NQAP },
	{ "dqap", APSIM_DQAP },
	{}
};

/**
 * apsim_function_name() - how an instruction on a queue is called
 * @fc: function code of PQAP, or the opcode of NQAP and DQAP
 *
 * Return: its name; NULL: it has no queue and response code.
 */
const char *apsim_function_name(unsigned int fc)
{
	const struct apsim_function *f = apsim_functions;

	while (f->name && f->fc != fc)
		f++;
	return f->name;
}

static void drop(struct apsim *m, struct apsim_rule **at)
{
	struct apsim_rule *rule = *at;

	*at = rule->next;
	m->rules--;
	m->env.free(rule);
}

/**
 * apsim_rule_add() - one more rule, after those that are there
 * @m: the machine
 * @q: its queue; NULL: it is for QCI
 * @rule: what it says, copied
 *
 * Return: 0, -ENOSPC or -ENOMEM.
 */
int apsim_rule_add(struct apsim *m, struct apsim_queue *q,
		   const struct apsim_rule *rule)
{
	struct apsim_rule **at = q ? &q->rules : &m->qci_rules;
	struct apsim_rule *copy;

	if (m->rules == RULES_MAX)
		return -ENOSPC;
	copy = m->env.alloc(sizeof(*copy));
	if (!copy)
		return -ENOMEM;
	*copy = *rule;
	copy->next = NULL;
	copy->serial = ++m->rule_serial;
	copy->apqn = q ? apsim_queue_apqn(q) : 0;
	while (*at)
		at = &(*at)->next;
	*at = copy;
	m->rules++;
	return 0;
}

/**
 * apsim_rules_drop() - take rules back
 * @m: the machine
 * @q: whose; NULL: those for QCI
 * @fc: for this instruction; APSIM_ANY_FC: for all
 */
void apsim_rules_drop(struct apsim *m, struct apsim_queue *q, unsigned int fc)
{
	struct apsim_rule **at = q ? &q->rules : &m->qci_rules;

	while (*at) {
		if (fc == APSIM_ANY_FC || (*at)->fc == fc)
			drop(m, at);
		else
			at = &(*at)->next;
	}
}

/* The first rule for @fc comes closer; true: it is its turn, and here it is. */
static bool take(struct apsim *m, struct apsim_rule **at, unsigned int fc,
		 struct apsim_rule *taken)
{
	struct apsim_rule *rule;

	while (*at && (*at)->fc != fc)
		at = &(*at)->next;
	rule = *at;
	if (!rule)
		return false;
	if (rule->at > 1) {
		rule->at--;
		return false;
	}
	*taken = *rule;
	if (rule->times && !--rule->times)
		drop(m, at);
	return true;
}

/*
 * The rule is used up before its command is run, which may take the queue away
 * and all its rules.
 */
static void run(struct apsim *m, u64 now, struct apsim_op *op, const char *line)
{
	struct apsim_view before;
	struct apsim_view after;

	apsim_get_view(m, &before);
	if (apsim_command(m, now, line))
		m->stats.failed_rules++;
	apsim_get_view(m, &after);
	if (memcmp(&before, &after, sizeof(after)))
		op->changed = true;
}

/**
 * apsim_rule_take() - what an instruction finds
 * @m: the machine
 * @now: the time
 * @q: the queue it has reached
 * @op: the instruction
 * @forced: what it is to do; @forced->ran: look for the queue again
 */
void apsim_rule_take(struct apsim *m, u64 now, struct apsim_queue *q,
		     struct apsim_op *op, struct apsim_forced *forced)
{
	unsigned int fc = op->insn == APSIM_PQAP ? apsim_op_fc(op) : op->insn;
	struct apsim_rule rule;

	memset(forced, 0, sizeof(*forced));
	forced->start = now;
	if (!q->rules || !take(m, &q->rules, fc, &rule))
		return;
	switch (rule.kind) {
	case APSIM_RULE_RC:
		forced->answer = true;
		forced->rc = rule.rc;
		break;
	case APSIM_RULE_LATE:
		forced->start = rule.late_ns < APSIM_NEVER - now ?
				now + rule.late_ns : APSIM_NEVER;
		break;
	default:
		run(m, now, op, rule.text);
		forced->ran = true;
	}
}

/**
 * apsim_rule_lie() - what the host is told by QCI
 * @m: the machine
 * @view: its masks; changed if there is a rule
 */
void apsim_rule_lie(struct apsim *m, struct apsim_view *view)
{
	struct apsim_rule rule;

	if (take(m, &m->qci_rules, APSIM_QCI, &rule))
		apsim_lie_apply(rule.text, view);
}

/* The oldest rule of a list that was made after @serial, or @best. */
static const struct apsim_rule *oldest(const struct apsim_rule *rule,
				       u64 serial,
				       const struct apsim_rule *best)
{
	for (; rule; rule = rule->next)
		if (rule->serial > serial &&
		    (!best || rule->serial < best->serial))
			best = rule;
	return best;
}

/**
 * apsim_rule_next() - rules that are left, in the order they were made in
 * @m: the machine
 * @after: begin with 0; which one this is, on return
 * @line: what is left of it, as a command that would make it
 * @size: room there; APSIM_RULE_LINE is enough, less gets less
 *
 * Return: false: there is none after that.
 */
bool apsim_rule_next(const struct apsim *m, u64 *after, char *line, size_t size)
{
	const struct apsim_rule *rule = oldest(m->qci_rules, *after, NULL);
	unsigned int apid;
	unsigned int apqi;

	for (apid = 0; apid < APSIM_IDS; apid++) {
		const struct apsim_adapter *card = m->card[apid];

		for (apqi = 0; card && apqi < APSIM_IDS; apqi++)
			if (card->queue[apqi])
				rule = oldest(card->queue[apqi]->rules, *after,
					      rule);
	}
	if (!rule)
		return false;
	*after = rule->serial;
	apsim_rule_text(rule, line, size);
	return true;
}
