/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reset - the reset engine, and queues that are bound and unbound
 *
 * As reset.c, marks.c, queue.c and core/resetfsm.c.  engine.lock is a leaf and
 * held for moments: what it guards is one step here.
 */

/* core/resetfsm.c: apm_reset_zapq() and apm_reset_tapq() */
inline ask(q)
{
	asked = state[q];
	if
	:: asked == ISSUE ->
		vap_hw_zapq(q);
		if
		:: answer == NOWHERE	-> state[q] = AWAY
		:: answer == PURE	->
			state[q] = (MUTANT == ACCEPTED -> CLEAN : VERIFY)
		:: else			->
			state[q] = (MUTANT == ANY_RESET -> VERIFY : WAIT)
		fi
	:: else ->
		vap_hw_tapq(q);
		if
		:: answer == NOWHERE	-> state[q] = AWAY
		:: answer == ERROR	-> state[q] = ISSUE
		:: answer == PURE	->
			state[q] = (asked == VERIFY -> CLEAN : ISSUE)
		:: else			/* goes on */
		fi
	fi
}

inline stage_of(q)
{
	was = stage[q];
	age_more(q);
	if
	:: state[q] == CLEAN	-> stage[q] = OVER
	:: state[q] == AWAY	-> stage[q] = (aim[q] == PROOF -> GONE : OVER)
	:: else ->
		if
		:: was == GONE && asked == ISSUE
		:: was == GONE && asked != ISSUE -> stage[q] = RUNNING; age_reset(q)
		:: was != GONE && too_young(q)
		:: was != GONE && too_old(q) -> stage[q] = LATE
		fi
	fi
}

inline look_at(q)
{
	ask(q);
	stage_of(q);
	news = (stage[q] != was -> news | one(q) : news);
	if
	:: stage[q] == GONE && state[q] == AWAY -> state[q] = ISSUE
	:: stage[q] == OVER -> busy = busy & ~one(q)
	:: else
	fi;
	asked = 0;
	was = 0;
	answer = 0
}

inline note_stage(q)
{
	pending = (stage[q] == RUNNING -> pending | one(q) : pending & ~one(q));
	late = (stage[q] == LATE -> late | one(q) : late & ~one(q))
}

inline vap_queue_proven(q)
{
	if
	:: in(used, q) && MUTANT != STALE_PROOF && MUTANT != AWAY_PROVES
	:: else ->
		printf("told: queue %d is proven clean\n", q);
		owed = owed & ~one(q);
		clean = (in(bound, q) -> clean | one(q) : clean)
	fi
}

#define proves(q) ((state[q] == CLEAN && aim[q] == PROOF) || \
	(MUTANT == AWAY_PROVES && state[q] == AWAY) || \
	(MUTANT == LATE_PROVES && stage[q] == LATE))

/* Owners are told: in one step, then they settle. */
inline next_news()
{
	i = 0;
	do
	:: i < QUEUES ->
		if
		:: in(news, i) ->
			note_stage(i);
			touched = (state[i] == CLEAN && aim[i] == PROOF && !in(any(crycb), i) ->
				touched & ~one(i) : touched);
			if
			:: proves(i) -> vap_queue_proven(i)
			:: else
			fi
		:: else
		fi;
		i++
	:: else -> break
	od;
	news = 0
}

/* All busy queues are looked at once, then owners are told. */
active proctype engine_work()
{
	byte q, heard;

end:	do
	:: atomic { busy && !news ->
		do
		:: q < QUEUES && in(busy, q) -> look_at(q); q++
		:: q < QUEUES && !in(busy, q) -> q++
		:: q == QUEUES -> break
		od;
		q = 0 }
	:: atomic { news ->
		lock(config);
		heard = news;
		next_news();
#if MUTANT != PROVEN_UNTOLD
		vap_settle_owners(heard);
#endif
		heard = 0;
		unlock(config) }
	od
}

/* With their own limit those who wait may go on at any time. */
#ifdef OWN_LIMIT
#define vap_reset_wait(queues)	skip
#define vap_reset_wait_settled(m) skip
#else
#define vap_reset_wait(queues)	!(pending & (queues))
#define vap_reset_wait_settled(m) !unsettled[m]
#endif

inline vap_on_bind(q)
{
	lock(config);
	printf("queue %d is bound\n", q);
	devices = devices | one(q);
	bound = bound | one(q);
	clean = (MUTANT == BIND_CLEAN -> clean | one(q) : clean & ~one(q));
#if MUTANT != BIND_CLEAN && MUTANT != BIND_NO_RESET
	vap_reset_start(q, PROOF);
#endif
	unlock(config)
}

/* Waits without a limit: whoever gets the queue next must not share it. */
inline wait_until_unreachable(q)
{
	!(in(used, q) && in(host_now, q))
}

inline vap_reset_forget(q)
{
	busy = busy & ~one(q);
	news = news & ~one(q);
	stage[q] = OVER;
	note_stage(q)
}

inline vap_on_unbind(q)
{
	lock(config);
	printf("queue %d is being unbound\n", q);
	bound = bound & ~one(q);
#if MUTANT != UNBIND_PLUGGED
	do
	:: each < GUESTS && in(assigned[each], q) -> break
	:: each < GUESTS && !in(assigned[each], q) -> each++
	:: each == GUESTS -> break
	od;
	if
	:: each < GUESTS -> vap_settle(each)
	:: else
	fi;
	each = 0;
#endif
	clean = clean & ~one(q);
	unlock(config);
	others_run();
#if MUTANT != UNBIND_PLUGGED
	wait_until_unreachable(q);
#endif
	vap_reset_wait(one(q));
	lock(config);
	printf("queue %d is unbound\n", q);
	check(!in(any(crycb), q) || !in(host_now, q), "I2: a guest still has it\n");
	owed = (MUTANT == UNBIND_FORGETS -> owed & ~one(q) : owed);
	vap_reset_forget(q);
	devices = devices & ~one(q);
	vap_settle_owners(one(q));
	unlock(config)
}
