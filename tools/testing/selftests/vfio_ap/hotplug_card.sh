#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# hotplug_card - adapters leave the machine and come back, mdevs follow
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
ALL="04.0004 04.0047 05.0004 05.0047"

guest_gets()
{
	settles guest_matrix "$1" lines $M/guest_matrix
}

present()
{
	if [ -e "$BUS/devices/$1" ]; then
		echo present
	else
		echo gone
	fi
}

it_starts_complete()
{
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),"
	guest_gets "$ALL"
}

an_adapter_that_leaves_takes_its_queues()
{
	expect_ok machine off 5
	expect_ok rescan
	settles card05 gone present card05
	settles 05.0047 gone present 05.0047
	guest_gets "04.0004 04.0047"
}

the_assignment_stays()
{
	same matrix "$(lines $M/matrix)" "$ALL"
	same card04 "$(present card04)" present
	expect_errno EBUSY wr $BUS/apmask +5
}

an_adapter_that_returns_is_given_back()
{
	expect_ok machine on 5
	expect_ok rescan
	settles card05 present present card05
	guest_gets "$ALL"
	same driver "$(queue_driver 05.0047)" vfio_ap
	same status "$(value $BUS/devices/05.0047/status)" assigned
}

unassigned_while_away_it_stays_away()
{
	expect_ok machine off 5
	expect_ok rescan
	guest_gets "04.0004 04.0047"
	expect_ok wr $M/unassign_adapter 5
	expect_ok machine on 5
	expect_ok rescan
	settles card05 present present card05
	settles bindings "12/12 (complete)" value $BUS/bindings
	same guest_matrix "$(lines $M/guest_matrix)" "04.0004 04.0047"
	expect_ok wr $M/assign_adapter 5
	guest_gets "$ALL"
}

a_domain_that_leaves_is_withheld_alone()
{
	expect_ok machine nodomain 0x47
	expect_ok rescan
	guest_gets "04.0004 05.0004"
	same matrix "$(lines $M/matrix)" "$ALL"
	expect_ok machine domain 0x47 both
	expect_ok rescan
	guest_gets "$ALL"
}

a_new_card_is_only_used_if_assigned()
{
	expect_ok wr $BUS/apmask -9
	expect_ok machine card 9 CEX8 A
	expect_ok rescan
	settles card09 present present card09
	same guest_matrix "$(lines $M/guest_matrix)" "$ALL"
	expect_ok wr $M/assign_adapter 9
	guest_gets "$ALL 09.0004 09.0047"
	expect_ok machine nocard 9
	expect_ok rescan
	settles card09 gone present card09
	guest_gets "$ALL"
	expect_ok wr $M/unassign_adapter 9
}

# config and chkstop are what the AP bus says of a card
state_of()
{
	cat $BUS/devices/card0"$1"/"$2"
}

a_deconfigured_adapter_stays_assigned()
{
	expect_ok machine standby 5
	expect_ok rescan
	settles config 0 state_of 5 config
	same matrix "$(lines $M/matrix)" "$ALL"
	expect_ok machine on 5
	expect_ok rescan
	settles config 1 state_of 5 config
	guest_gets "$ALL"
}

a_checkstopped_adapter_stays_assigned()
{
	expect_ok machine checkstop 5
	expect_ok rescan
	settles chkstop 1 state_of 5 chkstop
	same matrix "$(lines $M/matrix)" "$ALL"
	expect_ok machine on 5
	expect_ok rescan
	settles chkstop 0 state_of 5 chkstop
	guest_gets "$ALL"
}

begin
to_guests 4 5 > /dev/null
create $ONE > /dev/null
run_all it_starts_complete \
	an_adapter_that_leaves_takes_its_queues \
	the_assignment_stays \
	an_adapter_that_returns_is_given_back \
	unassigned_while_away_it_stays_away \
	a_domain_that_leaves_is_withheld_alone \
	a_new_card_is_only_used_if_assigned \
	a_deconfigured_adapter_stays_assigned \
	a_checkstopped_adapter_stays_assigned
