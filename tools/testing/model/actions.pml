/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * actions - how often what is done, and the names of mutations
 *
 * 0: nobody does it, 255: as often as one likes.  All guests, devices and queues
 * have one number together.
 */
#define ENDLESS		255
#define may(what)	(what > 0)
#define spend(what)	what = (what == ENDLESS -> ENDLESS : what - 1)

#ifndef EDITS	/* assignments are written */
#define EDITS 0
#endif
#ifndef REMOVES	/* an open device is removed */
#define REMOVES 0
#endif
#ifndef OPENS	/* a device is opened */
#define OPENS 0
#endif
#ifndef CLOSES	/* a device is closed, unless it is removed */
#define CLOSES OPENS
#endif
#ifndef RESETS	/* VFIO_DEVICE_RESET */
#define RESETS 0
#endif
#ifndef HOLDS	/* user space takes the lock of its VM */
#define HOLDS 0
#endif
#ifndef CLAIMS	/* apmask and aqmask are written */
#define CLAIMS 0
#endif
#ifndef REBINDS	/* a queue is unbound or bound by hand */
#define REBINDS 0
#endif
#ifndef FAULTS	/* a ZAPQ is refused or fails, a guest resets its queue */
#define FAULTS 0
#endif
#ifndef AWAYS	/* a card goes */
#define AWAYS 0
#endif
#ifndef PLUGS	/* a domain is taken from the host */
#define PLUGS 0
#endif
#ifndef LATES	/* 1: a reset may be late */
#define LATES 0
#endif

byte edits = EDITS, removes = REMOVES, opens = OPENS, closes = CLOSES;
byte resets = RESETS, holds = HOLDS, claims = CLAIMS, rebinds = REBINDS;
byte faults = FAULTS, aways = AWAYS, plugs = PLUGS;

/* Who looks at a trail is told what is wrong. */
#define breaks(id)	printf(id); assert(false)
#define check(cond, id)	if :: !(cond) -> breaks(id) :: else fi

/* -DMUTANT=NAME; cases.sh says what they do. */
#define CLEAN_UNPROVEN	1
#define ACCEPTED	2
#define ANY_RESET	3
#define LATE_PROVES	4
#define AWAY_PROVES	5
#define STALE_PROOF	6
#define ENTER_CLEAN	7
#define ENTER_NOT_OWED	8
#define RESET_FIRST	9
#define LET_GO_EARLY	10
#define WORK_AFTER_CLOSE	11
#define REMOVE_RETURNS	12
#define VETO_ASSIGNED	13
#define UNBIND_FORGETS	14
#define UNBIND_PLUGGED	15
#define BIND_CLEAN	16
#define EDIT_RACE	17
#define EDIT_UNFROZEN	18
#define LOCK_ORDER	19
#define WAIT_LOCKED	20
#define SETTLE_LOST	21
#define PROVEN_UNTOLD	22
#define BIND_NO_RESET	23
#define SCAN_UNTOLD	24
#define WAIT_PROOF	25
#define WAIT_GONE	26
#ifndef MUTANT
#define MUTANT 0
#endif
