/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - when has the machine stopped writing a notification byte?
 *
 * PQAP(AQIC) only asks for a change: the I bit follows some time later, and
 * until it is seen clear the machine may store into the byte, wherever that is
 * by then.  This machine decides what to ask the hardware next; somebody else
 * asks, and turns the clock.
 */
#ifndef APM_QUIETFSM_H
#define APM_QUIETFSM_H

#include "rc.h"

/**
 * enum apm_quiet_state - how far the end of a queue's interruptions is
 * @APM_QUIET_ISSUE: an AQIC that turns them off has to be issued (again)
 * @APM_QUIET_WATCH: one was accepted, the I bit has to be seen clear
 * @APM_QUIET_DOUBT: they are off, or a change is under way, says the machine;
 *	the I bit tells which
 * @APM_QUIET_SEEMS: off as far as can be seen, but if an enablement was accepted
 *	a moment ago it may still take effect
 * @APM_QUIET_OVER: the machine does not write any more
 * @APM_QUIET_STATES: how many there are
 */
enum apm_quiet_state {
	APM_QUIET_ISSUE,
	APM_QUIET_WATCH,
	APM_QUIET_DOUBT,
	APM_QUIET_SEEMS,
	APM_QUIET_OVER,
	APM_QUIET_STATES,
};

/**
 * enum apm_quiet_ask - what the hardware is to be asked next
 * @APM_QUIET_ASK_NOTHING: it is over
 * @APM_QUIET_ASK_AQIC: issue PQAP(AQIC) with IR off, then call apm_quiet_aqic()
 * @APM_QUIET_ASK_TAPQ: issue PQAP(TAPQ), then call apm_quiet_tapq()
 */
enum apm_quiet_ask {
	APM_QUIET_ASK_NOTHING,
	APM_QUIET_ASK_AQIC,
	APM_QUIET_ASK_TAPQ,
};

enum apm_quiet_state apm_quiet_aqic(const struct apm_status *status);
enum apm_quiet_state apm_quiet_tapq(enum apm_quiet_state state,
				    const struct apm_status *status);
enum apm_quiet_ask apm_quiet_next(enum apm_quiet_state state);

#endif /* APM_QUIETFSM_H */
