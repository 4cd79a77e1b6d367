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
 * clean.  Whether a queue is worth waiting for (its stage) is decided here, and
 * becomes true for everybody else when their owners are told, with vap.config
 * held: settle and those who wait never see two different truths.
 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/moduleparam.h>

#include "core/resetfsm.h"
#include "port/hw.h"
#include "names.h"
#include "note.h"
#include "vap.h"

static unsigned int reset_timeout_ms = 10000;
module_param(reset_timeout_ms, uint, 0644);
MODULE_PARM_DESC(reset_timeout_ms,
		 "How long a write, an open or a close waits for a queue to be zeroized (default 10000)");

/*
 * Pauses between two looks at the hardware, in microseconds: doubling, up to
 * the first limit while somebody may wait, up to the second when nobody does.
 */
#define PAUSE_FIRST_US		100U
#define PAUSE_LAST_US		20000U
#define PAUSE_UNHURRIED_US	1000000U

static struct vap_engine *const engine = &vap.engine;

static unsigned long timeout_jiffies(void)
{
	return msecs_to_jiffies(READ_ONCE(reset_timeout_ms));
}

static bool is_over(const struct vap_queue *queue)
{
	return apm_reset_next(queue->state) == APM_ASK_NOTHING;
}

/* What an adapter is away for is not what it says to a ZAPQ meanwhile. */
static void note_code(struct vap_queue *queue, u8 rc)
{
	if (rc && (queue->stage != VAP_RESET_AWAY || is_over(queue)))
		queue->rc = rc;
}

static void note_zapq(struct vap_queue *queue, u8 rc)
{
	vap_note_ask(queue->apqn, "zapq", rc);
	if (queue->issued)
		vap_count(VAP_COUNT_RETRIES);
	queue->issued = true;
}

/* One question to the hardware; a few microseconds. */
static void ask(struct vap_queue *queue)
{
	struct apm_status status;
	struct apm_tapq tapq;

	lockdep_assert_held(&engine->lock);
	if (apm_reset_next(queue->state) == APM_ASK_ZAPQ) {
		status = vap_hw_zapq(queue->apqn);
		queue->state = apm_reset_zapq(&status);
		note_zapq(queue, status.rc);
		note_code(queue, status.rc);
		return;
	}
	tapq = vap_hw_tapq(queue->apqn);
	vap_note_ask(queue->apqn, "tapq", tapq.status.rc);
	if (queue->aim == VAP_RESET_ONLY &&
	    queue->state == APM_RESET_VERIFY && !tapq.status.rc &&
	    !tapq.status.async)
		queue->state = APM_RESET_CLEAN;
	else
		queue->state = apm_reset_tapq(queue->state, &tapq);
	note_code(queue, tapq.status.rc);
}

/*
 * What the state comes to, after an answer.  What cannot be proven now has to
 * be tried again, and a ZAPQ that is accepted is no sign that it can: the
 * hardware may say so and take it back at the next look, for ever.
 */
static enum vap_reset_stage stage_of(struct vap_queue *queue,
				     enum apm_reset_ask asked)
{
	if (queue->state == APM_RESET_CLEAN)
		return VAP_RESET_OVER;
	if (is_over(queue))
		return queue->aim == VAP_RESET_PROOF ? VAP_RESET_AWAY
						     : VAP_RESET_OVER;
	if (queue->stage == VAP_RESET_AWAY) {
		if (asked == APM_ASK_ZAPQ)
			return VAP_RESET_AWAY;
		queue->since = jiffies;
		return VAP_RESET_RUNNING;
	}
	if (time_after(jiffies, queue->since + timeout_jiffies()))
		return VAP_RESET_LATE;
	return queue->stage;
}

static void enter_stage(struct vap_queue *queue, enum vap_reset_stage stage)
{
	if (stage == queue->stage)
		return;
	queue->stage = stage;
	vap_note_stage(queue);
	list_move_tail(&queue->news, &engine->news);
}

/*
 * Ask the first busy queue and put it behind the others, if it is not over.
 * One whose interruptions have to end first is not asked, but grows older.
 * The lock is held for one queue at a time.
 */
static void look_at_first(void)
{
	struct vap_queue *queue;
	enum apm_reset_ask asked;

	guard(spinlock)(&engine->lock);
	queue = list_first_entry_or_null(&engine->busy, struct vap_queue, busy);
	if (!queue)
		return;
	asked = apm_reset_next(queue->state);
	if (!apm_table_test(&engine->held, queue->apqn))
		ask(queue);
	enter_stage(queue, stage_of(queue, asked));
	if (queue->stage == VAP_RESET_AWAY && is_over(queue))
		queue->state = APM_RESET_ISSUE;
	if (queue->stage == VAP_RESET_OVER)
		list_del_init(&queue->busy);
	else
		list_move_tail(&queue->busy, &engine->busy);
}

