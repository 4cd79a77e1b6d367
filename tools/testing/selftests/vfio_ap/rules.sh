#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# rules - faults of the simulated machine that are told beforehand
#
# What a rule does to one instruction is shown in user space; here, that it
# happens to the driver and the bus at the right moment, and as often as said.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
FAULTS=${MACHINE%command}faults
QUEUE=04.0004

# left_over RULES: and no others
left_over()
{
	same "rules left" "$(lines $FAULTS)" "$1"
}

card_is()
{
	if [ -e "$BUS/devices/card$1" ]; then
		echo there
	else
		echo gone
	fi
}

# new_card RULES: its queues are not known to be clean, so they are zeroized
new_card()
{
	expect_ok machine nocard 4
	rescan
	settles card04 gone card_is 04
	expect_ok machine "card 4 CEX8 A 8; $1"
	settles driver vfio_ap queue_driver $QUEUE
}

what_was_told_can_be_read_and_taken_back()
{
	expect_ok machine "fault $QUEUE zapq at 99 times 4 rc 5; fault $QUEUE zapq rc 2"
	left_over "fault $QUEUE zapq at 99 times 4 rc 0x05 fault $QUEUE zapq rc 0x02"
	expect_ok machine nofault $QUEUE
	left_over ""
}

a_busy_queue_needs_as_many_zeroizes_as_told()
{
	new_card "fault $QUEUE zapq times 4 rc 5; fault $QUEUE zapq rc 2"
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	settles guest_matrix $QUEUE lines $M/guest_matrix
	left_over ""
	expect_ok wr $M/ap_config "$(mask),$(mask),"
}

# The bus is told, as if somebody had pulled it.
a_card_leaves_while_it_is_tested()
{
	expect_ok machine fault $QUEUE tapq do nocard 4
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	rescan
	settles "card04" gone card_is 04
	same guest_matrix "$(lines $M/guest_matrix)" .0004
	expect_ok machine card 4 CEX8 A 8
	settles guest_matrix $QUEUE lines $M/guest_matrix
	left_over ""
	expect_ok wr $M/ap_config "$(mask),$(mask),"
}

# What is not in QCI is gone from the bus, until it is asked again.
the_configuration_is_told_wrong_once()
{
	expect_ok machine fault qci without card 7
	rescan
	settles "card07" gone card_is 07
	left_over ""
	rescan
	settles "card07" there card_is 07
}

what_is_for_ever_ends_when_it_is_taken_back()
{
	new_card "fault $QUEUE zapq forever rc 5"
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	sleep 0.3
	same guest_matrix "$(lines $M/guest_matrix)" .0004
	left_over "fault $QUEUE zapq forever rc 0x05"
	expect_ok machine nofault
	left_over ""
	settles guest_matrix $QUEUE lines $M/guest_matrix
	expect_ok wr $M/ap_config "$(mask),$(mask),"
}

a_rule_that_makes_no_sense_is_refused()
{
	expect_errno EINVAL machine fault $QUEUE qci rc 5
	expect_errno EINVAL machine fault $QUEUE tapq late 5
	expect_errno EINVAL machine fault $QUEUE tapq do nothing 5
	expect_errno ENOENT machine fault 04.0005 tapq rc 5
	left_over ""
}

begin
trap 'machine nofault; clean > /dev/null' EXIT
to_guests 4 > /dev/null
create $ONE > /dev/null
run_all what_was_told_can_be_read_and_taken_back \
	a_busy_queue_needs_as_many_zeroizes_as_told \
	a_card_leaves_while_it_is_tested \
	the_configuration_is_told_wrong_once \
	what_is_for_ever_ends_when_it_is_taken_back \
	a_rule_that_makes_no_sense_is_refused
