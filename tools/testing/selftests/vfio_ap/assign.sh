#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# assign - adapters, domains and control domains come and go as written
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE

assign()
{
	wr $M/assign_adapter "$1" && wr $M/assign_domain "$2"
}

nothing_assigned()
{
	wr $M/ap_config ,,
}

an_adapter_alone_is_listed()
{
	expect_ok wr $M/assign_adapter 5
	expect_ok wr $M/assign_adapter 4
	same matrix "$(lines $M/matrix)" "04. 05."
}

domains_make_queues_of_it()
{
	expect_ok wr $M/assign_domain 0x47
	expect_ok wr $M/assign_domain 4
	same matrix "$(lines $M/matrix)" "04.0004 04.0047 05.0004 05.0047"
	settles guest_matrix "04.0004 04.0047 05.0004 05.0047" \
		lines $M/guest_matrix
}

control_domains_are_listed_apart()
{
	expect_ok wr $M/assign_control_domain 0xab
	expect_ok wr $M/assign_control_domain 4
	same control_domains "$(lines $M/control_domains)" "0004 00ab"
	same matrix "$(lines $M/matrix)" "04.0004 04.0047 05.0004 05.0047"
}

ap_config_shows_what_is_assigned()
{
	same ap_config "$(value $M/ap_config)" \
	     "$(mask 4 5),$(mask 4 0x47),$(mask 4 0xab)"
}

duplicates_change_nothing()
{
	before=$(config $ONE)
	expect_ok wr $M/assign_adapter 4
	expect_ok wr $M/assign_domain 0x47
	expect_ok wr $M/assign_control_domain 4
	same "after assign" "$(config $ONE)" "$before"
	expect_ok wr $M/unassign_adapter 6
	expect_ok wr $M/unassign_domain 0xab
	expect_ok wr $M/unassign_control_domain 0x47
	same "after unassign" "$(config $ONE)" "$before"
}

unassigned_ids_are_gone()
{
	expect_ok wr $M/unassign_domain 4
	same matrix "$(lines $M/matrix)" "04.0047 05.0047"
	settles guest_matrix "04.0047 05.0047" lines $M/guest_matrix
	expect_ok wr $M/unassign_adapter 5
	same matrix "$(lines $M/matrix)" 04.0047
	expect_ok wr $M/unassign_control_domain 4
	same control_domains "$(lines $M/control_domains)" 00ab
	expect_ok wr $M/unassign_adapter 4
	same matrix "$(lines $M/matrix)" .0047
	expect_ok wr $M/unassign_domain 0x47
	same matrix "$(lines $M/matrix)" ""
}

assign_after_unassign_restores()
{
	expect_ok assign 4 4
	settles guest_matrix 04.0004 lines $M/guest_matrix
	expect_ok wr $M/unassign_adapter 4
	expect_ok wr $M/assign_adapter 4
	settles guest_matrix 04.0004 lines $M/guest_matrix
	expect_ok nothing_assigned
}

numbers_are_read_as_c_writes_them()
{
	for pair in 010:08 0x10:10 0X1f:1f +9:09 0:00; do
		expect_ok wr $M/assign_adapter "${pair%:*}"
		same "${pair%:*}" "$(lines $M/matrix)" "${pair#*:}."
		expect_ok wr $M/unassign_adapter "0x${pair#*:}"
	done
	expect_ok wr -n $M/assign_adapter 4
	same "without newline" "$(lines $M/matrix)" 04.
	expect_ok nothing_assigned
}

a_number_may_end_as_c_strings_do()
{
	# printf is one write(2).
	expect_ok sh -c "printf '4\\000' > $M/assign_adapter"
	same matrix "$(lines $M/matrix)" 04.
	expect_ok wr $M/ap_config ,,
}

