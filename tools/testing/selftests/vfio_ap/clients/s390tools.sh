#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# s390tools - an administrator looks at queues with lszcrypt, and keeps the masks
# with chzdev
#
# Adapter 5 is for guests; 05.0004 is in a guest, 05.0047 assigned, 05.00ab free.
here=$(dirname "$0")
. "$here/lib/clients.sh"
. "$here/../lib/guest.sh"

M=$MATRIX/$ONE
RULES=/etc/udev/rules.d/41-ap.rules

# states QUEUE...: what lszcrypt says of these, and by which driver
states()
{
	lszcrypt -V "$@" | awk '/\./ && !/^CARD/ {
		status = $4
		for (i = 5; i < NF && $i !~ /^[-0-9]/; i++)
			status = status " " $i
		print $1, status, $NF
	}'
}

lszcrypt_shows_a_state_of_each_queue()
{
	expect_ok create $ONE
	expect_ok wr $M/ap_config "$(mask 5),$(mask 4),"
	settles guest_matrix 05.0004 lines $M/guest_matrix
	prints "05.0004 assigned vfio_ap" states 05.0004
	guest_start $ONE > /dev/null || wrong "no guest"
	prints "05.0004 in use vfio_ap
05.0047 unassigned vfio_ap
05.00ab unassigned vfio_ap" states 5
	prints "04.0004 online cex4queue" states 04.0004
}

without_V_it_leaves_them_out()
{
	does lszcrypt
	expect_said 04.0004
	case $said in
	*05.00*) wrong "it shows what is not the host's: $said" ;;
	esac
}

an_adapter_that_is_deconfigured_says_so()
{
	expect_ok machine standby 5
	rescan
	waits lszcrypt "05.0004 deconfig vfio_ap" states 05.0004
	prints "05.0004 deconfig vfio_ap
05.0047 deconfig vfio_ap
05.00ab deconfig vfio_ap" states 5
	expect_ok machine on 5
	rescan
	waits lszcrypt "05.0004 in use vfio_ap" states 05.0004
}

an_adapter_that_is_broken_says_so()
{
	expect_ok machine checkstop 5
	rescan
	waits lszcrypt "05.0004 chkstop vfio_ap" states 05.0004
	expect_ok machine on 5
	rescan
	waits lszcrypt "05.0004 in use vfio_ap" states 05.0004
}

chzcrypt_cannot_set_what_is_a_guests_offline()
{
	fails_with online chzcrypt -d 05.0004
	prints "05.0004 in use vfio_ap" states 05.0004
	does chzcrypt -d 04.0004
	prints "04.0004 offline cex4queue" states 04.0004
	does chzcrypt -e 04.0004
}

chzcrypt_changes_how_often_the_bus_looks()
{
	does chzcrypt -c 7
	same config_time "$(value $BUS/config_time)" 7
	does chzcrypt -c 30
}

chzdev_gives_queues_to_guests_now_and_at_boot()
{
	does chzdev -t ap apmask=-5-6
	expect_said "ap device type configured"
	same driver "$(queue_driver 06.0004)" vfio_ap
	grep -q 'apmask}="0xf9f' $RULES ||
		wrong "not for the next boot: $(cat $RULES)"
	grep -q 'kmod load vfio_ap' $RULES ||
		wrong "it does not load the module: $(cat $RULES)"
	does chzdev -t ap apmask=-5,+6
	same driver "$(queue_driver 06.0004)" cex4queue
}

# It looks itself; if it did not, the kernel would say EBUSY.
chzdev_does_not_take_what_is_assigned()
{
	fails_with "apmask conflicts with mdev $ONE APQN 5.4" \
		chzdev -t ap apmask=+5
	expect_said "Invalid configuration"
	same driver "$(queue_driver 05.0004)" vfio_ap
	expect_errno EBUSY wr $BUS/apmask +5
}

chzdev_takes_back_what_nobody_has()
{
	guest_stop || wrong "the guest does not end"
	expect_ok remove $ONE
	does chzdev -t ap apmask=0-255 aqmask=0-255
	same driver "$(queue_driver 05.0004)" cex4queue
	prints "05.0004 online cex4queue" states 05.0004
}

mdevctl_asks_s390_tools_before_it_starts()
{
	skip "this package has no ap-check for mdevctl to call"
}

undo()
{
	rm -f $RULES
}

begin_clients
begin_guests undo
to_guests 5 > /dev/null
run_timed lszcrypt_shows_a_state_of_each_queue \
	without_V_it_leaves_them_out \
	an_adapter_that_is_deconfigured_says_so \
	an_adapter_that_is_broken_says_so \
	chzcrypt_cannot_set_what_is_a_guests_offline \
	chzcrypt_changes_how_often_the_bus_looks \
	chzdev_gives_queues_to_guests_now_and_at_boot \
	chzdev_does_not_take_what_is_assigned \
	chzdev_takes_back_what_nobody_has \
	mdevctl_asks_s390_tools_before_it_starts
