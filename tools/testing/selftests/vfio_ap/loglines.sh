#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# loglines - what is done to a mediated device is one line of the log
#
# Ten lines in five seconds are written, so that is how many the first cases may
# cause; the last one causes more.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
ALL="04.0004 05.0004"
PAUSE=5.2
marks=0

mark()
{
	marks=$((marks + 1))
	mark="loglines: mark $marks"
	echo "$mark" > /dev/kmsg
}

# said_since: what the log says of the mdev since the mark, but not when
said_since()
{
	dmesg | sed -n "/$mark\$/,\$s/.*$ONE: //p"
}

# says LINE...: these lines, and no other
says()
{
	settles "the log" "$(printf '%s\n' "$@")" said_since
}

each_write_is_a_line()
{
	mark
	expect_ok wr $M/assign_domain 0x47
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4),$(mask 4 5)"
	says "assign_domain: domains +0047, guest_matrix +04.0047,05.0047" \
	     "ap_config: domains -0047, control_domains +0004-0005, \
guest_matrix -04.0047,05.0047"
}

what_changes_nothing_is_none()
{
	mark
	expect_ok wr $M/assign_domain 4
	expect_ok wr $M/unassign_adapter 9
	expect_ok rescan
	says ""
}

# The queue is zeroized afterwards; of two each may have its line, for its time.
a_guest_comes_and_goes()
{
	expect_ok wr $M/unassign_adapter 5
	mark
	guest_start $ONE || wrong "no guest: $answer"
	guest_stop
	settles guest_matrix 04.0004 lines $M/guest_matrix
	says "open: guest attached" \
	     "close: guest gone, guest_matrix -04.0004" \
	     "reset: guest_matrix +04.0004"
	expect_ok wr $M/assign_adapter 5
}

what_the_machine_does_not_have_is_named()
{
	last=$(printf 'the last adapter of this machine is %02x, the last domain %04x' \
		      $(($(value $BUS/ap_max_adapter_id))) \
		      $(($(value $BUS/ap_max_domain_id))))
	mark
	expect_errno ENODEV wr $M/assign_adapter 0x100
	expect_errno ENODEV wr $M/assign_control_domain 0x1234
	says "assign_adapter refused: there is no adapter 100, $last" \
	     "assign_control_domain refused: there is no control-domain 1234, $last"
}

the_host_takes_something()
{
	mark
	expect_ok machine off 5
	expect_ok rescan
	says "host-changed: guest_matrix -05.0004"
	expect_ok machine on 5
	expect_ok rescan
	settles guest_matrix "$ALL" lines $M/guest_matrix
}

seconds()
{
	read -r up _ < /proc/uptime
	echo "${up%.*}"
}

many_changes_are_few_lines()
{
	sleep $PAUSE
	begun=$(seconds)
	mark
	round=0
	while [ $round -lt 60 ]; do
		echo 0x30 > $M/assign_control_domain
		echo 0x30 > $M/unassign_control_domain
		round=$((round + 1))
	done
	lines=$(said_since | grep -c 'control_domains [+-]0030$')
	most=$((10 * (2 + ($(seconds) - begun) / 5)))
	[ $most -lt 120 ] || skip "that took too long to tell"
	[ "$lines" -ge 10 ] || wrong "$lines lines in the log, at least 10"
	[ "$lines" -le $most ] || wrong "$lines lines in the log, at most $most"
}

begin_guests
to_guests 4 5 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 4 5),$(mask 4)," > /dev/null
settles guest_matrix "$ALL" lines $M/guest_matrix
# What others had written is forgotten.
sleep $PAUSE
run_all each_write_is_a_line \
	what_changes_nothing_is_none \
	a_guest_comes_and_goes \
	what_the_machine_does_not_have_is_named \
	the_host_takes_something \
	many_changes_are_few_lines
