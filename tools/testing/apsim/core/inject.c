// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - what is done to queues from outside: answers, errors, bindings
 *
 * A forced answer replaces what the queue's state would have answered, and the
 * instruction has no other effect.  It does not make a queue reachable that is
 * not in the configuration, and it never replaces an exception.
 */
#include "apsim_priv.h"

/* Does the function address a queue and end with a response code? */
static bool fc_valid(unsigned int fc)
{
	switch (fc) {
	case APSIM_TAPQ:
	case APSIM_RAPQ:
	case APSIM_ZAPQ:
	case APSIM_AQIC:
	case APSIM_QACT:
	case APSIM_NQAP:
	case APSIM_DQAP:
		return true;
	}
	return false;
}

static void drop(struct apsim *m, struct apsim_fault **at)
{
	struct apsim_fault *fault = *at;

	*at = fault->next;
	m->env.free(fault);
}

/**
 * apsim_inject() - force the answers of instructions to come
 * @m: the machine
 * @apqn: queue
 * @fc: PQAP function code with a status word, APSIM_NQAP or APSIM_DQAP
 * @rc: response code, 0..255; 0x35 and 0x36 come with the A bit
 * @count: how many; they follow those already forced; 0: forget those
 *
 * Return: 0, -EINVAL, -ENOENT without such a queue, or -ENOMEM.
 */
int apsim_inject(struct apsim *m, unsigned int apqn, unsigned int fc,
		 unsigned int rc, unsigned int count)
{
	struct apsim_fault *fault;
	struct apsim_fault **at;
	struct apsim_queue *q;

	if (apqn > 0xffff || rc > 0xff || !fc_valid(fc))
		return -EINVAL;
	q = apsim_queue_find(m, apqn);
	if (!q)
		return -ENOENT;

	at = &q->faults;
	while (*at) {
		if (!count && (*at)->fc == fc)
			drop(m, at);
		else
			at = &(*at)->next;
	}
	if (!count)
		return 0;

	fault = m->env.alloc(sizeof(*fault));
	if (!fault)
		return -ENOMEM;
	fault->fc = fc;
	fault->rc = rc;
	fault->count = count;
	*at = fault;
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

/**
 * apsim_fault_take() - use up one forced answer
 * @m: the machine
 * @q: the queue
 * @fc: function code or opcode of the instruction
 * @rc: the answer, maybe with APSIM_RC_ASYNC
 *
 * Return: whether there was one.
 */
bool apsim_fault_take(struct apsim *m, struct apsim_queue *q, unsigned int fc,
		      unsigned int *rc)
{
	struct apsim_fault **at = &q->faults;

	while (*at && (*at)->fc != fc)
		at = &(*at)->next;
	if (!*at)
		return false;

	*rc = (*at)->rc;
	if (*rc == APSIM_RC_ASSOC_UNIQUE || *rc == APSIM_RC_ASSOC_FAILED)
		*rc |= APSIM_RC_ASYNC;
	if (!--(*at)->count)
		drop(m, at);
	return true;
}

void apsim_fault_free(struct apsim *m, struct apsim_queue *q)
{
	while (q->faults)
		drop(m, &q->faults);
}
