/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - why a guest does not see what it was assigned
 *
 * An answer for everything in which apm_visible() differs from the assignment.
 * Numbers are withheld for reasons of their own, adapters also for queues of
 * theirs, and domains, for a moment, for queues that are being zeroized.
 */
#ifndef APM_WHY_H
#define APM_WHY_H

#include "filter.h"

/**
 * enum apm_why - why something is withheld
 * @APM_WHY_NOT_BOUND: the queue is not bound to the driver, or not there
 * @APM_WHY_TYPE_TOO_OLD: the same, and no driver takes adapters of its type
 * @APM_WHY_RESETTING: the queue is being zeroized
 * @APM_WHY_QUARANTINED: the same, for longer than anybody waits
 * @APM_WHY_DECONFIGURED: the queue's adapter is on standby (03)
 * @APM_WHY_CHECKSTOPPED: the queue's adapter is broken (04)
 * @APM_WHY_NOT_AVAILABLE: the machine says there is no such queue (01)
 * @APM_WHY_OF_QUEUES: how many there are so far, all of them of single queues
 * @APM_WHY_NOT_IN_HOST: the host does not have this number
 * @APM_WHY_FORMAT_LIMIT: the guest's CRYCB cannot hold this number
 * @APM_WHYS: how many there are
 */
enum apm_why {
	APM_WHY_NOT_BOUND,
	APM_WHY_TYPE_TOO_OLD,
	APM_WHY_RESETTING,
	APM_WHY_QUARANTINED,
	APM_WHY_DECONFIGURED,
	APM_WHY_CHECKSTOPPED,
	APM_WHY_NOT_AVAILABLE,
	APM_WHY_OF_QUEUES,
	APM_WHY_NOT_IN_HOST = APM_WHY_OF_QUEUES,
	APM_WHY_FORMAT_LIMIT,
	APM_WHYS,
};

/* No word is longer, without its NUL. */
#define APM_WHY_LEN	18

const char *apm_why_text(enum apm_why why);
struct apm_matrix apm_why_matrix(const struct apm_world *world,
				 const struct apm_matrix *assigned,
				 enum apm_why why);
struct apm_mask apm_why_row(const struct apm_world *world,
			    const struct apm_matrix *wanted,
			    const struct apm_mask *wait,
			    const struct apm_matrix *plugged, unsigned int apid);
void apm_why_queues(const struct apm_world *world,
		    const struct apm_matrix *assigned,
		    const struct apm_matrix *plugged, struct apm_table *queues);
enum apm_why apm_why_unbound(u8 type);
enum apm_why apm_why_away(u8 rc);

#endif /* APM_WHY_H */
