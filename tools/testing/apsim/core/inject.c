// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - what is done to queues from outside: answers, errors, bindings
 *
 * A forced answer replaces what the queue's state would have answered, and the
 * instruction has no other effect.  It does not make a queue reachable that is
 * not in the configuration, and it never replaces an exception.
 */
#include "apsim_priv.h"

/**
 * apsim_inject() - force the answers of instructions to come
 * @m: the machine
 * @apqn: queue
 * @fc: PQAP function code with a status word, APSIM_NQAP or APSIM_DQAP
 * @rc: response code, 0..255; 0x35 and 0x36 come with the A bit
 * @count: how many; they follow those already forced; 0: forget those
 *
 * Return: 0, -EINVAL, -ENOENT without such a queue, -ENOSPC or -ENOMEM.
 */
int apsim_inject(struct apsim *m, unsigned int apqn, unsigned int fc,
		 unsigned int rc, unsigned int count)
{
	struct apsim_rule rule = {
		.fc = fc,
		.kind = APSIM_RULE_RC,
		.at = 1,
		.times = count,
		.rc = apsim_forced_rc(rc, false),
	};
	struct apsim_queue *q;

	if (apqn > 0xffff || rc > 0xff || !apsim_function_name(fc))
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;
	if (count)
		return apsim_rule_add(m, q, &rule);
	apsim_rules_drop(m, q, fc);
	return 0;
}

/**
 * apsim_async() - an association that fails behind the program's back
 * @m: the machine
 * @apqn: queue
 * @rc: response code that all instructions but resets get from now on, with
 *	the A bit, until a reset; 0: none
 *
 * Return: 0, -EINVAL, or -ENOENT without such a queue.
 */
int apsim_async(struct apsim *m, unsigned int apqn, unsigned int rc)
{
	struct apsim_queue *q;

	if (apqn > 0xffff || rc > 0xff)
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;
	q->async = rc;
	return 0;
}

/**
 * apsim_bound() - a guest in Secure Execution binds a queue, or lets it go
 * @m: the machine
 * @apqn: queue
 * @bs: its bind state, 0..3; 0: not bound.  This ends an unbinding, too
 *
 * Return: 0, -EINVAL, or -ENOENT without such a queue.
 */
int apsim_bound(struct apsim *m, unsigned int apqn, unsigned int bs)
{
	struct apsim_queue *q;

	if (apqn > 0xffff || bs > 3)
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;
	q->bind_state = bs;
	q->unbinding = false;
	apsim_queue_track(m, q);
	return 0;
}

