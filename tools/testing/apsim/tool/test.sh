#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# test - the command apsim where there is no simulator: what it checks, what it
# says, how it ends
#
#	test.sh APSIM > KTAP
#
# golden/NAME.apsim is a description with errors, NAME.txt what is said of it.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../selftests/vfio_ap/lib/ktap.sh"

apsim=$(realpath "$1")
examples=$here/../examples
howto=$here/../../../../Documentation/driver-api/vfio-ap/simulator-howto.rst
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

every_example_is_right()
{
	count=0
	for file in "$examples"/*.apsim; do
		count=$((count + 1))
		case ${file##*/} in
		faults.apsim)
			expect_status 0 "$apsim" check "$examples/default.apsim" "$file"
			expect_status 1 "$apsim" check "$file"
			;;
		*)
			expect_status 0 "$apsim" check "$file"
			same output "$said" ""
			;;
		esac
	done
	[ $count -ge 4 ] || wrong "only $count examples"
}

# Indented lines that begin with a command, one after the other
what_the_how_to_shows_is_right()
{
	words=$("$apsim" words | sed 's/ .*//' | paste -s -d '|' -)
	grep -E "^  ($words) " "$howto" > "$work/howto"
	[ "$(wc -l < "$work/howto")" -ge 10 ] || wrong "there is too little"
	expect_status 0 "$apsim" check "$work/howto"
	same output "$said" ""
}

every_error_is_told_with_its_line()
{
	cd "$here/golden" || return
	count=0
	for file in *.apsim; do
		count=$((count + 1))
		expect_status 1 "$apsim" check "$file"
		same "$file" "$said" "$(cat "${file%.apsim}.txt")"
	done
	[ $count -ge 3 ] || wrong "only $count files"
}

lines_may_end_in_many_ways()
{
	printf 'card 1 CEX8 A\r\n\r\n\tdomain 5 # five\n;;\n# end' \
		> "$work/lines"
	expect_status 0 "$apsim" check "$work/lines"
	printf 'card 1 CEX8 A' > "$work/lines"
	expect_status 0 "$apsim" check "$work/lines"
	: > "$work/lines"
	expect_status 0 "$apsim" check "$work/lines"
	expect_status 1 sh -c "printf '\n\nx' | '$apsim' check -"
	expect_said '(input):3: "x": '
}

a_long_file_is_read_as_a_whole()
{
	# Without a fork for each line: this is about 300 kB.
	awk 'BEGIN {
		for (i = 0; i < 256; i++)
			print "card", i, "CEX8 A; domain", i, "# " i
		for (i = 0; i < 65536 / 8; i++)
			printf "lag %02x.%04x 1\n", i % 256, i / 32
		print "lag 00.0100 1"
	}' > "$work/long"
	expect_status 1 "$apsim" check "$work/long"
	expect_said ':8449: "lag 00.0100 1": '
	same lines "$(echo "$said" | wc -l)" 2
}

not_all_of_many_errors_are_told()
{
	awk 'BEGIN { for (i = 1; i <= 50; i++) print "x" i }' > "$work/many"
	expect_status 1 "$apsim" check "$work/many"
	expect_said 'many:20: "x20"'
	expect_said 'there are more errors'
	case $said in
	*x21*) wrong "says more than twenty" ;;
	esac
}

what_cannot_be_read_is_told()
{
	expect_status 2 "$apsim" check "$work/nothing"
	expect_said "$work/nothing: No such file"
	expect_status 2 "$apsim" check "$work"
	expect_said "s a directory"
	printf 'card 1 CEX8 A\n\0' > "$work/nul"
	expect_status 2 "$apsim" check "$work/nul"
	expect_said "this is no text"
}

what_is_called_wrongly_is_told()
{
	expect_status 2 "$apsim"
	expect_said "apsim check FILE"
	for words in check load "load a b" "load --replace" run shwo "show x" \
		     "show --queues x" "stats x" "stats --delta" "dump x"; do
		# shellcheck disable=SC2086
		expect_status 2 "$apsim" $words
		expect_said apsim
	done
	expect_status 2 "$apsim" run "$(awk 'BEGIN { while (i++ < 2000) printf "x" }')"
	expect_said "too long"
	expect_status 0 "$apsim" --help
	expect_said "apsim check FILE"
}

# A word that the core knows and this command does not cannot be explained.
every_command_of_the_core_is_explained()
{
	words=$(sed -n 's/^	{ "\([a-z]*\)", [0-9].*/\1/p' \
		"$here/../core/command.c")
	[ -n "$words" ] || wrong "no commands found in the core"
	many=$(awk 'BEGIN { while (i++ < 99) printf " x" }')
	expect_status 0 "$apsim" words
	list=$said
	for word in $words; do
		grep -q "^$word " << END || wrong "$word is not listed"
$list
END
		expect_status 1 sh -c "echo '$word$many' | '$apsim' check -"
		expect_said "should be: $word "
	done
	expect_status 1 sh -c "echo crad | '$apsim' check -"
}

without_a_simulator_the_next_step_is_told()
{
	if [ -e /sys/module/apsim ]; then
		skip "there is a simulator"
		return
	fi
	for words in show dump stats reset "run on 4" "stats --delta true" \
		     "load $examples/small.apsim" "show --queues"; do
		# shellcheck disable=SC2086
		expect_status 3 "$apsim" $words
		expect_said "there is no simulated machine in this kernel"
		expect_said "make box"
	done
}

run_all every_example_is_right \
	what_the_how_to_shows_is_right \
	every_error_is_told_with_its_line \
	lines_may_end_in_many_ways \
	a_long_file_is_read_as_a_whole \
	not_all_of_many_errors_are_told \
	what_cannot_be_read_is_told \
	what_is_called_wrongly_is_told \
	every_command_of_the_core_is_explained \
	without_a_simulator_the_next_step_is_told
