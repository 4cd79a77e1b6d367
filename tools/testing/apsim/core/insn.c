// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - the frame of an instruction: exceptions, operands, its end
 *
 * Exceptions come first and depend on registers only; all facilities (QCI,
 * the T bit, interruption control, extended addressing) are installed.
 * Everything after that ends with a response code.
 */
#include "apsim_priv.h"

/* GR0 bits, as values. */
#define GR0_RESERVED_PQAP	0x007f0000	/* bits 41-47 */
#define GR0_BIT_41		0x00400000	/* F or IF of some functions */
#define GR0_RESERVED_NQAP	0xb0800000	/* bits 32, 34, 35, 40 */
#define GR0_RESERVED_DQAP	0x70c00000	/* bits 33, 34, 35, 40, 41 */

/* Only a Secure Execution guest has BAPQ and AAPQ; nobody knows QBAP. */
static u8 check_pqap(const struct apsim_op *op)
{
	u64 reserved = GR0_RESERVED_PQAP;

	switch (apsim_op_fc(op)) {
	case APSIM_TAPQ:
	case APSIM_AQIC:
		break;
	case APSIM_RAPQ:
	case APSIM_ZAPQ:
	case APSIM_QACT:
		reserved &= ~(u64)GR0_BIT_41;
		break;
	case APSIM_QCI:
		if (op->gr[2] & 7)
			return APSIM_PGM_SPECIFICATION;
		if (op->buf_len < APSIM_QCI_LEN)
			return APSIM_PGM_ADDRESSING;
		break;
	default:
		return APSIM_PGM_SPECIFICATION;
	}
	return op->gr[0] & reserved ? APSIM_PGM_SPECIFICATION : 0;
}

static u8 check_message(const struct apsim_op *op, u64 reserved)
{
	u64 len;

	if (op->gr[0] & reserved)
		return APSIM_PGM_SPECIFICATION;
	if (op->r1 & 1 || op->r2 & 1 || op->r1 > 14 || op->r2 > 14)
		return APSIM_PGM_SPECIFICATION;
	len = op->gr[op->r2 + 1];
	if (!len || len > APSIM_MSG_MAX)
		return APSIM_PGM_SPECIFICATION;
	if (len > op->buf_len)
		return APSIM_PGM_ADDRESSING;
	return 0;
}

/* The program interruption that the instruction ends with, 0: none. */
static u8 check(const struct apsim_op *op)
{
	if (op->insn != APSIM_PQAP && op->insn != APSIM_NQAP &&
	    op->insn != APSIM_DQAP)
		return APSIM_PGM_OPERATION;
	if (op->problem)
		return APSIM_PGM_PRIVILEGED;
	if (op->insn == APSIM_PQAP)
		return check_pqap(op);
	return check_message(op, op->insn == APSIM_NQAP ? GR0_RESERVED_NQAP :
							  GR0_RESERVED_DQAP);
}

/**
 * apsim_prepare() - say what an instruction fetches from storage
 * @m: the machine
 * @op: registers in; @fetch_addr, @fetch_len and @pgm out
 *
 * An instruction that ends with an exception fetches nothing.
 */
void apsim_prepare(const struct apsim *m, struct apsim_op *op)
{
	op->cc = 0;
	op->changed = false;
	op->fetch_addr = 0;
	op->fetch_len = 0;
	op->store_addr = 0;
	op->store_len = 0;
	op->pgm = check(op);
	if (op->pgm || op->insn != APSIM_NQAP)
		return;
	op->fetch_addr = op->gr[op->r2];
	op->fetch_len = op->gr[op->r2 + 1];
}

static unsigned int fc_or_insn(const struct apsim_op *op)
{
	return op->insn == APSIM_PQAP ? apsim_op_fc(op) : op->insn;
}

static void count(struct apsim *m, const struct apsim_op *op)
{
	unsigned int index = apsim_insn_index(fc_or_insn(op));

	if (op->insn == APSIM_NQAP)
		m->stats.nqap++;
	else if (op->insn == APSIM_DQAP)
		m->stats.dqap++;
	else
		m->stats.pqap[index]++;
}

/**
 * apsim_insn_index() - where an instruction is counted
 * @insn: function code of PQAP, or the opcode of NQAP and DQAP
 *
 * Return: less than APSIM_INSNS.
 */
unsigned int apsim_insn_index(unsigned int insn)
{
	if (insn == APSIM_NQAP)
		return APSIM_INSNS - 2;
	if (insn == APSIM_DQAP)
		return APSIM_INSNS - 1;
	return insn < APSIM_AAPQ ? insn : APSIM_AAPQ;
}

/**
 * apsim_execute() - execute an instruction
 * @m: the machine
 * @now: the time
 * @op: registers, condition code, or @pgm; @buf, @store_addr and @store_len
 *	if there is something to store
 *
 * A @buf shorter than the operand is an addressing exception.
 */
void apsim_execute(struct apsim *m, u64 now, struct apsim_op *op)
{
	op->cc = 0;
	op->changed = false;
	op->store_addr = 0;
	op->store_len = 0;
	op->pgm = check(op);
	if (op->pgm)
		return;
	count(m, op);
	m->now = now;
	if (op->insn == APSIM_NQAP)
		apsim_nqap(m, now, op);
	else if (op->insn == APSIM_DQAP)
		apsim_dqap(m, now, op);
	else if (apsim_op_fc(op) == APSIM_QCI)
		apsim_qci(m, op);
	else
		apsim_pqap(m, now, op);
}

static struct apsim_queue *find(struct apsim *m, const struct apsim_op *op)
{
	unsigned int apqn = apsim_op_apqn(op);
	struct apsim_queue *q = apsim_queue_find(m, apqn);

	if (!q || q->card->state == APSIM_CARD_OFF)
		return NULL;
	if (op->view && (!apsim_mask_test(&op->view->apm, apqn >> 8) ||
			 !apsim_mask_test(&op->view->aqm, apqn & 0xff)))
		return NULL;
	return q;
}

/**
 * apsim_reach() - the queue an instruction means
 * @m: the machine
 * @now: the time; the queue is in the state that it has then
 * @op: the instruction
 * @forced: what rules make of it
 *
 * Return: the queue; NULL: not in the machine's or the program's configuration.
 */
struct apsim_queue *apsim_reach(struct apsim *m, u64 now, struct apsim_op *op,
				struct apsim_forced *forced)
{
	struct apsim_queue *q = find(m, op);

	if (!q)
		return NULL;
	apsim_rule_take(m, now, q, op, forced);
	if (forced->ran)
		q = find(m, op);
	if (!q)
		return NULL;
	apsim_check_shared(m, op);
	apsim_queue_settle(m, q, now);
	return q;
}

/**
 * apsim_end() - end an instruction with a status word
 * @m: the machine
 * @op: the instruction; GR1 and the condition code change
 * @q: its queue as it is after the instruction, or NULL
 * @rc: response code, maybe with APSIM_RC_ASYNC
 */
void apsim_end(struct apsim *m, struct apsim_op *op,
	       const struct apsim_queue *q, unsigned int rc)
{
	m->answers[apsim_insn_index(fc_or_insn(op))][rc & 0xff]++;
	op->gr[1] = apsim_queue_status(q, rc);
	op->cc = rc ? 3 : 0;
}
