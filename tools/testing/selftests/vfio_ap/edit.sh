#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# edit - assignments change under a running guest
#
# Each write that changes something for the guest stops it once and tells it
# once; others do neither.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
BASE="$(mask 4 5),$(mask 4 0x47),$(mask 4)"
ALL="04.0004 04.0047 05.0004 05.0047"
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms

undo()
{
	machine reset 1000
	wr $PATIENCE "$patience"
	machine nocard 9
	machine nodomain 0x50
	machine latency 200
}

# What other cases leave behind is none of this one's business.
anew()
{
	wr $M/ap_config "$BASE" > /dev/null
	guest_gets "$ALL"
	forget
}

an_adapter_comes_and_goes()
{
	anew
	expect_ok wr $M/assign_adapter 6
	guest_has "$ALL 06.0004 06.0047"
	changes 1
	expect_ok wr $M/unassign_adapter 6
	guest_has "$ALL"
	answers 01 tapq 06.0004
	changes 1
}

a_domain_comes_and_goes()
{
	anew
	expect_ok wr $M/assign_domain 0xab
	guest_has "04.0004 04.0047 04.00ab 05.0004 05.0047 05.00ab"
	changes 1
	expect_ok wr $M/unassign_domain 4
	guest_has "04.0047 04.00ab 05.0047 05.00ab"
	changes 1
}

a_control_domain_comes_and_goes()
{
	anew
	expect_ok wr $M/assign_control_domain 0xab
	answers "04,05 0004,0047 0004,00ab" qci
	changes 1
	expect_ok wr $M/unassign_control_domain 4
	answers "04,05 0004,0047 00ab" qci
	guest_has "$ALL"
	changes 1
}

everything_at_once_is_one_change()
{
	anew
	expect_ok wr $M/ap_config "$(mask 5 6),$(mask 0xab),$(mask 0x47 0xab)"
	guest_has "05.00ab 06.00ab"
	answers "05,06 00ab 0047,00ab" qci
	changes 1
	expect_ok wr $M/ap_config ,,
	guest_has ""
	answers "- - -" qci
	changes 1
	expect_ok wr $M/ap_config "$BASE"
	guest_gets "$ALL"
	changes 1
}

what_changes_nothing_is_no_change()
{
	anew
	expect_ok wr $M/assign_adapter 4
	expect_ok wr $M/assign_domain 0x47
	expect_ok wr $M/assign_control_domain 4
	expect_ok wr $M/unassign_adapter 6
	expect_ok wr $M/unassign_domain 0xab
	expect_ok wr $M/unassign_control_domain 0xab
	expect_ok wr $M/ap_config "$BASE"
	guest_has "$ALL"
	changes 0
}

a_refused_write_is_no_change()
{
	anew
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 6),$(mask 4),"
	expect_errno EADDRINUSE wr $M/assign_adapter 6
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 7
	expect_errno EADDRNOTAVAIL \
		wr $M/ap_config "$(mask 7),$(mask 0x47),$(mask 0xab)"
	expect_errno ENODEV wr $M/assign_adapter 256
	guest_has "$ALL"
	changes 0
	expect_ok wr $MATRIX/$TWO/ap_config ,,
	changes 0
}

what_stays_keeps_its_requests()
{
	anew
	expect_ok machine latency 60000000
	answers 00 nqap 04.0004 5
	expect_ok wr $M/assign_adapter 6
	expect_ok wr $M/assign_domain 0xab
	expect_ok wr $M/unassign_domain 0x47
	expect_ok wr $M/unassign_adapter 5
	guest_has "04.0004 04.00ab 06.0004 06.00ab"
	expect_ok machine latency 200
	settles "the reply" "00 5" ask dqap 04.0004
	changes 4
}

what_comes_back_is_empty()
{
	anew
	answers 00 nqap 04.0004 6
	expect_ok wr $M/unassign_domain 4
	expect_ok wr $M/assign_domain 4
	guest_gets "$ALL"
	answers 10 dqap 04.0004
	changes 2
}

# Adapters make way, not domains.
one_unbound_queue_withholds_its_adapter()
{
	anew
	answers 00 nqap 04.0004 2
	expect_ok wr $BUS/drivers/vfio_ap/unbind 05.00ab
	changes 0
	expect_ok wr $M/assign_domain 0xab
	guest_has "04.0004 04.0047 04.00ab"
	answers "04 0004,0047,00ab 0004" qci
	changes 1
	expect_ok wr $M/unassign_domain 0xab
	guest_gets "$ALL"
	settles "the reply" "00 2" ask dqap 04.0004
	expect_ok wr $BUS/drivers/vfio_ap/bind 05.00ab
}

unassigned_with_its_domain_it_has_nothing_to_wait_for()
{
	anew
	expect_ok wr $BUS/drivers/vfio_ap/unbind 05.0047
	changes 1
	expect_ok wr $M/unassign_domain 0x47
	guest_gets "04.0004 05.0004"
	changes 1
	expect_ok wr $BUS/drivers/vfio_ap/bind 05.0047
	changes 0
}

