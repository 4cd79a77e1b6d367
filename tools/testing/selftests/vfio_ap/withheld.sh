#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# withheld - what is not in guest_matrix has a reason, and `withheld' names it
#
# Each reason is brought about by what does so in life; but a queue that is bound
# and not available is so for a moment only, so the machine is told to say that.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
DRIVER=$BUS/drivers/vfio_ap
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms
ALL="04.0004 04.0047 05.0004 05.0047"

# withheld LINE: what becomes of it; of several lines, all in one
withheld()
{
	settles withheld "$1" lines $M/withheld
}

guest_gets()
{
	same guest_matrix "$(lines $M/guest_matrix)" "$1"
}

all_is_there_again()
{
	withheld ""
	guest_gets "$ALL"
}

unbind()
{
	for queue; do
		expect_ok wr $DRIVER/unbind "$queue"
	done
}

bind()
{
	for queue; do
		expect_ok wr $DRIVER/bind "$queue"
	done
}

# A queue that was just bound has to be zeroized: what comes of it?
rebind()
{
	unbind "$@"
	bind "$@"
}

it_is_announced()
{
	case " $(value $MATRIX/features) " in
	*" withheld "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
	same mode "$(stat -c %a $M/withheld)" 444
}

it_is_empty_when_all_is_there()
{
	all_is_there_again
	same "bytes of withheld" "$(wc -c < $M/withheld)" 0
}

a_queue_that_is_not_bound()
{
	unbind 05.0047
	withheld "queue 05.0047 not-bound"
	guest_gets "04.0004 04.0047"
	unbind 04.0004 04.0047
	withheld "queue 04.0004,04.0047,05.0047 not-bound"
	guest_gets ".0004 .0047"
	bind 04.0004 04.0047 05.0047
	all_is_there_again
}

# Two domains next to each other are a range.
numbers_the_host_does_not_have()
{
	expect_ok wr $BUS/apmask -0x20
	expect_ok wr $M/ap_config \
		"$(mask 4 5 0x20),$(mask 4 0x45 0x46 0x47),$(mask 4 0x46)"
	withheld "adapter 20 not-in-host-config \
domain 0045-0046 not-in-host-config \
control-domain 0046 not-in-host-config"
	guest_gets "$ALL"
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),"
	all_is_there_again
}

an_adapter_and_a_domain_that_leave()
{
	expect_ok machine nodomain 0x47
	expect_ok rescan
	withheld "domain 0047 not-in-host-config"
	guest_gets "04.0004 05.0004"
	expect_ok machine off 5
	expect_ok rescan
	withheld "adapter 05 not-in-host-config domain 0047 not-in-host-config"
	guest_gets 04.0004
	expect_ok machine domain 0x47 both
	expect_ok machine on 5
	expect_ok rescan
	all_is_there_again
}

a_reset_that_lasts()
{
	expect_ok wr $PATIENCE 60000
	expect_ok machine reset 60000000
	rebind 04.0004
	withheld "queue 04.0004 resetting"
	guest_gets "05.0004 05.0047"
	expect_ok machine reset 1000
	all_is_there_again
}

a_reset_that_takes_too_long()
{
	expect_ok wr $PATIENCE 300
	expect_ok machine reset 60000000
	rebind 04.0004
	withheld "queue 04.0004 quarantined"
	guest_gets "05.0004 05.0047"
	expect_ok machine reset 1000
	all_is_there_again
}

an_adapter_on_standby()
{
	expect_ok machine standby 4
	rebind 04.0004
	withheld "queue 04.0004 deconfigured"
	guest_gets "05.0004 05.0047"
	expect_ok machine on 4
	all_is_there_again
}

an_adapter_that_is_broken()
{
	expect_ok machine checkstop 4
	rebind 04.0047
	withheld "queue 04.0047 checkstopped"
	expect_ok machine on 4
	all_is_there_again
}

# ZAPQ is function 2, 01 says that there is no such queue.
a_queue_that_the_machine_denies()
{
	expect_ok machine inject 05.0004 2 1 1000000
	rebind 05.0004
	withheld "queue 05.0004 not-available"
	guest_gets "04.0004 04.0047"
	expect_ok machine inject 05.0004 2 0 0
	all_is_there_again
}

# Type 9 is CEX3: the bus makes no devices of it.
an_adapter_that_is_too_old()
{
	expect_ok machine card 9 9 A
	expect_ok rescan
	expect_ok wr $BUS/apmask -9
	expect_ok wr $M/assign_adapter 9
	withheld "queue 09.0004,09.0047 type-too-old"
	guest_gets "$ALL"
	expect_ok wr $M/unassign_adapter 9
	expect_ok machine nocard 9
	expect_ok rescan
	all_is_there_again
}

many_reasons_have_a_line_each()
{
	expect_ok wr $M/assign_control_domain 9
	expect_ok machine standby 4
	unbind 04.0047
	rebind 04.0004
	expect_ok machine inject 05.0004 2 1 1000000
	rebind 05.0004
	withheld "control-domain 0009 not-in-host-config \
queue 04.0047 not-bound queue 04.0004 deconfigured queue 05.0004 not-available"
	guest_gets ".0004 .0047"
	expect_ok machine on 4
	expect_ok machine inject 05.0004 2 0 0
	bind 04.0047
	expect_ok wr $M/unassign_control_domain 9
	all_is_there_again
}

what_is_not_assigned_is_not_missed()
{
	unbind 05.0047
	expect_ok wr $M/unassign_domain 0x47
	same withheld "$(lines $M/withheld)" ""
	guest_gets "04.0004 05.0004"
	expect_ok wr $M/assign_domain 0x47
	same withheld "$(lines $M/withheld)" "queue 05.0047 not-bound"
	expect_ok wr $M/unassign_adapter 5
	same withheld "$(lines $M/withheld)" ""
	guest_gets "04.0004 04.0047"
	expect_ok wr $M/assign_adapter 5
	bind 05.0047
	all_is_there_again
}

restore()
{
	wr $PATIENCE "$before"
	machine reset 1000
	machine inject 05.0004 2 0 0
	clean > /dev/null
}

begin
to_guests 4 5 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 4 5),$(mask 4 0x47)," > /dev/null
settles guest_matrix "$ALL" lines $M/guest_matrix
before=$(value $PATIENCE)
trap restore EXIT
run_all it_is_announced \
	it_is_empty_when_all_is_there \
	a_queue_that_is_not_bound \
	numbers_the_host_does_not_have \
	an_adapter_and_a_domain_that_leave \
	a_reset_that_lasts \
	a_reset_that_takes_too_long \
	an_adapter_on_standby \
	an_adapter_that_is_broken \
	a_queue_that_the_machine_denies \
	an_adapter_that_is_too_old \
	many_reasons_have_a_line_each \
	what_is_not_assigned_is_not_missed
