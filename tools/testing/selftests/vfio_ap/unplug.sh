#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# unplug - queues are unbound and bound under a running guest
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

DRIVER=$BUS/drivers/vfio_ap
ALL="04.0004 04.0047 05.0004 05.0047"
FIVE="05.0004 05.0047"

undo()
{
	machine latency 200
	machine reset 1000
}

status_is()
{
	same "status of $1" "$(value "$BUS/devices/$1/status")" "$2"
}

# Requests that get no reply before the machine is told so
slow()
{
	expect_ok machine latency 60000000
}

quick()
{
	expect_ok machine latency 200
}

an_unbound_queue_takes_its_adapter_with_it()
{
	expect_ok wr $DRIVER/unbind 04.0047
	guest_has "$FIVE"
	answers "05 0004,0047 00ab" qci
	answers 01 tapq 04.0004
	answers 01 tapq 04.0047
	changes 1
	same matrix "$(lines $MATRIX/$ONE/matrix)" "$ALL"
	status_is 04.0004 assigned
	status_is 05.0047 "in use"
}

bound_again_it_gives_the_adapter_back()
{
	expect_ok wr $DRIVER/bind 04.0047
	guest_gets "$ALL"
	answers "04,05 0004,0047 00ab" qci
	changes 1
	status_is 04.0004 "in use"
	status_is 04.0047 "in use"
}

other_adapters_keep_what_is_on_them()
{
	slow
	answers 00 nqap 05.0047 7
	answers 00 nqap 05.0004 8
	expect_ok wr $DRIVER/unbind 04.0004
	guest_has "$FIVE"
	answers 10 dqap 05.0047
	quick
	settles "the reply" "00 7" ask dqap 05.0047
	expect_ok wr $DRIVER/bind 04.0004
	guest_gets "$ALL"
	settles "the other reply" "00 8" ask dqap 05.0004
	answers 10 dqap 05.0004
	changes 2
}

nothing_is_left_on_the_adapter_that_was_away()
{
	answers 00 nqap 04.0004 9
	slow
	answers 00 nqap 04.0004 10
	expect_ok wr $DRIVER/unbind 04.0047
	expect_ok wr $DRIVER/bind 04.0047
	guest_gets "$ALL"
	quick
	answers 10 dqap 04.0004
	answers 00 nqap 04.0004 11
	settles "the reply" "00 11" ask dqap 04.0004
	changes 2
}

# The bus zeroizes what it takes from a driver, too.  Resets are over at once, so
# that none of them has to be asked for twice.
each_queue_that_changes_hands_is_zeroized_once()
{
	expect_ok machine reset 0
	before=$(counter pqap2)
	expect_ok wr $DRIVER/unbind 04.0047
	same "ZAPQs for an adapter" $(($(counter pqap2) - before)) 3
	before=$(counter pqap2)
	expect_ok wr $DRIVER/bind 04.0047
	guest_gets "$ALL"
	same "ZAPQs to get it back" $(($(counter pqap2) - before)) 1
	expect_ok machine reset 1000
	changes 2
}

# The write does not come back before the reset ends, ten seconds at most.
the_guest_does_not_wait_for_the_reset()
{
	expect_ok machine reset 60000000
	behind wr $DRIVER/unbind 04.0047
	settles queues "$FIVE" ask queues
	blocks
	expect_ok machine reset 1000
	ends
	expect_ok wr $DRIVER/bind 04.0047
	guest_gets "$ALL"
	changes 2
}

two_queues_of_an_adapter_are_both_needed()
{
	expect_ok wr $DRIVER/unbind 04.0047
	expect_ok wr $DRIVER/unbind 04.0004
	guest_has "$FIVE"
	changes 1
	expect_ok wr $DRIVER/bind 04.0047
	settles status assigned value $BUS/devices/04.0047/status
	guest_has "$FIVE"
	changes 0
	expect_ok wr $DRIVER/bind 04.0004
	guest_gets "$ALL"
	changes 1
}

a_queue_that_is_not_the_guests_does_not_concern_it()
{
	expect_ok wr $DRIVER/unbind 04.00ab
	expect_ok wr $DRIVER/bind 04.00ab
	guest_has "$ALL"
	changes 0
}

without_the_last_queue_the_guest_lives_on()
{
	for queue in $ALL; do
		expect_ok wr $DRIVER/unbind $queue
	done
	answers "" queues
	answers "- 0004,0047 00ab" qci
	same guest_matrix "$(lines $MATRIX/$ONE/guest_matrix)" ".0004 .0047"
	changes 2
	answers 0 reset
	for queue in $ALL; do
		expect_ok wr $DRIVER/bind $queue
	done
	guest_gets "$ALL"
	changes 2
}

the_driver_cannot_be_unloaded()
{
	answers EAGAIN unload vfio_ap
	guest_has "$ALL"
	changes 0
}

# The guest is not there to lose anything, but what it had is.
a_closed_device_gets_it_back_at_open()
{
	answers 0 close
	answers "" queues
	expect_ok wr $DRIVER/unbind 04.0047
	answers 0 open
	guest_has "$FIVE"
	expect_ok wr $DRIVER/bind 04.0047
	guest_gets "$ALL"
	answers 00 tapq 04.0047
}

begin_guests undo
to_guests 4 5 > /dev/null
create $ONE > /dev/null
wr $MATRIX/$ONE/ap_config "$(mask 4 5),$(mask 4 0x47),$(mask 0xab)" > /dev/null
settles guest_matrix "$ALL" lines $MATRIX/$ONE/guest_matrix
guest_start $ONE || bail "no guest"
run_all an_unbound_queue_takes_its_adapter_with_it \
	bound_again_it_gives_the_adapter_back \
	other_adapters_keep_what_is_on_them \
	nothing_is_left_on_the_adapter_that_was_away \
	each_queue_that_changes_hands_is_zeroized_once \
	the_guest_does_not_wait_for_the_reset \
	two_queues_of_an_adapter_are_both_needed \
	a_queue_that_is_not_the_guests_does_not_concern_it \
	without_the_last_queue_the_guest_lives_on \
	the_driver_cannot_be_unloaded \
	a_closed_device_gets_it_back_at_open
