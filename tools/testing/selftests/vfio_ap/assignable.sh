#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# assignable - what could be assigned now can be, and nothing else can
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
DOMAINS="0004,0047,00ab"

# says ROWS: of several lines, all in one
says()
{
	same assignable "$(lines $MATRIX/assignable)" "$1"
}

# config ADAPTERS DOMAINS, blanks between numbers
masks_say()
{
	# shellcheck disable=SC2086 # words are wanted
	same assignable_config "$(value $MATRIX/assignable_config)" \
	     "$(mask $1),$(mask $2),$(mask 4 0x47 0xab)"
}

it_is_announced()
{
	case " $(value $MATRIX/features) " in
	*" assignable "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
	for file in assignable assignable_config; do
		same "mode of $file" "$(stat -c %a $MATRIX/$file)" 444
	done
}

nothing_while_all_is_the_hosts()
{
	says ""
	masks_say "" ""
	same "bytes of assignable_config" \
	     "$(wc -c < $MATRIX/assignable_config)" 201
}

what_the_masks_leave()
{
	expect_ok to_guests 4 5
	says "04-05 $DOMAINS"
	masks_say "4 5" "4 0x47 0xab"
	expect_ok wr $BUS/aqmask -0xab
	says "04-05 $DOMAINS 06-07 00ab"
	masks_say "4 5 6 7" "4 0x47 0xab"
}

what_others_leave()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4 0x47),$(mask 4)"
	says "04,06-07 00ab 05 $DOMAINS"
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47 0xab),"
	says "06-07 00ab"
	masks_say "6 7" 0xab
}

what_the_machine_leaves()
{
	expect_ok wr $M/ap_config ",,"
	expect_ok machine nodomain 0x47
	expect_ok machine off 5
	expect_ok rescan
	says "04 0004,00ab 06-07 00ab"
	expect_ok machine domain 0x47 both
	expect_ok machine on 5
	expect_ok rescan
	says "04-05 $DOMAINS 06-07 00ab"
}

# Every queue there is, alone: listed if and only if it can be had.
what_it_says_is_so()
{
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 4),$(mask 0x47),"
	says "04 0004,00ab 05 $DOMAINS 06-07 00ab"
	for adapter in 4 5 6 7; do
		for domain in 4 0x47 0xab; do
			free=
			case $adapter.$domain in
			4.4 | 4.0xab | 5.* | *.0xab) free=1 ;;
			esac
			got=
			! wr $M/ap_config "$(mask $adapter),$(mask $domain)," \
				> /dev/null || got=1
			same "$adapter.$domain" "$got" "$free"
		done
	done
}

begin
create $ONE > /dev/null
create $TWO > /dev/null
run_all it_is_announced \
	nothing_while_all_is_the_hosts \
	what_the_masks_leave \
	what_others_leave \
	what_the_machine_leaves \
	what_it_says_is_so
