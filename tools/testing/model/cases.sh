# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# cases - what is checked: configurations of the model, and mutations of it
#
# A configuration says who there is, and how often each of them acts (255: for
# ever).  Large ones are for the model as it is; in small ones mutations are
# looked for, and it has to hold there, too.

declare -A config_of mutant_of sentence_of
configs=() mutants=()

config()
{
	configs+=("$1")
	sentence_of[$1]=$2
	config_of[$1]=$3
}

mutant()
{
	mutants+=("$1")
	mutant_of[$1]=$2
	sentence_of[$1]=$3
}

# Those who wait for a reset may give up at any time, and a reset may be late.
any='OWN_LIMIT LATES=1'

config host "one guest, the host's masks, unbind, resets that fail, cards that go" \
	"$any GUESTS=1 EDITS=255 OPENS=255 CLAIMS=255 REBINDS=255 HOLDS=255 FAULTS=255 RESETS=255 AWAYS=255"
config plug "one guest, domains that come and go under it" \
	"$any GUESTS=1 EDITS=255 OPENS=255 HOLDS=255 PLUGS=255"
config guests "two guests and the host" \
	"$any EDITS=255 OPENS=255 CLAIMS=255"
config holders "two guests whose user space keeps their locks" \
	"$any EDITS=255 OPENS=255 HOLDS=1"
config faulty "two guests, resets that fail or end while the card is away" \
	"$any EDITS=255 OPENS=255 FAULTS=255 AWAYS=255"
config removed "two guests whose devices are removed" \
	"$any EDITS=255 OPENS=255 REMOVES=255"
config card "two queues of one card, one guest" \
	"$any QUEUES=2 ONE_CARD GUESTS=1 EDITS=255 OPENS=255 HOLDS=255"
config pair "two queues of one card, two guests" \
	"$any QUEUES=2 ONE_CARD EDITS=2 OPENS=2"
config cards "two queues of two cards, two guests" \
	"$any QUEUES=2 EDITS=2 OPENS=2"

config small "as host, a few times each" \
	"$any GUESTS=1 EDITS=2 OPENS=2 CLAIMS=2 REBINDS=1 FAULTS=1"
config pulled "a card goes, a few times each" \
	"$any GUESTS=1 EDITS=2 OPENS=2 RESETS=1 AWAYS=2"
config two "two guests, a few times each" "$any EDITS=2 OPENS=2 HOLDS=1 REMOVES=1"
config hot "as plug, a few times each" \
	"$any GUESTS=1 EDITS=2 OPENS=1 HOLDS=1 PLUGS=2"
config rest "everybody comes to rest: no deadlock" \
	"FINE LATES=1 GUESTS=1 EDITS=2 OPENS=1 HOLDS=1 CLAIMS=2"
config given "L1: what is assigned and bound is plugged in the end" \
	"LIVENESS L1 EDITS=2 OPENS=2 CLOSES=1 HOLDS=1"
config rebound "L1: also after it was the host's, or unbound" \
	"LIVENESS L1 GUESTS=1 EDITS=1 OPENS=1 CLOSES=0 CLAIMS=2 REBINDS=2 FAULTS=1"
config back "L1: also after its domain or its card was away" \
	"LIVENESS L1 GUESTS=1 EDITS=1 OPENS=1 CLOSES=0 AWAYS=1 PLUGS=1"
config closed "L2: close ends although no reset ever does" \
	"LIVENESS L2 NEVER_ENDS EDITS=2 OPENS=2 HOLDS=1"
config gone "L4: removing a device ends although no reset ever does" \
	"LIVENESS L4 NEVER_ENDS GUESTS=1 EDITS=2 OPENS=2 HOLDS=1 REMOVES=2"

mutant CLEAN_UNPROVEN small "a queue that leaves is called clean without a zeroize"
mutant ACCEPTED small "a ZAPQ that is accepted is taken for its end"
mutant ANY_RESET small "the end of the guest's own reset is taken for that of a ZAPQ"
mutant LATE_PROVES small "a queue that takes too long is given away"
mutant AWAY_PROVES pulled "a queue whose card is away is called clean, though a guest has it"
mutant STALE_PROOF hot "a proof is told of a queue that a guest can reach (no table \"used\")"
mutant ENTER_CLEAN small "a queue that enters a guest is still called clean"
mutant ENTER_NOT_OWED small "a queue that enters a guest is not owed to the host"
mutant RESET_FIRST small "a queue that leaves is zeroized before the masks are off"
mutant LET_GO_EARLY two "a queue is let go although the guest's lock keeps its masks on"
mutant WORK_AFTER_CLOSE two "the worker does not look whether the guest has gone meanwhile"
mutant REMOVE_RETURNS two "a device that is being removed gets its queues back"
mutant VETO_ASSIGNED small "the veto forgets what is owed"
mutant UNBIND_FORGETS small "a queue that is unbound is not owed any more"
mutant UNBIND_PLUGGED small "a queue is unbound with the masks on"
mutant BIND_CLEAN small "a queue that was just bound is called clean"
mutant EDIT_RACE two "all locks are let go between the check for conflicts and the commit"
mutant EDIT_UNFROZEN small "an edit does not freeze the bus's masks"
mutant LOCK_ORDER rest "settle waits for the guest's lock with vap.config held"
mutant WAIT_LOCKED rest "close waits for resets with vap.config held"
mutant SETTLE_LOST given "what the guest's lock postpones is forgotten"
mutant PROVEN_UNTOLD given "nobody settles when a reset ends"
mutant BIND_NO_RESET rebound "nobody settles, nor resets, when a queue is bound"
mutant SCAN_UNTOLD back "nobody settles when a scan is over"
mutant WAIT_PROOF closed "close waits until its queues are proven clean"
mutant WAIT_GONE gone "removing waits until its queues are proven clean"
