#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# template - how a test is written, shown by one that is true
#
# Copy it.  The first line of this comment is "NAME - what is so": a sentence that
# the driver can break.  What has to be explained about the situation comes here.
# The words (wr, settles, machine, ...) are in lib/ktap.sh, lib/ap.sh and
# lib/guest.sh, and in tables in Documentation/driver-api/vfio-ap/testing.rst.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE			# the mediated device of this test
Q=$BUS/devices/04.0004		# and its queue

# Each case begins with the same world, so that it can run alone, and a case that
# fails does not take the next ones with it.
anew()
{
	machine inject 04.0004 2 0 0
	wr $M/ap_config "$(mask 4),$(mask 4)," > /dev/null
	settles guest_matrix 04.0004 lines $M/guest_matrix
}

# A case is a function, and its name is what it shows.  Say what should be, with
# the whole value: a test that looks for a part of it misses what else is there.
a_queue_that_nobody_uses_is_clean()
{
	anew
	same reset_state "$(value $Q/reset_state)" clean
	same status "$(value $Q/status)" assigned
	same withheld "$(lines $M/withheld)" ""
}

# Errors: which errno, and that nothing has changed.
a_write_that_is_refused_changes_nothing()
{
	anew
	before=$(config $ONE)
	expect_errno ENODEV wr $M/assign_domain 256
	same config "$(config $ONE)" "$before"
	same last_error "$(lines $M/last_error)" \
	     "ENODEV assign_domain domain 0100 not-on-this-machine"
}

# Have the machine misbehave, that is what it is for: here the next two ZAPQs
# (function 2) find the queue busy (code 5).  What takes time is waited for with
# settles, never with sleep.  Ask the machine, too, what really happened.
a_queue_that_was_busy_is_zeroized_in_the_end()
{
	anew
	zapqs=$(counter pqap2)
	guest_start $ONE || wrong "no guest: $answer"
	same "with a guest" "$(value $Q/reset_state)" used
	expect_ok machine inject 04.0004 2 5 2
	guest_stop
	settles reset_state clean value $Q/reset_state
	same reset_rc "$(value $Q/reset_rc)" 05
	same ZAPQs $(($(counter pqap2) - zapqs)) 3
}

# What this script did to the machine, and begin does not undo.  It is called at
# the end, also if a case has failed or somebody interrupts.
undo()
{
	machine inject 04.0004 2 0 0
}

# Preconditions: without a simulated machine everything is skipped, without a
# driver on one the script bails out.
begin_guests undo
to_guests 4 > /dev/null
create $ONE > /dev/null || bail "no mediated device"

# Last, break the driver and see each case fail: that is the test of the test.
# For this script: return 0 from refuse_range(), or have let_go() reset nothing.
run_all a_queue_that_nobody_uses_is_clean \
	a_write_that_is_refused_changes_nothing \
	a_queue_that_was_busy_is_zeroized_in_the_end
