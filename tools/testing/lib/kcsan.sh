# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# kcsan - what the kernel that looks for data races has found
#
# A report begins with "BUG: KCSAN: data-race in FUNCTION [MODULE] / FUNCTION".
# Only what is built here is instrumented, so both are ours.

# kcsan_races LOG: the functions of each race, one a line, each once
kcsan_races()
{
	tr -d '\r' < "$1" | sed -n 's/.*BUG: KCSAN: //p' | sort | uniq -c |
		sort -rn || :
}

# kcsan_verdict FILE LOG: nobody races but the module that is there for that
kcsan_verdict()
{
	local file=$1 log=$2 races ours wrong=''

	races=$(kcsan_races "$log")
	ours=$(grep -E '\[(vfio_ap|apsim)' <<< "$races") || :
	{
		printf 'KTAP version 1\n1..2\n'
		grep -q '\[race\]' <<< "$races" || wrong='not '
		[ -n "$wrong" ] || races=$(grep -v '\[race\]' <<< "$races") || :
		echo "${wrong}ok 1 a race that is there is found"
		[ -z "$races" ] || sed 's/^/# /' <<< "$races"
		wrong=''
		[ -z "$ours" ] || wrong='not '
		echo "${wrong}ok 2 there is no race of ours"
	} > "$file"
}
