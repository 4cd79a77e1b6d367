// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the one funnel through which a guest's queues change
 *
 * Every event (an edit, a queue bound, unbound or proven clean, a change of
 * the host's configuration, open, close) changes an input and calls settle.
 * Settle computes what the guest should see from what is true now, compares it
 * with what is plugged, and applies the difference, in this order:
 *
 *	- queues that leave: AQIC answers 01, masks off (KVM stops the guest's
 *	  CPUs), interruptions off, then the reset engine gets them;
 *	- queues that enter: proven clean until now, looked at once more, not
 *	  clean any more, masks on.
 *
 * The result depends on the state only, never on the order of events.
 *
 * Masks are written with the guest's lock held, which its user space can keep.
 * So settle takes it only if it is free, and leaves the guest to a worker of the
 * mediated device otherwise.  Until then the guest has what it had, and what it
 * has is nobody else's: "used" queues are neither clean nor unbound.
 */
#include "core/filter.h"
#include "note.h"
#include "vap.h"

/**
 * vap_world - what decides about a mediated device's guest
 * @mdev: the mediated device
 *
 * Without a guest nothing but the assignment limits what one could address.
 *
 * Return: the world; valid while vap.config is held.
 */
struct apm_world vap_world(const struct vap_mdev *mdev)
{
	struct apm_world world = {
		.host = apm_host_usable(&vap.host),
		.limits = { APM_IDS - 1, APM_IDS - 1 },
		.bound = &vap.bound,
		.clean = &vap.clean,
		.busy = &vap.engine.pending,
	};

	lockdep_assert_held(&vap.config);
	if (mdev->kvm)
		world.limits = mdev->format;
	return world;
}

/* What a guest should see. */
static struct apm_matrix wanted(const struct vap_mdev *mdev)
{
	struct apm_world world = vap_world(mdev);

	if (mdev->withdrawn)
		return (struct apm_matrix) {};
	return apm_visible(&world, &mdev->assigned, &mdev->plugged);
}

/**
 * vap_guest_matrix - what the mediated device's guest sees, or would see
 * @mdev: the mediated device
 *
 * Return: the matrix.
 */
struct apm_matrix vap_guest_matrix(const struct vap_mdev *mdev)
{
	lockdep_assert_held(&vap.config);
	return mdev->kvm ? mdev->plugged : wanted(mdev);
}

/* Masks are off: interruptions first, then the reset engine. */
static void let_go(struct vap_mdev *mdev, const struct apm_region *leaving)
{
	vap_reset_unuse(leaving);
	vap_nib_end_region(mdev, leaving);
	vap_reset_region(leaving, VAP_RESET_PROOF);
}

static void publish(struct vap_mdev *mdev, const struct apm_matrix *matrix)
{
	guard(spinlock)(&mdev->state);
	mdev->plugged = *matrix;
}

/* A queue that a guest or the host uses is not clean, whatever it was. */
static void replug(struct vap_mdev *mdev, const struct apm_matrix *next)
{
	struct apm_matrix stays = apm_matrix_and(&mdev->plugged, next);
	struct apm_region entering = apm_region_minus(next, &mdev->plugged);
	struct apm_region leaving = apm_region_minus(&mdev->plugged, next);

	lockdep_assert_held(&vap.config);
	apm_table_del_region(&vap.clean, &entering);
	apm_table_add_region(&vap.owed, &entering);
	vap_reset_use(&entering);
	publish(mdev, &stays);
	vap_guest_plug(mdev->kvm, next);
	publish(mdev, next);
	vap_note_plug(mdev, next);
	let_go(mdev, &leaving);
	vap_signal_config(mdev);
}

/* Each time round some queues are not clean any more, so it ends. */
static struct apm_matrix next_matrix(struct vap_mdev *mdev)
{
	struct apm_region entering;
	struct apm_matrix next;

	do {
		next = wanted(mdev);
		entering = apm_region_minus(&next, &mdev->plugged);
	} while (!vap_queues_pure(&entering));
	return next;
}

static void settled(struct vap_mdev *mdev)
{
	WRITE_ONCE(mdev->unsettled, false);
	wake_up_all(&vap.engine.idle);
}

static void settle_guest(struct vap_mdev *mdev)
{
	struct apm_matrix next = next_matrix(mdev);

	if (apm_matrix_equal(&mdev->plugged, &next)) {
		settled(mdev);
	} else if (vap_guest_trylock(mdev->kvm)) {
		replug(mdev, &next);
		vap_guest_unlock(mdev->kvm);
		settled(mdev);
	} else {
		WRITE_ONCE(mdev->unsettled, true);
		vap_wait_for(&mdev->settle_work);
	}
}

/**
 * vap_settle - give the guest what it should have now, and tell what changed
 * @mdev: the mediated device
 * @cause: what made that necessary
 *
 * If the guest's lock is taken, its own worker does it as soon as it is free.
 */
void vap_settle(struct vap_mdev *mdev, const char *cause)
{
	lockdep_assert_held(&vap.config);
	vap_note_settle(mdev, cause);
	if (mdev->kvm)
		settle_guest(mdev);
	vap_tell(mdev, cause);
}

static struct kvm *get_unsettled(struct vap_mdev *mdev)
{
	guard(mutex)(&vap.config);
	if (!mdev->kvm || !mdev->unsettled)
		return NULL;
	vap_guest_get(mdev->kvm);
	return mdev->kvm;
}

static void settle_locked(struct vap_mdev *mdev)
{
	struct apm_matrix next;

	guard(mutex)(&vap.config);
	if (!mdev->kvm)
		return;
	vap_note_settle(mdev, "guest-unlocked");
	next = next_matrix(mdev);
	if (!apm_matrix_equal(&mdev->plugged, &next))
		replug(mdev, &next);
	settled(mdev);
	vap_tell(mdev, "guest-unlocked");
}

/**
 * vap_settle_work - the worker that waits for a guest's lock
 * @work: struct vap_mdev.settle_work
 */
void vap_settle_work(struct work_struct *work)
{
	struct vap_mdev *mdev = container_of(work, struct vap_mdev, settle_work);
	struct kvm *kvm = get_unsettled(mdev);

	if (!kvm)
		return;
	vap_guest_lock(kvm);
	settle_locked(mdev);
	vap_guest_unlock(kvm);
	vap_guest_put(kvm);
}

/**
 * vap_settle_owners - vap_settle() for those who have some of these queues
 * @queues: what there is to be known about
 * @cause: what made that necessary
 *
 * A queue is nobody's business but its owner's.
 */
void vap_settle_owners(const struct apm_table *queues, const char *cause)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.config);
	list_for_each_entry(mdev, &vap.mdevs, node) {
		struct apm_region assigned = apm_region_of(&mdev->assigned);

		if (apm_table_meets(queues, &assigned, NULL))
			vap_settle(mdev, cause);
	}
}

