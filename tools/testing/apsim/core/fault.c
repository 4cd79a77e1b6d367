// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - the command "fault": rules in words, and back
 *
 *	fault AA.DDDD FC [at N] [times M|forever] rc RC [async]
 *	fault AA.DDDD FC [at N] [times M|forever] late US
 *	fault AA.DDDD FC [at N] [times M|forever] do COMMAND
 *	fault qci [at N] [times M|forever] with|without card|domain|control ID...
 *	nofault [AA.DDDD [FC] | qci]
 */
#include "words.h"

#define TIMES_MAX	0xffffffff

/* "[at N] [times M|forever]" from word @n on; the word behind it, 0: wrong. */
static unsigned int parse_when(const struct apsim_words *w, unsigned int n,
			       struct apsim_rule *rule)
{
	u64 value;

	rule->at = 1;
	rule->times = 1;
	if (apsim_word_is(w, n, "at")) {
		if (apsim_word_number(w, n + 1, TIMES_MAX, &value) || !value)
			return 0;
		rule->at = value;
		n += 2;
	}
	if (apsim_word_is(w, n, "forever")) {
		rule->times = 0;
		return n + 1;
	}
	if (!apsim_word_is(w, n, "times"))
		return n;
	if (apsim_word_number(w, n + 1, TIMES_MAX, &value) || !value)
		return 0;
	rule->times = value;
	return n + 2;
}

static int parse_rc(const struct apsim_words *w, unsigned int n,
		    struct apsim_rule *rule)
{
	bool async = apsim_word_is(w, n + 2, "async");
	u64 rc;

	if (w->count != n + 2 + async || apsim_word_number(w, n + 1, 0xff, &rc))
		return -EINVAL;
	rule->kind = APSIM_RULE_RC;
	rule->rc = apsim_forced_rc(rc, async);
	return 0;
}

/* Only what has effects later can have them late. */
static int parse_late(const struct apsim_words *w, unsigned int n,
		      struct apsim_rule *rule)
{
	u64 us;

	if (w->count != n + 2 ||
	    apsim_word_number(w, n + 1, APSIM_NEVER / 1000, &us))
		return -EINVAL;
	if (rule->fc != APSIM_RAPQ && rule->fc != APSIM_ZAPQ &&
	    rule->fc != APSIM_AQIC && rule->fc != APSIM_NQAP)
		return -EINVAL;
	rule->kind = APSIM_RULE_LATE;
	rule->late_ns = us * 1000;
	return 0;
}

static int parse_do(const struct apsim_words *w, unsigned int n,
		    struct apsim_rule *rule)
{
	if (w->count == n + 1 ||
	    apsim_words_join(w, n + 1, rule->text, sizeof(rule->text)) ||
	    !apsim_is_command(rule->text))
		return -EINVAL;
	rule->kind = APSIM_RULE_DO;
	return 0;
}

/*
 * "with|without card|domain|control ID..." from word @n on, done to @view.  A
 * kind of thing holds for what follows, and so does "with".
 */
static int lie(const struct apsim_words *w, unsigned int n,
	       struct apsim_view *view)
{
	struct apsim_mask *mask = NULL;
	unsigned int done = 0;
	bool with = true;
	u64 id;

	if (!apsim_word_is(w, n, "with") && !apsim_word_is(w, n, "without"))
		return -EINVAL;
	for (; n < w->count; n++) {
		if (apsim_word_is(w, n, "with")) {
			with = true;
		} else if (apsim_word_is(w, n, "without")) {
			with = false;
		} else if (apsim_word_is(w, n, "card")) {
			mask = &view->apm;
		} else if (apsim_word_is(w, n, "domain")) {
			mask = &view->aqm;
		} else if (apsim_word_is(w, n, "control")) {
			mask = &view->adm;
		} else {
			if (!mask || apsim_word_number(w, n, APSIM_IDS - 1, &id))
				return -EINVAL;
			apsim_mask_put(mask, id, with);
			done = n;
		}
	}
	return done == w->count - 1 ? 0 : -EINVAL;
}

/**
 * apsim_lie_apply() - what a rule for QCI makes of the masks
 * @text: the rule's, which was understood before
 * @view: the masks
 */
void apsim_lie_apply(const char *text, struct apsim_view *view)
{
	struct apsim_words w;

	apsim_words_cut(text, &w);
	lie(&w, 0, view);
}

static int fault_qci(struct apsim *m, const struct apsim_words *w)
{
	struct apsim_rule rule = { .fc = APSIM_QCI, .kind = APSIM_RULE_LIE };
	struct apsim_view view = {};
	unsigned int n;

	n = parse_when(w, 2, &rule);
	if (!n || n >= w->count || lie(w, n, &view) ||
	    apsim_words_join(w, n, rule.text, sizeof(rule.text)))
		return -EINVAL;
	return apsim_rule_add(m, NULL, &rule);
}

int apsim_run_fault(struct apsim *m, u64 now, const struct apsim_words *w)
{
	struct apsim_rule rule = {};
	struct apsim_queue *q;
	unsigned int n;
	u64 apqn;
	u64 fc;
	int rc;

	if (apsim_word_is(w, 1, "qci"))
		return fault_qci(m, w);
	if (apsim_word_apqn(w, 1, &apqn) || apsim_word_function(w, 2, &fc))
		return -EINVAL;
	rule.fc = fc;
	n = parse_when(w, 3, &rule);
	if (!n)
		return -EINVAL;
	if (apsim_word_is(w, n, "rc"))
		rc = parse_rc(w, n, &rule);
	else if (apsim_word_is(w, n, "late"))
		rc = parse_late(w, n, &rule);
	else if (apsim_word_is(w, n, "do"))
		rc = parse_do(w, n, &rule);
	else
		rc = -EINVAL;
	if (rc)
		return rc;
	q = apsim_queue_find(m, apqn);
	return q ? apsim_rule_add(m, q, &rule) : -ENOENT;
}

static void drop_all(struct apsim *m)
{
	unsigned int apid;
	unsigned int apqi;

	apsim_rules_drop(m, NULL, APSIM_ANY_FC);
	for (apid = 0; apid < APSIM_IDS; apid++)
		for (apqi = 0; m->card[apid] && apqi < APSIM_IDS; apqi++)
			if (m->card[apid]->queue[apqi])
				apsim_rules_drop(m, m->card[apid]->queue[apqi],
						 APSIM_ANY_FC);
}

int apsim_run_nofault(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 fc = APSIM_ANY_FC;
	struct apsim_queue *q;
	u64 apqn;

	if (w->count == 1) {
		drop_all(m);
		return 0;
	}
	if (w->count == 2 && apsim_word_is(w, 1, "qci")) {
		apsim_rules_drop(m, NULL, APSIM_ANY_FC);
		return 0;
	}
	if (apsim_word_apqn(w, 1, &apqn) ||
	    (w->count == 3 && apsim_word_function(w, 2, &fc)))
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;
	apsim_rules_drop(m, q, fc);
	return 0;
}