static unsigned int count_busy(void)
{
	guard(spinlock)(&engine->lock);
	WRITE_ONCE(engine->fresh, false);
	return list_count_nodes(&engine->busy);
}

static bool anybody_waits(void)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	list_for_each_entry(queue, &engine->busy, busy)
		if (queue->stage == VAP_RESET_RUNNING)
			return true;
	return false;
}

/* The tables say what owners know. */
static void note_stage(const struct vap_queue *queue)
{
	lockdep_assert_held(&vap.config);
	lockdep_assert_held(&engine->lock);
	if (queue->stage == VAP_RESET_RUNNING)
		apm_table_add(&engine->pending, queue->apqn);
	else
		apm_table_del(&engine->pending, queue->apqn);
	if (queue->stage == VAP_RESET_LATE)
		apm_table_add(&engine->late, queue->apqn);
	else
		apm_table_del(&engine->late, queue->apqn);
}

/* The next queue whose owner does not know how it stands. */
static bool next_news(u16 *apqn, bool *proven)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	queue = list_first_entry_or_null(&engine->news, struct vap_queue, news);
	if (!queue)
		return false;
	list_del_init(&queue->news);
	note_stage(queue);
	queue->unsaid = queue->stage == VAP_RESET_LATE;
	*apqn = queue->apqn;
	*proven = queue->state == APM_RESET_CLEAN &&
		  queue->aim == VAP_RESET_PROOF;
	return true;
}

/*
 * Those whose last response code is the same; those of one adapter are a row.
 * False if all have been named.
 */
static bool name_late(struct vap_queue_names *names, u8 *rc)
{
	struct apm_text text = { .buf = names->text, .size = sizeof(names->text) };
	struct apm_mask row = {};
	struct vap_queue *queue;
	unsigned int apid = 0;
	unsigned long apqn;
	bool any = false;

	names->text[0] = 0;
	guard(spinlock)(&engine->lock);
	xa_for_each(&vap.queues, apqn, queue) {
		if (!queue->unsaid || (any && queue->rc != *rc))
			continue;
		queue->unsaid = false;
		any = true;
		*rc = queue->rc;
		if (apm_apid(apqn) != apid) {
			apm_text_row(&text, apid, &row);
			apid = apm_apid(apqn);
			row = (struct apm_mask) {};
		}
		apm_mask_add(&row, apm_apqi(apqn));
	}
	apm_text_row(&text, apid, &row);
	return any;
}

static void report_late(void)
{
	struct vap_queue_names names;
	u8 rc = 0;

	lockdep_assert_held(&vap.config);
	while (name_late(&names, &rc))
		pr_warn_ratelimited(VAP_NAME ": %s quarantined: not zeroized after %u ms, response code %02x (%s)\n",
				    names.text, READ_ONCE(reset_timeout_ms), rc,
				    apm_rc_text(rc));
}

static bool any_news(void)
{
	guard(spinlock)(&engine->lock);
	return !list_empty(&engine->news);
}

/* Owners are told first, then those who wait: they find everything settled. */
static void deliver(void)
{
	bool proven;
	u16 apqn;

	if (!any_news())
		return;
	scoped_guard(mutex, &vap.config) {
		while (next_news(&apqn, &proven))
			if (proven)
				vap_queue_proven(apqn);
		report_late();
		vap_settle_all("reset");
	}
	wake_up_all(&engine->idle);
}

/* The pause before the next look; cut short when something was added. */
static unsigned int nap(unsigned int pause)
{
	unsigned int limit = anybody_waits() ? PAUSE_LAST_US
					     : PAUSE_UNHURRIED_US;

	pause = min(pause, limit);
	wait_event_hrtimeout(engine->kick, READ_ONCE(engine->fresh),
			     ns_to_ktime(pause * NSEC_PER_USEC));
	if (READ_ONCE(engine->fresh))
		return PAUSE_FIRST_US;
	return min(2 * pause, limit);
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
		queue->stage = VAP_RESET_RUNNING;
		queue->rc = 0;
		queue->since = jiffies;
		queue->began = ktime_get();
		queue->issued = false;
		queue->unsaid = false;
		list_del_init(&queue->news);
		note_stage(queue);
		vap_note_stage(queue);
		list_move_tail(&queue->busy, &engine->busy);
		WRITE_ONCE(engine->fresh, true);
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
	guard(spinlock)(&engine->lock);
	return !apm_table_meets(&engine->pending, region, NULL);
}

static bool any_late(const struct apm_region *region)
{
	guard(spinlock)(&engine->lock);
	return apm_table_meets(&engine->late, region, NULL);
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
	lockdep_assert_not_held(&vap.config);
	return wait_event_killable_timeout(engine->idle, is_idle(region),
					   timeout_jiffies() ?: 1) > 0 &&
	       !any_late(region);
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
		note_stage(queue);
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
	INIT_LIST_HEAD(&engine->news);
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
