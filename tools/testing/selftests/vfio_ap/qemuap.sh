#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# qemuap - AP instructions as a guest of the real QEMU sees them
#
# The cases are the guest's (box/guest/unit*.c), which is made by gcc in two ways:
# one has queue 04.0004 and 04.0047, the other one has no AP instructions.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"
. "$here/lib/qemu.sh"

TEXT=/run/qemu.text

# It says so when it has written everything.
guest_text()
{
	rm -f $TEXT
	monitor pmemsave "{\"val\": $((0x50000)), \"size\": $((0x8000)),
		\"filename\": \"$TEXT\"}" > /dev/null
	dd if=$TEXT bs=4 count=1 2> /dev/null
}

# reports ELF CPU OPTION...: what this guest says of its cases
reports()
{
	elf=$1 cpu=$2
	shift 2
	qemu_common="-M s390-ccw-virtio -accel kvm -cpu $cpu -m 64
		-nodefaults -nographic -action panic=pause
		-kernel $VFIO_AP_BIN/$elf"
	qemu_start "$@"
	settles "the guest of $elf" DONE guest_text
	dd if=$TEXT bs=8 skip=1 2> /dev/null | tr -d '\000' > $TEXT.lines
	qemu_stop
	qemu_cases=$(grep -c '^ok\|^not ok' $TEXT.lines)
	note "$elf: $qemu_cases cases"
	! grep '^#\|^not ok' $TEXT.lines || wrong "the guest of $elf"
	[ "$qemu_cases" -ge "$least" ] || wrong "these are all its cases"
}

a_guest_with_queues()
{
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$(mask 4),$(mask 4 0x47),"
	settles guest_matrix "04.0004 04.0047" lines $MATRIX/$ONE/guest_matrix
	least=28
	reports unit-O2-z14.elf host -device \
		"vfio-ap,sysfsdev=/sys/bus/mdev/devices/$ONE"
}

a_guest_without_ap_instructions()
{
	least=7
	reports unit-O0-z10.elf host,ap=off
}

begin_qemu
to_guests 4 5 > /dev/null
run_all a_guest_with_queues a_guest_without_ap_instructions
