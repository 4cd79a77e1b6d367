#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# order - what a guest gets does not depend on the order of what happened
#
# Every order of four things that make a guest's queues, undone in the same
# order; and of four things that change them under a running guest.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
DRIVER=$BUS/drivers/vfio_ap
ALL="04.0004 04.0047 05.0004 05.0047"

# put TEXT FILE: without a process; there are many of these
put()
{
	echo "$1" > "$2" || wrong "cannot write $1 to $2"
}

# What is done, and what undoes it; the first four make a guest's queues.
adapters()
{
	put 4 $M/assign_adapter
	put 5 $M/assign_adapter
}

no_adapters()
{
	put 5 $M/unassign_adapter
	put 4 $M/unassign_adapter
}

domains()
{
	put 4 $M/assign_domain
	put 0x47 $M/assign_domain
}

no_domains()
{
	put 4 $M/unassign_domain
	put 0x47 $M/unassign_domain
}

bind()
{
	put 04.0047 $DRIVER/bind
}

no_bind()
{
	put 04.0047 $DRIVER/unbind
}

open()
{
	answers 0 open
}

no_open()
{
	answers 0 close
}

# These change them.
unbind()
{
	no_bind
}

no_unbind()
{
	bind
}

unassign()
{
	put 0x47 $M/unassign_domain
}

no_unassign()
{
	put 0x47 $M/assign_domain
}

away()
{
	put "off 5" $MACHINE
}

no_away()
{
	put "on 5" $MACHINE
}

scan()
{
	put 1 $BUS/scans
}

no_scan()
{
	scan
}

a_guest_comes_and_goes()
{
	for thing; do
		$thing
	done
	guest_gets "$ALL"
	answers "04,05 0004,0047 -" qci
	answers 10 dqap 04.0004
	answers 00 nqap 04.0004 1
	for thing; do
		"no_$thing"
	done
	answers "" queues
	same matrix "$(lines $M/matrix)" ""
	same "status of 04.0004" "$(value $BUS/devices/04.0004/status)" \
	     unassigned
}

a_guests_queues_change()
{
	for thing; do
		$thing
	done
	guest_gets 04.0004
	answers "04 0004 -" qci
	for thing; do
		"no_$thing"
	done
	guest_gets "$ALL"
	answers "04,05 0004,0047 -" qci
}

# in_any_order CASE THING THING THING THING: 24 cases
in_any_order()
{
	case_of_all=$1
	shift
	for first; do
		for second; do
			for third; do
				for fourth; do
					try_if_all_differ
				done
			done
		done
	done
}

try_if_all_differ()
{
	case $first in "$second" | "$third" | "$fourth") return ;; esac
	case $second in "$third" | "$fourth") return ;; esac
	[ "$third" != "$fourth" ] || return
	try "$first, $second, $third, $fourth" \
	    $case_of_all $first $second $third $fourth
}

begin_guests
to_guests 4 5 > /dev/null
create $ONE > /dev/null
adapters
domains
guest_start $ONE || bail "no guest"
guest_gets "$ALL"
for thing in adapters domains bind open; do
	"no_$thing"
done
plan 48
in_any_order a_guest_comes_and_goes adapters domains bind open
for thing in open adapters domains bind; do
	$thing
done
guest_gets "$ALL"
in_any_order a_guests_queues_change unbind unassign away scan
finish
