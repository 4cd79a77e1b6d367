// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - a sequence is run, and the model looks over the bed's shoulder
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run.h"

static bool fail(struct prop_verdict *verdict, const char *format, ...)
{
	va_list args;

	verdict->failed = true;
	va_start(args, format);
	vsnprintf(verdict->what, sizeof(verdict->what), format, args);
	va_end(args);
	return false;
}

static unsigned int id_of(const struct model *m, const struct prop_cmd *cmd)
{
	const struct model_queue *queue = &m->queue[cmd->arg[1] % QUEUES];

	return cmd->op == OP_NQAP ? queue->next : queue->first;
}

/* What is assigned can be seen in "withheld". */
static enum prop_hidden hidden(const struct model *was, const struct model *is,
			       const struct prop_cmd *cmd)
{
	enum prop_hidden hidden = HIDDEN_NOTHING;
	unsigned int q;

	/* It may be ours before and after. */
	if (cmd->op == OP_STEER)
		hidden = HIDDEN_MOVE;

	for (q = 0; q < QUEUES; q++) {
		const struct model_queue *old = &was->queue[q];
		const struct model_queue *new = &is->queue[q];

		if (old->late && !new->late)
			return HIDDEN_COMEBACK;
		if (old->driver != new->driver)
			hidden = HIDDEN_MOVE;
		else if (new->clean && !old->clean && model_taken(is, q) < 0 &&
			 (old->stuck || model_taken(was, q) < 0))
			return HIDDEN_COMEBACK;
		else if (new->clean != old->clean && is->resets == SPEED_SLOW)
			hidden = HIDDEN_MOVE;
	}
	return hidden;
}

static bool step(const struct prop_bed *bed, struct model *m,
		 const struct prop_cmd *cmd, struct prop_verdict *verdict)
{
	struct prop_order order = { .cmd = cmd, .id = id_of(m, cmd) };
	static struct prop_seen want, got;
	char what[WHAT_TEXT - 80];
	struct model was = *m;
	int rc;

	order.want = model_do(m, cmd);
	if (order.want == MODEL_SKIP)
		return true;
	verdict->steps++;
	order.hidden = hidden(&was, m, cmd);
	rc = bed->order(&order);
	if (rc != order.want)
		return fail(verdict, "it ends with %d, should be %d", rc,
			    order.want);
	model_see(m, &want);
	bed->look(&want, &got);
	if (prop_seen_differ(&want, &got, what, sizeof(what)))
		return fail(verdict, "%s", what);
	return true;
}

/**
 * prop_run() - run a sequence from the beginning
 * @bed: where
 * @flaw: the model's mistake
 * @seq: the sequence
 * @verdict: filled in
 *
 * Ends with the first command after which something is wrong.
 */
void prop_run(const struct prop_bed *bed, enum prop_flaw flaw,
	      const struct prop_seq *seq, struct prop_verdict *verdict)
{
	struct model model;
	const char *wrong;

	memset(verdict, 0, sizeof(*verdict));
	model_init(&model, flaw, bed);
	if (bed->begin()) {
		fail(verdict, "the bed cannot begin");
		return;
	}
	for (verdict->at = 0; verdict->at < seq->len; verdict->at++)
		if (!step(bed, &model, &seq->cmd[verdict->at], verdict))
			break;
	wrong = bed->end();
	if (wrong && !verdict->failed)
		fail(verdict, "%s", wrong);
}
