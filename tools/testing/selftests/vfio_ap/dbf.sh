#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# dbf - the machine's debug feature keeps what happened
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
DEBUG=/sys/kernel/debug
DBF=$DEBUG/s390dbf/vfio_ap
ID=${ONE%%-*}

anew()
{
	wr $M/ap_config "$(mask 4),$(mask 4),$(mask 4)" > /dev/null
	settles guest_matrix 04.0004 lines $M/guest_matrix
	echo - > $DBF/flush
}

# kept PATTERN: at the end of a line
kept()
{
	grep -qE " $1\$" $DBF/sprintf ||
		wrong "no '$1' in: $(cat $DBF/sprintf)"
}

what_is_done()
{
	anew
	expect_ok wr $M/assign_domain 0x47
	kept "$ID assign_domain: domains $(mask 4 0x47 | cut -c 3-)"
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 6
	kept "$ID assign_adapter: -99"
}

a_guest()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	kept "$ID open: 0"
	kept "$ID guest has: adapters $(mask 4 | cut -c 3-)"
	guest_stop
	kept "$ID close: 0"
	kept "04.0004 reset-over: rc 0[02], [1-9][0-9]* us"
}

# Instructions are kept if somebody asks for them.
instructions()
{
	anew
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.0004
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.0004
	settles guest_matrix 04.0004 lines $M/guest_matrix
	! grep " zapq: " $DBF/sprintf || wrong "instructions are kept unasked"
	echo 6 > $DBF/level
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.0004
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.0004
	settles guest_matrix 04.0004 lines $M/guest_matrix
	echo 5 > $DBF/level
	kept "04.0004 zapq: rc 00"
	kept "04.0004 tapq: rc 00"
}

# There are a few pages, and who runs in a guest is not to fill them.
a_guests_instructions()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	answers 00 arm 04.0004
	answers 00 disarm 04.0004
	! grep "AQIC" $DBF/sprintf || wrong "a guest can fill it"
	echo 6 > $DBF/level
	answers 00 arm 04.0004
	answers 00 disarm 04.0004
	echo 5 > $DBF/level
	kept "04.0004 guest's AQIC on: rc 00"
	kept "04.0004 guest's AQIC off: rc 00"
	guest_stop
}

[ -d $DEBUG ] || skip_all "this kernel has no debugfs"
begin_guests
[ -e $DEBUG/s390dbf ] || mount -t debugfs nodev $DEBUG 2> /dev/null
[ -e $DEBUG/s390dbf ] || skip_all "this machine has no s390 debug feature"
to_guests 4 > /dev/null
create $ONE > /dev/null
run_all what_is_done a_guest a_guests_instructions instructions
