// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - resets: begun by anybody, in any number, carried through by one worker
 *
 * A queue that never ends its reset is asked for ever, seldom.  Nobody waits
 * for it longer than reset_timeout_ms, and nobody gets it before it is proven
 * clean.  What the worker does is in engine.c.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/moduleparam.h>

#include "note.h"
#include "vap.h"

static unsigned int reset_timeout_ms = 10000;
module_param(reset_timeout_ms, uint, 0644);
MODULE_PARM_DESC(reset_timeout_ms,
		 "How long a write, an open or a close waits for a queue to be zeroized (default 10000)");

static struct vap_engine *const engine = &vap.engine;

/**
 * vap_reset_limit_ms - how long does anybody wait for a reset?
 *
 * Return: the time allowed now, in milliseconds.
 */
unsigned int vap_reset_limit_ms(void)
{
	return READ_ONCE(reset_timeout_ms);
}

static unsigned long timeout_jiffies(void)
{
	return msecs_to_jiffies(vap_reset_limit_ms());
}

/* Where owners find it.  What is over is nowhere. */
static struct apm_table *table_of(enum vap_reset_stage stage)
{
	switch (stage) {
	case VAP_RESET_RUNNING:
		return &engine->pending;
	case VAP_RESET_LATE:
		return &engine->late;
	case VAP_RESET_AWAY:
		return &engine->away;
	default:
		return NULL;
	}
}

/**
 * vap_reset_note - its owner knows how a queue stands
 * @queue: the queue, bound
 *
 * The tables say what owners know.
 */
void vap_reset_note(struct vap_queue *queue)
{
	struct apm_table *was = table_of(queue->known);
	struct apm_table *is = table_of(queue->stage);

	lockdep_assert_held(&vap.config);
	lockdep_assert_held(&engine->lock);
	if (was)
		apm_table_del(was, queue->apqn);
	if (is)
		apm_table_add(is, queue->apqn);
	queue->known = queue->stage;
}

static void begin(struct vap_queue *queue, enum vap_reset_aim aim, ktime_t now)
{
	lockdep_assert_held(&vap.config);
	guard(spinlock)(&engine->lock);
	queue->aim = aim;
	queue->state = APM_RESET_ISSUE;
	queue->stage = VAP_RESET_RUNNING;
	queue->rc = 0;
	queue->since = jiffies;
	queue->began = now;
	queue->issued = false;
	queue->unsaid = false;
	list_del_init(&queue->news);
	vap_reset_note(queue);
	vap_note_stage(queue);
	list_move_tail(&queue->busy, &engine->begun);
	WRITE_ONCE(engine->fresh, true);
}

static void kick(void)
{
	queue_work(engine->wq, &engine->work);
	wake_up(&engine->kick);
}

/**
 * vap_reset_start - zeroize a queue
 * @queue: a bound queue; a reset of it that is going on begins anew
 * @aim: what for
 *
 * Does not wait.
 */
void vap_reset_start(struct vap_queue *queue, enum vap_reset_aim aim)
{
	begin(queue, aim, ktime_get());
	kick();
}

/**
 * vap_reset_region - zeroize all queues of a region that are bound
 * @region: the queues
 * @aim: what for
 *
 * Does not wait.
 */
void vap_reset_region(const struct apm_region *region, enum vap_reset_aim aim)
{
	ktime_t now = ktime_get();
	unsigned int i, apid, apqi;
	struct vap_queue *queue;

	lockdep_assert_held(&vap.config);
	for (i = 0; i < ARRAY_SIZE(region->part); i++) {
		const struct apm_rect *rect = &region->part[i];

		apm_for_each(apid, &rect->adapters)
			apm_for_each(apqi, &rect->domains) {
				queue = xa_load(&vap.queues, apm_apqn(apid, apqi));
				if (queue)
					begin(queue, aim, now);
			}
	}
	kick();
}

/* If none is running any more: is any quarantined? */
static bool is_idle(const struct apm_region *region, bool *late)
{
	guard(spinlock)(&engine->lock);
	if (apm_table_meets(&engine->pending, region, NULL))
		return false;
	*late = apm_table_meets(&engine->late, region, NULL);
	return true;
}

/**
 * vap_reset_wait - wait until no reset of a region's queues is running
 * @region: the queues
 *
 * Sleeps, at most reset_timeout_ms, and not at all for queues that are
 * quarantined already; a fatal signal ends it.  Call without locks.
 *
 * Return: true if all are over or impossible for now (and their owners settled),
 * false if one is quarantined or still running.
 */
bool vap_reset_wait(const struct apm_region *region)
{
	bool late;

	lockdep_assert_not_held(&vap.config);
	if (apm_region_empty(region))
		return true;
	return wait_event_killable_timeout(engine->idle, is_idle(region, &late),
					   timeout_jiffies() ?: 1) > 0 && !late;
}

/**
 * vap_reset_wait_settled - wait until a guest has what it should have
 * @mdev: its mediated device
 *
 * Sleeps, at most reset_timeout_ms; a fatal signal ends it.  Call without locks.
 *
 * Return: true if it has.
 */
bool vap_reset_wait_settled(const struct vap_mdev *mdev)
{
	lockdep_assert_not_held(&vap.config);
	return wait_event_killable_timeout(engine->idle,
					   !READ_ONCE(mdev->unsettled),
					   timeout_jiffies() ?: 1) > 0;
}

/**
 * vap_reset_forget - the queue's device goes; stop caring
 * @queue: the queue; the engine does not touch it any more
 */
void vap_reset_forget(struct vap_queue *queue)
{
	lockdep_assert_held(&vap.config);
	scoped_guard(spinlock, &engine->lock) {
		list_del_init(&queue->busy);
		list_del_init(&queue->news);
		queue->stage = VAP_RESET_OVER;
		vap_reset_note(queue);
	}
	wake_up_all(&engine->idle);
}

/**
 * vap_reset_init - start the engine
 *
 * Return: 0 or -ENOMEM.
 */
int vap_reset_init(void)
{
	spin_lock_init(&engine->lock);
	INIT_LIST_HEAD(&engine->begun);
	INIT_LIST_HEAD(&engine->busy);
	INIT_LIST_HEAD(&engine->news);
	init_waitqueue_head(&engine->kick);
	init_waitqueue_head(&engine->idle);
	INIT_WORK(&engine->work, vap_reset_work);
	engine->wq = alloc_ordered_workqueue(VAP_NAME, 0);
	return engine->wq ? 0 : -ENOMEM;
}

/**
 * vap_reset_exit - stop the engine; no queue is bound any more
 */
void vap_reset_exit(void)
{
	destroy_workqueue(engine->wq);
}
