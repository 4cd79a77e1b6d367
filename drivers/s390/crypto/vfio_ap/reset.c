// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the reset engine: one worker that zeroizes all queues
 *
 * Resets are started by anybody, in any number, and carried through by one
 * worker: it issues what can be issued back to back, then looks at all queues
 * in turn, at first often and then ever more seldom, until each one is over.
 * What to ask a queue next is core/resetfsm's decision.
 *
 * A queue that never ends its reset is asked for ever, seldom.  Nobody waits
 * for it longer than reset_timeout_ms, and nobody gets it before it is proven
 * clean.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/moduleparam.h>

#include "core/resetfsm.h"
#include "port/hw.h"
#include "vap.h"

static unsigned int reset_timeout_ms = 10000;
module_param(reset_timeout_ms, uint, 0644);
MODULE_PARM_DESC(reset_timeout_ms,
		 "How long a write, an open or a close waits for a queue to be zeroized (default 10000)");

/* Pauses between two looks at the hardware, doubling, in microseconds. */
#define PAUSE_FIRST_US		100U
#define PAUSE_LAST_US		20000U
#define PAUSE_LATE_US		1000000U

static struct vap_engine *const engine = &vap.engine;

static unsigned long timeout_jiffies(void)
{
	return msecs_to_jiffies(READ_ONCE(reset_timeout_ms));
}

static bool is_over(enum apm_reset_state state)
{
	return apm_reset_next(state) == APM_ASK_NOTHING;
}

/* One question to the hardware; a few microseconds. */
static void ask(struct vap_queue *queue)
{
	struct apm_status status;
	struct apm_tapq tapq;

	lockdep_assert_held(&engine->lock);
	if (apm_reset_next(queue->state) == APM_ASK_ZAPQ) {
		status = vap_hw_zapq(queue->apqn);
		queue->rc = status.rc;
		queue->state = apm_reset_zapq(&status);
		return;
	}
	tapq = vap_hw_tapq(queue->apqn);
	queue->rc = tapq.status.rc;
	if (queue->aim == VAP_RESET_ONLY &&
	    queue->state == APM_RESET_VERIFY && !tapq.status.rc &&
	    !tapq.status.async)
		queue->state = APM_RESET_CLEAN;
	else
		queue->state = apm_reset_tapq(queue->state, &tapq);
}

static void report_late(struct vap_queue *queue)
{
	if (queue->late || !time_after(jiffies, queue->since + timeout_jiffies()))
		return;
	queue->late = true;
	pr_warn_ratelimited(VAP_NAME ": %02x.%04x quarantined: not zeroized after %u ms, response code %02x (%s)\n",
			    apm_apid(queue->apqn), apm_apqi(queue->apqn),
			    jiffies_to_msecs(jiffies - queue->since), queue->rc,
			    apm_rc_text(queue->rc));
}

/*
 * Ask the first busy queue and put it behind the others, or with those that
 * are over.  The lock is held for one queue at a time.
 */
static void look_at_first(void)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	queue = list_first_entry_or_null(&engine->busy, struct vap_queue, busy);
	if (!queue)
		return;
	ask(queue);
	if (is_over(queue->state)) {
		list_move_tail(&queue->busy, &engine->done);
		return;
	}
	report_late(queue);
	list_move_tail(&queue->busy, &engine->busy);
}

static unsigned int count_busy(void)
{
	guard(spinlock)(&engine->lock);
	engine->fresh = false;
	return list_count_nodes(&engine->busy);
}

/* Nobody waits for it any more, and its reset has not even begun. */
static bool can_wait(const struct vap_queue *queue)
{
	return queue->late && queue->state != APM_RESET_VERIFY;
}

static bool all_can_wait(void)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	list_for_each_entry(queue, &engine->busy, busy)
		if (!can_wait(queue))
			return false;
	return true;
}

/* The next queue whose reset is over and whose owner does not know it yet. */
static bool next_untold(u16 *apqn, bool *clean)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	list_for_each_entry(queue, &engine->done, busy) {
		if (queue->told)
			continue;
		queue->told = true;
		*apqn = queue->apqn;
		*clean = queue->state == APM_RESET_CLEAN &&
			 queue->aim == VAP_RESET_PROOF;
		return true;
	}
	return false;
}

