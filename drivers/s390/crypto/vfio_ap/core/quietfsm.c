// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - when has the machine stopped writing a notification byte?
 *
 * Two tables, one per instruction, with every cell filled, as for resets: what
 * the hardware said is first sorted into one of a few answers, then looked up.
 *
 * OVER is reached in three ways: the I bit is seen clear after an AQIC was
 * accepted; the queue left the configuration, was deconfigured or checkstopped,
 * upon which the machine itself resets it; or somebody who knows the time calls
 * SEEMS over.
 */
#include "quietfsm.h"

/**
 * enum answer - what the hardware said
 * @OFF: code 00, and the I bit is off
 * @ON: code 00, and the I bit is on
 * @ALREADY: interruptions are as wanted, or are being changed
 * @AWAY: the machine has reset the queue, or will before anybody can use it
 * @LATER: a reset or a change of state is under way, or the queue is busy
 * @STRANGE: anything else, also an error that an earlier instruction left
 * @ANSWERS: how many there are
 */
enum answer {
	OFF,
	ON,
	ALREADY,
	AWAY,
	LATER,
	STRANGE,
	ANSWERS,
};

/* Accepted is accepted, whatever the I bit shows yet. */
static const u8 after_aqic[ANSWERS] = {
	[OFF]		= APM_QUIET_WATCH,
	[ON]		= APM_QUIET_WATCH,
	[ALREADY]	= APM_QUIET_DOUBT,
	[AWAY]		= APM_QUIET_OVER,
	[LATER]		= APM_QUIET_ISSUE,
	[STRANGE]	= APM_QUIET_ISSUE,
};

static const u8 after_tapq[APM_QUIET_STATES][ANSWERS] = {
	/* Nobody was to ask. */
	[APM_QUIET_ISSUE] = {
		[OFF]		= APM_QUIET_ISSUE,
		[ON]		= APM_QUIET_ISSUE,
		[ALREADY]	= APM_QUIET_ISSUE,
		[AWAY]		= APM_QUIET_OVER,
		[LATER]		= APM_QUIET_ISSUE,
		[STRANGE]	= APM_QUIET_ISSUE,
	},
	[APM_QUIET_WATCH] = {
		[OFF]		= APM_QUIET_OVER,
		[ON]		= APM_QUIET_WATCH,
		[ALREADY]	= APM_QUIET_WATCH,
		[AWAY]		= APM_QUIET_OVER,
		[LATER]		= APM_QUIET_WATCH,
		[STRANGE]	= APM_QUIET_WATCH,
	},
	[APM_QUIET_DOUBT] = {
		[OFF]		= APM_QUIET_SEEMS,
		[ON]		= APM_QUIET_ISSUE,
		[ALREADY]	= APM_QUIET_ISSUE,
		[AWAY]		= APM_QUIET_OVER,
		[LATER]		= APM_QUIET_ISSUE,
		[STRANGE]	= APM_QUIET_ISSUE,
	},
	[APM_QUIET_SEEMS] = {
		[OFF]		= APM_QUIET_SEEMS,
		[ON]		= APM_QUIET_ISSUE,
		[ALREADY]	= APM_QUIET_ISSUE,
		[AWAY]		= APM_QUIET_OVER,
		[LATER]		= APM_QUIET_ISSUE,
		[STRANGE]	= APM_QUIET_ISSUE,
	},
	[APM_QUIET_OVER] = { [0 ... ANSWERS - 1] = APM_QUIET_OVER },
};

static const u8 asks[APM_QUIET_STATES] = {
	[APM_QUIET_ISSUE]	= APM_QUIET_ASK_AQIC,
	[APM_QUIET_WATCH]	= APM_QUIET_ASK_TAPQ,
	[APM_QUIET_DOUBT]	= APM_QUIET_ASK_TAPQ,
	[APM_QUIET_SEEMS]	= APM_QUIET_ASK_AQIC,
	[APM_QUIET_OVER]	= APM_QUIET_ASK_NOTHING,
};

/*
 * With the A bit the code is that of an earlier error, whatever it is.  Only a
 * reset ends that, but somebody may be about to do one: the guest, for example.
 */
static enum answer answer_of(const struct apm_status *status)
{
	if (status->async)
		return STRANGE;
	switch (status->rc) {
	case APM_RC_NORMAL:
		return status->irq ? ON : OFF;
	case APM_RC_OTHERWISE_CHANGED:
		return ALREADY;
	case APM_RC_NOT_AVAILABLE:
	case APM_RC_DECONFIGURED:
	case APM_RC_CHECKSTOPPED:
		return AWAY;
	case APM_RC_RESETTING:
	case APM_RC_BUSY:
	case APM_RC_STATE_CHANGE:
		return LATER;
	}
	return STRANGE;
}

/**
 * apm_quiet_aqic - an AQIC with IR off was answered
 * @status: the answer
 *
 * Return: how far it is now.
 */
enum apm_quiet_state apm_quiet_aqic(const struct apm_status *status)
{
	return after_aqic[answer_of(status)];
}

/**
 * apm_quiet_tapq - a TAPQ was answered
 * @state: how far it was, below %APM_QUIET_STATES
 * @status: the answer
 *
 * The I bit is believed with code 00 only.
 *
 * Return: how far it is now.
 */
enum apm_quiet_state apm_quiet_tapq(enum apm_quiet_state state,
				    const struct apm_status *status)
{
	return after_tapq[state][answer_of(status)];
}

/**
 * apm_quiet_next - what is the hardware to be asked next?
 * @state: how far it is, below %APM_QUIET_STATES
 *
 * Return: the instruction, or that there is none.
 */
enum apm_quiet_ask apm_quiet_next(enum apm_quiet_state state)
{
	return asks[state];
}
