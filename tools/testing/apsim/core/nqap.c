// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - NQAP: a message goes onto a queue
 *
 * A message comes in one piece; parts (the L bit off) are a facility that this
 * machine does not have.
 */
#include "apsim_priv.h"

#define GR0_LAST		0x40000000
#define GR0_SPECIAL		0x00400000

static bool may_control(const struct apsim *m, const struct apsim_op *op,
			u32 domain)
{
	if (domain >= APSIM_IDS || !apsim_mask_test(&m->control, domain))
		return false;
	return !op->view || apsim_mask_test(&op->view->adm, domain);
}

/* What is wrong with the message itself. */
static unsigned int judge(const struct apsim *m, const struct apsim_queue *q,
			  const struct apsim_op *op)
{
	enum apsim_mode mode = q->card->info.mode;
	u32 domain;

	if (!(op->gr[0] & GR0_LAST))
		return APSIM_RC_NO_FACILITY;
	if (op->gr[0] & GR0_SPECIAL && mode != APSIM_CCA)
		return APSIM_RC_NO_FACILITY;
	if (apsim_cprb_domain(op->buf, op->gr[op->r2 + 1], mode, &domain) &&
	    !may_control(m, op, domain))
		return APSIM_RC_BAD_DOMAIN;
	return APSIM_RC_NORMAL;
}

static unsigned int enqueue(struct apsim *m, u64 start, struct apsim_queue *q,
			    const struct apsim_op *op)
{
	struct apsim_msg *msg = NULL;

	if (q->count < q->card->info.depth)
		msg = apsim_msg_new(m, op->buf, op->gr[op->r2 + 1]);
	if (!msg)
		return APSIM_RC_FULL;

	msg->psmid = op->gr[op->r1] << 32 | (u32)op->gr[op->r1 + 1];
	msg->serial = ++m->serial;
	msg->start = start;
	msg->tenant = op->tenant;
	msg->state = APSIM_MSG_WAITING;
	apsim_msg_append(q, msg);
	apsim_queue_track(m, q);

	if (q->used && q->tenant != op->tenant)
		apsim_alarm(m, &(struct apsim_alarm) {
			APSIM_ALARM_UNZEROIZED, apsim_queue_apqn(q),
			op->tenant, q->tenant
		});
	q->used = true;
	q->tenant = op->tenant;
	return APSIM_RC_NORMAL;
}

/**
 * apsim_nqap() - NQAP
 * @m: the machine
 * @now: the time
 * @op: the instruction, its operands checked, the message in @op->buf
 *
 * Without memory for the message the queue is full.
 */
void apsim_nqap(struct apsim *m, u64 now, struct apsim_op *op)
{
	struct apsim_forced forced;
	struct apsim_queue *q = apsim_reach(m, now, op, &forced);
	unsigned int rc;

	if (!q) {
		apsim_end(m, op, NULL, APSIM_RC_NOT_AVAIL);
		return;
	}
	rc = forced.answer ? forced.rc : apsim_queue_rc(q);
	if (!forced.answer && !rc)
		rc = judge(m, q, op);
	if (!forced.answer && !rc)
		rc = enqueue(m, forced.start, q, op);
	apsim_end(m, op, q, rc);
}
