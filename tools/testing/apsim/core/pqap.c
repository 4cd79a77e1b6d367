// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - PQAP: test, reset, interruption control, query
 */
#include "apsim_priv.h"

#define GR0_T			0x00800000	/* TAPQ: with facilities */
#define GR0_F			0x00400000	/* RAPQ and ZAPQ: unbind */

/* Where TAPQ's GR2 has the bind state. */
#define TAPQ_BS_SHIFT		46

/* Facility word of TAPQ. */
#define FAC_SPECIAL		0x80000000u
#define FAC_4K_MODEXP		0x40000000u
#define FAC_4K_CRT		0x20000000u
#define FAC_CCA			0x10000000u
#define FAC_ACCEL		0x08000000u
#define FAC_EP11		0x04000000u
#define FAC_APXA		0x02000000u
#define FAC_MODES		(FAC_CCA | FAC_ACCEL | FAC_EP11)

/* AQIC's GR1. */
#define AQIC_IR(gr1)		((gr1) >> 47 & 1)
#define AQIC_ZONE(gr1)		((gr1) >> 48 & 0xff)
#define AQIC_GISC(gr1)		((gr1) >> 40 & 7)
#define AQIC_FORMAT(gr1)	((gr1) >> 32 & 3)
#define AQIC_GISA(gr1)		((gr1) & APSIM_GR1_GISA)
#define AQIC_ISC(gr1)		((gr1) & 7)

/* QCI: special commands, extended addressing, QACT; the highest numbers. */
#define QCI_FLAGS		0xe0000000u
#define QCI_APM			0x10
#define QCI_AQM			0x30
#define QCI_ADM			0x50

static const u32 facilities[] = {
	[APSIM_CCA] = FAC_SPECIAL | FAC_CCA | FAC_APXA,
	[APSIM_ACCEL] = FAC_4K_MODEXP | FAC_4K_CRT | FAC_ACCEL | FAC_APXA,
	[APSIM_EP11] = FAC_EP11 | FAC_APXA,
};

/* What the queue is, whatever its state. */
static void tapq_info(const struct apsim_queue *q, struct apsim_op *op)
{
	const struct apsim_card *info = &q->card->info;
	u64 gr2 = (u32)info->type << 24 | (APSIM_IDS - 1) << 16 |
		  (info->depth - 1);

	if (op->gr[0] & GR0_T)
		gr2 |= (u64)facilities[info->mode] << 32 |
		       (u64)q->bind_state << TAPQ_BS_SHIFT;
	op->gr[2] = gr2;
}

/*
 * A reset is the one thing that an asynchronous error does not prevent.  If it
 * has to unbind the queue, that is all it does: it is to be issued again.
 */
static unsigned int reset(struct apsim *m, u64 now, struct apsim_queue *q,
			  const struct apsim_op *op, u64 start)
{
	bool zeroize = apsim_op_fc(op) == APSIM_ZAPQ;
	unsigned int rc = apsim_queue_rc(q);

	if (rc && !(rc & APSIM_RC_ASYNC))
		return rc;
	if (q->unbinding)
		return APSIM_RC_CHANGING;
	if (q->bind_state && (zeroize || op->gr[0] & GR0_F)) {
		apsim_queue_unbind(m, q, now, start);
		return APSIM_RC_CHANGING;
	}
	apsim_queue_reset(m, q, now, start);
	if (zeroize)
		q->used = false;
	return APSIM_RC_NORMAL;
}

/*
 * A program that runs with a view of its own enables interruptions for itself;
 * its words about a GISA are not believed.  This machine has zone 0 only.
 */
static bool gisa_bad(const struct apsim_op *op)
{
	u64 gr1 = op->gr[1];

	if (!AQIC_GISA(gr1))
		return false;
	return op->view || !op->gisa_valid || AQIC_ZONE(gr1) ||
	       AQIC_FORMAT(gr1) > 1;
}

