#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# zeroize - nobody gets a queue before it is proven clean, however long it takes
#
# The machine is told to take a minute for a reset, users to wait a third of a
# second.  Resets that fail, and guests, are badluck's.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
DRIVER=$BUS/drivers/vfio_ap
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms
QUEUE=04.0004

OLDER="05.0004 05.0047 05.00ab 06.0004 06.0047 06.00ab 07.0004 07.0047 07.00ab"
NEWER="04.0004 04.0047 04.00ab"

count_of()
{
	lines "$1" | wc -w
}

slow()
{
	expect_ok machine reset 60000000
}

quick()
{
	expect_ok machine reset 1000
}

# Unbinding waits, too, and the bus zeroizes in between.
rebind()
{
	expect_ok wr $DRIVER/unbind $QUEUE
	expect_ok wr $DRIVER/bind $QUEUE
}

# Writes come back although no reset has ended.  The log takes ten lines in five
# seconds, and those that hang have had some.
a_write_does_not_wait_for_ever()
{
	sleep 5.2
	slow
	rebind
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	same matrix "$(lines $M/matrix)" $QUEUE
	same guest_matrix "$(lines $M/guest_matrix)" .0004
	same status "$(value $BUS/devices/$QUEUE/status)" assigned
}

complaints()
{
	dmesg | sed -n '/zeroize: begins/,$p' |
		grep -c "$QUEUE quarantined: not zeroized after"
}

# Once for each reset, of which there may be two, and not while it lasts.
the_log_says_so_and_stops()
{
	sleep 1
	lines=$(complaints)
	case $lines in
	1 | 2) ;;
	*) wrong "there are $lines lines about it" ;;
	esac
	sleep 2
	same "lines about it" "$(complaints)" "$lines"
}

its_neighbour_is_not_held_up()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 0x47),"
	same guest_matrix "$(lines $M/guest_matrix)" 04.0047
}

# hang NEWER...: those are not bound, and those bound before them hang
hang()
{
	for queue in $OLDER "$@"; do
		expect_ok wr $DRIVER/unbind "$queue"
	done
	for queue in $OLDER; do
		expect_ok machine inject $queue 0 2 0xffffffff
		expect_ok wr $DRIVER/bind $queue
	done
}

go_on()
{
	for queue in $OLDER; do
		expect_ok machine inject $queue 0 0 0
	done
}

# The engine looks at the oldest first, and at others, too.
older_ones_that_hang_hold_nobody_up()
{
	quick
	expect_ok wr $M/ap_config "$(mask 4 5 6 7),$(mask 4 0x47 0xab),"
	settles guest_matrix 12 count_of $M/guest_matrix
	hang $QUEUE
	expect_ok wr $DRIVER/bind $QUEUE
	settles "$QUEUE" clean value $BUS/devices/$QUEUE/reset_state
	go_on
	settles guest_matrix 12 count_of $M/guest_matrix
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4 0x47),"
	settles guest_matrix "04.0004 04.0047" lines $M/guest_matrix
}

nanoseconds()
{
	sed -n 's/^now at \([0-9]*\).*/\1/p' /proc/timer_list
}

# Each is asked for its own sake, seldom, and not when others come.  That cannot be
# told apart where more time passes meanwhile than the engine sleeps.
those_that_hang_are_not_asked_for_others()
{
	# shellcheck disable=SC2086
	hang $NEWER
	sleep 2
	begun=$(nanoseconds) before=$(counter pqap0)
	for queue in $NEWER; do
		expect_ok wr $DRIVER/bind $queue
	done
	asked=$(($(counter pqap0) - before))
	if [ $(($(nanoseconds) - begun)) -ge 100000 ]; then
		skip "time passes while queues are bound"
	elif [ $asked -ge 9 ]; then
		wrong "queues were asked $asked times"
	fi
	go_on
	settles guest_matrix "04.0004 04.0047" lines $M/guest_matrix
}

# Nothing of a guest is on it; the bus does to it what it does to all.
the_host_may_have_what_no_guest_had()
{
	expect_errno EBUSY wr $BUS/apmask +4
	expect_ok wr $M/ap_config "$(mask),$(mask),"
	expect_ok wr $BUS/apmask +4
	same driver "$(queue_driver $QUEUE)" cex4queue
	expect_ok wr $BUS/apmask -4
	same driver "$(queue_driver $QUEUE)" vfio_ap
}

it_comes_by_itself_when_it_is_clean()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	same guest_matrix "$(lines $M/guest_matrix)" .0004
	quick
	settles guest_matrix $QUEUE lines $M/guest_matrix
}

then_the_host_can_have_it()
{
	expect_ok wr $M/ap_config ,,
	expect_ok wr $BUS/apmask +4
	same driver "$(queue_driver $QUEUE)" cex4queue
	expect_ok wr $BUS/apmask -4
}

# What the bus of the kernel does not ask, it does not get.
a_queue_on_standby_comes_back()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	expect_ok machine standby 4
	rebind
	same guest_matrix "$(lines $M/guest_matrix)" .0004
	expect_ok machine on 4
	settles guest_matrix $QUEUE lines $M/guest_matrix
}

begin
echo "vfio_ap zeroize: begins" > /dev/kmsg
to_guests 4 5 6 7 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 4),$(mask 4 0x47)," > /dev/null
settles guest_matrix "04.0004 04.0047" lines $M/guest_matrix
before=$(value $PATIENCE)
wr $PATIENCE 300 > /dev/null
trap 'wr $PATIENCE "$before"; machine reset 1000; clean > /dev/null' EXIT
run_all older_ones_that_hang_hold_nobody_up \
	those_that_hang_are_not_asked_for_others \
	a_write_does_not_wait_for_ever \
	the_log_says_so_and_stops \
	its_neighbour_is_not_held_up \
	the_host_may_have_what_no_guest_had \
	it_comes_by_itself_when_it_is_clean \
	then_the_host_can_have_it \
	a_queue_on_standby_comes_back
