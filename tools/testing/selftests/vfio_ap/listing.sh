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

# What is withheld is the difference to ap_config, control domains too.
guest_config_is_what_the_guest_has()
{
	announced guest_config
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47 0x48),$(mask 4 5)"
	config=$(mask 4 5),$(mask 4 0x47),$(mask 4)
	settles guest_config "$config" value $M/guest_config
	guest_start $ONE || wrong "no guest: $answer"
	same guest_config "$(value $M/guest_config)" "$config"
	expect_ok wr $BUS/drivers/vfio_ap/unbind 05.0004
	same guest_config "$(value $M/guest_config)" \
	     "$(mask 4),$(mask 4 0x47),$(mask 4)"
	guest_stop
	expect_ok wr $BUS/drivers/vfio_ap/bind 05.0004
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),$(mask 4)"
	settles guest_config "$config" value $M/guest_config
}

# 16 x 32 queues are one more than there is room for.
matrix_ends_with_a_line_and_ap_config_does_not_end()
{
	for id in 128 129 130 131 132 133 134 135 136 137 138 139 140 141 142 143
	do
		to_guests $id > /dev/null
	done
	config=$(printf '0x%032dffff%028d' 0 0),$(printf '0xffffffff%056d' 0)
	config=$config,$(mask 4)
	expect_ok wr $M/ap_config "$config"
	same "lines of matrix" "$(wc -l < $M/matrix)" 511
	same "end of matrix" "$(tail -n 1 $M/matrix)" 8f.001e
	same ap_config "$(value $M/ap_config)" "$config"
	same withheld "$(lines $M/withheld)" \
"adapter 80-8f not-in-host-config domain 0000-0003,0005-001f not-in-host-config"
}

begin_guests
to_guests 4 5 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),$(mask 4)" > /dev/null
run_all guest_says_whether_there_is_one \
	guest_config_is_what_the_guest_has \
	matrix_ends_with_a_line_and_ap_config_does_not_end
