#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# queuestate - a queue says whose it is, and how it stands
#
# Each state is brought about by what does so in life.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
DRIVER=$BUS/drivers/vfio_ap
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms

# is QUEUE STATE [RC]: it comes to be so
is()
{
	settles "state of $1" "$2" value "$BUS/devices/$1/reset_state"
	[ -z "$3" ] || same "rc of $1" "$(value "$BUS/devices/$1/reset_rc")" "$3"
}

# A queue that was just bound has to be zeroized.
rebind()
{
	expect_ok wr $DRIVER/unbind "$1"
	expect_ok wr $DRIVER/bind "$1"
}

it_is_announced()
{
	case " $(value $MATRIX/features) " in
	*" queue_state "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
	for file in mdev reset_state reset_rc; do
		same mode "$(stat -c %a $BUS/devices/04.0004/$file)" 444
		[ ! -e $BUS/devices/06.0004/$file ] ||
			wrong "a queue of the host has $file"
	done
}

it_names_its_mdev()
{
	same mdev "$(lines $BUS/devices/04.0004/mdev)" $ONE
	same mdev "$(lines $BUS/devices/05.00ab/mdev)" none
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 5),$(mask 0xab),"
	same mdev "$(lines $BUS/devices/05.00ab/mdev)" $TWO
	expect_ok wr $MATRIX/$TWO/unassign_adapter 5
	same mdev "$(lines $BUS/devices/05.00ab/mdev)" none
}

it_is_clean_and_then_used()
{
	is 04.0004 clean
	guest_start $ONE || wrong "no guest: $answer"
	is 04.0004 used
	is 04.00ab clean
	guest_stop
	is 04.0004 clean
}

a_reset_that_lasts()
{
	expect_ok wr $PATIENCE 60000
	expect_ok machine reset 60000000
	rebind 04.0004
	is 04.0004 resetting
	settles "rc of 04.0004" 02 value $BUS/devices/04.0004/reset_rc
	expect_ok machine reset 1000
	is 04.0004 clean 02
}

a_reset_that_takes_too_long()
{
	expect_ok wr $PATIENCE 300
	expect_ok machine reset 60000000
	rebind 04.0004
	is 04.0004 quarantined 02
	expect_ok machine reset 1000
	is 04.0004 clean
}

# Its guest keeps the queue, and can reach it meanwhile.
a_reset_by_the_guests_user()
{
	expect_ok wr $PATIENCE 60000
	guest_start $ONE || wrong "no guest: $answer"
	expect_ok machine reset 500000
	answers 0 reset
	is 04.0004 used
	expect_ok machine reset 1000
	guest_stop
	is 04.0004 clean
}

an_adapter_on_standby()
{
	expect_ok machine standby 4
	rebind 04.0004
	is 04.0004 deconfigured 03
	expect_ok machine on 4
	is 04.0004 clean
}

an_adapter_that_is_broken()
{
	expect_ok machine checkstop 4
	rebind 04.0047
	is 04.0047 checkstopped 04
	expect_ok machine on 4
	is 04.0047 clean
}

# ZAPQ is function 2, 01 says that there is no such queue.
a_queue_that_the_machine_denies()
{
	expect_ok machine inject 05.0004 2 1 1000000
	rebind 05.0004
	is 05.0004 not-available 01
	expect_ok machine inject 05.0004 2 0 0
	is 05.0004 clean
}

undo()
{
	wr $PATIENCE "$before"
	machine reset 1000
	machine inject 05.0004 2 0 0
}

begin_guests undo
to_guests 4 5 > /dev/null
create $ONE > /dev/null
create $TWO > /dev/null
wr $M/ap_config "$(mask 4 5),$(mask 4 0x47)," > /dev/null
before=$(value $PATIENCE)
run_all it_is_announced \
	it_names_its_mdev \
	it_is_clean_and_then_used \
	a_reset_that_lasts \
	a_reset_that_takes_too_long \
	a_reset_by_the_guests_user \
	an_adapter_on_standby \
	an_adapter_that_is_broken \
	a_queue_that_the_machine_denies