# A queue that was just bound is zeroized before anybody gets it.
a_new_domain_waits_for_its_queues()
{
	anew
	expect_ok wr $PATIENCE 60000
	expect_ok machine latency 60000000
	answers 00 nqap 04.0004 1
	expect_ok machine reset 60000000
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.00ab
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.00ab
	behind wr $M/assign_domain 0xab
	settles matrix "04.0004 04.0047 04.00ab 05.0004 05.0047 05.00ab" \
		lines $M/matrix
	guest_has "$ALL"
	changes 0
	blocks
	expect_ok machine reset 1000
	ends
	guest_has "04.0004 04.0047 04.00ab 05.0004 05.0047 05.00ab"
	changes 1
	expect_ok machine latency 200
	settles "the reply" "00 1" ask dqap 04.0004
}

but_not_for_ever()
{
	anew
	expect_ok machine reset 60000000
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.00ab
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.00ab
	expect_ok wr $PATIENCE 300
	expect_ok wr $M/assign_domain 0xab
	guest_gets "05.0004 05.0047 05.00ab"
	changes 1
	expect_ok machine reset 1000
	guest_gets "04.0004 04.0047 04.00ab 05.0004 05.0047 05.00ab"
	changes 1
	expect_ok wr $PATIENCE "$patience"
}

an_adapter_may_be_assigned_before_it_exists()
{
	anew
	expect_ok wr $M/assign_adapter 9
	guest_has "$ALL"
	changes 0
	expect_ok machine card 9 CEX8 A
	expect_ok rescan
	guest_gets "$ALL 09.0004 09.0047"
	changes 1
	answers 00 nqap 09.0047 3
	settles "the reply" "00 3" ask dqap 09.0047
	expect_ok wr $M/unassign_adapter 9
	expect_ok machine nocard 9
	expect_ok rescan
}

a_domain_may_be_assigned_before_it_exists()
{
	anew
	expect_ok wr $M/assign_domain 0x50
	expect_ok wr $M/assign_control_domain 0x50
	guest_has "$ALL"
	answers "04,05 0004,0047 0004" qci
	changes 0
	expect_ok machine domain 0x50
	expect_ok rescan
	guest_gets "04.0004 04.0047 04.0050 05.0004 05.0047 05.0050"
	answers "04,05 0004,0047,0050 0004,0050" qci
	changes 2
	anew
	expect_ok machine nodomain 0x50
	expect_ok rescan
	guest_has "$ALL"
	changes 0
}

# Control domains come at once, the domain with its queues; the guest's own
# queues keep what is on them.
a_domain_that_the_host_gets_takes_nothing_away()
{
	anew
	expect_ok wr $PATIENCE 60000
	expect_ok wr $M/assign_domain 0x50
	expect_ok machine latency 60000000
	answers 00 nqap 04.0004 21
	answers 00 nqap 05.0047 22
	expect_ok machine reset 5000000
	expect_ok machine domain 0x50 usage
	expect_ok rescan
	guest_has "$ALL"
	expect_ok machine reset 1000
	guest_gets "04.0004 04.0047 04.0050 05.0004 05.0047 05.0050"
	changes 1
	expect_ok machine latency 200
	settles "one reply" "00 21" ask dqap 04.0004
	settles "the other" "00 22" ask dqap 05.0047
	anew
	expect_ok machine nodomain 0x50
}

# Else it would start without an adapter that it gets a moment later.
who_opens_waits_for_what_is_being_zeroized()
{
	anew
	answers 0 close
	expect_ok machine reset 500000
	expect_ok wr $BUS/drivers/vfio_ap/unbind 04.0004
	expect_ok wr $BUS/drivers/vfio_ap/bind 04.0004
	answers 0 open
	guest_has "$ALL"
	expect_ok machine reset 1000
}

patience=$(value $PATIENCE)
begin_guests undo
to_guests 4 5 6 9 > /dev/null
create $ONE > /dev/null
create $TWO > /dev/null
wr $M/ap_config "$BASE" > /dev/null
settles guest_matrix "$ALL" lines $M/guest_matrix
guest_start $ONE || bail "no guest"
run_all an_adapter_comes_and_goes \
	a_domain_comes_and_goes \
	a_control_domain_comes_and_goes \
	everything_at_once_is_one_change \
	what_changes_nothing_is_no_change \
	a_refused_write_is_no_change \
	what_stays_keeps_its_requests \
	what_comes_back_is_empty \
	one_unbound_queue_withholds_its_adapter \
	unassigned_with_its_domain_it_has_nothing_to_wait_for \
	a_new_domain_waits_for_its_queues \
	but_not_for_ever \
	an_adapter_may_be_assigned_before_it_exists \
	a_domain_may_be_assigned_before_it_exists \
	a_domain_that_the_host_gets_takes_nothing_away \
	who_opens_waits_for_what_is_being_zeroized
