#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# qemu - the real QEMU, and what its guest notices of what happens to it
#
# The guest sends requests and sleeps until it is woken by their replies; it has
# adapter 4 at first.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"
. "$here/lib/qemu.sh"

MDEV=/sys/bus/mdev/devices/$ONE
QUEUE=$BUS/devices/04.0004

an_mdev()
{
	[ -e "$MATRIX/$ONE" ] || expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$(mask 4),$(mask 4 0x47),"
	settles guest_matrix "04.0004 04.0047" lines $MATRIX/$ONE/guest_matrix
}

# has_more NAME NUMBER: the guest has counted on
has_more()
{
	look
	[ "$(count "$1")" -gt "$2" ] 2> /dev/null && echo yes
}

# It is woken again and again, and not by the clock instead.
works()
{
	settles TAPQ 00 fresh code TAPQ 04.0004
	lost=$(count lost)
	settles "is it woken" yes has_more woken $(($(count woken) + 2))
	same lost "$(count lost)" "$lost"
	same AQIC "$(code AQIC 04.0004)" 00
	same pages "$(pinned)" 1
}

# It goes on without its queue.
has_no_queue()
{
	settles TAPQ 01 fresh code TAPQ 04.0004
	settles "does it go on" yes has_more rounds "$(count rounds)"
	same pages "$(pinned)" 0
}

a_guest_sleeps_and_is_woken()
{
	an_mdev
	qemu_start -device "vfio-ap,id=ap0,sysfsdev=$MDEV"
	works
	same armed "$(count armed)" 1
	same "status of its queue" "$(value $QUEUE/status)" "in use"
	sed '1,/^RSA/d' $QEMU_REPORT.txt > /run/result
	awk '$1 == 2048 { print $10 }' "$VFIO_AP_BIN/rsa.vectors" |
		fold -w 64 | cmp - /run/result || wrong "not openssl's result"
}

it_finds_an_adapter_that_is_assigned()
{
	same "TAPQ of 05.0004" "$(code TAPQ 05.0004)" 01
	expect_ok wr $MATRIX/$ONE/assign_adapter 5
	settles "TAPQ of 05.0004" 00 fresh code TAPQ 05.0004
	expect_ok wr $MATRIX/$ONE/unassign_adapter 5
	settles "TAPQ of 05.0004" 01 fresh code TAPQ 05.0004
	works
	same armed "$(count armed)" 1
}

it_cannot_have_a_second_device()
{
	expect_ok create $TWO
	said=$(monitor device_add "{\"driver\": \"vfio-ap\", \"id\": \"ap1\",
		\"sysfsdev\": \"/sys/bus/mdev/devices/$TWO\"}") &&
		wrong "it has"
	case $said in
	*ap-bus*) ;;
	*) wrong "QEMU says $said" ;;
	esac
	expect_ok remove $TWO
}

another_cannot_have_the_same()
{
	said=$(qemu_fails -device "vfio-ap,sysfsdev=$MDEV")
	case $said in
	*"ended with"*) wrong "$said" ;;
	*"$ONE"*"usy"*) ;;
	*) wrong "QEMU says $said" ;;
	esac
	works
}

it_can_be_reset()
{
	expect_ok monitor system_reset
	settles starts 2 fresh count started
	works
	same armed "$(count armed)" 1
}

it_loses_its_device_and_gets_it_back()
{
	listen DEVICE_DELETED
	expect_ok monitor device_del '{"id": "ap0"}'
	heard
	has_no_queue
	settles "status of its queue" assigned value $QUEUE/status
	expect_ok monitor device_add "$(device ap0 "$1")"
	# QEMU resets a new device after it has opened it, and with it perhaps what
	# the guest has begun.
	look
	settles "is it woken" yes has_more woken "$(count woken)"
	works
	settles "did it arm again" yes has_more armed 1
}

it_lets_go_when_the_mdev_is_removed()
{
	listen DEVICE_DELETED
	behind remove $ONE
	heard
	ends
	[ ! -e $MATRIX/$ONE ] || wrong "the mdev is still there"
	has_no_queue
	same "what QEMU does" "$(qemu_state)" '"running"'
}

# When a device goes for good VFIO dissolves its group's container.  If QEMU was
# not as fast as that it complains of a container that does nothing any more.
said_by_qemu()
{
	grep -v -e 'vfio_.*dma_unmap(.*) = -22 (Invalid argument)' \
		-e 'vfio: error disconnecting group [0-9]* from container' $QEMU_SAID
}

it_ends_and_nothing_is_left()
{
	qemu_stop
	same "QEMU's words" "$(said_by_qemu)" ""
	same "pages" "$(pinned)" 0
}

needs_iommufd()
{
	[ -e /dev/iommu ] && [ -d /dev/vfio ] ||
		skip "this kernel has no iommufd"
	[ -z "$ktap_skip" ]
}

a_guest_with_iommufd_is_woken_too()
{
	needs_iommufd || return
	an_mdev
	qemu_start -object iommufd,id=i0 \
		-device "vfio-ap,id=ap0,sysfsdev=$MDEV,iommufd=i0"
	works
}

it_can_be_reset_too()
{
	needs_iommufd || return
	it_can_be_reset
}

it_loses_its_device_and_gets_it_back_too()
{
	needs_iommufd || return
	it_loses_its_device_and_gets_it_back ', "iommufd": "i0"'
}

who_is_killed_leaves_nothing()
{
	[ -n "$qemu_pid" ] || {
		an_mdev
		qemu_start -device "vfio-ap,id=ap0,sysfsdev=$MDEV"
		works
	}
	qemu_kill
	same "pages" "$(pinned)" 0
	settles guest_matrix "04.0004 04.0047" lines $MATRIX/$ONE/guest_matrix
	settles "status of its queue" assigned value $QUEUE/status
}

begin_qemu
to_guests 4 5 > /dev/null
run_all a_guest_sleeps_and_is_woken \
	it_finds_an_adapter_that_is_assigned \
	it_cannot_have_a_second_device \
	another_cannot_have_the_same \
	it_can_be_reset \
	it_loses_its_device_and_gets_it_back \
	it_lets_go_when_the_mdev_is_removed \
	it_ends_and_nothing_is_left \
	a_guest_with_iommufd_is_woken_too \
	it_can_be_reset_too \
	it_loses_its_device_and_gets_it_back_too \
	who_is_killed_leaves_nothing
