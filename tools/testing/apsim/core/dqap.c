// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - DQAP: a reply comes off a queue
 *
 * A reply longer than the program's buffer is delivered in pieces.  Until the
 * last piece it stays on the queue; GR0 then holds a token that means "the
 * rest of this one", in bits 42-47 and never zero.
 */
#include "apsim_priv.h"

#define GR0_TOKEN		0x003f0000
#define TOKEN(serial)		((0x20 | ((serial) & 0x1f)) << 16)

static struct apsim_msg *find_rest(const struct apsim_queue *q, u64 token)
{
	struct apsim_msg *msg = q->msgs;

	while (msg && !(msg->state == APSIM_MSG_READY && msg->offset &&
			TOKEN(msg->serial) == token))
		msg = msg->next;
	return msg;
}

/* The reply the program asks for; without a token from its beginning. */
static unsigned int choose(const struct apsim_queue *q,
			   const struct apsim_op *op, struct apsim_msg **reply)
{
	u64 token = op->gr[0] & GR0_TOKEN;

	if (token) {
		*reply = find_rest(q, token);
		return *reply ? APSIM_RC_NORMAL : APSIM_RC_NO_FIRST_PART;
	}
	*reply = apsim_queue_first(q, APSIM_MSG_READY);
	if (!*reply)
		return APSIM_RC_NO_REPLY;
	(*reply)->offset = 0;
	return APSIM_RC_NORMAL;
}

/* The next piece into the buffer and the registers; true: it was the last. */
static bool deliver(struct apsim_op *op, struct apsim_msg *reply)
{
	u64 room = op->gr[op->r2 + 1];
	u32 rest = reply->len - reply->offset;
	u32 piece = rest < room ? rest : room;

	memcpy(op->buf, reply->data + reply->offset, piece);
	op->store_addr = op->gr[op->r2];
	op->store_len = piece;
	op->gr[op->r2] += piece;
	op->gr[op->r2 + 1] -= piece;
	op->gr[2] = rest - piece;
	reply->offset += piece;
	if (piece < rest) {
		op->gr[0] = (op->gr[0] & ~(u64)GR0_TOKEN) |
			    TOKEN(reply->serial);
		return false;
	}
	op->gr[op->r1] = reply->psmid >> 32;
	op->gr[op->r1 + 1] = (u32)reply->psmid;
	return true;
}

/**
 * apsim_dqap() - DQAP
 * @m: the machine
 * @now: the time
 * @op: the instruction, its operands checked
 */
void apsim_dqap(struct apsim *m, u64 now, struct apsim_op *op)
{
	struct apsim_forced forced;
	struct apsim_queue *q = apsim_reach(m, now, op, &forced);
	struct apsim_msg *reply = NULL;
	unsigned int rc;

	if (!q) {
		apsim_end(m, op, NULL, APSIM_RC_NOT_AVAIL);
		return;
	}
	rc = forced.answer ? forced.rc : apsim_queue_rc(q);
	if (!forced.answer && !rc)
		rc = choose(q, op, &reply);
	if (!reply) {
		apsim_end(m, op, q, rc);
		return;
	}

	if (reply->tenant != op->tenant) {
		apsim_alarm(m, &(struct apsim_alarm) {
			APSIM_ALARM_FOREIGN, apsim_queue_apqn(q),
			op->tenant, reply->tenant
		});
		reply->tenant = op->tenant;	/* counts once */
	}
	if (!deliver(op, reply)) {
		op->cc = 1;
		return;
	}
	apsim_msg_remove(q, reply);
	apsim_msg_free(m, reply);
	apsim_end(m, op, q, APSIM_RC_NORMAL);
}
