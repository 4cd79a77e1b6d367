// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the reset engine's worker: it zeroizes all queues
 *
 * It issues what can be issued back to back, then looks at the queues, at first
 * often and then ever more seldom, until each one is over.  What begins meanwhile is
 * issued at once, without a look at the others.  What to ask a queue next is
 * core/resetfsm's decision.
 *
 * Whether a queue is worth waiting for (its stage) is decided here, and becomes
 * true for everybody else when their owners are told, with vap.config held: settle
 * and those who wait never see two different truths.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/minmax.h>

#include "core/resetfsm.h"
#include "port/hw.h"
#include "names.h"
#include "note.h"
#include "vap.h"

/*
 * Pauses between two looks at the hardware, in microseconds.  While somebody may
 * wait they double, and from the second limit on grow by a 256th each: the end of
 * a reset is seen a millisecond late, or by a 256th of what it took.  When nobody
 * waits they double up to the last limit.
 */
#define PAUSE_FIRST_US		100U
#define PAUSE_SHORT_US		1000U
#define PAUSE_SLOWER		256U
#define PAUSE_LAST_US		20000U
#define PAUSE_UNHURRIED_US	1000000U

/*
 * Many resets begin, and end, at the same time, or one after the other.  After a pause
 * those that began first are looked at, until so many in a row get no further; and in
 * turn a part of the others for each millisecond of it.  If one of these does, all are.
 */
#define LOOK_AT_OLDEST		8U
#define LOOK_AT_PART		64U

/**
 * struct pace - when to look at the hardware
 * @pause: the pause after the next look, in microseconds
 * @due: when that is
 */
struct pace {
	unsigned int pause;
	ktime_t due;
};

static struct vap_engine *const engine = &vap.engine;

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
	if (time_after(jiffies, queue->since + msecs_to_jiffies(vap_reset_limit_ms())))
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
 * Ask a busy queue.  One whose interruptions have to end first is not asked, but
 * grows older.
 *
 * Return: true if it has got further.
 */
static bool look_at(struct vap_queue *queue)
{
	enum apm_reset_state was = queue->state;
	enum apm_reset_ask asked = apm_reset_next(was);

	if (!apm_table_test(&engine->held, queue->apqn))
		ask(queue);
	enter_stage(queue, stage_of(queue, asked));
	if (queue->stage == VAP_RESET_AWAY && is_over(queue))
		queue->state = APM_RESET_ISSUE;
	if (queue->stage == VAP_RESET_OVER)
		list_del_init(&queue->busy);
	return queue->state != was;
}

/* The lock is held for one queue at a time. */
static bool look_at_first(struct list_head *seen)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	queue = list_first_entry_or_null(&engine->busy, struct vap_queue, busy);
	if (!queue)
		return false;
	list_move_tail(&queue->busy, seen);
	return look_at(queue);
}

/* .. or before all others: it will be a while until it is its turn again. */
static bool look_at_last(void)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	if (list_empty(&engine->busy))
		return false;
	queue = list_last_entry(&engine->busy, struct vap_queue, busy);
	list_move(&queue->busy, &engine->busy);
	return look_at(queue);
}

/* From the oldest on, until some in a row got no further.  They keep their places. */
static void look_at_oldest(struct list_head *seen, unsigned int queues,
			   unsigned int patience)
{
	unsigned int stuck = 0;

	while (queues-- && stuck < patience)
		stuck = look_at_first(seen) ? 0 : stuck + 1;
}

/* Some of those that are not the oldest.  True if one of them got further. */
static bool look_at_rest(unsigned int rest)
{
	bool further = false;

	while (rest--)
		further |= look_at_last();
	return further;
}

/* At some, or @all. */
static void look_around(unsigned int queues, unsigned int pause, bool all)
{
	unsigned int ms = DIV_ROUND_UP(pause, USEC_PER_MSEC);
	unsigned int rest = DIV_ROUND_UP(queues, LOOK_AT_PART) * ms;
	LIST_HEAD(seen);

	all |= rest >= queues;
	if (!all) {
		look_at_oldest(&seen, queues, LOOK_AT_OLDEST);
		all = look_at_rest(rest);
	}
	if (all)
		look_at_oldest(&seen, queues, queues);
	guard(spinlock)(&engine->lock);
	list_splice(&seen, &engine->busy);
}

