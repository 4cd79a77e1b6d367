// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - how notification bytes end: the machine is silenced, pages go
 *
 * Each mediated device has two workers.  One turns interruptions off and looks
 * until the I bit is clear; it waits for hardware, but for nobody else.  The
 * other one gives subclasses and pages back, and may have to wait for the
 * guest's user space.  So a guest's own memory can delay no queue but for a
 * moment (RELEASE_PATIENCE).
 *
 * If the machine does not stop, the byte becomes a stray: the mediated device
 * lets go of it, but the subclass, and references to the page and to the VM (for
 * its GISA), stay until the queue is proven clean, or interruptions can be turned
 * on anew, so that strays do not pile up.  Whatever the machine writes until then
 * hits memory that is nobody else's.
 */
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "nib.h"
#include "note.h"
#include "port/hw.h"

/* Pauses between two looks at the hardware, in microseconds: doubling. */
#define PAUSE_FIRST_US		100U
#define PAUSE_LAST_US		20000U

/* How long the machine is waited for, to turn interruptions on or off. */
#define QUIET_PATIENCE		msecs_to_jiffies(1000)
/* How long the reset of a queue waits for pages. */
#define RELEASE_PATIENCE	msecs_to_jiffies(100)

/*
 * For work that may have to wait for a guest's user space; one item of each
 * kind for each mediated device, so they do not wait for each other.
 */
static struct workqueue_struct *workers;

/* Bytes that the machine could not be kept from writing, and those it was. */
static DEFINE_SPINLOCK(strays_lock);
static LIST_HEAD(strays);
static LIST_HEAD(ended);
static void free_ended(struct work_struct *unused);
static DECLARE_WORK(ended_work, free_ended);

static bool is_older(const struct vap_nib *nib, unsigned long time)
{
	return time_after(jiffies, nib->since + time);
}

/* One question to the hardware; a few microseconds. */
static void ask(struct vap_nib *nib)
{
	struct apm_status status;

	if (apm_quiet_next(nib->quiet) == APM_QUIET_ASK_AQIC) {
		status = vap_hw_aqic_off(nib->apqn);
		vap_note_ask(nib->apqn, "aqic-off", status.rc);
		nib->quiet = apm_quiet_aqic(&status);
		return;
	}
	status = vap_hw_tapq(nib->apqn).status;
	vap_note_ask(nib->apqn, "tapq", status.rc);
	nib->seen |= status.irq;
	nib->quiet = apm_quiet_tapq(nib->quiet, &status);
	/* What was on is not still to come. */
	if (nib->quiet == APM_QUIET_SEEMS && nib->seen)
		nib->quiet = APM_QUIET_OVER;
}

/*
 * The I bit comes soon after an enablement was accepted.  Who has seen it knows
 * later that interruptions are off if they are not on.
 */
static bool look_at_on(struct vap_nib *nib)
{
	if (nib->seen || is_older(nib, QUIET_PATIENCE))
		return false;
	nib->seen = vap_hw_tapq(nib->apqn).status.irq;
	return !nib->seen;
}

/*
 * Its subclass stays counted, too.  It is a stray from now on: whatever its
 * release has to wait for, its queue may be proven clean before that.
 */
static void keep_stray(struct vap_nib *nib)
{
	get_page(nib->page);
	vap_guest_get(nib->kvm);
	guard(spinlock)(&strays_lock);
	list_add_tail(&nib->stray, &strays);
}

static void report_stray(const struct vap_mdev *mdev, const struct vap_nib *nib)
{
	dev_warn_ratelimited(mdev->vdev.dev,
			     "%02x.%04x: interruptions do not end, a page stays until the queue is zeroized\n",
			     apm_apid(nib->apqn), apm_apqi(nib->apqn));
}

static void look_at_ending(struct vap_mdev *mdev, struct vap_nib *nib)
{
	if (apm_quiet_next(nib->quiet) != APM_QUIET_ASK_NOTHING)
		ask(nib);
	if (nib->quiet == APM_QUIET_OVER) {
		vap_nib_enter(nib, VAP_NIB_SILENT);
	} else if (is_older(nib, QUIET_PATIENCE)) {
		vap_nib_enter(nib, VAP_NIB_STRAY);
		keep_stray(nib);
		report_stray(mdev, nib);
	}
}

