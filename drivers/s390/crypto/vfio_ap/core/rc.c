// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - the words the hardware answers with
 */
#include "rc.h"

/* The queue status word, bit 0 leftmost; the code is its second byte. */
#define STATUS_EMPTY	0x80000000u
#define STATUS_REPLIES	0x40000000u
#define STATUS_FULL	0x20000000u
#define STATUS_ASYNC	0x02000000u
#define STATUS_IRQ	0x01000000u
#define STATUS_RC_SHIFT	16

/**
 * apm_status_word - put a queue status word together
 * @status: what it has to say
 *
 * Return: the word as the low half of general register 1 has it.
 */
u32 apm_status_word(const struct apm_status *status)
{
	u32 word = (u32)status->rc << STATUS_RC_SHIFT;

	if (status->empty)
		word |= STATUS_EMPTY;
	if (status->replies)
		word |= STATUS_REPLIES;
	if (status->full)
		word |= STATUS_FULL;
	if (status->async)
		word |= STATUS_ASYNC;
	if (status->irq)
		word |= STATUS_IRQ;
	return word;
}

/**
 * apm_status_of - take a queue status word apart
 * @word: the low half of general register 1; reserved bits are ignored
 *
 * Return: what it says.
 */
struct apm_status apm_status_of(u32 word)
{
	return (struct apm_status) {
		.rc = word >> STATUS_RC_SHIFT,
		.empty = word & STATUS_EMPTY,
		.replies = word & STATUS_REPLIES,
		.full = word & STATUS_FULL,
		.async = word & STATUS_ASYNC,
		.irq = word & STATUS_IRQ,
	};
}

/**
 * apm_rc_text - a response code in words
 * @rc: response code, any value
 *
 * Return: a constant string, never NULL.
 */
const char *apm_rc_text(u8 rc)
{
	switch (rc) {
	case APM_RC_NORMAL:
		return "normal";
	case APM_RC_NOT_AVAILABLE:
		return "queue not available";
	case APM_RC_RESETTING:
		return "reset in progress";
	case APM_RC_DECONFIGURED:
		return "adapter deconfigured";
	case APM_RC_CHECKSTOPPED:
		return "adapter checkstopped";
	case APM_RC_BUSY:
		return "busy";
	case APM_RC_BAD_NIB:
		return "invalid notification byte address";
	case APM_RC_OTHERWISE_CHANGED:
		return "interruption control already so, or changing";
	case APM_RC_BAD_GISA:
		return "invalid guest interruption state area";
	case APM_RC_BOUND_ELSEWHERE:
		return "queue bound to another configuration";
	case APM_RC_STATE_CHANGE:
		return "state change in progress";
	case APM_RC_NOT_BOUND:
		return "queue not bound";
	case APM_RC_SECRET_NOT_UNIQUE:
		return "association failed: secret not unique";
	case APM_RC_ASSOCIATE_FAILED:
		return "association failed";
	}
	return "unknown response code";
}
