#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# mdevctl - an administrator keeps definitions of mediated devices with mdevctl
#
#	/etc/mdevctl.d/matrix/UUID --start--> /sys/devices/vfio_ap/matrix/UUID
#
# Adapter 5 is for guests, everything else is the host's.
here=$(dirname "$0")
. "$here/lib/clients.sh"

M=$MATRIX/$ONE
LISTED="matrix vfio_ap-passthrough"

# define UUID: what $DEFINITION says
define()
{
	mdevctl define -u "$1" -p matrix --jsonfile $DEFINITION
}

it_finds_the_type()
{
	prints "matrix
  vfio_ap-passthrough
    Available instances: 65536
    Device API: vfio-ap
    Name: VFIO AP Passthrough Device" mdevctl types
}

a_definition_is_no_device_yet()
{
	definition 5 4
	does define $ONE
	prints "$ONE $LISTED manual" mdevctl list -d
	prints "" mdevctl list
	same "is it there" "$(there $ONE)" no
}

attributes_can_be_added()
{
	does mdevctl modify -u $ONE --addattr=assign_domain --value=0x47
	does mdevctl modify -u $ONE --addattr=assign_control_domain --value=9
	prints "$ONE $LISTED manual
  Attrs:
    @{0}: {\"assign_adapter\":\"5\"}
    @{1}: {\"assign_domain\":\"4\"}
    @{2}: {\"assign_domain\":\"0x47\"}
    @{3}: {\"assign_control_domain\":\"9\"}" mdevctl list -d -v
}

started_it_has_what_is_defined()
{
	does mdevctl start -u $ONE
	same matrix "$(lines $M/matrix)" "05.0004 05.0047"
	same control_domains "$(lines $M/control_domains)" "0009"
	settles guest_matrix "05.0004 05.0047" lines $M/guest_matrix
	prints "$ONE $LISTED manual (defined)" mdevctl list
	fails_with "already exists" mdevctl start -u $ONE
}

another_that_wants_its_queue_is_refused()
{
	definition 5 4
	does define $TWO
	fails_with "(os error 98)" mdevctl start -u $TWO
	expect_said assign_domain
	same "is anything left" "$(there $TWO)" no
	same "what the first has" "$(lines $M/matrix)" "05.0004 05.0047"
	does mdevctl undefine -u $TWO
}

who_wants_a_queue_of_the_hosts_is_refused()
{
	definition 6 4
	does define $TWO
	fails_with "(os error 99)" mdevctl start -u $TWO
	same "is anything left" "$(there $TWO)" no
	does mdevctl undefine -u $TWO
}

who_wants_what_no_machine_has_is_refused()
{
	definition 256 4
	does define $TWO
	fails_with "(os error 19)" mdevctl start -u $TWO
	expect_said assign_adapter
	definition five 4
	does mdevctl undefine -u $TWO
	does define $TWO
	fails_with "(os error 22)" mdevctl start -u $TWO
	does mdevctl undefine -u $TWO
}

stopped_it_is_still_defined()
{
	does mdevctl stop -u $ONE
	same "is it there" "$(there $ONE)" no
	prints "" mdevctl list
	prints "$ONE $LISTED manual" mdevctl list -d
}

# Debian's rule has a path that Debian's package has not.
with_the_module_its_udev_rule_starts_it()
{
	[ -e /usr/sbin/mdevctl ] || ln -s ../bin/mdevctl /usr/sbin/mdevctl
	does mdevctl modify -u $ONE --auto
	prints "$ONE $LISTED auto" mdevctl list -d
	does reload
	waits "is it there" yes there $ONE
	waits guest_matrix "05.0004 05.0047" lines $M/guest_matrix
	# There are two events, and the second would start what was stopped.
	does udevadm settle
	prints "$ONE $LISTED auto (defined)" mdevctl list
}

# What went wrong then is in the system's log only.
who_cannot_be_started_then_is_in_the_log()
{
	does mdevctl stop -u $ONE
	does wr $BUS/apmask +5
	does reload
	waits "is the reason in the log" yes logged "(os error 99)"
	# The second event tries it once more, and takes it away again.
	does udevadm settle
	same "is it there" "$(there $ONE)" no
}

logged()
{
	if grep -qF "$1" $SYSLOG; then
		echo yes
	else
		echo no
	fi
}

undefined_it_is_forgotten()
{
	does mdevctl undefine -u $ONE
	prints "" mdevctl list -d
	same "its file" "$(ls $DEFINED)" ""
}

begin_clients
to_guests 5 > /dev/null
run_timed it_finds_the_type \
	a_definition_is_no_device_yet \
	attributes_can_be_added \
	started_it_has_what_is_defined \
	another_that_wants_its_queue_is_refused \
	who_wants_a_queue_of_the_hosts_is_refused \
	who_wants_what_no_machine_has_is_refused \
	stopped_it_is_still_defined \
	with_the_module_its_udev_rule_starts_it \
	who_cannot_be_started_then_is_in_the_log \
	undefined_it_is_forgotten
