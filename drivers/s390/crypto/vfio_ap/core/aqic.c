// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - a guest's PQAP(AQIC), taken apart
 *
 * A guest that enables interruptions for itself uses only the IR bit and the
 * subclass; the fields of general register 1 that name a zone or a GISA are a
 * hypervisor's and are not taken from it.
 */
#include "aqic.h"

/* General register 1: bit 16, bit 0 leftmost; bits 61-63. */
#define GR1_IR		0x0000800000000000ULL
#define GR1_ISC		0x0000000000000007ULL

/**
 * apm_aqic_decode - what does the guest ask for?
 * @gr0: general register 0, the APQN is its rightmost halfword
 * @gr1: general register 1, the interruption control
 * @gr2: general register 2, the notification indicator byte's address
 *
 * Return: the request, unchecked.
 */
struct apm_aqic apm_aqic_decode(u64 gr0, u64 gr1, u64 gr2)
{
	return (struct apm_aqic) {
		.apqn = gr0,
		.enable = gr1 & GR1_IR,
		.isc = gr1 & GR1_ISC,
		.nib = gr2,
	};
}

/**
 * apm_aqic_refuse - must the guest be told no at once?
 * @plugged: what the guest has, as its masks are now
 * @aqic: what it asks for
 * @status: the answer, set only if it is refused
 *
 * The notification byte is looked at only by an enablement, as the machine
 * does.
 *
 * Return: true if refused, with code 01 if the guest does not have the queue,
 * or 06 if it enables with a notification byte at 0.
 */
bool apm_aqic_refuse(const struct apm_matrix *plugged,
		     const struct apm_aqic *aqic, struct apm_status *status)
{
	u8 rc = APM_RC_NORMAL;

	if (!apm_matrix_has(plugged, aqic->apqn))
		rc = APM_RC_NOT_AVAILABLE;
	else if (aqic->enable && !aqic->nib)
		rc = APM_RC_BAD_NIB;
	if (rc == APM_RC_NORMAL)
		return false;
	*status = (struct apm_status) { .rc = rc };
	return true;
}
