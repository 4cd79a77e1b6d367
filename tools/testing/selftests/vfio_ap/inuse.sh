#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# inuse - apmask and aqmask cannot take an assigned queue away
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE

# busy MASK VALUE: refused, and neither mask nor assignment has changed
busy()
{
	before=$(cat $BUS/apmask $BUS/aqmask $M/ap_config)
	expect_errno EBUSY wr $BUS/"$1" "$2"
	same masks "$(cat $BUS/apmask $BUS/aqmask $M/ap_config)" "$before"
}

an_assigned_adapter_stays()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 0x47),"
	busy apmask +4
	same driver "$(queue_driver 04.0047)" vfio_ap
	settles guest_matrix 04.0047 lines $M/guest_matrix
}

all_bits_at_once_are_refused_too()
{
	busy apmask +0-255
	busy apmask "$(mask 0 1 2 3 4)"
}

an_adapter_nobody_has_can_be_taken()
{
	expect_ok wr $BUS/apmask +5
	same driver "$(queue_driver 05.0047)" cex4queue
	expect_ok wr $BUS/apmask -5
	same driver "$(queue_driver 05.0047)" vfio_ap
}

an_adapter_without_domains_can_be_taken()
{
	expect_ok wr $M/ap_config "$(mask 4),,"
	expect_ok wr $BUS/apmask +4
	expect_ok wr $BUS/apmask -4
}

an_assigned_queue_that_is_not_there_stays()
{
	expect_ok wr $BUS/apmask -0x20
	expect_ok wr $M/ap_config "$(mask 0x20),$(mask 4),"
	busy apmask +0x20
	expect_ok wr $M/ap_config ,,
	expect_ok wr $BUS/apmask +0x20
}

an_assigned_domain_stays()
{
	expect_ok wr $BUS/aqmask -0xab
	expect_ok wr $M/ap_config "$(mask 6),$(mask 0xab),"
	busy aqmask +0xab
	same driver "$(queue_driver 06.00ab)" vfio_ap
}

after_unassign_they_can_be_taken()
{
	expect_ok wr $M/unassign_domain 0xab
	expect_ok wr $BUS/aqmask +0xab
	same driver "$(queue_driver 06.00ab)" cex4queue
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	busy apmask +4
	expect_ok wr $M/unassign_adapter 4
	expect_ok wr $BUS/apmask +4
	same driver "$(queue_driver 04.0004)" cex4queue
	expect_ok wr $BUS/apmask -4
}

after_remove_they_can_be_taken()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	busy apmask +4
	expect_ok remove $ONE
	expect_ok wr $BUS/apmask +4
	same driver "$(queue_driver 04.0004)" cex4queue
}

begin
to_guests 4 5 > /dev/null
create $ONE > /dev/null
run_all an_assigned_adapter_stays \
	all_bits_at_once_are_refused_too \
	an_adapter_nobody_has_can_be_taken \
	an_adapter_without_domains_can_be_taken \
	an_assigned_queue_that_is_not_there_stays \
	an_assigned_domain_stays \
	after_unassign_they_can_be_taken \
	after_remove_they_can_be_taken
