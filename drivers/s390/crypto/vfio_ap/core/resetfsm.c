// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - when has a queue been zeroized?
 *
 * Two tables, one per instruction, with every cell filled: what the hardware
 * said is first sorted into one of a few answers, then looked up.
 *
 * The only way to CLEAN leads from VERIFY, the only way to VERIFY is a ZAPQ
 * that was accepted, and every answer that hints at somebody else's doings
 * leads out of VERIFY, back to another ZAPQ.  What is not understood proves
 * nothing: it is waited out.
 */
#include "resetfsm.h"

/**
 * enum answer - what the hardware said
 * @PURE: code 00, and nothing at all is left on the queue
 * @STAINED: code 00, but the queue has a message, interruptions or a binding
 * @GONE: the queue left the configuration
 * @RESETTING: a reset is under way
 * @AWAY: deconfigured or checkstopped
 * @BUSY: ask again
 * @CHANGING: somebody binds or associates the queue
 * @FAILED: an asynchronous error, which only a reset ends
 * @STRANGE: anything else
 * @ANSWERS: how many there are
 */
enum answer {
	PURE,
	STAINED,
	GONE,
	RESETTING,
	AWAY,
	BUSY,
	CHANGING,
	FAILED,
	STRANGE,
	ANSWERS,
};

/* To start a ZAPQ, the queue's contents do not matter. */
static const u8 after_zapq[ANSWERS] = {
	[PURE]		= APM_RESET_VERIFY,
	[STAINED]	= APM_RESET_VERIFY,
	[GONE]		= APM_RESET_GONE,
	[RESETTING]	= APM_RESET_WAIT,
	[AWAY]		= APM_RESET_AWAY,
	[BUSY]		= APM_RESET_WAIT,
	[CHANGING]	= APM_RESET_WAIT,
	[FAILED]	= APM_RESET_WAIT,
	[STRANGE]	= APM_RESET_WAIT,
};

static const u8 after_tapq[APM_RESET_STATES][ANSWERS] = {
	/* Nobody was to ask: as if waiting. */
	[APM_RESET_ISSUE] = {
		[PURE]		= APM_RESET_ISSUE,
		[STAINED]	= APM_RESET_ISSUE,
		[GONE]		= APM_RESET_GONE,
		[RESETTING]	= APM_RESET_WAIT,
		[AWAY]		= APM_RESET_AWAY,
		[BUSY]		= APM_RESET_WAIT,
		[CHANGING]	= APM_RESET_WAIT,
		[FAILED]	= APM_RESET_ISSUE,
		[STRANGE]	= APM_RESET_WAIT,
	},
	[APM_RESET_WAIT] = {
		[PURE]		= APM_RESET_ISSUE,
		[STAINED]	= APM_RESET_ISSUE,
		[GONE]		= APM_RESET_GONE,
		[RESETTING]	= APM_RESET_WAIT,
		[AWAY]		= APM_RESET_AWAY,
		[BUSY]		= APM_RESET_WAIT,
		[CHANGING]	= APM_RESET_WAIT,
		[FAILED]	= APM_RESET_ISSUE,
		[STRANGE]	= APM_RESET_WAIT,
	},
	[APM_RESET_VERIFY] = {
		[PURE]		= APM_RESET_CLEAN,
		[STAINED]	= APM_RESET_ISSUE,
		[GONE]		= APM_RESET_GONE,
		[RESETTING]	= APM_RESET_VERIFY,
		[AWAY]		= APM_RESET_AWAY,
		[BUSY]		= APM_RESET_VERIFY,
		[CHANGING]	= APM_RESET_WAIT,
		[FAILED]	= APM_RESET_ISSUE,
		[STRANGE]	= APM_RESET_WAIT,
	},
	[APM_RESET_CLEAN] = { [0 ... ANSWERS - 1] = APM_RESET_CLEAN },
	[APM_RESET_GONE] = { [0 ... ANSWERS - 1] = APM_RESET_GONE },
	[APM_RESET_AWAY] = { [0 ... ANSWERS - 1] = APM_RESET_AWAY },
};

static const u8 asks[APM_RESET_STATES] = {
	[APM_RESET_ISSUE]	= APM_ASK_ZAPQ,
	[APM_RESET_WAIT]	= APM_ASK_TAPQ,
	[APM_RESET_VERIFY]	= APM_ASK_TAPQ,
	[APM_RESET_CLEAN]	= APM_ASK_NOTHING,
	[APM_RESET_GONE]	= APM_ASK_NOTHING,
	[APM_RESET_AWAY]	= APM_ASK_NOTHING,
};

/*
 * With the A bit the code is that of an earlier error and says nothing about
 * the instruction, whatever it is.
 */
static enum answer answer_of(const struct apm_status *status, u8 bind_state)
{
	if (status->async)
		return FAILED;
	switch (status->rc) {
	case APM_RC_NORMAL:
		if (!status->empty || status->irq || bind_state)
			return STAINED;
		return PURE;
	case APM_RC_NOT_AVAILABLE:
		return GONE;
	case APM_RC_RESETTING:
		return RESETTING;
	case APM_RC_DECONFIGURED:
	case APM_RC_CHECKSTOPPED:
		return AWAY;
	case APM_RC_BUSY:
		return BUSY;
	case APM_RC_STATE_CHANGE:
		return CHANGING;
	case APM_RC_SECRET_NOT_UNIQUE:
	case APM_RC_ASSOCIATE_FAILED:
		return FAILED;
	}
	return STRANGE;
}

/**
 * apm_reset_zapq - a ZAPQ was answered
 * @status: the answer
 *
 * Return: where the reset is now.  Never %APM_RESET_CLEAN: an accepted ZAPQ
 * has only begun.
 */
enum apm_reset_state apm_reset_zapq(const struct apm_status *status)
{
	return after_zapq[answer_of(status, 0)];
}

/**
 * apm_reset_tapq - a TAPQ was answered
 * @state: where the reset was, below %APM_RESET_STATES
 * @tapq: the answer
 *
 * A queue that shows code 00 after our ZAPQ but is not empty, has
 * interruptions enabled or is bound was touched by somebody since: the ZAPQ is
 * repeated.
 *
 * Return: where the reset is now.
 */
enum apm_reset_state apm_reset_tapq(enum apm_reset_state state,
				    const struct apm_tapq *tapq)
{
	return after_tapq[state][answer_of(&tapq->status, tapq->bind_state)];
}

/**
 * apm_reset_is_pure - does a queue show a trace of use?
 * @tapq: the answer to TAPQ
 *
 * No proof, but what contradicts one: a queue that was proven clean and is not
 * pure any more was touched by somebody, or is not there.
 *
 * Return: true if it shows none.
 */
bool apm_reset_is_pure(const struct apm_tapq *tapq)
{
	return answer_of(&tapq->status, tapq->bind_state) == PURE;
}

/**
 * apm_reset_next - what is the hardware to be asked next?
 * @state: where the reset is, below %APM_RESET_STATES
 *
 * Return: the instruction, or that the reset is over.
 */
enum apm_reset_ask apm_reset_next(enum apm_reset_state state)
{
	return asks[state];
}
