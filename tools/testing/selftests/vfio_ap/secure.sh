#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# secure - queues that a guest in Secure Execution has bound, or tried to
#
# The Ultravisor is not there; what it would do to a queue, the machine does.  A
# queue with a binding is not clean, however empty it is, and how long it takes to
# be rid of it is not known.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
OTHER=$MATRIX/$TWO
DRIVER=$BUS/drivers/vfio_ap
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms
QUEUE=04.0004

undo()
{
	machine unbind 0
	machine bound $QUEUE 0
	machine async $QUEUE 0
	wr $PATIENCE "$patience"
}

# Of the first mdev, clean, and no guest.
anew()
{
	wr $OTHER/ap_config ,, > /dev/null
	wr $M/ap_config "$(mask 4),$(mask 4)," > /dev/null
	settles guest_matrix $QUEUE lines $M/guest_matrix
}

# It was clean, but that is not all that counts at the moment it enters.
a_binding_ends_before_a_guest_comes()
{
	anew
	expect_ok machine bound $QUEUE 2
	before=$(counter pqap2)
	guest_start $ONE
	guest_gets $QUEUE
	[ $(($(counter pqap2) - before)) -ge 2 ] ||
		wrong "there was no second ZAPQ"
	answers 00 tapq $QUEUE
	guest_stop
}

it_ends_when_the_guest_goes()
{
	for bs in 1 2 3; do
		anew
		guest_start $ONE
		guest_has $QUEUE
		answers 00 nqap $QUEUE 3
		expect_ok machine bound $QUEUE $bs
		expect_ok wr $M/unassign_adapter 4
		expect_ok wr $OTHER/ap_config "$(mask 4),$(mask 4),"
		settles "the other's" $QUEUE lines $OTHER/guest_matrix
		guest_stop
	done
	second guest_start $TWO
	second answers 10 dqap $QUEUE
	second guest_stop
}

# As long as it takes: the write comes back, the reason can be seen.
unbinding_may_take_long()
{
	anew
	expect_ok machine unbind 60000000
	expect_ok machine bound $QUEUE 1
	expect_ok wr $PATIENCE 300
	expect_ok wr $DRIVER/unbind $QUEUE
	expect_ok wr $DRIVER/bind $QUEUE
	settles withheld "queue $QUEUE quarantined" lines $M/withheld
	dmesg | grep -q "$QUEUE quarantined: .*response code 0a" ||
		wrong "the log does not say why"
	expect_ok machine unbind 0
	settles guest_matrix $QUEUE lines $M/guest_matrix
	same withheld "$(lines $M/withheld)" ""
	wr $PATIENCE "$patience" > /dev/null
}

# Bound to another configuration (09), or not bound although it has to be (0b).
others_codes_are_waited_for()
{
	for rc in 09 0b; do
		anew
		expect_ok wr $M/ap_config ,,
		expect_ok machine inject $QUEUE 0 0x$rc 3
		expect_ok machine inject $QUEUE 2 0x$rc 3
		expect_ok wr $DRIVER/unbind $QUEUE
		expect_ok wr $DRIVER/bind $QUEUE
		expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
		settles guest_matrix $QUEUE lines $M/guest_matrix
		expect_ok machine inject $QUEUE 0 0 0
		expect_ok machine inject $QUEUE 2 0 0
	done
}

# Only a reset ends that, so interrupts cannot be turned off before.
a_failed_association_ends_with_the_guest()
{
	for rc in 35 36; do
		anew
		guest_start $ONE
		guest_has $QUEUE
		answers 00 arm $QUEUE
		expect_ok machine async $QUEUE 0x$rc
		answers $rc tapq $QUEUE
		answers $rc disarm $QUEUE
		same "armed queues" "$(counter armed)" 1
		expect_ok wr $M/unassign_adapter 4
		expect_ok wr $OTHER/ap_config "$(mask 4),$(mask 4),"
		settles "the other's" $QUEUE lines $OTHER/guest_matrix
		same "armed queues" "$(counter armed)" 0
		guest_stop
	done
}

patience=$(value $PATIENCE)
begin_guests undo
to_guests 4 > /dev/null
create $ONE > /dev/null
create $TWO > /dev/null
run_all a_binding_ends_before_a_guest_comes \
	it_ends_when_the_guest_goes \
	unbinding_may_take_long \
	others_codes_are_waited_for \
	a_failed_association_ends_with_the_guest