static bool is_to_be_released(const struct vap_nib *nib)
{
	return nib->stage == VAP_NIB_SILENT || nib->stage == VAP_NIB_STRAY;
}

static void stop_holding(struct vap_nib *nib)
{
	if (!nib->holds)
		return;
	nib->holds = false;
	vap_reset_unhold(nib->apqn);
}

/*
 * One look at a byte, one instruction at most.
 *
 * Return: true if it has to be looked at again.
 */
static bool look_at(struct vap_mdev *mdev, struct vap_nib *nib)
{
	lockdep_assert_held(&mdev->state);
	if (nib->stage == VAP_NIB_NEW)
		return false;
	if (nib->stage == VAP_NIB_ON)
		return look_at_on(nib);
	if (nib->stage == VAP_NIB_ENDING)
		look_at_ending(mdev, nib);
	else if (is_older(nib, RELEASE_PATIENCE))
		stop_holding(nib);
	return nib->stage == VAP_NIB_ENDING || nib->holds;
}

/* The first one, which is put behind the others. */
static bool look_at_first(struct vap_mdev *mdev)
{
	struct vap_nib *nib;
	bool again;

	guard(spinlock)(&mdev->state);
	nib = list_first_entry_or_null(&mdev->nibs, struct vap_nib, node);
	if (!nib)
		return false;
	list_move_tail(&nib->node, &mdev->nibs);
	again = look_at(mdev, nib);
	if (is_to_be_released(nib)) {
		queue_work(workers, &mdev->release_work);
		wake_up_all(&mdev->nib_wait);
	}
	return again;
}

static bool look_at_all(struct vap_mdev *mdev)
{
	unsigned int count;
	bool again = false;

	scoped_guard(spinlock, &mdev->state) {
		count = list_count_nodes(&mdev->nibs);
		WRITE_ONCE(mdev->nib_fresh, false);
	}
	while (count--)
		again |= look_at_first(mdev);
	return again;
}

/**
 * vap_quiet_work - the worker that silences the machine
 * @work: struct vap_mdev.quiet_work
 */
void vap_quiet_work(struct work_struct *work)
{
	struct vap_mdev *mdev = container_of(work, struct vap_mdev, quiet_work);
	unsigned int pause = PAUSE_FIRST_US;

	while (look_at_all(mdev)) {
		wait_event_hrtimeout(mdev->nib_wait, READ_ONCE(mdev->nib_fresh),
				     ns_to_ktime(pause * NSEC_PER_USEC));
		pause = READ_ONCE(mdev->nib_fresh) ? PAUSE_FIRST_US :
			min(2 * pause, PAUSE_LAST_US);
	}
}

/**
 * vap_quiet_kick - a byte is ending
 * @mdev: its mediated device
 */
void vap_quiet_kick(struct vap_mdev *mdev)
{
	lockdep_assert_held(&mdev->state);
	WRITE_ONCE(mdev->nib_fresh, true);
	queue_work(workers, &mdev->quiet_work);
	wake_up_all(&mdev->nib_wait);
}

/**
 * vap_quiet_one - the machine has accepted what a guest's AQIC wants
 * @mdev: the mediated device
 * @nib: the byte, which is on or ending now
 *
 * Mostly the machine has done it by the time it is asked, and no worker is needed.
 * What is silent then is to be released: vap_nib_release().
 */
void vap_quiet_one(struct vap_mdev *mdev, struct vap_nib *nib)
{
	if (look_at(mdev, nib))
		vap_quiet_kick(mdev);
}

/* The next byte that is to be released: the caller's from now on. */
static struct vap_nib *take_first(struct vap_mdev *mdev, bool *stray)
{
	struct vap_nib *nib;

	guard(spinlock)(&mdev->state);
	list_for_each_entry(nib, &mdev->nibs, node) {
		if (!is_to_be_released(nib))
			continue;
		*stray = nib->stage == VAP_NIB_STRAY;
		nib->stage = VAP_NIB_LEAVING;
		return nib;
	}
	return NULL;
}

static void give_back(struct vap_mdev *mdev, struct vap_nib *nib)
{
	if (nib->page)
		vfio_unpin_pages(&mdev->vdev, nib->addr & PAGE_MASK, 1);
	scoped_guard(spinlock, &mdev->state) {
		list_del(&nib->node);
		stop_holding(nib);
	}
	wake_up_all(&mdev->nib_wait);
}

