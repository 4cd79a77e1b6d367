#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# qemu - Debian's whole QEMU: CPU models, and a guest that gets its device before
# it runs, in both of VFIO's ways
#
# What a running guest sees is in ../qemu.sh and ../qemuap.sh.
here=$(dirname "$0")
. "$here/lib/clients.sh"
. "$here/../lib/guest.sh"
. "$here/../lib/qemu.sh"

M=$MATRIX/$ONE
QUEUE=$BUS/devices/05.0004
ADD="vfio-ap,id=ap0,sysfsdev=/sys/bus/mdev/devices/$ONE"

# paused OPTION...: QEMU with a guest that has not begun
paused()
{
	rm -f $QEMU_SOCKET $QEMU_EVENTS
	# shellcheck disable=SC2086
	qemu-system-s390x $qemu_common -S "$@" \
		-qmp unix:$QEMU_SOCKET,server=on,wait=off \
		-qmp unix:$QEMU_EVENTS,server=on,wait=off > $QEMU_SAID 2>&1 &
	qemu_pid=$!
	waits "QEMU" '"prelaunch"' qemu_state
}

# model NAME PROPERTY: what this CPU model has of it
model()
{
	monitor query-cpu-model-expansion \
		"{\"type\": \"full\", \"model\": {\"name\": \"$1\"}}" |
		sed "s/.*\"$2\": \([a-z]*\).*/\1/"
}

an_mdev()
{
	expect_ok create $ONE
	expect_ok wr $M/ap_config "$(mask 5),$(mask 4 0x47),"
	settles guest_matrix "05.0004 05.0047" lines $M/guest_matrix
}

the_hosts_cpu_model_has_ap()
{
	an_mdev
	paused
	for feature in ap apqci apft apqi; do
		same "$feature of host" "$(model host $feature)" true
	done
	same "ap of z14" "$(model z14-base ap)" false
}

a_device_comes_before_the_guest_runs()
{
	expect_ok monitor device_add "$(device ap0)"
	same status "$(value $QUEUE/status)" "in use"
	same guest_matrix "$(lines $M/guest_matrix)" "05.0004 05.0047"
}

it_goes_while_nothing_runs()
{
	listen DEVICE_DELETED
	expect_ok monitor device_del '{"id": "ap0"}'
	heard
	settles status assigned value $QUEUE/status
	expect_ok monitor device_add "$(device ap0)"
	same status "$(value $QUEUE/status)" "in use"
}

removed_it_is_asked_for_and_given_up()
{
	listen DEVICE_DELETED
	behind remove $ONE
	heard
	ends
	same "is it there" "$(there $ONE)" no
	qemu_stop
	# With 7.3 it may not like what the container says meanwhile (clients.rst).
	same "QEMU's words" "$(grep -v 'dma_unmap\|error disconnecting' $QEMU_SAID)" ""
}

iommufd_does_the_same()
{
	[ -e /dev/iommu ] && [ -d /dev/vfio ] || {
		skip "this kernel has no iommufd"
		return
	}
	an_mdev
	paused -object iommufd,id=i0 -device "$ADD,iommufd=i0"
	same status "$(value $QUEUE/status)" "in use"
	qemu_stop
	settles status assigned value $QUEUE/status
	expect_ok remove $ONE
}

# refuses TEXT OPTION...: QEMU does not start
refuses()
{
	qemu_text=$1
	shift
	said=$(qemu_fails "$@")
	expect_said "$qemu_text"
}

without_ap_in_its_cpu_there_is_no_place_for_it()
{
	an_mdev
	qemu_common=$(echo "$qemu_common" | sed 's/-cpu host/&,ap=off/')
	refuses "No 'ap-bus' bus found for device 'vfio-ap'" -device "$ADD"
	qemu_common=$(echo "$qemu_common" | sed 's/,ap=off//')
	expect_ok remove $ONE
}

what_is_not_there_is_not_found()
{
	refuses "no such host device" -device "$ADD"
}

begin_qemu
begin_clients
to_guests 5 > /dev/null
trap 'qemu_end > /dev/null 2>&1' EXIT
run_timed the_hosts_cpu_model_has_ap \
	a_device_comes_before_the_guest_runs \
	it_goes_while_nothing_runs \
	removed_it_is_asked_for_and_given_up \
	iommufd_does_the_same \
	without_ap_in_its_cpu_there_is_no_place_for_it \
	what_is_not_there_is_not_found
