/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - the words the hardware answers with
 *
 * Every AP instruction but QCI ends with a queue status word; its second byte
 * is a response code.
 */
#ifndef APM_RC_H
#define APM_RC_H

#include "base.h"

/* Response codes; hexadecimal, as everybody in the field says them. */
enum apm_rc {
	APM_RC_NORMAL			= 0x00,
	APM_RC_NOT_AVAILABLE		= 0x01,
	APM_RC_RESETTING		= 0x02,
	APM_RC_DECONFIGURED		= 0x03,
	APM_RC_CHECKSTOPPED		= 0x04,
	APM_RC_BUSY			= 0x05,
	APM_RC_BAD_NIB			= 0x06,
	APM_RC_OTHERWISE_CHANGED	= 0x07,
	APM_RC_BAD_GISA			= 0x08,
	APM_RC_BOUND_ELSEWHERE		= 0x09,
	APM_RC_STATE_CHANGE		= 0x0a,
	APM_RC_NOT_BOUND		= 0x0b,
	APM_RC_SECRET_NOT_UNIQUE	= 0x35,
	APM_RC_ASSOCIATE_FAILED		= 0x36,
};

/**
 * struct apm_status - an AP queue status word, taken apart
 * @rc: response code
 * @empty: nothing is on the queue, neither request nor reply
 * @replies: at least one reply can be fetched
 * @full: no room for another request
 * @async: @rc reports an earlier, asynchronous error
 * @irq: interruptions are enabled
 */
struct apm_status {
	u8 rc;
	bool empty;
	bool replies;
	bool full;
	bool async;
	bool irq;
};

/* Hardware types: the oldest that Linux's drivers take, called CEX4. */
#define APM_TYPE_OLDEST		10

/**
 * struct apm_tapq - the answer to PQAP(TAPQ)
 * @status: the queue status word
 * @bind_state: Secure Execution bind state, 0 (usable) .. 3
 * @type: hardware type of the adapter, 0 if the machine does not say
 */
struct apm_tapq {
	struct apm_status status;
	u8 bind_state;
	u8 type;
};

u32 apm_status_word(const struct apm_status *status);
struct apm_status apm_status_of(u32 word);
const char *apm_rc_text(u8 rc);

#endif /* APM_RC_H */
