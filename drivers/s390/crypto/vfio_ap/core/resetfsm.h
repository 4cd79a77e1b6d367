/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - when has a queue been zeroized?
 *
 * PQAP(ZAPQ) only starts a reset.  The queue is proven clean when a ZAPQ was
 * accepted and afterwards, with no other ZAPQ in between, TAPQ answers 00 with
 * the queue empty, interruptions off, no asynchronous error and bind state 0.
 * This machine decides what to ask the hardware next; somebody else asks, and
 * turns the clock.
 */
#ifndef APM_RESETFSM_H
#define APM_RESETFSM_H

#include "rc.h"

/**
 * enum apm_reset_state - where a reset is
 * @APM_RESET_ISSUE: a ZAPQ has to be issued (again)
 * @APM_RESET_WAIT: another reset or state change is going on; issue when over
 * @APM_RESET_VERIFY: our ZAPQ was accepted, its end has to be seen
 * @APM_RESET_CLEAN: proven clean; over
 * @APM_RESET_GONE: the queue left the configuration (01); the machine resets
 *	it, but nobody saw it; over
 * @APM_RESET_AWAY: deconfigured or checkstopped (03, 04); over for now, not
 *	clean
 * @APM_RESET_STATES: how many there are
 */
enum apm_reset_state {
	APM_RESET_ISSUE,
	APM_RESET_WAIT,
	APM_RESET_VERIFY,
	APM_RESET_CLEAN,
	APM_RESET_GONE,
	APM_RESET_AWAY,
	APM_RESET_STATES,
};

/**
 * enum apm_reset_ask - what the hardware is to be asked next
 * @APM_ASK_NOTHING: the reset is over
 * @APM_ASK_ZAPQ: issue PQAP(ZAPQ), then call apm_reset_zapq()
 * @APM_ASK_TAPQ: issue PQAP(TAPQ), some time later, then apm_reset_tapq()
 */
enum apm_reset_ask {
	APM_ASK_NOTHING,
	APM_ASK_ZAPQ,
	APM_ASK_TAPQ,
};

enum apm_reset_state apm_reset_zapq(const struct apm_status *status);
enum apm_reset_state apm_reset_tapq(enum apm_reset_state state,
				    const struct apm_tapq *tapq);
bool apm_reset_is_pure(const struct apm_tapq *tapq);
enum apm_reset_ask apm_reset_next(enum apm_reset_state state);

#endif /* APM_RESETFSM_H */
