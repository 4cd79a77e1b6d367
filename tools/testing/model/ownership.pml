/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ownership - who has a queue, when, and with what in it
 *
 * A model of the driver's protocol for spin, which looks at every order in which
 * those who take part can act.  Names are those of the driver's functions and
 * tables: who changes settle.c, edit.c, queue.c, reset.c, attach.c, or how
 * resetfsm.c, filter.c and hostcfg.c decide, changes the model, too.
 *
 *	machine.pml	queues, cards, guests' CPUs, zcrypt
 *	state.pml	what is remembered
 *	settle.pml	settle.c, core/filter.c
 *	reset.pml	reset.c, marks.c, core/resetfsm.c, the half of queue.c
 *			that binds and unbinds
 *	actors.pml	edit.c, attach.c, host.c, vap_on_claim(), the AP bus,
 *			administrators and VMMs
 *	cases.sh	configurations, and mutations with a sentence each
 *
 * What is left out, or simpler than it is:
 *
 *  - One or two queues (of one card or of two), one or two guests.  With one
 *    card the adapter is always assigned and masks are domains.
 *  - Control domains, formats, limits, events, the log, references, memory that
 *    runs out.
 *  - Interruptions: notification bytes, "held" queues, what TAPQ says of them.
 *  - s390/letgo.c, expected queues, and what the AP bus does to queues by itself.
 *  - driver_override, and binding by hand what the masks give to somebody else.
 *  - Time.  A reset is late at any look (safety) or at the last of a few
 *    (liveness).  Who waits for one may go on at any time (OWN_LIMIT), or waits
 *    until the engine says how it stands; the latter is enough for liveness.
 *  - engine.lock and mdev->state are held for moments: steps.  So is what is
 *    done with vap.config held, but for the moment between masks and resets.
 *    With FINE others also run before every lock that is taken.
 *  - A VM's lock is its mediated device's; closing, it is not taken twice.
 *  - A queue that is not there, and one whose card is away, answer the same.
 */
#ifndef QUEUES
#define QUEUES		1
#endif
#ifndef GUESTS
#define GUESTS		2
#endif

/* Sets of queues have a bit for each. */
#define ALL		((1 << QUEUES) - 1)
#define one(q)		(1 << (q))
#define in(set, q)	(((set) >> (q)) & 1)

#define any(table)	(table[0] | table[GUESTS - 1])

#ifdef ONE_CARD
#define card_of(q)	ALL
#else
#define card_of(q)	one(q)
#endif

#if QUEUES == 1
#define select_queues(to)	to = 1 - assigned[m]
#else
#define select_queues(to)	if :: to = 0 :: to = 1 :: to = 2 :: to = 3 fi
#endif

#include "actions.pml"
#include "state.pml"
#include "machine.pml"
#include "settle.pml"
#include "reset.pml"
#include "actors.pml"

/* What always holds (Documentation/driver-api/vfio-ap/invariants.rst) */
#define two(table)	(GUESTS == 2 && (table[0] & table[GUESTS - 1]))
#define lost(m)		(crycb[m] && !kvm[m])
#define shared(q)	(drv[q] == ZCRYPT && in(any(crycb), q))
#define stained(q)	(in(clean, q) && content[q] != NOBODY)

active proctype invariants()
{
end:	do
	:: atomic { two(crycb) -> breaks("I1: a queue is in two guests\n") }
	:: atomic { any(crycb) & ~(used & owed) -> breaks("I2: a queue in a guest is not marked so\n") }
	:: atomic { shared(0) || shared(QUEUES - 1) -> breaks("I3: the host's queue is in a guest\n") }
	:: atomic { stained(0) || stained(QUEUES - 1) -> breaks("I5: a clean queue has something in it\n") }
	:: atomic { any(crycb) & clean -> breaks("I5: a queue in a guest is called clean\n") }
	:: atomic { two(assigned) -> breaks("I10: a queue is assigned twice\n") }
	:: atomic { any(assigned) & hosts -> breaks("I11: what is assigned is the host's\n") }
	:: atomic { lost(0) || lost(GUESTS - 1) -> breaks("I17: a guest that is gone has queues\n") }
	od
}

/* What there will be in the end, or soon */
#define given(m)	(!kvm[m] || withdrawn[m] || \
	!(assigned[m] & bound & has & ~away & ~queues_of(plugged[m])))

#ifdef L1
ltl l1 { <>[] (given(0) && given(GUESTS - 1)) }
#endif
#ifdef L2
ltl l2 { [] (closing[0] -> <> !closing[0]) }
#endif
#ifdef L4
ltl l4 { [] (going[0] -> <> !going[0]) }
#endif

#define run_if(what, actor)	if :: what -> run actor :: else fi

/* All queues are bound to us, and being reset; or were, if that never ends. */
init {
	byte n;

	atomic {
		devices = ALL;
		bound = ALL;
		do
		:: n < QUEUES ->
			drv[n] = VFIO_AP;
#ifdef NEVER_ENDS
			clean = clean | one(n);
#else
			vap_reset_start(n, PROOF);
#endif
			run machine(n);
			run_if(AWAYS || PLUGS, operator(n));
			run_if(CLAIMS || REBINDS, masks(n));
			run_if(CLAIMS || REBINDS, zcrypt(n));
			run cpu(0, n);
			run_if(GUESTS == 2, cpu(1, n));
			n++
		:: else -> break
		od;
		n = 0;
		do
		:: n < GUESTS ->
			run owner(n);
			run vmm(n);
			run_if(HOLDS, holder(n));
			run_if(HOLDS, vap_settle_work(n));
			n++
		:: else -> break
		od;
		run_if(PLUGS, ap_bus_scan());
		n = 0
	}
}
