#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# remove - mdevs and the module go, and leave everything usable behind
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

removing_frees_the_queues()
{
	expect_ok create $ONE
	expect_ok create $TWO
	expect_ok wr $MATRIX/$ONE/ap_config "$(mask 4),$(mask 4),"
	expect_errno EADDRINUSE \
		wr $MATRIX/$TWO/ap_config "$(mask 4),$(mask 4),"
	expect_ok remove $ONE
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 4),$(mask 4),"
	settles guest_matrix 04.0004 lines $MATRIX/$TWO/guest_matrix
	expect_ok remove $TWO
	same status "$(value $BUS/devices/04.0004/status)" unassigned
}

a_uuid_can_be_used_again()
{
	for round in 1 2 3; do
		expect_ok create $ONE
		same "matrix, round $round" "$(lines $MATRIX/$ONE/matrix)" ""
		expect_ok wr $MATRIX/$ONE/ap_config "$(mask 5),$(mask 4),"
		expect_ok remove $ONE
	done
}

zero_does_not_remove()
{
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/remove 0
	[ -d $MATRIX/$ONE ] || wrong "it is gone"
	expect_errno EINVAL wr $MATRIX/$ONE/remove yes
	[ -d $MATRIX/$ONE ] || wrong "it is gone"
	expect_ok remove $ONE
}

many_can_be_there_at_once()
{
	for n in 10 11 12 13 14 15 16 17; do
		expect_ok create ${ONE%??}$n
		expect_ok wr $MATRIX/${ONE%??}$n/assign_domain $n
	done
	for n in 13 10 17 11 15 12 16 14; do
		same matrix "$(lines $MATRIX/${ONE%??}$n/matrix)" \
		     "$(printf .%04x $n)"
		expect_ok remove ${ONE%??}$n
	done
	same instances "$(value $TYPE/available_instances)" 65536
}

the_module_unloads_with_mdevs_and_loads_again()
{
	if ! can_load; then
		skip "nobody knows where vfio_ap.ko is"
		return
	fi
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$(mask 4),$(mask 4),$(mask 4)"
	expect_ok rmmod vfio_ap
	[ ! -e /sys/devices/vfio_ap ] || wrong "the matrix device is there"
	[ ! -e $BUS/drivers/vfio_ap ] || wrong "the AP driver is there"
	[ ! -e /sys/bus/mdev/devices/$ONE ] || wrong "the mdev is there"
	same driver "$(queue_driver 04.0004)" none
	expect_ok load
	settles driver vfio_ap queue_driver 04.0004
	same instances "$(value $TYPE/available_instances)" 65536
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$(mask 4),$(mask 4),"
	settles guest_matrix 04.0004 lines $MATRIX/$ONE/guest_matrix
	expect_ok remove $ONE
}

begin
to_guests 4 5 > /dev/null
run_all removing_frees_the_queues \
	a_uuid_can_be_used_again \
	zero_does_not_remove \
	many_can_be_there_at_once \
	the_module_unloads_with_mdevs_and_loads_again