the_last_ids_can_be_assigned()
{
	last=$(value $BUS/ap_max_adapter_id)
	expect_ok wr $M/assign_adapter "$last"
	same adapter "$(lines $M/matrix)" "$(printf %02x. "$last")"
	expect_ok nothing_assigned
	last=$(value $BUS/ap_max_domain_id)
	expect_ok wr $M/assign_domain "$last"
	same domain "$(lines $M/matrix)" "$(printf .%04x "$last")"
	expect_ok nothing_assigned
}

what_is_not_there_can_be_assigned()
{
	expect_ok wr $BUS/apmask -0x20
	expect_ok assign 0x20 4
	expect_ok wr $M/assign_adapter 5
	expect_ok wr $M/assign_control_domain 0x21
	same matrix "$(lines $M/matrix)" "05.0004 20.0004"
	same control_domains "$(lines $M/control_domains)" 0021
	settles guest_matrix 05.0004 lines $M/guest_matrix
	expect_ok nothing_assigned
}

a_domain_without_queues_withholds_the_adapter()
{
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.00ab
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0xab),"
	settles guest_matrix "05.0004 05.00ab" lines $M/guest_matrix
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.00ab
	settles "with the queue" "04.0004 04.00ab 05.0004 05.00ab" \
		lines $M/guest_matrix
	expect_ok nothing_assigned
}

ap_config_replaces_everything()
{
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4),$(mask 0xab)"
	same matrix "$(lines $M/matrix)" "04.0004 05.0004"
	expect_ok wr $M/ap_config "$(mask 5),$(mask 4 0x47),$(mask 4)"
	same matrix "$(lines $M/matrix)" "05.0004 05.0047"
	same control_domains "$(lines $M/control_domains)" 0004
	settles guest_matrix "05.0004 05.0047" lines $M/guest_matrix
}

ap_config_reads_short_masks()
{
	expect_ok wr $M/ap_config 0x08,08,8
	same ap_config "$(value $M/ap_config)" "$(mask 4),$(mask 4),$(mask 0)"
	expect_ok wr $M/ap_config 0x0C,,0
	same ap_config "$(value $M/ap_config)" "$(mask 4 5),$(mask),$(mask)"
	expect_ok nothing_assigned
	same ap_config "$(value $M/ap_config)" "$(mask),$(mask),$(mask)"
}

ap_config_takes_what_it_printed()
{
	expect_ok assign 4 0x47
	expect_ok wr $M/assign_control_domain 4
	before=$(value $M/ap_config)
	expect_ok nothing_assigned
	expect_ok wr $M/ap_config "$before"
	same ap_config "$(value $M/ap_config)" "$before"
	expect_ok nothing_assigned
}

two_mdevs_share_adapters_and_domains()
{
	expect_ok create $TWO
	expect_ok assign 4 4
	expect_ok wr $MATRIX/$TWO/assign_adapter 5
	expect_ok wr $MATRIX/$TWO/assign_domain 4
	expect_ok wr $MATRIX/$TWO/assign_control_domain 4
	expect_ok wr $M/assign_control_domain 4
	settles "the first's" 04.0004 lines $M/guest_matrix
	settles "the second's" 05.0004 lines $MATRIX/$TWO/guest_matrix
	expect_ok remove $TWO
}

begin
to_guests 4 5 > /dev/null
create $ONE > /dev/null
run_all an_adapter_alone_is_listed \
	domains_make_queues_of_it \
	control_domains_are_listed_apart \
	ap_config_shows_what_is_assigned \
	duplicates_change_nothing \
	unassigned_ids_are_gone \
	assign_after_unassign_restores \
	numbers_are_read_as_c_writes_them \
	a_number_may_end_as_c_strings_do \
	the_last_ids_can_be_assigned \
	what_is_not_there_can_be_assigned \
	a_domain_without_queues_withholds_the_adapter \
	ap_config_replaces_everything \
	ap_config_reads_short_masks \
	ap_config_takes_what_it_printed \
	two_mdevs_share_adapters_and_domains
