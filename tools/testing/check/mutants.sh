#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# mutants - do the lists of mistakes still fit the driver?  Text only: whether
# mistakes are noticed is found out by "make mutants".
#
#	mutants.sh

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
folder=$here/../mutants
least=40

. "$here/../selftests/vfio_ap/lib/ktap.sh"

driver=drivers/s390/crypto/vfio_ap

# mutate WHAT LIST...
mutate()
{
	what=$1
	shift
	awk -f "$folder/mutate.awk" -v top="$root" -v what="$what" "$@"
}

each_can_be_made_in_one_way()
{
	bad=$(mutate check "$folder"/*.list) ||
		bad="${bad:-awk ends with $?}"
	[ -z "$bad" ] || wrong "$bad"
	count=$(mutate list "$folder"/*.list | wc -l)
	note "$count mutants"
	[ "$count" -ge $least ] || wrong "only $count of at least $least"
}

# Suites are the core's, scripts are for the rest.
who_is_to_notice_exists()
{
	bad=$(mutate list "$folder"/*.list |
		while IFS='|' read -r name file tests rest; do
			for test in $tests; do
				case $file:$test in
				core/*:vfio_ap-*-oracle)
					test=${test#vfio_ap-}
					path=${test%-oracle}_oracle_kunit.c
					path=$root/$driver/tests/$path
					;;
				core/*:vfio_ap-*)
					path=$root/$driver/tests/${test#vfio_ap-}_kunit.c
					;;
				*)
					path=$here/../selftests/vfio_ap/$test.sh
					;;
				esac
				[ -e "$path" ] || echo "$name: no test $test"
			done
		done)
	[ -z "$bad" ] || wrong "$bad"
}

# finds WHAT LINE...: a list of one mutant, and what is wrong with it
finds()
{
	want=$1
	shift
	list=$(mktemp)
	printf '%s\n' "$@" > "$list"
	got=$(mutate check "$list")
	[ $? -eq 1 ] || wrong "it is found right"
	case $got in
	"$want"*) ;;
	*) wrong "says '$got', should say '$want'" ;;
	esac
	rm "$list"
}

a_list_that_is_wrong_is_noticed()
{
	finds 'a: not exactly once in core/mask.c apm_mask_and' 'mutant a' \
		'why b' 'in core/mask.c apm_mask_and' 'test c' '-no such line'
	finds 'a: not exactly once in core/mask.c apm_none' 'mutant a' \
		'why b' 'in core/mask.c apm_none' 'test c' '-}'
	finds 'a: not exactly once in core/mask.c' 'mutant a' 'why b' \
		'in core/mask.c' 'test c' '-}'
	finds 'a: there is no core/none.c' 'mutant a' 'why b' \
		'in core/none.c' 'test c' '-}'
	finds 'a: incomplete' 'mutant a' 'in core/mask.c' 'test c' '-}'
	finds 'a: there are two' 'mutant a' 'why b' 'in core/mask.c apm_mask_and' \
		'test c' '-	return both;' 'mutant a' 'why b' \
		'in core/mask.c apm_mask_and' 'test c' '-	return both;'
}

# The changed file differs in the line that was to be changed, and in no other.
a_mutant_is_what_the_list_says()
{
	list=$(mktemp)
	printf '%s\n' 'mutant a' 'in core/mask.c apm_mask_and' \
		'-return both;' '+	return *a;' > "$list"
	got=$(mutate a "$list" | diff "$root/$driver/core/mask.c" - |
		grep '^[<>]' | tr -d '\t' | paste -s -d ' ')
	same "the difference" "$got" '< return both; > return *a;'
	rm "$list"
}

run_all each_can_be_made_in_one_way who_is_to_notice_exists \
	a_list_that_is_wrong_is_noticed a_mutant_is_what_the_list_says
