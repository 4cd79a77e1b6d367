#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# eventstorm - many change things at once: one event for each change, a short log
#
# Every writer changes its own mediated device, a domain that comes and goes, so
# it knows how many events there have to be, whatever the others do.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"
. "$here/lib/heard.sh"

ROUNDS=40
THREE=33333333-4444-4555-8666-777777777777
WORK=$(mktemp -d)

# put STRING FILE: without a process
put()
{
	printf '%s\n' "$1" 2> /dev/null > "$2"
}

# writer UUID DOMAIN: how many of its writes failed
writer()
{
	round=0 failed=0
	while [ $round -lt $ROUNDS ]; do
		put "$2" "$MATRIX/$1/assign_domain" || failed=$((failed + 1))
		put "$2" "$MATRIX/$1/unassign_domain" || failed=$((failed + 1))
		round=$((round + 1))
	done
	echo $failed > "$WORK/$1"
}

# What changes nothing, or is refused, and somebody who reads all.  Where time is
# only what is slept, resets end while it sleeps.
nuisance()
{
	round=0
	while [ ! -e "$WORK/over" ]; do
		put 6 $MATRIX/$THREE/assign_adapter
		put 4 $MATRIX/$THREE/unassign_adapter
		lines $MATRIX/$ONE/withheld > /dev/null
		lines $MATRIX/$ONE/guest_matrix > /dev/null
		sleep 0.01
		round=$((round + 1))
	done
	echo $round > "$WORK/nuisance"
}

storm()
{
	rm -f "$WORK"/*
	nuisance 2> /dev/null &
	nuisance_pid=$!
	writer $ONE 4 &
	first=$!
	writer $TWO 0x47 &
	wait $first $!
	: > "$WORK/over"
	wait $nuisance_pid
	for uuid in $ONE $TWO; do
		same "failed writes of $uuid" "$(value "$WORK/$uuid")" 0
	done
	[ "$(value "$WORK/nuisance")" -gt 0 ] || wrong "nobody was a nuisance"
}

# heard_from UUID WORD: how many of its events named this, until now
heard_from()
{
	heard_until_mark "$1" || wrong "the mark is not heard"
	grep -c "^$1 \(.* \)*$2\( .*\)*\$" "$heard_file"
}

log_lines()
{
	dmesg | grep -c "vfio_ap\|$ONE\|$TWO\|$THREE"
}

seconds()
{
	read -r up _ < /proc/uptime
	echo "${up%.*}"
}

one_event_for_each_change()
{
	old_one=$(heard_from $ONE ap_config)
	old_two=$(heard_from $TWO ap_config)
	old_three=$(heard_from $THREE ap_config)
	storm
	same "changes of $ONE" $(($(heard_from $ONE ap_config) - old_one)) \
	     $((2 * ROUNDS))
	same "changes of $TWO" $(($(heard_from $TWO ap_config) - old_two)) \
	     $((2 * ROUNDS))
	same "changes of $THREE" $(($(heard_from $THREE ap_config) - old_three)) 0
}

# Whoever has the device open is told as often as those who listen.
a_guest_is_told_as_often()
{
	guest_start $ONE || wrong "no guest: $answer"
	forget
	old_one=$(heard_from $ONE ap_config)
	old_guest=$(heard_from $ONE guest_config)
	storm
	new_guest=$(heard_from $ONE guest_config)
	changes $((new_guest - old_guest))
	same "changes of $ONE" $(($(heard_from $ONE ap_config) - old_one)) \
	     $((2 * ROUNDS))
	[ $new_guest -gt "$old_guest" ] || wrong "the guest never changed"
	guest_stop
}

# Ten lines in five seconds, from each of two places, and somewhat more.
the_log_is_short()
{
	before=$(log_lines)
	begun=$(seconds)
	round=0
	while [ $round -lt 500 ]; do
		put 6 $MATRIX/$THREE/assign_adapter
		put 256 $MATRIX/$THREE/assign_adapter
		round=$((round + 1))
	done
	most=$((20 * (2 + ($(seconds) - begun) / 5)))
	more=$(($(log_lines) - before))
	[ $most -lt 1000 ] || skip "that took too long to tell"
	[ $more -le $most ] || wrong "$more lines in the log, at most $most"
	same "errors that were kept" "$(lines $MATRIX/$THREE/last_error)" \
	     "ENODEV assign_adapter adapter 100 not-on-this-machine"
}

a_guest_cannot_write_to_it()
{
	guest_start $ONE || wrong "no guest: $answer"
	before=$(log_lines)
	round=0
	while [ $round -lt 100 ]; do
		say arm 06.0004
		say disarm 04.0004
		round=$((round + 1))
	done
	same "more lines in the log" $(($(log_lines) - before)) 0
	guest_stop
}

undo()
{
	listen_end
	rm -rf "$WORK"
}

begin_guests undo
to_guests 4 5 > /dev/null
for uuid in $ONE $TWO $THREE; do
	create $uuid > /dev/null
done
wr $MATRIX/$ONE/assign_adapter 4 > /dev/null
wr $MATRIX/$TWO/assign_adapter 5 > /dev/null
wr $MATRIX/$THREE/assign_domain 4 > /dev/null
listen
run_all one_event_for_each_change \
	a_guest_is_told_as_often \
	the_log_is_short \
	a_guest_cannot_write_to_it
