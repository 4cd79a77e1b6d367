/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * settle - the one funnel through which masks change
 *
 * As settle.c and core/filter.c, with vap.config held.
 */

/* With one card plugged has a bit for it, as the masks of adapters do. */
#ifdef ONE_CARD
#define CARD		one(QUEUES)
#define queues_of(x)	((x) & CARD -> (x) & ALL : 0)
#else
#define queues_of(x)	(x)
#endif

/* core/filter.c: apm_visible() */
inline wanted(m)
{
	next = assigned[m] & host_now & host_settled;
	lacks = next & ~((clean | queues_of(plugged[m])) & bound);
#ifdef ONE_CARD
	soon = next & ~plugged[m] & pending;
	if
	:: (plugged[m] & CARD) && !(lacks & ~soon) ->
		next = next & ~lacks;
		lacks = 0
	:: else
	fi;
	next = (assigned[m] && !lacks -> next | CARD : next);
#else
	next = next & ~lacks;
#endif
	next = (withdrawn[m] -> 0 : next);
	lacks = 0;
	soon = 0
}

inline vap_reset_start(q, what)
{
	aim[q] = what;
	state[q] = ISSUE;
	stage[q] = RUNNING;
	news = news & ~one(q);
	pending = pending | one(q);
	late = late & ~one(q);
	busy = busy | one(q);
	age_reset(q)
}

inline vap_reset_region(queues, what)
{
	i = 0;
	do
	:: i < QUEUES ->
		if
		:: in(queues, i) && in(devices, i) -> vap_reset_start(i, what)
		:: else
		fi;
		i++
	:: else -> break
	od;
	i = 0
}

/*
 * The hardware is asked once more about what is to enter.  Nothing is left of
 * "entering" if all of it is as it should be.
 */
inline vap_queues_pure()
{
	do
	:: i < QUEUES && in(entering, i) ->
		vap_hw_tapq(i);
		if
		:: answer == PURE -> entering = entering & ~one(i)
		:: else ->
			clean = clean & ~one(i);
			vap_reset_start(i, PROOF)
		fi;
		answer = 0;
		i++
	:: i < QUEUES && !in(entering, i) -> i++
	:: i == QUEUES -> break
	od;
	i = 0
}

/* Each time round some queues are not clean any more, so it ends. */
inline next_matrix(m)
{
	do
	:: wanted(m);
		entering = queues_of(next) & ~queues_of(plugged[m]);
		vap_queues_pure();
		if
		:: entering == 0 -> break
		:: else
		fi
	od
}

inline let_go()
{
#if MUTANT == CLEAN_UNPROVEN
	clean = clean | (leaving & bound);
	owed = owed & ~leaving;
	used = used & ~leaving;
#else
	used = used & ~leaving;
	vap_reset_region(leaving, PROOF);
#endif
	leaving = 0
}

inline vap_guest_plug(m)
{
	crycb[m] = queues_of(plugged[m]);
	printf("guest %d: masks are %x\n", m, crycb[m]);
	touched = touched | crycb[m]
}

/* Masks off, then the reset; others do something in between. */
inline replug(m)
{
	leaving = queues_of(plugged[m]) & ~queues_of(next);
	entering = queues_of(next) & ~queues_of(plugged[m]);
	check(!entering || !going[m], "who is being removed gets queues\n");
#if MUTANT != ENTER_CLEAN
	clean = clean & ~entering;
#endif
#if MUTANT != ENTER_NOT_OWED
	owed = owed | entering;
#endif
	used = used | entering;
	plugged[m] = next;
	next = 0;
	entering = 0;
#if MUTANT == RESET_FIRST
	let_go();
	others_run();
	vap_guest_plug(m)
#else
	vap_guest_plug(m);
	if
	:: leaving -> others_run(); let_go()
	:: else
	fi
#endif
}

#if MUTANT == LOCK_ORDER
#define trylock_fails(m) false
#else
#define trylock_fails(m) kvm_lock[m]
#endif

inline vap_settle(m)
{
	if
	:: kvm[m] ->
		next_matrix(m);
		if
		:: next == plugged[m] -> next = 0; unsettled[m] = false
		:: next != plugged[m] && trylock_fails(m) ->
#if MUTANT == LET_GO_EARLY
			leaving = queues_of(plugged[m]) & ~queues_of(next);
			let_go();
#endif
			next = 0;
			unsettled[m] = true;
			printf("guest %d: its lock is taken\n", m);
			queued[m] = (MUTANT == SETTLE_LOST -> queued[m] : true)
		:: next != plugged[m] && !trylock_fails(m) ->
#if MUTANT == LOCK_ORDER
			lock(kvm_lock[m]);
#else
			kvm_lock[m] = true;
#endif
			replug(m);
			unlock(kvm_lock[m]);
			unsettled[m] = false
		fi
	:: else
	fi
}

/* Those who were assigned some of these: nobody else's business */
inline vap_settle_owners(queues)
{
	do
	:: each < GUESTS && (assigned[each] & (queues)) ->
		vap_settle(each); each++
	:: each < GUESTS && !(assigned[each] & (queues)) -> each++
	:: each == GUESTS -> break
	od;
	each = 0
}

inline settle_locked(m)
{
	lock(config);
	if
	:: kvm[m] || MUTANT == WORK_AFTER_CLOSE ->
		next_matrix(m);
		replug(m);
		unsettled[m] = false
	:: else
	fi;
	unlock(config)
}

/* The worker; it has looked with vap.config held whether it is needed. */
proctype vap_settle_work(byte m)
{
end:	do
	:: atomic { queued[m] -> queued[m] = false; running[m] = true;
		!config;
		if
		:: kvm[m] && unsettled[m] ->
			lock(kvm_lock[m]);
			settle_locked(m);
			unlock(kvm_lock[m])
		:: else
		fi;
		running[m] = false }
	od
}

/* The guest goes. */
inline vap_unplug(m)
{
	unsettled[m] = false;
	next = 0;
	replug(m)
}
