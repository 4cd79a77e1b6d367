#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# run - does the driver's protocol hold, and would a mistake in it be found?
#
#	run.sh			all configurations and mutations, as KTAP
#	run.sh NAME...		only these
#	run.sh -t NAME		one of them, what happened before it went wrong,
#				and the steps in full in a file
#	run.sh -l		the names
#
# MODEL_JOBS is how many are checked at once, else one for each processor.

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/../selftests/vfio_ap/lib/ktap.sh"
# shellcheck source=/dev/null
. "$here/cases.sh"

LIMIT=300			# s, for one case
DEPTH=1000000			# steps; a trail that is longer is an error
MEMORY=1500			# MB

# defines NAME: what the preprocessor is told
defines()
{
	local config=$1

	if [ -n "${mutant_of[$1]}" ]; then
		config=${mutant_of[$1]}
		echo "-DMUTANT=$1"
	fi
	# shellcheck disable=SC2086,SC2154
	printf -- '-D%s\n' ${config_of[$config]}
}

# The verifier is told apart: with a formula it looks for cycles.
build()
{
	local options=(-DSAFETY) level=-O0

	mapfile -t given < <(defines "$1")
	[[ ${given[*]} != *-DL[124]* ]] || options=(-DNFAIR=6)
	case ${given[*]} in
	*=255* | *QUEUES=2*) level=-Og ;;	# worth it
	esac
	(cd "$work/$1" && cp "$here"/*.pml . &&
	 spin "${given[@]}" -a ownership.pml &&
	 gcc $level -w -DCOLLAPSE "-DMEMLIM=$MEMORY" \
		"${options[@]}" -o pan pan.c) > "$work/$1/build" 2>&1
}

search()
{
	local how=(-n "-m$DEPTH")

	mkdir -p "$work/$1"
	build "$1" || return
	[[ ${given[*]} != *-DL[124]* ]] || how+=(-a -f)
	(cd "$work/$1" && timeout $LIMIT ./pan "${how[@]}") > "$work/$1/said" 2>&1
}

# story NAME: what was done, in the words of the model
story()
{
	mapfile -t given < <(defines "$1")
	(cd "$work/$1" && spin -t "${given[@]}" ownership.pml 2>&1) |
		sed -n 's/^ *//; /^#processes/q; /^spin: trail ends/q
			/^Never claim\|^spin: .*[aA]ssert/d; p'
}

field()
{
	sed -n "$2" "$work/$1/said" | head -n 1
}

# What was found; nothing: no mistake.
mistake()
{
	field "$1" 's/^pan:[0-9]*: \(.*\) (at depth .*/\1/p'
}

# It was all looked at.
complete()
{
	if [ ! -s "$work/$1/said" ]; then
		wrong "$(tail -n 5 "$work/$1/build")"
	elif ! grep -q '^State-vector.*errors: ' "$work/$1/said"; then
		wrong "it did not end: $(tail -n 3 "$work/$1/said")"
	elif grep -qE 'search depth too small|pan: reached|out of memory' \
			"$work/$1/said"; then
		wrong "not everything was looked at"
	fi
}

holds()
{
	complete "$1"
	[ -z "$ktap_wrong" ] || return 0
	note "$(field "$1" 's/^ *\([0-9.e+]*\) states, stored.*/\1/p') states," \
	     "$(field "$1" 's/^ *\([0-9.e+]*\) transitions.*/\1/p') transitions," \
	     "$(field "$1" 's/^pan: elapsed time //p')"
	[ -n "$(mistake "$1")" ] || return 0
	wrong "$(mistake "$1")" "$(story "$1" | tail -n 40)"
}

is_caught()
{
	if [ -z "$(mistake "$1")" ]; then
		complete "$1"
		wrong "nobody notices"
	else
		note "$(mistake "$1" | sed 's/violated.*/violated/'), after:"
		note "$(story "$1" | tail -n 4)"
	fi
}

# Names that cannot be are told before anything is done.
known()
{
	local name

	for name; do
		[ -n "${config_of[$name]}${mutant_of[$name]}" ] || {
			echo "$0: there is no $name, see $0 -l" >&2
			exit 2
		}
	done
}

search_all()
{
	local name running=0

	for name; do
		if [ $((running++)) -ge "$jobs" ]; then
			wait -n
		fi
		search "$name" &
	done
	wait
}

show()
{
	search "$1"
	mistake "$1"
	if [ ! -e "$work/$1/ownership.pml.trail" ]; then
		cat "$work/$1/said"
		return
	fi
	# A way that is as short as can be found in a while
	[[ ${given[*]} == *-DL[124]* ]] ||
		(cd "$work/$1" && gcc -O1 -w -DCOLLAPSE -DSAFETY -DREACH -o pan \
			pan.c && timeout 20 ./pan -i -n -m2000) > /dev/null 2>&1
	story "$1"
	(cd "$work/$1" && spin -t -p -g -l "${given[@]}" ownership.pml) \
		> "${TMPDIR:-/tmp}/$1.steps" 2>&1
	echo "all steps: ${TMPDIR:-/tmp}/$1.steps"
}

jobs=${MODEL_JOBS:-$(nproc)}
case $1 in
-l)
	printf '%s\n' "${configs[@]}" "${mutants[@]}"
	exit
	;;
esac
command -v spin > /dev/null || skip_all "there is no spin here"
command -v gcc > /dev/null || skip_all "there is no gcc here"
work=$(mktemp -d) || exit 1
trap 'rm -r "$work"' EXIT
if [ "$1" = -t ]; then
	known "$2"
	show "$2"
	exit
fi
known "$@"
[ $# -gt 0 ] || set -- "${configs[@]}" "${mutants[@]}"
search_all "$@"
plan $#
for name; do
	if [ -n "${mutant_of[$name]}" ]; then
		try "$name is caught: ${sentence_of[$name]}" is_caught "$name"
	else
		try "$name: ${sentence_of[$name]}" holds "$name"
	fi
done
finish
