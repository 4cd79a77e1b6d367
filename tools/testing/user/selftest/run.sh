#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# user bed - does the runner notice failures?
#
#	run.sh BROKEN COVERAGE BUILD_DIR CORE APSIM
#
# BROKEN is a program with suites that fail; the rest is how branches are counted.
#
# Prints KTAP of its own: what the program says is compared with what it should
# say, and so is its exit status.

broken=$1
coverage=$2
fuzz=$(dirname "$2")/fuzz/run.sh
build=$3
core=$4
apsim=$5
number=0
failed=0

check() # name, command ...
{
	name=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number $name"
	else
		echo "not ok $number $name"
		failed=1
	fi
}

fails()
{
	! "$@" >/dev/null 2>&1
}

passes()
{
	"$@" >/dev/null 2>&1
}

# Result lines and plans only: file names and values are not of interest.
says()
{
	said=$("$broken" "$1" | grep -E '^ *(KTAP|1\.\.|(not )?ok )')
	[ "$said" = "$2" ]
}

# One suite takes its own branches, and no others.
misses()
{
	said=$("$coverage" "$build" "$core" "$apsim" vfio_ap-mask | sed \
		-n 's/^\(ok\|not ok\) [0-9]* every branch of \(mask\|text\)\.c .*/\1 \2/p')
	[ "$said" = "ok mask
not ok text" ]
}

# fuzzes INPUT: what the fuzzers' runner says if this is the corpus
fuzzes()
{
	folder=$(mktemp -d)
	echo "$1" > "$folder/broken.hex"
	CORPUS=$folder TIME=5 SEED=1 "$fuzz" run "${build%/*}" broken
	rm -r "$folder"
}

# "BU" breaks it: in the corpus, or found, which takes libFuzzer
knows()
{
	fuzzes 4255 | grep -q '^not ok 1 '
}

finds()
{
	said=$(fuzzes 00)
	echo "$said" | grep -q '^ok 1 ' || return 1
	echo "$said" | grep -q '^ok 2 .*# SKIP' ||
		echo "$said" | grep -q '^#   input: 4255'
}

expected='KTAP version 1
1..1
    KTAP version 1
    1..6
    not ok 1 one_expectation_of_two_fails
    not ok 2 an_assertion_leaves_the_test
    not ok 3 bytes_are_compared
    ok 4 a_skip_says_why # SKIP no hardware 7
    ok 5 a_test_passes
        KTAP version 1
        1..2
        ok 1 one
        not ok 2 two
    not ok 6 a_number_is_below_two
not ok 1 broken'

echo "KTAP version 1"
echo "1..9"
check "every failure is told" says broken "$expected"
check "a failure is an exit status" fails "$broken" broken
check "all skipped is no success" fails "$broken" skipping
check "no suite at all is no success" fails "$broken" nothing
check "memory errors are found" fails "$broken" crashing
check "a success is one" passes "$broken" passing
check "a branch that is not taken is told" misses
check "an input that breaks something is told" knows
check "and found, if there is libFuzzer" finds
exit $failed
