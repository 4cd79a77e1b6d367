/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine - queues as the hardware has them, and who uses them
 *
 * "content" says whose secrets are in a queue.  TAPQ does not show it: a queue
 * whose replies were all fetched looks empty, and is not zeroized.
 */

inline vap_hw_tapq(q)
{
	if
	:: in(away, q) || !in(has, q)	-> answer = NOWHERE
	:: else ->
		if
		:: hw[q] == IDLE	-> answer = PURE
		:: hw[q] == FAILED	-> answer = ERROR
		:: else			-> answer = BUSY
		fi
	fi
}

/* A reset may be refused (busy) although nothing is seen to keep it. */
inline vap_hw_zapq(q)
{
	if
	:: in(away, q) || !in(has, q)	-> answer = NOWHERE
	:: else ->
		if
		:: hw[q] == ZEROIZING || hw[q] == RESETTING -> answer = BUSY
		:: else ->
			if
			:: answer = PURE; hw[q] = ZEROIZING;
				printf("engine: the machine accepts a ZAPQ of queue %d\n", q)
			:: may(faults) -> spend(faults); answer = BUSY
			fi
		fi
	fi
}

/* Resets end, or fail; or never end, as nobody has to take a step. */
proctype machine(byte q)
{
end:	do
#ifndef NEVER_ENDS
	:: d_step { hw[q] == ZEROIZING -> hw[q] = IDLE; content[q] = NOBODY;
		printf("machine: queue %d is zeroized\n", q) }
#endif
	:: d_step { hw[q] == RESETTING -> hw[q] = IDLE }
	:: atomic { hw[q] == ZEROIZING && may(faults) -> spend(faults);
		hw[q] = FAILED;
		printf("machine: the zeroize of queue %d fails\n", q) }
	od
}

/*
 * A card that goes, and a domain that is taken from the host, are reset by the
 * machine.  With -DKEEPS they keep what is in them.
 */
inline machine_resets(queues)
{
	i = 0;
	do
	:: i < QUEUES ->
		if
		:: in(queues, i) ->
			hw[i] = IDLE;
#ifndef KEEPS
			content[i] = NOBODY
#endif
		:: else
		fi;
		i++
	:: else -> break
	od;
	i = 0
}

/* Somebody pulls cards, and gives domains to this host and takes them back. */
proctype operator(byte q)
{
end:	do
	:: d_step { !in(away, q) && may(aways) ->
		spend(aways); away = away | card_of(q); machine_resets(card_of(q));
		printf("machine: the card of queue %d is gone\n", q) }
	:: d_step { in(away, q) -> away = away & ~card_of(q);
		printf("machine: the card of queue %d is back\n", q) }
	:: d_step { in(has, q) && may(plugs) ->
		spend(plugs); has = has & ~one(q); machine_resets(one(q));
		printf("machine: queue %d is taken from the host\n", q) }
	:: d_step { !in(has, q) -> has = has | one(q);
		printf("machine: queue %d is given to the host\n", q) }
	od
}

#define works(q)	(in(has, q) && !in(away, q) && hw[q] == IDLE)

/*
 * A CPU of a guest: it leaves its secrets, and resets the queue by itself.  The
 * machine interprets both, the driver sees nothing of it.
 */
proctype cpu(byte m; byte q)
{
end:	do
	:: atomic { in(crycb[m], q) && works(q) && content[q] != guest(m) ->
		printf("guest %d uses queue %d\n", m, q);
		check(content[q] == NOBODY, "I4, I7: somebody else's secrets are in it\n");
		content[q] = guest(m) }
	:: d_step { in(crycb[m], q) && works(q) && may(faults) ->
		spend(faults); hw[q] = RESETTING;
		printf("guest %d resets queue %d\n", m, q) }
	od
}

/* The host's own driver uses what is bound to it. */
proctype zcrypt(byte q)
{
end:	do
	:: atomic { drv[q] == ZCRYPT && works(q) && content[q] != HOST ->
		printf("the host uses queue %d\n", q);
		check(content[q] == NOBODY, "I4, I7: a guest's secrets are in it\n");
		content[q] = HOST }
	od
}
