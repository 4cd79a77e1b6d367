// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - a guest executes PQAP(AQIC)
 *
 * The guest's own queues never interrupt: enabling ends with code 06, which
 * every guest takes as "poll", and disabling with 07, "it was off already".
 */
#include "core/aqic.h"
#include "vap.h"

/**
 * vap_on_aqic - answer a guest's PQAP(AQIC)
 * @link: the guest's way to its mediated device
 * @aqic: what it asks for
 *
 * Called with the VM's hook semaphore held; takes the state lock only.
 *
 * Return: the status word; 01 for a queue that is not the guest's.
 */
struct apm_status vap_on_aqic(struct vap_guest_link *link,
			      const struct apm_aqic *aqic)
{
	struct vap_mdev *mdev = container_of(link, struct vap_mdev, link);
	struct apm_status status = {
		.rc = aqic->enable ? APM_RC_BAD_NIB : APM_RC_OTHERWISE_CHANGED,
	};

	guard(spinlock)(&mdev->state);
	apm_aqic_refuse(&mdev->plugged, aqic, &status);
	return status;
}