/* Nobody looks at it any more but who frees it. */
static void end_stray(struct vap_nib *nib)
{
	lockdep_assert_held(&strays_lock);
	list_add_tail(&nib->stray, &ended);
	queue_work(workers, &ended_work);
}

/* If its queue was proven clean meanwhile, that was not a stray's end yet. */
static void leave_stray(struct vap_nib *nib)
{
	guard(spinlock)(&strays_lock);
	nib->left = true;
	if (list_empty(&nib->stray))
		end_stray(nib);
}

/**
 * vap_nib_release - give back what silent bytes hold
 * @mdev: the mediated device, open
 *
 * Waits for the guest's user space.  Call without locks.
 */
void vap_nib_release(struct vap_mdev *mdev)
{
	struct vap_nib *nib;
	bool stray;

	lockdep_assert_not_held(&vap.config);
	while ((nib = take_first(mdev, &stray))) {
		if (!stray && nib->has_isc)
			vap_guest_isc_put(nib->kvm, nib->bell.gisc);
		give_back(mdev, nib);
		if (stray)
			leave_stray(nib);
		else
			kfree(nib);
	}
}

/**
 * vap_release_work - the worker that calls vap_nib_release()
 * @work: struct vap_mdev.release_work
 */
void vap_release_work(struct work_struct *work)
{
	vap_nib_release(container_of(work, struct vap_mdev, release_work));
}

static bool has_none(struct vap_mdev *mdev)
{
	guard(spinlock)(&mdev->state);
	return list_empty(&mdev->nibs);
}

/**
 * vap_nib_drain - wait until no byte is left
 * @mdev: the mediated device, still open, whose guest has no queue any more and
 *	cannot ask for interruptions
 *
 * Ends: the machine has a limit, what is left is the guest's own memory.
 */
void vap_nib_drain(struct vap_mdev *mdev)
{
	wait_event(mdev->nib_wait, has_none(mdev));
	flush_work(&mdev->quiet_work);
	flush_work(&mdev->release_work);
}

/**
 * vap_nib_off - it is certain that a queue's interruptions were off
 * @apqn: the queue: it was seen clean, or interruptions could be turned on anew
 *
 * Needs no lock, and may be called with any.
 */
void vap_nib_off(u16 apqn)
{
	struct vap_nib *nib, *next;

	/* Strays are rare, and the lock is everybody's. */
	if (list_empty_careful(&strays))
		return;
	guard(spinlock)(&strays_lock);
	list_for_each_entry_safe(nib, next, &strays, stray) {
		if (nib->apqn != apqn)
			continue;
		list_del_init(&nib->stray);
		/* Else who releases it looks. */
		if (nib->left)
			end_stray(nib);
	}
}

static struct vap_nib *take_ended(void)
{
	struct vap_nib *nib;

	guard(spinlock)(&strays_lock);
	nib = list_first_entry_or_null(&ended, struct vap_nib, stray);
	if (nib)
		list_del(&nib->stray);
	return nib;
}

/* The VM may be destroyed here. */
static void free_ended(struct work_struct *unused)
{
	struct vap_nib *nib;

	while ((nib = take_ended())) {
		put_page(nib->page);
		vap_guest_isc_put(nib->kvm, nib->bell.gisc);
		vap_guest_put(nib->kvm);
		kfree(nib);
	}
}

/**
 * vap_wait_for - do work that may have to wait for a guest's user space
 * @work: the work
 */
void vap_wait_for(struct work_struct *work)
{
	queue_work(workers, work);
}

/**
 * vap_quiet_init - be ready for notification bytes
 *
 * Return: 0 or -ENOMEM.
 */
int vap_quiet_init(void)
{
	workers = alloc_workqueue(VAP_NAME "_nib", WQ_UNBOUND, WQ_MAX_ACTIVE);
	return workers ? 0 : -ENOMEM;
}

/**
 * vap_quiet_exit - no mediated device is left, and no queue
 *
 * What the machine may still write is never freed.
 */
void vap_quiet_exit(void)
{
	destroy_workqueue(workers);
	if (!list_empty(&strays))
		pr_warn(VAP_NAME ": %zu pages are lost: queues were never zeroized whose interruptions did not end\n",
			list_count_nodes(&strays));
}
