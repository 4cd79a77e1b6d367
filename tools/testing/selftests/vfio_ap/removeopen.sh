#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# removeopen - an mdev is removed while a guest has it open
#
# The guest loses all at once and is asked to let go; remove waits until it
# does.  Attributes are gone before the driver hears of it, so only the guest
# can tell what it has.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

DRIVER=$BUS/drivers/vfio_ap
BASE="$(mask 4 5),$(mask 4 0x47),$(mask 4)"
ALL="04.0004 04.0047 05.0004 05.0047"

# an_open_mdev [WAY]: with requests under way on a queue
an_open_mdev()
{
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$BASE"
	guest_start $ONE ${1:+"$1"} || wrong "no guest: $answer"
	guest_gets "$ALL"
	answers 00 nqap 04.0004 1
	answers 00 nqap 04.0004 2
	forget
}

has_nothing()
{
	answers "- - -" qci
	answers "" queues
	answers 01 nqap 05.0004 3
}

gone()
{
	[ ! -e $MATRIX/$ONE ] || wrong "the mdev is still there"
	for queue in $ALL; do
		same "status of $queue" "$(value $BUS/devices/$queue/status)" \
		     unassigned
	done
}

the_guest_loses_all_at_once()
{
	an_open_mdev
	behind remove $ONE
	settles queues "" ask queues
	has_nothing
	answers 01 tapq 04.0004
	answers 0 reset
	changes 1
	blocks
}

it_is_asked_to_let_go()
{
	answers 1 requests
}

nothing_gives_it_back()
{
	[ ! -e $MATRIX/$ONE/assign_adapter ] || wrong "one could assign"
	expect_ok wr $DRIVER/unbind 04.0047
	expect_ok wr $DRIVER/bind 04.0047
	expect_ok machine off 5
	expect_ok machine on 5
	settles driver vfio_ap queue_driver 05.0047
	expect_ok machine nodomain 0x47
	expect_ok machine domain 0x47
	settles driver vfio_ap queue_driver 04.0047
	expect_ok rescan
	has_nothing
	changes 0
	blocks
}

nobody_else_gets_its_queues()
{
	expect_errno EADDRINUSE wr $MATRIX/$TWO/ap_config "$BASE"
	expect_errno EBUSY wr $BUS/apmask +5
	second guest_start $ONE > /dev/null && wrong "it was opened again"
	answers EAGAIN unload vfio_ap
	has_nothing
	blocks
}

# VFIO repeats it every ten seconds.
it_is_asked_again()
{
	sleep 9
	settles requests 1 ask requests
	has_nothing
	changes 0
	blocks
}

when_it_lets_go_the_mdev_is_gone()
{
	answers 0 close
	ends
	gone
	has_nothing
	guest_stop || wrong "guest: $answer"
}

another_mdev_gets_clean_queues()
{
	expect_ok wr $MATRIX/$TWO/ap_config "$BASE"
	guest_start $TWO || wrong "no guest: $answer"
	guest_gets "$ALL"
	for queue in $ALL; do
		answers 10 dqap $queue
	done
	guest_stop || wrong "guest: $answer"
	expect_ok wr $MATRIX/$TWO/ap_config ,,
}

a_guest_that_is_killed_lets_go_too()
{
	an_open_mdev
	behind remove $ONE
	settles queues "" ask queues
	blocks
	guest_kill
	say tapq 04.0004 && wrong "somebody answers"
	ends
	gone
}

it_does_not_matter_how_it_was_opened()
{
	if [ ! -e /dev/iommu ] || [ ! -d /dev/vfio/devices ]; then
		skip "this kernel has no other way into VFIO"
		return
	fi
	an_open_mdev cdev
	behind remove $ONE
	settles queues "" ask queues
	has_nothing
	changes 1
	answers 1 requests
	blocks
	guest_stop || wrong "guest: $answer"
	ends
	gone
}

state_of_remover()
{
	read -r _ _ ap_state _ < "/proc/$remover/stat"
	echo "$ap_state"
}

# VFIO goes on waiting, and from then on cannot be interrupted.
who_removes_cannot_change_their_mind()
{
	an_open_mdev
	wr $MATRIX/$ONE/remove 1 > /dev/null &
	remover=$!
	settles queues "" ask queues
	settles remover S state_of_remover
	kill -TERM $remover
	settles remover D state_of_remover
	kill -KILL $remover
	has_nothing
	changes 1
	answers 2 requests
	same remover "$(state_of_remover)" D
	guest_stop || wrong "guest: $answer"
	wait $remover 2> /dev/null
	same "how it ended" $? 143
	gone
}

begin_guests
to_guests 4 5 > /dev/null
create $TWO > /dev/null
run_all the_guest_loses_all_at_once \
	it_is_asked_to_let_go \
	nothing_gives_it_back \
	nobody_else_gets_its_queues \
	it_is_asked_again \
	when_it_lets_go_the_mdev_is_gone \
	another_mdev_gets_clean_queues \
	a_guest_that_is_killed_lets_go_too \
	it_does_not_matter_how_it_was_opened \
	who_removes_cannot_change_their_mind
