#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# simtool - the command apsim and the simulated machine of a kernel
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_machine
EXAMPLES=$(dirname "$(command -v apsim)")/examples
work=$(mktemp -d)
trap 'apsim reset; rescan; rm -r "$work"' EXIT

# How many adapters the bus has; how many it should have
cards_on_bus()
{
	set -- "$BUS"/devices/card*
	[ -e "$1" ] || shift
	echo $#
}

cards_configured()
{
	apsim dump | awk '/^card/ { n++ } /^off/ { n-- } END { print n + 0 }'
}

# An asynchronous error ends with a reset, and the bus resets what is new, which
# uses up rules.
lasting()
{
	apsim dump | grep -Ev "^(async|fault)"
}

row()
{
	apsim show --queues | grep "^$1"
}

show_is_a_table()
{
	expect_ok apsim reset
	expect_status 0 apsim show
	same table "$said" "\
CARD  TYPE  MODE         STATE      DEPTH  QUEUES
04    CEX8  accelerator  on             8       3
05    CEX8  accelerator  on             8       3
06    CEX7  EP11         on             8       3
07    CEX6  CCA          on             8       3

usage domains    0004 0047 00ab
control domains  0004 0047 00ab
microseconds     latency 200, reset 1000, aqic 0, unbind 0"
	settles "the bus has reset it" "04.0047    00         0  empty interrupts" \
		row 04.0047
	expect_ok apsim run "standby 5; domain 0x48 control; async 04.0047 0x36"
	expect_status 0 apsim show --queues
	expect_said "05    CEX8  accelerator  standby        8       3"
	expect_said "control domains  0004 0047-0048 00ab"
	expect_said "04.0047    36         0  empty asynchronous interrupts"
	expect_said "05.0047    03         0  empty"
}

dump_is_a_machine_description()
{
	expect_ok apsim run lag 07.0047 20
	expect_ok apsim run bound 07.00ab 2
	expect_ok apsim dump
	lasting > "$work/now"
	same first "$(sed -n 1p "$work/now")" "latency 200"
	expect_ok apsim check "$work/now"
	expect_ok apsim reset
	[ "$(lasting)" != "$(cat "$work/now")" ] || wrong "reset does nothing"
	expect_ok apsim load --replace "$work/now"
	same machine "$(lasting)" "$(cat "$work/now")"
}

rules_are_part_of_it()
{
	rules="\
fault 04.0047 nqap at 3 forever rc 0x05
fault 05.00ab dqap do checkstop 5"

	expect_ok apsim reset
	expect_ok apsim run "$rules"
	same rules "$(apsim dump | grep ^fault)" "$rules"
	apsim dump > "$work/rules"
	expect_ok apsim load --replace "$work/rules"
	same rules "$(apsim dump | grep ^fault)" "$rules"
	expect_status 1 apsim run "fault 04.0047 nqap at 0 rc 5"
	expect_said "should be: fault AA.DDDD FC [at N]"
	expect_ok apsim run nofault
	same rules "$(apsim dump | grep ^fault)" ""
}

every_example_can_be_loaded()
{
	for file in "$EXAMPLES"/*.apsim; do
		expect_ok apsim reset
		case ${file##*/} in
		faults.apsim) expect_ok apsim load "$file" ;;
		*) expect_ok apsim load --replace "$file" ;;
		esac
		settles "cards of ${file##*/}" "$(cards_configured)" cards_on_bus
		lasting > "$work/once"
		expect_ok apsim load --replace "$work/once"
		same "${file##*/}" "$(lasting)" "$(cat "$work/once")"
	done
}

default_is_what_the_beds_have()
{
	expect_ok apsim reset
	apsim dump > "$work/reset"
	expect_ok apsim load --replace "$EXAMPLES/default.apsim"
	same machine "$(apsim dump)" "$(cat "$work/reset")"
}

an_error_changes_nothing()
{
	apsim dump > "$work/before"
	printf 'latency 5\ncard 9 CEX8 A\n\noff 10\n' > "$work/bad"
	for how in "" --replace; do
		# shellcheck disable=SC2086
		expect_status 1 apsim load $how "$work/bad"
		expect_said "$work/bad:4: \"off 10\": there is no such adapter"
		expect_said "nothing was changed"
		same machine "$(apsim dump)" "$(cat "$work/before")"
	done
	expect_status 1 apsim load "$EXAMPLES/default.apsim"
	expect_said "default.apsim:4: \"card 4 CEX8 A 8\": it is plugged already"
	same machine "$(apsim dump)" "$(cat "$work/before")"
}

run_tells_what_is_wrong()
{
	expect_status 1 apsim run card 4 CEX8 A
	expect_said "it is plugged already"
	expect_status 1 apsim run "off"
	expect_said "should be: off APID"
	expect_status 1 apsim run "lag 09.0047 5"
	expect_said "there is no such queue"
	expect_status 1 apsim run "latency 7; off 9; latency 8"
	expect_said "dmesg"
	expect_status 0 apsim dump
	expect_said "latency 7"
	expect_ok apsim run latency 200
}

# More than a page of commands, in and out; what is off the bus does not see.
a_machine_may_be_large()
{
	expect_ok apsim reset
	before=$(cards_on_bus)
	awk 'BEGIN {
		for (i = 8; i < 256; i++)
			print "card", i, "CEX8 A; off", i
	}' > "$work/large"
	expect_ok apsim load "$work/large"
	same lines "$(apsim dump | wc -l)" $((4 + 3 + 4 + 2 * 248))
	same queues "$(apsim show --queues | grep -c '^..\.....  ')" \
		$((252 * 3))
	same cards "$(cards_on_bus)" "$before"
	expect_ok apsim reset
	same lines "$(apsim dump | wc -l)" $((4 + 3 + 4))
}

delta_tells_what_a_program_did()
{
	expect_status 0 apsim stats --delta sh -c "echo 1 > $BUS/scans"
	expect_said "pqap4 +"
	expect_status 3 apsim stats --delta sh -c "exit 3"
	expect_status 127 apsim stats --delta "$work/nothing"
	expect_status 143 apsim stats --delta sh -c 'kill $$'
	same out "$(apsim stats --delta echo hello 2> /dev/null)" hello
	same counters "$(apsim stats | cut -d ' ' -f 1)" \
		"$(cut -d ' ' -f 1 "${MACHINE%command}stats")"
}

without_debugfs_the_next_step_is_told()
{
	expect_ok umount /sys/kernel/debug
	expect_status 3 apsim show
	expect_said "mount -t debugfs none /sys/kernel/debug"
	expect_status 3 apsim load "$EXAMPLES/small.apsim"
	expect_ok apsim run latency 200
	expect_ok mount -t debugfs none /sys/kernel/debug
}

who_is_not_root_is_told()
{
	if ! setpriv --reuid 1 true 2> /dev/null; then
		skip "no setpriv that can be somebody else"
		return
	fi
	for words in show "run on 4" reset "load -"; do
		# shellcheck disable=SC2086
		expect_status 3 setpriv --reuid 1 "$(command -v apsim)" $words
		expect_said "only root may"
	done < "$EXAMPLES/small.apsim"
}

run_all show_is_a_table \
	dump_is_a_machine_description \
	rules_are_part_of_it \
	every_example_can_be_loaded \
	default_is_what_the_beds_have \
	an_error_changes_nothing \
	run_tells_what_is_wrong \
	a_machine_may_be_large \
	delta_tells_what_a_program_did \
	without_debugfs_the_next_step_is_told \
	who_is_not_root_is_told
