// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - a guest executes PQAP(AQIC)
 *
 * The CPU of the guest that asked does all of it, and waits for nobody but its
 * own machine's memory: no lock that another guest needs is held here, nor any
 * of this guest's while its memory is waited for.
 *
 * First is looked whether the guest has the queue now, assigned or not; then
 * whether the notification byte is in its memory.  The page is pinned and the
 * subclass counted before the machine is asked, because from the moment at which
 * it accepts it may write; and only if it accepts, what was before goes.
 */
#include "core/aqic.h"
#include "nib.h"
#include "note.h"

static bool refuse(struct vap_mdev *mdev, const struct apm_aqic *aqic,
		   struct apm_status *status)
{
	guard(spinlock)(&mdev->state);
	return apm_aqic_refuse(&mdev->plugged, aqic, status);
}

static bool prepare(struct vap_mdev *mdev, struct vap_nib *nib,
		    struct kvm_vcpu *vcpu)
{
	return vap_nib_pin(mdev, nib) && vap_guest_shares(vcpu, nib->page) &&
	       vap_nib_count(nib);
}

static struct apm_status enable(struct vap_mdev *mdev, struct kvm_vcpu *vcpu,
				const struct apm_aqic *aqic)
{
	struct apm_status status = { .rc = APM_RC_BAD_NIB };
	struct vap_nib *nib;

	if (!vap_guest_has_storage(vcpu, aqic->nib))
		return status;
	nib = vap_nib_new(mdev, vap_guest_of(vcpu), aqic);
	if (!nib)
		return (struct apm_status) { .rc = APM_RC_BUSY };
	if (prepare(mdev, nib, vcpu))
		status = vap_nib_enable(mdev, nib);
	else
		vap_nib_fail(mdev, nib);
	vap_nib_release(mdev);
	return status;
}

static struct apm_status disable(struct vap_mdev *mdev, u16 apqn)
{
	struct apm_status status = vap_nib_disable(mdev, apqn);

	vap_nib_release(mdev);
	return status;
}

/**
 * vap_on_aqic - answer a guest's PQAP(AQIC)
 * @link: the guest's way to its mediated device
 * @vcpu: the CPU that asks
 * @aqic: what it asks for
 *
 * Called with the VM's hook semaphore held for reading; may sleep.
 *
 * Return: the status word: the machine's, or 01 for a queue that the guest does
 * not have, 06 for a byte that cannot be written, 05 if it can be tried again.
 */
struct apm_status vap_on_aqic(struct vap_guest_link *link,
			      struct kvm_vcpu *vcpu,
			      const struct apm_aqic *aqic)
{
	struct vap_mdev *mdev = container_of(link, struct vap_mdev, link);
	struct apm_status status;

	if (!refuse(mdev, aqic, &status))
		status = aqic->enable ? enable(mdev, vcpu, aqic) :
					disable(mdev, aqic->apqn);
	vap_note_aqic(mdev, aqic, status.rc);
	return status;
}
