// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - a guest comes, is reset, is cut off, and goes
 */
#include "core/matrix.h"
#include "note.h"
#include "vap.h"

static int refuse_second(struct vap_mdev *mdev, struct kvm *kvm)
{
	struct apm_refusal refusal = {
		.why = APM_REFUSED_SECOND, .what = "open",
	};
	struct vap_mdev *other;

	guard(mutex)(&vap.config);
	other = vap_mdev_of_guest(kvm);
	if (other)
		refusal.owner = dev_name(other->vdev.dev);
	dev_notice_ratelimited(mdev->vdev.dev,
			       "open refused: the guest has %s already, and can have only one\n",
			       refusal.owner ?: "another device");
	return vap_refuse(mdev, &refusal);
}

/**
 * vap_attach - the device was opened for a guest
 * @mdev: the mediated device
 * @kvm: the guest
 *
 * Resets that were going on anyway are waited for first, so that a guest does
 * not start without queues it gets a moment later; without any lock, and not
 * longer than the time allowed.
 *
 * Return: 0, or -EPERM if the guest has a mediated device already.
 */
int vap_attach(struct vap_mdev *mdev, struct kvm *kvm)
{
	struct apm_region region;

	scoped_guard(mutex, &vap.config)
		region = apm_region_of(&mdev->assigned);
	vap_reset_wait(&region);

	if (vap_guest_attach(kvm, &mdev->link))
		return refuse_second(mdev, kvm);
	scoped_guard(mutex, &vap.config) {
		mdev->format = vap_guest_limits(kvm);
		mdev->kvm = kvm;
		vap_settle(mdev, "open");
	}
	vap_reset_wait_settled(mdev);
	return 0;
}

static struct apm_region unplug(struct vap_mdev *mdev, struct kvm *kvm)
{
	struct apm_region region;

	vap_guest_lock(kvm);
	scoped_guard(mutex, &vap.config) {
		region = apm_region_of(&mdev->plugged);
		vap_unplug(mdev);
		mdev->kvm = NULL;
		vap_tell(mdev, "close");
	}
	vap_guest_unlock(kvm);
	return region;
}

/**
 * vap_detach - the device was closed
 * @mdev: the mediated device, with a guest
 *
 * The guest loses everything at once, then no CPU of it asks any more, then the
 * machine is silent and all pages are given back.  All of this waits for nobody
 * but the guest's own user space.  Then its queues are waited for, not longer
 * than the time allowed.  No lock is held meanwhile.
 */
void vap_detach(struct vap_mdev *mdev)
{
	struct kvm *kvm = mdev->kvm;
	struct apm_region region;

	vap_note_close(mdev);
	region = unplug(mdev, kvm);
	vap_guest_detach(kvm);
	cancel_work_sync(&mdev->settle_work);
	vap_nib_drain(mdev);
	vap_guest_put(kvm);
	if (!vap_reset_wait(&region))
		dev_notice_ratelimited(mdev->vdev.dev,
				       "close: some queues are not zeroized yet, nobody gets them before they are\n");
}

/**
 * vap_reset_mdev - VFIO_DEVICE_RESET: empty and zeroize the guest's queues
 * @mdev: the mediated device
 *
 * The guest keeps its queues.  Deconfigured, checkstopped and vanished ones
 * have nothing of the guest left in them.
 *
 * Return: 0, or -EIO if a queue is still not reset when time is over.
 */
int vap_reset_mdev(struct vap_mdev *mdev)
{
	struct apm_region region;

	scoped_guard(mutex, &vap.config) {
		region = apm_region_of(&mdev->plugged);
		vap_nib_end_region(mdev, &region);
		vap_reset_region(&region, VAP_RESET_ONLY);
	}
	return vap_reset_wait(&region) ? 0 : -EIO;
}

/**
 * vap_withdraw - the device is being removed while a guest has it
 * @mdev: the mediated device
 *
 * The guest loses everything at once, and nothing gives it back.
 */
void vap_withdraw(struct vap_mdev *mdev)
{
	guard(mutex)(&vap.config);
	mdev->withdrawn = true;
	vap_settle(mdev, "remove");
}
