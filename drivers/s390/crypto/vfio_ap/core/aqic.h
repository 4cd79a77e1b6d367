/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - a guest's PQAP(AQIC), taken apart
 *
 * The only AP instruction that a guest cannot have interpreted by the machine.
 * KVM has already checked what leads to a program interruption.
 */
#ifndef APM_AQIC_H
#define APM_AQIC_H

#include "matrix.h"
#include "rc.h"

/**
 * struct apm_aqic - what the guest asks for
 * @apqn: the queue
 * @enable: interruptions on (IR bit) or off
 * @isc: guest interruption subclass, 0..7
 * @nib: guest absolute address of the notification indicator byte
 */
struct apm_aqic {
	u16 apqn;
	bool enable;
	u8 isc;
	u64 nib;
};

/**
 * struct apm_bell - where the machine is to announce a queue's replies
 * @nib: host absolute address of the notification indicator byte
 * @gisa: host absolute address of the guest interruption state area
 * @gisc: guest interruption subclass, 0..7
 * @isc: host interruption subclass for alerts, 0..7
 */
struct apm_bell {
	u64 nib;
	u64 gisa;
	u8 gisc;
	u8 isc;
};

struct apm_aqic apm_aqic_decode(u64 gr0, u64 gr1, u64 gr2);
bool apm_aqic_refuse(const struct apm_matrix *plugged,
		     const struct apm_aqic *aqic, struct apm_status *status);

#endif /* APM_AQIC_H */
