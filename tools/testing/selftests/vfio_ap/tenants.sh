#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tenants - the machine saw nobody get what was another's
#
# The simulated machine remembers who sent every request and who used every
# queue last.  All scripts that ran before this one, guests among them, are
# what is judged here.
here=$(dirname "$0")
. "$here/lib/ktap.sh"

STATS=/sys/module/apsim/parameters/stats
[ -r $STATS ] || skip_all "only the simulated machine counts this"

count()
{
	sed -n "s/^$1 //p" $STATS
}

there_was_something_to_see()
{
	[ "$(count pqap2)" -gt 0 ] || wrong "no queue was ever zeroized"
	[ "$(count nqap)" -gt 0 ] || skip "nobody sent a request before this"
}

nobody_fetched_a_reply_of_another()
{
	same "foreign_replies" "$(count foreign_replies)" 0
}

nobody_used_a_queue_after_another_without_a_zeroize()
{
	same "unzeroized" "$(count unzeroized)" 0
}

every_byte_that_may_be_stored_was_held()
{
	same "unpinned" "$(count unpinned)" 0
}

nobody_reached_what_another_had_in_reach()
{
	same "shared" "$(count shared)" 0
}

every_subclass_that_may_be_used_was_registered()
{
	same "unregistered" "$(count unregistered)" 0
}

# A stand-in counts what KVM does, so somebody has to have done something.
masks_were_written()
{
	[ "$(count masks)" -gt 0 ] || skip "no guest had masks before this"
}

# No guest is left, so nobody is there to be interrupted.
no_queue_interrupts_a_guest()
{
	same "armed" "$(count armed)" 0
}

run_all there_was_something_to_see nobody_fetched_a_reply_of_another \
	nobody_used_a_queue_after_another_without_a_zeroize \
	nobody_reached_what_another_had_in_reach \
	every_byte_that_may_be_stored_was_held \
	every_subclass_that_may_be_used_was_registered \
	masks_were_written no_queue_interrupts_a_guest
