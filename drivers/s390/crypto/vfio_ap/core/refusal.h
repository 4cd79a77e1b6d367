/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - why somebody was refused, in one line
 *
 * An errno says what kind of thing was wrong.  The line says what it was about,
 * in the words of "withheld", so that who reads one can read the other.
 */
#ifndef APM_REFUSAL_H
#define APM_REFUSAL_H

#include "plan.h"
#include "text.h"

/**
 * enum apm_refused - why something is refused
 * @APM_REFUSED_NUMBER: what was written is no number (EINVAL)
 * @APM_REFUSED_MASKS: what was written is not three masks (EINVAL)
 * @APM_REFUSED_BITS: a number of more than 64 bits (ERANGE)
 * @APM_REFUSED_RANGE: the machine has no such ids (ENODEV)
 * @APM_REFUSED_HOST: the host keeps queues for itself (EADDRNOTAVAIL)
 * @APM_REFUSED_TAKEN: somebody else has queues (EADDRINUSE)
 * @APM_REFUSED_NO_KVM: opened for no guest (EINVAL)
 * @APM_REFUSED_SECOND: the guest has a device already (EPERM)
 * @APM_REFUSED: how many there are
 */
enum apm_refused {
	APM_REFUSED_NUMBER,
	APM_REFUSED_MASKS,
	APM_REFUSED_BITS,
	APM_REFUSED_RANGE,
	APM_REFUSED_HOST,
	APM_REFUSED_TAKEN,
	APM_REFUSED_NO_KVM,
	APM_REFUSED_SECOND,
	APM_REFUSED,
};

/**
 * struct apm_refusal - all there is to say about it
 * @why: the reason
 * @what: what was tried: the name of a file, or of a call
 * @ids: what it is about, a kind and a list; empty or NULL if there is none
 * @owner: who is in the way; empty or NULL if nobody is
 */
struct apm_refusal {
	enum apm_refused why;
	const char *what;
	const char *ids;
	const char *owner;
};

/* Has room for the longest of @what and @owner, and for ids of this size. */
#define APM_REFUSAL_IDS		80
#define APM_REFUSAL_LEN		192

int apm_refused_errno(enum apm_refused why);
enum apm_refused apm_refused_text(bool masks, int err);
bool apm_text_refusal(struct apm_text *text, const struct apm_refusal *refusal);
bool apm_text_beyond(struct apm_text *text, const struct apm_limits *limits,
		     const struct apm_edit *edit);

#endif /* APM_REFUSAL_H */
