#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# listing - who has what, in full, however much it is
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE

# announced WORD: in features
announced()
{
	case " $(value $MATRIX/features) " in
	*" $1 "*) ;;
	*) wrong "features: '$(value $MATRIX/features)', no $1" ;;
	esac
}

guest_says_whether_there_is_one()
{
	announced guest
	same guest "$(lines $M/guest)" none
	guest_start $ONE || wrong "no guest: $answer"
	same guest "$(lines $M/guest)" attached
	guest_stop
	same guest "$(lines $M/guest)" none
}

begin_guests
to_guests 4 5 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),$(mask 4)" > /dev/null
run_all guest_says_whether_there_is_one
