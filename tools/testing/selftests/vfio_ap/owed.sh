#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# owed - the host does not get what a guest has used before it is zeroized
#
# The queue's ZAPQ finds it busy for as long as the machine is told so.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

DRIVER=$BUS/drivers/vfio_ap
QUEUE=04.0004
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms

undo()
{
	guest_kill
	machine inject $QUEUE 2 0 0
	wr $DRIVER/bind $QUEUE
	settles status unassigned value $BUS/devices/$QUEUE/status
	wr $PATIENCE "$patience"
}

busy()
{
	expect_ok machine inject $QUEUE 2 5 0xffffffff
}

idle()
{
	expect_ok machine inject $QUEUE 2 0 0
}

# used: a guest has left something on the queue, and it cannot be zeroized
used()
{
	[ -d $MATRIX/$ONE ] || expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$(mask 4),$(mask 4 0x47),"
	settles guest_matrix "04.0004 04.0047" lines $MATRIX/$ONE/guest_matrix
	guest_start $ONE > /dev/null || wrong "no guest"
	answers 00 nqap $QUEUE 5
	busy
}

the_host_does_not_get_it()
{
	expect_errno EBUSY wr $BUS/apmask +4
	expect_errno EBUSY wr $BUS/apmask +0-255
}

# Whoever has no queue in common with it does.
the_host_gets_the_rest()
{
	expect_ok wr $BUS/apmask +5
	expect_ok wr $BUS/apmask -5
}

# Bound, idle and looked at: then the host can have it, and vfio_ap again.
it_is_over_with_a_proof()
{
	idle
	settles "the host" "" wr $BUS/apmask +4
	same driver "$(queue_driver $QUEUE)" cex4queue
	expect_ok wr $BUS/apmask -4
	settles status unassigned value $BUS/devices/$QUEUE/status
}

after_close_and_unassign()
{
	used
	guest_stop
	expect_ok wr $MATRIX/$ONE/ap_config ,,
	the_host_does_not_get_it
	the_host_gets_the_rest
	it_is_over_with_a_proof
}

unassigned_from_a_running_guest()
{
	used
	expect_ok wr $MATRIX/$ONE/unassign_adapter 4
	answers "" queues
	the_host_does_not_get_it
	it_is_over_with_a_proof
	guest_stop
}

after_the_mdev_is_gone()
{
	used
	guest_stop
	expect_ok remove $ONE
	the_host_does_not_get_it
	it_is_over_with_a_proof
}

unbound()
{
	used
	expect_ok wr $DRIVER/unbind $QUEUE
	answers "" queues
	guest_stop
	expect_ok wr $MATRIX/$ONE/ap_config ,,
	the_host_does_not_get_it
	expect_ok wr $DRIVER/bind $QUEUE
	the_host_does_not_get_it
	it_is_over_with_a_proof
}

after_its_adapter_went()
{
	used
	expect_ok machine off 4
	settles driver none queue_driver $QUEUE
	guest_stop
	expect_ok wr $MATRIX/$ONE/ap_config ,,
	the_host_does_not_get_it
	expect_ok machine on 4
	settles driver vfio_ap queue_driver $QUEUE
	the_host_does_not_get_it
	it_is_over_with_a_proof
}

# The other mask does not give it to the host either.
given_up_by_its_domain()
{
	expect_ok wr $BUS/aqmask -4
	expect_ok wr $BUS/aqmask -0x47
	expect_ok wr $BUS/apmask +4
	used
	guest_stop
	expect_ok wr $MATRIX/$ONE/ap_config ,,
	expect_errno EBUSY wr $BUS/aqmask +4
	expect_errno EBUSY wr $BUS/aqmask +0-255
	expect_ok wr $BUS/aqmask +0x47
	idle
	settles "the host" "" wr $BUS/aqmask +4
	same driver "$(queue_driver $QUEUE)" cex4queue
	expect_ok wr $BUS/apmask -4
	settles status unassigned value $BUS/devices/$QUEUE/status
}

# It may be assigned to somebody else, who gets it when it is clean.
another_mdev_waits_for_it()
{
	used
	guest_stop
	expect_ok wr $MATRIX/$ONE/ap_config ,,
	expect_ok create $TWO
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 4),$(mask 4),"
	same guest_matrix "$(lines $MATRIX/$TWO/guest_matrix)" .0004
	same withheld "$(value $MATRIX/$TWO/withheld)" "queue 04.0004 quarantined"
	guest_start $TWO > /dev/null || wrong "no guest"
	answers "" queues
	answers 01 tapq $QUEUE
	idle
	guest_gets $QUEUE
	answers 10 dqap $QUEUE
	guest_stop
	expect_ok remove $TWO
	expect_ok wr $BUS/apmask +4
	expect_ok wr $BUS/apmask -4
}

# What no guest had is the host's for the asking.
never_used_it_is_not_owed()
{
	busy
	expect_ok wr $DRIVER/unbind $QUEUE
	expect_ok wr $DRIVER/bind $QUEUE
	expect_ok wr $BUS/apmask +4
	same driver "$(queue_driver $QUEUE)" cex4queue
	expect_ok wr $BUS/apmask -4
	idle
}

patience=$(value $PATIENCE)
begin_guests undo
wr $PATIENCE 200 > /dev/null
to_guests 4 5 > /dev/null
run_all after_close_and_unassign \
	unassigned_from_a_running_guest \
	after_the_mdev_is_gone \
	unbound \
	after_its_adapter_went \
	given_up_by_its_domain \
	another_mdev_waits_for_it \
	never_used_it_is_not_owed