static unsigned int aqic(struct apsim *m, u64 now, struct apsim_queue *q,
			 const struct apsim_op *op, u64 start)
{
	bool enable = AQIC_IR(op->gr[1]);
	unsigned int rc = apsim_queue_rc(q);

	if (rc)
		return rc;
	if (enable && (!op->gr[2] || !op->nib_valid))
		return APSIM_RC_BAD_NIB;
	if (enable && gisa_bad(op))
		return APSIM_RC_BAD_GISA;
	if (q->change != APSIM_CHANGE_NONE || q->irq_on == enable)
		return APSIM_RC_AS_WANTED;

	if (enable) {
		q->told_off = false;
		q->irq.nib = op->gr[2];
		q->irq.gisa = AQIC_GISA(op->gr[1]);
		q->irq.isc = AQIC_ISC(op->gr[1]);
		q->irq.gisc = AQIC_GISC(op->gr[1]);
		q->irq.apqn = apsim_queue_apqn(q);
	}
	q->change = enable ? APSIM_CHANGE_ON : APSIM_CHANGE_OFF;
	q->change_start = start;
	apsim_queue_settle(m, q, now);
	return APSIM_RC_NORMAL;
}

/*
 * AQIC was to turn interruptions off, whatever came of it.  Who is told that they
 * are just being turned on has to ask again.
 */
static void note_off(struct apsim_queue *q, u64 now, unsigned int rc)
{
	if (q->told_off ||
	    (rc == APSIM_RC_AS_WANTED && q->change == APSIM_CHANGE_ON))
		return;
	q->told_off = true;
	q->off_start = now;
}

/* GR1 and GR2 alike: bits 3-5 the mode, bits 32-39 the highest type wanted. */
static unsigned int qact(const struct apsim_queue *q, struct apsim_op *op)
{
	const struct apsim_card *info = &q->card->info;
	u32 mode = facilities[info->mode] & FAC_MODES;
	u32 wanted = op->gr[1] >> 24 & 0xff;
	unsigned int rc = apsim_queue_rc(q);

	if (rc)
		return rc;
	if ((op->gr[1] >> 32 & FAC_MODES) != mode)
		wanted = 0;
	if (wanted > info->type)
		wanted = info->type;
	op->gr[2] = (u64)mode << 32 | wanted << 24;
	return APSIM_RC_NORMAL;
}

/**
 * apsim_pqap() - PQAP with a queue and a response code
 * @m: the machine
 * @now: the time
 * @op: the instruction, its operands checked
 */
void apsim_pqap(struct apsim *m, u64 now, struct apsim_op *op)
{
	struct apsim_forced forced;
	struct apsim_queue *q = apsim_reach(m, now, op, &forced);
	unsigned int fc = apsim_op_fc(op);
	unsigned int rc;

	if (!q) {
		apsim_end(m, op, NULL, APSIM_RC_NOT_AVAIL);
		return;
	}
	if (forced.answer)
		rc = forced.rc;
	else if (fc == APSIM_RAPQ || fc == APSIM_ZAPQ)
		rc = reset(m, now, q, op, forced.start);
	else if (fc == APSIM_AQIC)
		rc = aqic(m, now, q, op, forced.start);
	else if (fc == APSIM_QACT)
		rc = qact(q, op);
	else
		rc = apsim_queue_rc(q);
	if (fc == APSIM_AQIC && !AQIC_IR(op->gr[1]))
		note_off(q, now, rc);
	if (fc == APSIM_TAPQ && rc != APSIM_RC_NOT_AVAIL)
		tapq_info(q, op);
	apsim_end(m, op, q, rc);
}

static void put_mask(u8 *to, const struct apsim_mask *own,
		     const struct apsim_mask *limit)
{
	unsigned int i;

	for (i = 0; i < sizeof(own->byte); i++)
		to[i] = own->byte[i] & (limit ? limit->byte[i] : 0xff);
}

/**
 * apsim_qci() - PQAP(QCI): the configuration as the program may see it
 * @m: the machine
 * @op: the instruction, its operands checked; no status word, GR1 unchanged
 */
void apsim_qci(struct apsim *m, struct apsim_op *op)
{
	const struct apsim_view *view = op->view;
	struct apsim_view own;

	apsim_get_view(m, &own);
	if (!view)
		apsim_rule_lie(m, &own);
	memset(op->buf, 0, APSIM_QCI_LEN);
	apsim_put32(op->buf, QCI_FLAGS);
	op->buf[4] = APSIM_IDS - 1;
	op->buf[5] = APSIM_IDS - 1;
	put_mask(op->buf + QCI_APM, &own.apm, view ? &view->apm : NULL);
	put_mask(op->buf + QCI_AQM, &own.aqm, view ? &view->aqm : NULL);
	put_mask(op->buf + QCI_ADM, &own.adm, view ? &view->adm : NULL);
	op->store_addr = op->gr[2];
	op->store_len = APSIM_QCI_LEN;
}