/*
 * Those that began since the last time, and no others: many may be busy.
 *
 * Return: true if there were any.
 */
static bool look_at_begun(void)
{
	struct vap_queue *queue;
	bool any = false;

	for (;;) {
		guard(spinlock)(&engine->lock);
		queue = list_first_entry_or_null(&engine->begun,
						 struct vap_queue, busy);
		if (!queue)
			return any;
		list_move_tail(&queue->busy, &engine->busy);
		look_at(queue);
		any = true;
	}
}

/* Is there anything to do? */
static bool is_busy(bool *unheld)
{
	guard(spinlock)(&engine->lock);
	WRITE_ONCE(engine->fresh, false);
	*unheld = engine->unheld;
	engine->unheld = false;
	return !list_empty(&engine->begun) || !list_empty(&engine->busy);
}

static unsigned int count_busy(void)
{
	guard(spinlock)(&engine->lock);
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

/* The next queue whose owner does not know how it stands. */
static bool next_news(u16 *apqn, bool *proven, bool *late)
{
	struct vap_queue *queue;

	guard(spinlock)(&engine->lock);
	queue = list_first_entry_or_null(&engine->news, struct vap_queue, news);
	if (!queue)
		return false;
	list_del_init(&queue->news);
	vap_reset_note(queue);
	queue->unsaid = queue->stage == VAP_RESET_LATE;
	*late |= queue->unsaid;
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
				    names.text, vap_reset_limit_ms(), rc,
				    apm_rc_text(rc));
}

static bool any_news(void)
{
	guard(spinlock)(&engine->lock);
	return !list_empty(&engine->news);
}

/*
 * Owners are told first, then those who wait: they find everything settled.
 *
 * Return: true if there was anything to be told.
 */
static bool deliver(void)
{
	/* Too big for a stack; guarded by vap.config */
	static struct apm_table heard;
	bool proven, late = false;
	u16 apqn;

	if (!any_news())
		return false;
	scoped_guard(mutex, &vap.config) {
		heard = (struct apm_table) {};
		while (next_news(&apqn, &proven, &late)) {
			apm_table_add(&heard, apqn);
			if (proven)
				vap_queue_proven(apqn);
		}
		if (late)
			report_late();
		vap_settle_owners(&heard, "reset");
	}
	wake_up_all(&engine->idle);
	return true;
}

static unsigned int longer(unsigned int pause, bool hurry)
{
	if (!hurry)
		return min(2 * pause, PAUSE_UNHURRIED_US);
	if (pause < PAUSE_SHORT_US)
		return min(2 * pause, PAUSE_SHORT_US);
	return min(pause + pause / PAUSE_SLOWER, PAUSE_LAST_US);
}

static ktime_t after(unsigned int us)
{
	return ktime_add_us(ktime_get(), us);
}

/* Look, and say when to do so again. */
static void look(struct pace *pace, bool all)
{
	bool hurry;

	look_around(count_busy(), pace->pause, all);
	hurry = anybody_waits();
	pace->pause = min(pace->pause, hurry ? PAUSE_LAST_US : PAUSE_UNHURRIED_US);
	pace->due = after(pace->pause);
	pace->pause = longer(pace->pause, hurry);
}

/* Something has changed: look soon, and often. */
static void quicken(struct pace *pace)
{
	ktime_t soon = after(PAUSE_FIRST_US);

	if (ktime_before(soon, pace->due))
		*pace = (struct pace) { .pause = PAUSE_FIRST_US, .due = soon };
}

/* Until it is time, or something was added */
static void nap(const struct pace *pace)
{
	ktime_t left = ktime_sub(pace->due, ktime_get());

	if (left > 0)
		wait_event_hrtimeout(engine->kick, READ_ONCE(engine->fresh), left);
}

/**
 * vap_reset_work - look at the hardware until no queue is busy any more
 * @unused: the one there is
 */
void vap_reset_work(struct work_struct *unused)
{
	struct pace pace = { .due = KTIME_MAX };
	bool all;

	quicken(&pace);
	while (is_busy(&all)) {
		if (look_at_begun())
			quicken(&pace);
		if (all || !ktime_before(ktime_get(), pace.due))
			look(&pace, all);
		if (deliver())
			quicken(&pace);
		nap(&pace);
	}
}
