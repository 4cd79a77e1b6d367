#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# lasterror - who was refused can read why in `last_error'
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE

# says LINE: in last_error, and all of it
says()
{
	same last_error "$(lines $M/last_error)" "$1"
	same "lines of last_error" "$(wc -l < $M/last_error)" 1
}

# refused ERRNO FILE STRING LINE
refused()
{
	expect_errno "$1" wr $M/"$2" "$3"
	says "$1 $2 $4"
}

it_is_announced_and_empty()
{
	case " $(value $MATRIX/features) " in
	*" last_error "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
	same "bytes of last_error" "$(wc -c < $M/last_error)" 0
}

what_is_no_number()
{
	for file in adapter domain control_domain; do
		refused EINVAL assign_$file four not-a-number
		refused EINVAL unassign_$file "" not-a-number
		refused ERANGE assign_$file 0x10000000000000000 more-than-64-bits
	done
	refused EINVAL ap_config 0x10 not-three-masks
}

ids_that_the_machine_does_not_have()
{
	refused ENODEV assign_adapter 256 "adapter 100 not-on-this-machine"
	refused ENODEV unassign_domain 0x12345 \
		"domain 12345 not-on-this-machine"
	refused ENODEV assign_control_domain 0xffffffffffffffff \
		"control-domain ffffffffffffffff not-on-this-machine"
}

queues_of_another_mdev()
{
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 5),$(mask 4 5 6 0x47),"
	expect_ok wr $M/ap_config ",$(mask 5 6 0x47),"
	refused EADDRINUSE assign_adapter 5 \
		"queue 05.0005-0006,05.0047 assigned-to $TWO"
	refused EADDRINUSE ap_config "$(mask 4 5),$(mask 4),$(mask)" \
		"queue 05.0004 assigned-to $TWO"
	same "last_error of the owner" "$(lines $MATRIX/$TWO/last_error)" ""
}

queues_of_the_host()
{
	expect_ok wr $M/ap_config ",$(mask 4 5),"
	refused EADDRNOTAVAIL assign_adapter 6 \
		"queue 06.0004-0005 reserved-for-host"
	expect_ok wr $M/ap_config "$(mask 6 7),,"
	refused EADDRNOTAVAIL assign_domain 4 \
		"queue 06.0004,07.0004 reserved-for-host"
}

# The longest: as many queues as there is room for, and an owner.
a_long_list_ends_with_dots()
{
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 4 5),$(mask 1 3 5 7 9 11),"
	refused EADDRINUSE ap_config "$(mask 4 5),$(mask 1 3 5 7 9),$(mask 255)" \
		"queue 04.0001,04.0003,04.0005,04.0007,04.0009,05.0001,05.0003,... assigned-to $TWO"
}

what_succeeds_does_not_change_it()
{
	before=$(lines $M/last_error)
	expect_ok wr $M/ap_config "$(mask 4),$(mask 0x47),"
	expect_ok wr $M/unassign_adapter 4
	says "$before"
}

open_for_nobody()
{
	expect_ok wr $MATRIX/$TWO/ap_config ",,"
	guest_start $TWO || wrong "no guest: $answer"
	answers EINVAL alone $ONE
	says "EINVAL open no-kvm"
	guest_stop
}

# The first mdev's guest tries to get this one, too.
open_for_a_guest_that_has_one()
{
	guest_start $TWO || wrong "no guest: $answer"
	answers EPERM also $ONE
	says "EPERM open guest-already-has $TWO"
	same "last_error of the other" "$(lines $MATRIX/$TWO/last_error)" ""
	guest_stop
}

begin_guests
to_guests 4 5 > /dev/null
create $ONE > /dev/null
create $TWO > /dev/null
run_all it_is_announced_and_empty \
	what_is_no_number \
	ids_that_the_machine_does_not_have \
	queues_of_another_mdev \
	queues_of_the_host \
	a_long_list_ends_with_dots \
	what_succeeds_does_not_change_it \
	open_for_nobody \
	open_for_a_guest_that_has_one
