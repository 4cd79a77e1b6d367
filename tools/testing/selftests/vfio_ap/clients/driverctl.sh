#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# driverctl - an administrator gives single queues to guests, now and at boot
#
# Of adapter 5 only 05.0004 is steered; masks are not touched, and may not be.
here=$(dirname "$0")
. "$here/lib/clients.sh"

M=$MATRIX/$ONE
STORE=/etc/driverctl.d
STORED=$STORE/ap-05.0004

ctl()
{
	driverctl -b ap "$@"
}

# steered QUEUE DRIVER: that is whose it is
steered()
{
	same "driver of $1" "$(queue_driver "$1")" "$2"
}

an_override_moves_one_queue()
{
	does ctl set-override 05.0004 vfio_ap
	steered 05.0004 vfio_ap
	steered 05.0047 cex4queue
	steered 04.0004 cex4queue
	same assignable "$(lines $MATRIX/assignable)" "05 0004"
}

a_guest_may_have_it()
{
	expect_ok create $ONE
	expect_ok wr $M/assign_adapter 5
	expect_ok wr $M/assign_domain 4
	settles guest_matrix 05.0004 lines $M/guest_matrix
	expect_errno EADDRNOTAVAIL wr $M/assign_domain 0x47
}

masks_are_refused_meanwhile()
{
	expect_errno EINVAL wr $BUS/apmask -6
	steered 06.0004 cex4queue
}

it_is_kept_for_the_next_boot()
{
	same "what is kept" "$(cat $STORED)" vfio_ap
	expect_ok remove $ONE
	does ctl --nosave unset-override 05.0004
	steered 05.0004 cex4queue
	does ctl load-override 05.0004
	steered 05.0004 vfio_ap
}

the_host_gets_it_back()
{
	does ctl unset-override 05.0004
	steered 05.0004 cex4queue
	[ ! -e $STORED ] || wrong "it is still kept: $(cat $STORED)"
}

# Its own mistake: it unbinds first, and does not look whether the kernel took the
# override.  The old driver gets the queue again, so nothing is lost.
with_masks_in_use_it_fails_and_does_not_say_so()
{
	expect_ok wr $BUS/apmask -6
	does ctl set-override 05.0004 vfio_ap
	steered 05.0004 cex4queue
	same "what is kept" "$(cat $STORED)" vfio_ap
	rm -f $STORED
	expect_ok wr $BUS/apmask +6
}

begin_clients
[ -e $BUS/devices/05.0004/driver_override ] ||
	skip_all "this kernel has no driver_override for queues"
run_timed an_override_moves_one_queue \
	a_guest_may_have_it \
	masks_are_refused_meanwhile \
	it_is_kept_for_the_next_boot \
	the_host_gets_it_back \
	with_masks_in_use_it_fails_and_does_not_say_so
