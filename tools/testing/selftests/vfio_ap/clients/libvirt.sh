#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# libvirt - an administrator defines mediated devices with virsh, and gives them
# to a domain
#
#	virsh --> libvirtd --> mdevctl --> sysfs
#	                  \--> QEMU, stopped before its first instruction
#
# Adapter 5 is for guests.
here=$(dirname "$0")
. "$here/lib/clients.sh"
. "$here/lib/libvirt.sh"

M=$MATRIX/$ONE
QUEUE=$BUS/devices/05.0004

it_sees_cards_queues_and_the_matrix()
{
	does virsh nodedev-list --cap ap_queue
	expect_said ap_05_0004
	does virsh nodedev-dumpxml ap_05_0004
	expect_said "<name>vfio_ap</name>"
	expect_said "<ap-domain>0x0004</ap-domain>"
	does virsh nodedev-dumpxml ap_matrix
	expect_said "<type id='vfio_ap-passthrough'>"
	expect_said "<deviceAPI>vfio-ap</deviceAPI>"
	expect_said "<availableInstances>65536</availableInstances>"
}

a_device_is_defined()
{
	node_device 5 4
	does virsh nodedev-define $NODE_XML
	expect_said "'$NODE' defined"
	does virsh nodedev-list --cap mdev --inactive
	expect_said $NODE
	same "is it there" "$(there $ONE)" no
}

it_can_start_at_boot()
{
	does virsh nodedev-autostart $NODE
	grep -q '"start": "auto"' $DEFINED/$ONE ||
		wrong "not for mdevctl: $(cat $DEFINED/$ONE)"
	does virsh nodedev-info $NODE
	says Autostart yes
	says Active no
}

started_it_is_there()
{
	does virsh nodedev-start $NODE
	same matrix "$(lines $M/matrix)" 05.0004
	settles guest_matrix 05.0004 lines $M/guest_matrix
	waits "is it active" yes active
	does virsh nodedev-dumpxml $NODE
	expect_said "<uuid>$ONE</uuid>"
	expect_said "<parent>ap_matrix</parent>"
}

another_that_wants_its_queue_is_refused()
{
	node_device 5 4 $TWO
	does virsh nodedev-define $NODE_XML
	fails_with "(os error 98)" virsh nodedev-start "$(node_name $TWO)"
	same "is anything left" "$(there $TWO)" no
	does virsh nodedev-undefine "$(node_name $TWO)"
}

its_definition_can_be_changed()
{
	node_device 5 0x47
	does virsh nodedev-update $NODE $NODE_XML --config
	does virsh nodedev-dumpxml --inactive $NODE
	expect_said "<attr name='assign_domain' value='0x47'/>"
	same "what it has" "$(lines $M/matrix)" 05.0004
}

# Only a script that mdevctl calls knows how to change a device that is there.
without_a_script_it_cannot_be_changed_itself()
{
	node_device 5 0x47
	fails_with "Failed to update" virsh nodedev-update $NODE $NODE_XML --live
	same "what it has" "$(lines $M/matrix)" 05.0004
}

a_domain_starts_with_it()
{
	does virsh define $DOMAIN_XML
	does virsh start --paused guest
	same status "$(value $QUEUE/status)" "in use"
	does virsh domstate guest
	expect_said paused
}

it_cannot_be_destroyed_meanwhile()
{
	fails_with "device in use" virsh nodedev-destroy $NODE
	same status "$(value $QUEUE/status)" "in use"
}

it_can_be_detached_and_attached()
{
	does virsh detach-device guest $HOSTDEV_XML --live
	waits status assigned value $QUEUE/status
	does virsh attach-device guest $HOSTDEV_XML --live
	same status "$(value $QUEUE/status)" "in use"
}

the_domain_ends_and_it_is_free()
{
	does virsh destroy guest
	settles status assigned value $QUEUE/status
	does virsh nodedev-destroy $NODE
	same "is it there" "$(there $ONE)" no
	does virsh undefine guest
}

it_is_forgotten()
{
	does virsh nodedev-undefine $NODE
	same "its file" "$(ls $DEFINED)" ""
}

begin_libvirt
to_guests 5 > /dev/null
run_timed it_sees_cards_queues_and_the_matrix \
	a_device_is_defined \
	it_can_start_at_boot \
	started_it_is_there \
	another_that_wants_its_queue_is_refused \
	its_definition_can_be_changed \
	without_a_script_it_cannot_be_changed_itself \
	a_domain_starts_with_it \
	it_cannot_be_destroyed_meanwhile \
	it_can_be_detached_and_attached \
	the_domain_ends_and_it_is_free \
	it_is_forgotten