/**
 * vap_unplug - take everything from the guest, before it goes
 * @mdev: the mediated device, with a guest that is locked
 */
void vap_unplug(struct vap_mdev *mdev)
{
	const struct apm_matrix nothing = {};
	struct apm_region leaving = apm_region_of(&mdev->plugged);

	lockdep_assert_held(&vap.config);
	WRITE_ONCE(mdev->unsettled, false);
	if (apm_matrix_equal(&mdev->plugged, &nothing))
		return;
	publish(mdev, &nothing);
	vap_guest_unplug(mdev->kvm);
	vap_note_unplug(mdev);
	let_go(mdev, &leaving);
}

/**
 * vap_reassign - carry out a plan; cannot fail
 * @mdev: the mediated device
 * @what: who wants that: the file that was written
 * @plan: what was planned for it, with vap.config held ever since
 */
void vap_reassign(struct vap_mdev *mdev, const char *what,
		  const struct apm_plan *plan)
{
	const struct apm_matrix old = mdev->assigned;

	lockdep_assert_held(&vap.config);
	mdev->assigned = plan->assigned;
	apm_table_del_region(&vap.taken, &plan->leaving);
	apm_table_add_region(&vap.taken, &plan->joining);
	vap_note_commit(mdev, what, &old);
	vap_settle(mdev, what);
}
