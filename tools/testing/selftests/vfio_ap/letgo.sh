#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# letgo - the AP bus keeps its hands off queues that vfio_ap has
#
# The bus resets queues that one of its scans has found, and enables interrupts
# for the host: at first sight, and whenever the adapter comes back.  It asks
# every 40 ms how that goes.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
STATS=/sys/module/apsim/parameters/stats
NEW="09.0004 09.0047"

# RAPQs since the machine was made: the driver itself only uses ZAPQ
resets_by_the_bus()
{
	sed -n 's/^pqap1 //p' $STATS
}

no_interrupts()
{
	sleep 0.5
	for queue in $NEW; do
		case $(value "$BUS/devices/$queue/interrupt") in
		*disabled*) ;;
		*) wrong "the bus has interrupts enabled for $queue" ;;
		esac
	done
}

# away STATE: the adapter is in it, and comes back
away()
{
	expect_ok machine "$1" 9
	expect_ok rescan
	expect_ok machine on 9
	expect_ok rescan
}

nothing_is_done_to_it_when_it_leaves()
{
	before=$(resets_by_the_bus)
	away "$1"
	no_interrupts
	same "resets by the bus" "$(resets_by_the_bus)" "$before"
	settles guest_matrix "$NEW" lines $M/guest_matrix
}

a_new_queue_has_no_interrupts()
{
	expect_ok machine card 9 CEX8 A
	expect_ok rescan
	settles guest_matrix "$NEW" lines $M/guest_matrix
	no_interrupts
	same guest_matrix "$(lines $M/guest_matrix)" "$NEW"
	same driver "$(queue_driver 09.00ab)" vfio_ap
}

it_is_left_alone_after_standby()
{
	nothing_is_done_to_it_when_it_leaves standby
}

it_is_left_alone_after_a_checkstop()
{
	nothing_is_done_to_it_when_it_leaves checkstop
}

so_are_queues_that_were_unbound_by_hand()
{
	expect_ok wr $BUS/drivers/vfio_ap/unbind 09.0004
	expect_ok wr $BUS/drivers/vfio_ap/bind 09.0004
	nothing_is_done_to_it_when_it_leaves standby
}

# A device of the same name that is made anew is new to the bus, too.
so_are_queues_whose_adapter_is_plugged_again()
{
	expect_ok machine nocard 9
	expect_ok rescan
	a_new_queue_has_no_interrupts
	nothing_is_done_to_it_when_it_leaves standby
}

# What is not vfio_ap's is the bus's to reset, else this shows nothing.
the_hosts_queues_are_not()
{
	before=$(resets_by_the_bus)
	expect_ok machine standby 7
	expect_ok rescan
	expect_ok machine on 7
	expect_ok rescan
	sleep 0.5
	[ "$(resets_by_the_bus)" -gt "$before" ] ||
		wrong "the bus resets no queue at all"
}

# A queue that has gone round is being zeroized, and worth waiting for.
a_write_waits_for_a_queue_that_went_round()
{
	expect_ok wr $M/unassign_adapter 9
	expect_ok machine nocard 9
	expect_ok rescan
	expect_ok machine reset 1000000
	expect_ok machine card 9 CEX8 A
	expect_ok rescan
	sleep 0.5
	read -r began rest < /proc/uptime
	expect_ok wr $M/assign_adapter 9
	read -r ended rest < /proc/uptime
	[ $((${ended%.*} - ${began%.*})) -lt 8 ] ||
		wrong "it took from $began until $ended"
	same guest_matrix "$(lines $M/guest_matrix)" "$NEW"
	expect_ok machine reset 1000
}

begin
wr $BUS/apmask -9 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 9),$(mask 4 0x47)," > /dev/null
run_all a_new_queue_has_no_interrupts \
	it_is_left_alone_after_standby \
	it_is_left_alone_after_a_checkstop \
	so_are_queues_that_were_unbound_by_hand \
	so_are_queues_whose_adapter_is_plugged_again \
	the_hosts_queues_are_not \
	a_write_waits_for_a_queue_that_went_round
