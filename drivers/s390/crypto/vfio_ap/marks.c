// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - marks on queues: what the engine's tables say to others
 *
 * "Pending" and "used" are written with vap.config and the engine's lock held,
 * so either is enough to read them; "held" is the engine's own.
 */
#include "core/why.h"
#include "vap.h"

static struct vap_engine *const engine = &vap.engine;

/**
 * vap_reset_expect - a queue is worth waiting for although it is not bound yet
 * @apqn: the queue; vap_reset_start() or vap_reset_unexpect() follows
 */
void vap_reset_expect(u16 apqn)
{
	lockdep_assert_held(&vap.config);
	guard(spinlock)(&engine->lock);
	apm_table_add(&engine->pending, apqn);
}

/**
 * vap_reset_unexpect - it is not, after all
 * @apqn: a queue that is not bound
 */
void vap_reset_unexpect(u16 apqn)
{
	lockdep_assert_held(&vap.config);
	scoped_guard(spinlock, &engine->lock)
		apm_table_del(&engine->pending, apqn);
	wake_up_all(&engine->idle);
}

/**
 * vap_reset_why - why is a queue not clean?
 * @apqn: a bound queue
 *
 * Return: the reason.  A proof that its owner was not told is none yet.
 */
enum apm_why vap_reset_why(u16 apqn)
{
	const struct vap_queue *queue = xa_load(&vap.queues, apqn);

	lockdep_assert_held(&vap.config);
	guard(spinlock)(&engine->lock);
	switch (queue->stage) {
	case VAP_RESET_LATE:
		return APM_WHY_QUARANTINED;
	case VAP_RESET_AWAY:
		return apm_why_away(queue->rc);
	default:
		return APM_WHY_RESETTING;
	}
}

/**
 * vap_reset_code - what was the last thing that a queue's reset met?
 * @apqn: the queue
 *
 * Return: the last response code that was not 00, 0 if there was none or if the
 * queue is not bound.
 */
u8 vap_reset_code(u16 apqn)
{
	const struct vap_queue *queue = xa_load(&vap.queues, apqn);

	lockdep_assert_held(&vap.config);
	guard(spinlock)(&engine->lock);
	return queue ? queue->rc : 0;
}

/**
 * vap_reset_hold - a queue's interruptions have to end before it is reset
 * @apqn: the queue; vap_reset_unhold() follows
 */
void vap_reset_hold(u16 apqn)
{
	lockdep_assert_held(&vap.config);
	guard(spinlock)(&engine->lock);
	apm_table_add(&engine->held, apqn);
}

/**
 * vap_reset_unhold - they have ended, or it can wait no longer
 * @apqn: the queue
 *
 * Needs no lock, and may be called with any.
 */
void vap_reset_unhold(u16 apqn)
{
	scoped_guard(spinlock, &engine->lock) {
		apm_table_del(&engine->held, apqn);
		engine->unheld = true;
		WRITE_ONCE(engine->fresh, true);
	}
	wake_up(&engine->kick);
}

/**
 * vap_reset_use - queues are about to enter a guest's masks
 * @region: the queues
 *
 * Nothing proves them clean as long as they are there.
 */
void vap_reset_use(const struct apm_region *region)
{
	lockdep_assert_held(&vap.config);
	guard(spinlock)(&engine->lock);
	apm_table_add_region(&engine->used, region);
}

/**
 * vap_reset_unuse - queues are in no guest's masks any more
 * @region: the queues
 */
void vap_reset_unuse(const struct apm_region *region)
{
	lockdep_assert_held(&vap.config);
	scoped_guard(spinlock, &engine->lock)
		apm_table_del_region(&engine->used, region);
	wake_up_all(&engine->idle);
}

/**
 * vap_reset_is_used - is a queue in a guest's masks?
 * @apqn: the queue
 *
 * Needs no lock.
 *
 * Return: true if it is.
 */
bool vap_reset_is_used(u16 apqn)
{
	guard(spinlock)(&engine->lock);
	return apm_table_test(&engine->used, apqn);
}