/*
 * Nobody waits for these any more.  What could not be proven (the queue is
 * deconfigured, checkstopped, gone) is tried again, seldom, until it can.
 */
static void dismiss_told(void)
{
	struct vap_queue *queue, *next;

	guard(spinlock)(&engine->lock);
	list_for_each_entry_safe(queue, next, &engine->done, busy) {
		if (!queue->told)
			continue;
		apm_table_del(&engine->pending, queue->apqn);
		if (queue->aim == VAP_RESET_PROOF &&
		    queue->state != APM_RESET_CLEAN) {
			queue->late = true;
			queue->told = false;
			queue->state = APM_RESET_ISSUE;
			list_move_tail(&queue->busy, &engine->busy);
		} else {
			list_del_init(&queue->busy);
		}
	}
}

/* Owners are told first, then those who wait: they find everything settled. */
static void deliver(void)
{
	bool clean, settle = false;
	u16 apqn;

	scoped_guard(mutex, &vap.config) {
		while (next_untold(&apqn, &clean)) {
			if (clean)
				vap_queue_proven(apqn);
			settle |= clean;
		}
		if (settle)
			vap_settle_all();
		dismiss_told();
	}
	wake_up_all(&engine->idle);
}

/* The pause before the next look; cut short when something was added. */
static unsigned int nap(unsigned int pause)
{
	if (all_can_wait())
		pause = PAUSE_LATE_US;
	wait_event_hrtimeout(engine->kick, READ_ONCE(engine->fresh),
			     ns_to_ktime(pause * NSEC_PER_USEC));
	if (READ_ONCE(engine->fresh))
		return PAUSE_FIRST_US;
	return min(2 * pause, PAUSE_LAST_US);
}

static void work(struct work_struct *unused)
{
	unsigned int pause = PAUSE_FIRST_US;
	unsigned int queues;

	while ((queues = count_busy())) {
		while (queues--)
			look_at_first();
		deliver();
		pause = nap(pause);
	}
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
	lockdep_assert_held(&vap.config);
	scoped_guard(spinlock, &engine->lock) {
		queue->aim = aim;
		queue->state = APM_RESET_ISSUE;
		queue->since = jiffies;
		queue->late = false;
		queue->told = false;
		apm_table_add(&engine->pending, queue->apqn);
		list_move_tail(&queue->busy, &engine->busy);
		engine->fresh = true;
	}
	queue_work(engine->wq, &engine->work);
	wake_up(&engine->kick);
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
	struct vap_queue *queue;
	unsigned int i, apid, apqi;

	lockdep_assert_held(&vap.config);
	for (i = 0; i < ARRAY_SIZE(region->part); i++) {
		apm_rect_for_each(apid, apqi, &region->part[i]) {
			queue = xa_load(&vap.queues, apm_apqn(apid, apqi));
			if (queue)
				vap_reset_start(queue, aim);
		}
	}
}

static bool is_idle(const struct apm_region *region)
{
	u16 first;

	guard(spinlock)(&engine->lock);
	return !apm_table_meets(&engine->pending, region, &first);
}

/**
 * vap_reset_wait - wait until no queue of a region is being reset
 * @region: the queues
 *
 * Sleeps, at most reset_timeout_ms; a fatal signal ends it.  Call without
 * locks.
 *
 * Return: true if all are over (and their owners settled), false if not yet.
 */
bool vap_reset_wait(const struct apm_region *region)
{
	lockdep_assert_not_held(&vap.config);
	return wait_event_killable_timeout(engine->idle, is_idle(region),
					   timeout_jiffies() ?: 1) > 0;
}

/**
 * vap_reset_forget - the queue's device goes; stop caring
 * @queue: the queue; the engine does not touch it any more
 */
void vap_reset_forget(struct vap_queue *queue)
{
	scoped_guard(spinlock, &engine->lock) {
		list_del_init(&queue->busy);
		apm_table_del(&engine->pending, queue->apqn);
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
	INIT_LIST_HEAD(&engine->busy);
	INIT_LIST_HEAD(&engine->done);
	init_waitqueue_head(&engine->kick);
	init_waitqueue_head(&engine->idle);
	INIT_WORK(&engine->work, work);
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
