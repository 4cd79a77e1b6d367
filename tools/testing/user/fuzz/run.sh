#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# user bed - runs the fuzzers
#
#	run.sh probe BUILD_DIR			can libFuzzer be linked here?
#	run.sh run BUILD_DIR FUZZER... > KTAP	corpus, then TIME seconds each
#	run.sh keep BUILD_DIR FUZZER...		what was found becomes corpus
#
# The corpus is corpus/FUZZER.hex, one input a line: some by hand, then what fuzzers
# found.  SEED is libFuzzer's, CORPUS another folder.

corpus=${CORPUS:-$(cd "$(dirname "$0")" && pwd)/corpus}
mode=$1
build=$2
shift 2
work=$build/fuzz.d
number=0
failed=0

case_ends() # "ok" or "not ok", name, [directive]
{
	number=$((number + 1))
	echo "$1 $number $2${3:+ # $3}"
	[ "$1" = ok ] || failed=1
}

# How to see it again, from a file with the input
tell_input() # fuzzer, file
{
	hex=$(od -An -v -tx1 "$2" | tr -d ' \n')
	echo "#   input: $hex"
	echo "#   again: make -C tools/testing/user O=$build replay &&"
	echo "#          $build/replay-$1 $hex"
}

tell_log()
{
	grep -aE 'FOUND|ERROR:|runtime error|SUMMARY|No such|not found' "$1" |
		head -n 6 | sed 's/^/#   /'
}

probe()
{
	mkdir -p "$work"
	echo 'int LLVMFuzzerTestOneInput(const unsigned char *data,
		unsigned long size) { return !data && size; }' |
		"${CLANG:-clang}" -fsanitize=fuzzer,address,undefined -x c - \
			-o "$work/probe" > "$work/probe.log" 2>&1 ||
		! echo "no libFuzzer: $(sed -n '1s/.*: \([^:]*: [^:]*\)$/\1/p' \
			"$work/probe.log")" > "$work/why"
}

replay_corpus() # fuzzer
{
	name="$1: its corpus"
	if "$build/replay-$1" < "$corpus/$1.hex" > "$work/$1.replay" 2>&1; then
		sed 's/^/# /' "$work/$1.replay"
		case_ends ok "$name"
		return
	fi
	tell_log "$work/$1.replay"
	grep -v '^#' "$corpus/$1.hex" | while read -r hex; do
		"$build/replay-$1" "$hex" > /dev/null 2>&1 ||
			echo "#   again: $build/replay-$1 $hex"
	done | head -n 3
	case_ends "not ok" "$name"
}

fuzz() # fuzzer
{
	name="$1: no input breaks it"
	log=$work/$1.log

	if [ -s "$work/why" ]; then
		case_ends ok "$name" "SKIP $(cat "$work/why")"
		return
	fi
	rm -rf "$work/$1"
	mkdir -p "$work/$1" "$work/$1.found"
	rm -f "$work/$1.found"/*
	"$build/replay-$1" -u "$work/$1" < "$corpus/$1.hex" > /dev/null 2>&1
	"$build/fuzz-$1" -max_total_time="$TIME" -seed="$SEED" -timeout=20 \
		-max_len=600 -print_final_stats=1 \
		-artifact_prefix="$work/$1.found/" "$work/$1" > "$log" 2>&1
	rc=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	echo "# $1: ${runs:-0} executions in $TIME s, seed $SEED"
	if [ $rc -eq 0 ] && [ "${runs:-0}" -gt 0 ]; then
		case_ends ok "$name"
		return
	fi
	tell_log "$log"
	for found in "$work/$1.found"/*; do
		[ ! -e "$found" ] || tell_input "$1" "$found"
	done
	case_ends "not ok" "$name"
}

# Those by hand stay; the others are as few as reach all that was reached.
keep() # fuzzer
{
	rm -rf "$work/$1.min"
	mkdir -p "$work/$1.min"
	"$build/fuzz-$1" -set_cover_merge=1 -max_len=600 \
		"$work/$1.min" "$work/$1" > "$work/$1.merge" 2>&1
	{
		sed '/^# found/q' "$corpus/$1.hex"
		for input in "$work/$1.min"/*; do
			od -An -v -tx1 "$input" | tr -d ' \n'
			echo
		done | sort
	} > "$work/$1.hex"
	cp "$work/$1.hex" "$corpus/$1.hex"
	wc -lc "$corpus/$1.hex"
}

case $mode in
probe)
	rm -f "$work/why"
	probe
	exit
	;;
keep)
	for fuzzer; do
		keep "$fuzzer"
	done
	exit
	;;
esac

echo "KTAP version 1"
echo "1..$((2 * $#))"
for fuzzer; do
	replay_corpus "$fuzzer"
	fuzz "$fuzzer"
done
exit $failed
