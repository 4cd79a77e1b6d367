#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# notify - what changes is told once, and what does not is not told
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"
. "$here/lib/heard.sh"

M=$MATRIX/$ONE
DRIVER=$BUS/drivers/vfio_ap
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms
ALL="04.0004 05.0004"

# What other cases leave behind is none of this one's business.
anew()
{
	wr $M/ap_config "$(mask 4 5),$(mask 4),$(mask 4)" > /dev/null
	settles guest_matrix "$ALL" lines $M/guest_matrix
	heard_until_mark $ONE
}

it_is_announced()
{
	case " $(value $MATRIX/features) " in
	*" notify "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
}

an_assignment_is_one_event()
{
	anew
	expect_ok wr $M/assign_domain 0xab
	tells $ONE "ap_config guest_config"
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),$(mask 4)"
	tells $ONE "ap_config guest_config"
	expect_ok wr $M/assign_control_domain 0x47
	tells $ONE "ap_config guest_config"
	expect_ok wr $M/unassign_adapter 5
	tells $ONE "ap_config guest_config"
}

what_the_host_does_not_have_is_withheld()
{
	anew
	expect_ok wr $M/assign_control_domain 9
	tells $ONE "ap_config withheld"
	expect_ok wr $M/unassign_control_domain 9
	tells $ONE "ap_config withheld"
}

what_changes_nothing_is_no_event()
{
	anew
	expect_ok wr $M/assign_domain 4
	expect_ok wr $M/unassign_domain 5
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 6
	expect_errno EINVAL wr $M/assign_adapter six
	lines $M/withheld > /dev/null
	tells $ONE ""
}

others_hear_nothing_of_it()
{
	anew
	heard_until_mark $TWO
	expect_ok wr $M/assign_domain 0xab
	expect_ok wr $DRIVER/unbind 04.0004
	expect_ok wr $DRIVER/bind 04.0004
	tells $TWO ""
}

a_guest_comes_and_goes()
{
	wr $M/ap_config "$(mask 4),$(mask 4),$(mask 4)" > /dev/null
	settles guest_matrix 04.0004 lines $M/guest_matrix
	heard_until_mark $ONE
	guest_start $ONE || wrong "no guest: $answer"
	tells $ONE guest
	guest_stop
	settles guest_matrix 04.0004 lines $M/guest_matrix
	tells $ONE "guest_config withheld guest, guest_config withheld"
}

a_guests_queues_change()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	tells $ONE guest
	forget
	expect_ok wr $M/assign_domain 0xab
	changes 1
	tells $ONE "ap_config guest_config"
	expect_ok wr $M/unassign_domain 0xab
	changes 1
	tells $ONE "ap_config guest_config"
	expect_ok wr $DRIVER/unbind 05.0004
	changes 1
	tells $ONE "guest_config withheld"
	expect_ok wr $DRIVER/bind 05.0004
	settles withheld "" lines $M/withheld
	changes 1
	tells $ONE "withheld, guest_config withheld"
	guest_stop
}

a_queue_comes_and_goes()
{
	anew
	expect_ok wr $DRIVER/unbind 05.0004
	tells $ONE "guest_config withheld"
	expect_ok wr $DRIVER/bind 05.0004
	settles withheld "" lines $M/withheld
	tells $ONE "withheld, guest_config withheld"
}

# Not bound, resetting, quarantined, and all is well.
a_reset_that_takes_too_long()
{
	anew
	expect_ok wr $PATIENCE 300
	expect_ok machine reset 60000000
	expect_ok wr $DRIVER/unbind 05.0004
	expect_ok wr $DRIVER/bind 05.0004
	settles withheld "queue 05.0004 quarantined" lines $M/withheld
	expect_ok machine reset 1000
	settles withheld "" lines $M/withheld
	tells $ONE "guest_config withheld, withheld, withheld, guest_config withheld"
}

an_adapter_leaves_the_machine()
{
	anew
	expect_ok machine off 5
	expect_ok rescan
	tells $ONE "guest_config withheld"
	expect_ok machine on 5
	expect_ok rescan
	settles guest_matrix "$ALL" lines $M/guest_matrix
	settles withheld "" lines $M/withheld
}

# polls FILE MILLISECONDS: from when all have been woken for what was before
polls()
{
	sleep 0.1
	begin_poll $M/"$1" "$2"
}

# wakes FILE COMMAND...: who polls FILE is woken by it
wakes()
{
	polls "$1" 20000
	shift
	"$@" > /dev/null
	poll_says changed
}

who_polls_is_woken()
{
	anew
	for file in guest_matrix guest_config ap_config matrix; do
		wakes $file wr $M/assign_domain 0xab
		wr $M/unassign_domain 0xab
	done
	for file in guest_config ap_config control_domains; do
		wakes $file wr $M/assign_control_domain 0xab
		wr $M/unassign_control_domain 0xab
	done
	wakes withheld wr $M/assign_control_domain 9
	wakes last_error wr $M/assign_adapter 6
	wakes guest guest_start $ONE
	wakes guest guest_stop
	wakes withheld wr $DRIVER/unbind 04.0004
	wakes guest_matrix wr $DRIVER/bind 04.0004
}

who_polls_is_not_woken_for_nothing()
{
	anew
	polls withheld 500
	expect_ok wr $M/assign_domain 0xab
	poll_says quiet
	polls guest_matrix 500
	expect_ok wr $M/assign_domain 0xab
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 6
	poll_says quiet
	for file in guest_matrix matrix; do
		polls $file 500
		expect_ok wr $M/assign_control_domain 0xab
		poll_says quiet
		wr $M/unassign_control_domain 0xab
	done
	polls control_domains 500
	expect_ok wr $M/unassign_domain 0xab
	poll_says quiet
}

# A tenth of a second after many changes nobody is woken for them any more.
no_change_wakes_late()
{
	polls matrix 20000
	for domain in 1 2 3 4 5 6 7 8; do
		echo $domain > $M/assign_domain
	done
	poll_says changed
	polls matrix 500
	poll_says quiet
}

undo()
{
	wr $PATIENCE "$before"
	machine reset 1000
	listen_end
}

begin_guests undo
to_guests 4 5 > /dev/null
create $ONE > /dev/null
create $TWO > /dev/null
before=$(value $PATIENCE)
listen
run_all it_is_announced \
	an_assignment_is_one_event \
	what_the_host_does_not_have_is_withheld \
	what_changes_nothing_is_no_event \
	others_hear_nothing_of_it \
	a_guest_comes_and_goes \
	a_guests_queues_change \
	a_queue_comes_and_goes \
	a_reset_that_takes_too_long \
	an_adapter_leaves_the_machine \
	who_polls_is_woken \
	who_polls_is_not_woken_for_nothing \
	no_change_wakes_late
