#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# masks - apmask and aqmask give queues up, and vfio_ap takes them
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

drivers_are()
{
	want=$1
	shift
	for queue; do
		same "driver of $queue" "$(queue_driver "$queue")" "$want"
	done
}

apmask_gives_an_adapter_up()
{
	expect_ok wr $BUS/apmask -4
	drivers_are vfio_ap 04.0004 04.0047 04.00ab
	drivers_are cex4queue 05.0004 06.0047 07.00ab
}

status_of_a_queue_says_unassigned()
{
	same status "$(value $BUS/devices/04.0047/status)" unassigned
	same "mode of status" "$(stat -c %a $BUS/devices/04.0047/status)" 444
}

status_follows_the_assignment()
{
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/assign_adapter 4
	same "with an adapter" "$(value $BUS/devices/04.0047/status)" unassigned
	expect_ok wr $MATRIX/$ONE/assign_domain 0x47
	same "with a domain" "$(value $BUS/devices/04.0047/status)" assigned
	same "its neighbour" "$(value $BUS/devices/04.0004/status)" unassigned
	expect_ok remove $ONE
	same "afterwards" "$(value $BUS/devices/04.0047/status)" unassigned
}

apmask_takes_an_adapter_back()
{
	expect_ok wr $BUS/apmask +4
	drivers_are cex4queue 04.0004 04.0047 04.00ab
	[ ! -e $BUS/devices/04.0047/status ] ||
		wrong "status is still there"
}

aqmask_gives_a_domain_up_on_all_adapters()
{
	expect_ok wr $BUS/aqmask -0x47
	drivers_are vfio_ap 04.0047 05.0047 06.0047 07.0047
	drivers_are cex4queue 04.0004 05.00ab
	expect_ok wr $BUS/aqmask +0x47
	drivers_are cex4queue 04.0047 05.0047 06.0047 07.0047
}

both_masks_add_up()
{
	expect_ok wr $BUS/apmask -5
	expect_ok wr $BUS/aqmask -0xab
	drivers_are vfio_ap 05.0004 05.0047 05.00ab 04.00ab
	drivers_are cex4queue 04.0004
	expect_ok to_host
	drivers_are cex4queue 05.0004 05.0047 05.00ab 04.00ab
}

every_type_and_mode_is_taken()
{
	expect_ok to_guests 4 5 6 7
	for queue in "$BUS"/devices/*.*; do
		drivers_are vfio_ap "${queue##*/}"
	done
	expect_ok to_host
}

unbind_and_bind_by_hand_work()
{
	expect_ok wr $BUS/apmask -4
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.0047
	drivers_are none 04.0047
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.0047
	drivers_are vfio_ap 04.0047
	same status "$(value $BUS/devices/04.0047/status)" unassigned
	expect_ok to_host
}

vfio_ap_is_not_given_a_host_queue()
{
	expect_ok wr $BUS/drivers/cex4queue/unbind 05.0047
	wr $BUS/drivers/vfio_ap/bind 05.0047 > /dev/null &&
		wrong "bind succeeded"
	expect_ok wr $BUS/drivers/cex4queue/bind 05.0047
	drivers_are cex4queue 05.0047
}

begin
run_all apmask_gives_an_adapter_up \
	status_of_a_queue_says_unassigned \
	status_follows_the_assignment \
	apmask_takes_an_adapter_back \
	aqmask_gives_a_domain_up_on_all_adapters \
	both_masks_add_up \
	every_type_and_mode_is_taken \
	unbind_and_bind_by_hand_work \
	vfio_ap_is_not_given_a_host_queue
