#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# traces - what is done, decided and asked can be followed in a trace
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
DRIVER=$BUS/drivers/vfio_ap
TRACING=/sys/kernel/tracing
MINE=$TRACING/instances/vfio_ap
ALL="04.0004 05.0004"

anew()
{
	wr $M/ap_config "$(mask 4 5),$(mask 4),$(mask 4)" > /dev/null
	settles guest_matrix "$ALL" lines $M/guest_matrix
	: > $MINE/trace
}

# traced EVENT PATTERN: there is a line of it; untraced: there is none
traced()
{
	grep -qE " vfio_ap_$1: $2\$" $MINE/trace ||
		wrong "no $1 '$2' in: $(grep " vfio_ap_$1:" $MINE/trace)"
}

untraced()
{
	! grep -E " vfio_ap_$1: " $MINE/trace || wrong "there is $1"
}

every_event_is_there()
{
	for event in edit commit settle plug host open close queue ask aqic; do
		[ -d $MINE/events/vfio_ap/vfio_ap_$event ] ||
			wrong "there is no vfio_ap_$event"
		# trace-cmd and perf cannot call what only the kernel has.
		! grep '^print fmt.*apm_' \
			$MINE/events/vfio_ap/vfio_ap_$event/format ||
			wrong "vfio_ap_$event cannot be printed elsewhere"
	done
}

a_write_and_what_it_decides()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	traced open "mdev=$ONE what=open err=0"
	traced settle "mdev=$ONE cause=open"
	: > $MINE/trace
	expect_ok wr $M/assign_domain 0xab
	traced edit "mdev=$ONE what=assign_domain err=0"
	traced commit "who=$ONE masks=$(value $M/ap_config)"
	traced settle "mdev=$ONE cause=assign_domain"
	traced plug "who=$ONE masks=$(value $M/guest_config)"
	: > $MINE/trace
	guest_stop
	traced close "mdev=$ONE what=close err=0"
	traced plug "who=$ONE masks=$(mask),$(mask),$(mask)"
}

# -99 is EADDRNOTAVAIL, -22 EINVAL.
a_write_that_is_refused()
{
	anew
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 6
	traced edit "mdev=$ONE what=assign_adapter err=-99"
	expect_errno EINVAL wr $M/ap_config six
	traced edit "mdev=$ONE what=ap_config err=-22"
	untraced commit
	untraced settle
}

a_queue_that_comes_and_goes()
{
	anew
	expect_ok wr $DRIVER/unbind 04.0004
	expect_ok wr $DRIVER/bind 04.0004
	settles guest_matrix "$ALL" lines $M/guest_matrix
	traced queue "queue=04.0004 what=unbind rc=00 us=0"
	traced settle "mdev=$ONE cause=unbind"
	traced queue "queue=04.0004 what=bind rc=00 us=0"
	traced settle "mdev=$ONE cause=reset"
}

# The queue was busy for once.
a_reset_with_its_codes_and_time()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	expect_ok machine inject 04.0004 2 5 1
	expect_ok wr $M/unassign_adapter 4
	traced ask "queue=04.0004 insn=zapq rc=05"
	traced ask "queue=04.0004 insn=zapq rc=00"
	traced ask "queue=04.0004 insn=tapq rc=00"
	traced queue "queue=04.0004 what=reset-over rc=0[25] us=[1-9][0-9]*"
	guest_stop
	expect_ok wr $M/assign_adapter 4
	expect_ok wr $DRIVER/unbind 04.0004
	expect_ok wr $DRIVER/bind 04.0004
	settles guest_matrix "04.0004 05.0004" lines $M/guest_matrix
	traced settle "mdev=$ONE cause=reset"
}

an_enablement()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	answers 00 arm 04.0004
	traced aqic "mdev=$ONE queue=04.0004 enable=1 rc=00"
	traced ask "queue=04.0004 insn=aqic-on rc=00"
	answers 01 arm 06.0004
	traced aqic "mdev=$ONE queue=06.0004 enable=1 rc=01"
	answers 00 disarm 04.0004
	traced aqic "mdev=$ONE queue=04.0004 enable=0 rc=00"
	guest_stop
}

the_hosts_changes()
{
	anew
	expect_ok machine off 5
	expect_ok rescan
	domains="$(mask 4 0x47 0xab)"
	traced host "who=changed masks=$(mask 4 6 7),$domains,$domains"
	traced settle "mdev=$ONE cause=host-changed"
	traced host "who=scanned masks=$(mask 4 6 7),$domains,$domains"
	expect_ok machine on 5
	expect_ok rescan
	settles guest_matrix "$ALL" lines $M/guest_matrix
}

undo()
{
	machine inject 04.0004 2 0 0
	rmdir $MINE
}

[ -d $TRACING ] || skip_all "this kernel has no tracing"
begin_guests undo
[ -e $TRACING/events ] || mount -t tracefs nodev $TRACING ||
	bail "tracefs cannot be mounted"
mkdir $MINE || bail "there is no trace of one's own"
echo 1 > $MINE/events/vfio_ap/enable || bail "the driver has no trace points"
to_guests 4 5 > /dev/null
create $ONE > /dev/null
run_all every_event_is_there \
	a_write_and_what_it_decides \
	a_write_that_is_refused \
	a_queue_that_comes_and_goes \
	a_reset_with_its_codes_and_time \
	an_enablement \
	the_hosts_changes
