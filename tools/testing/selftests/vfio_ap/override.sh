#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# override - single queues are steered by driver_override, masks untouched
#
# No adapter leaves the machine here: the bus does not forget that a queue of
# it was steered, and would not allow masks again.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
ALL="04.0004 04.0047 05.0004 05.0047"
FIVE="05.0004 05.0047"

# steer DRIVER QUEUE...: DRIVER gets them; "" leaves them to the masks
steer()
{
	steer_to=$1
	shift
	for steer_queue; do
		wr "$BUS/devices/$steer_queue/driver_override" "$steer_to" ||
			return
		steer_now=$(queue_driver "$steer_queue")
		[ "$steer_now" = none ] ||
			wr "$BUS/drivers/$steer_now/unbind" "$steer_queue" ||
			return
		wr $BUS/drivers_probe "$steer_queue" || return
	done
}

undo()
{
	guest_kill
	wr $M/remove 1
	steer "" $ALL 04.00ab
}

masks_and_overrides_exclude_each_other()
{
	expect_errno EINVAL wr $BUS/apmask -6
	expect_ok steer "" $ALL
	expect_ok wr $BUS/apmask -6
	expect_errno EINVAL wr $BUS/devices/04.0004/driver_override vfio_ap
	expect_ok wr $BUS/apmask +6
	expect_ok steer vfio_ap $ALL
	same assignable "$(lines $MATRIX/assignable)" "04-05 0004,0047"
}

a_guest_has_what_was_steered_here()
{
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),"
	settles guest_matrix "$ALL" lines $M/guest_matrix
	guest_start $ONE > /dev/null || wrong "no guest"
	guest_has "$ALL"
}

the_host_keeps_the_rest()
{
	expect_errno EADDRNOTAVAIL wr $M/assign_domain 0xab
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 6
	guest_has "$ALL"
}

# Only binding counts, and what the guest left behind is not the host's to see.
a_queue_that_is_steered_away_takes_its_adapter_with_it()
{
	forget
	answers 00 nqap 04.0047 3
	answers 00 nqap 05.0047 4
	expect_ok wr $BUS/devices/04.0047/driver_override cex4queue
	guest_has "$ALL"
	expect_ok steer cex4queue 04.0047
	same driver "$(queue_driver 04.0047)" cex4queue
	guest_has "$FIVE"
	answers 01 tapq 04.0047
	answers 01 tapq 04.0004
	changes 1
	settles "the reply on its neighbour" "00 4" ask dqap 05.0047
	same withheld "$(lines $M/withheld)" "queue 04.0047 not-bound"
}

the_mdev_can_still_be_changed()
{
	expect_ok wr $M/assign_control_domain 4
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4 0x47),"
	guest_has "$FIVE"
	forget
	expect_ok wr $M/ap_config "$(value $M/ap_config)"
	changes 0
	expect_ok wr $M/unassign_domain 0x47
	guest_has "04.0004 05.0004"
	expect_errno EADDRNOTAVAIL wr $M/assign_domain 0x47
	guest_has "04.0004 05.0004"
	expect_ok wr $M/unassign_adapter 4
	expect_ok wr $M/assign_domain 0x47
	guest_has "$FIVE"
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 4
	guest_has "$FIVE"
}

steered_back_it_returns_by_itself()
{
	expect_ok steer vfio_ap 04.0047
	expect_ok wr $M/assign_adapter 4
	guest_gets "$ALL"
	expect_ok steer cex4queue 04.0004
	guest_has "$FIVE"
	expect_ok steer vfio_ap 04.0004
	guest_gets "$ALL"
	answers 10 dqap 04.0047
}

without_an_override_it_is_the_hosts()
{
	expect_ok steer "" 05.0004
	same driver "$(queue_driver 05.0004)" cex4queue
	guest_has "04.0004 04.0047"
	expect_ok steer vfio_ap 05.0004
	guest_gets "$ALL"
}

a_queue_may_be_steered_to_nobody()
{
	forget
	expect_ok steer nobody 05.0047
	same driver "$(queue_driver 05.0047)" none
	guest_has "04.0004 04.0047"
	changes 1
	expect_ok steer vfio_ap 05.0047
	guest_gets "$ALL"
	changes 1
}

what_is_not_assigned_concerns_nobody()
{
	forget
	expect_ok steer vfio_ap 04.00ab
	settles status unassigned value $BUS/devices/04.00ab/status
	expect_ok steer "" 04.00ab
	same driver "$(queue_driver 04.00ab)" cex4queue
	guest_has "$ALL"
	changes 0
}

begin_guests undo
[ -e $BUS/devices/04.0004/driver_override ] ||
	skip_all "this kernel has no driver_override for queues"
steer vfio_ap $ALL > /dev/null || bail "queues cannot be steered"
create $ONE > /dev/null
run_all masks_and_overrides_exclude_each_other \
	a_guest_has_what_was_steered_here \
	the_host_keeps_the_rest \
	a_queue_that_is_steered_away_takes_its_adapter_with_it \
	the_mdev_can_still_be_changed \
	steered_back_it_returns_by_itself \
	without_an_override_it_is_the_hosts \
	a_queue_may_be_steered_to_nobody \
	what_is_not_assigned_concerns_nobody
