# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# ap - words for the simulated machine, the AP bus and the matrix device
#
# Tests are written for the machine that the simulator makes by default:
# adapters 4 and 5 (CEX8 accelerators), 6 (CEX7 EP11), 7 (CEX6 CCA), each with
# domains 4, 0x47 and 0xab, all of them with the host's default drivers.

BUS=/sys/bus/ap
MATRIX=/sys/devices/vfio_ap/matrix
TYPE=$MATRIX/mdev_supported_types/vfio_ap-passthrough
MACHINE=/sys/module/apsim/parameters/command
ONE=11111111-2222-4333-8444-555555555555
TWO=22222222-3333-4444-8555-666666666666

# C helpers: where the bed says, or next to the scripts
PATH=${VFIO_AP_BIN:-$(cd "$(dirname "$0")" && pwd)}:$PATH
export PATH

# A whole script's preconditions.  Where the simulator is, the driver must be.
need_machine()
{
	[ -e $MACHINE ] || skip_all "runs on the simulated machine only"
	command -v wr > /dev/null || bail "helper program wr is not built"
}

need_driver()
{
	need_machine
	[ -d $MATRIX ] || bail "vfio_ap is not loaded"
}

# machine COMMAND...: tell the simulator; rescan: make the AP bus look
machine()
{
	wr $MACHINE "$*"
}

rescan()
{
	wr $BUS/scans 1
}

# A change that the machine reports while the bus looks around already is not seen
# before the bus looks again, which takes half a minute (Documentation, quirks).
ktap_nudge=rescan

# to_guests ADAPTER...: give all their queues up; to_host: take all back
to_guests()
{
	for ap_id; do
		wr $BUS/apmask "-$ap_id" || return
	done
}

to_host()
{
	wr $BUS/apmask +0-255 && wr $BUS/aqmask +0-255
}

# value FILE: an attribute of one line; lines FILE: of many, all in one.  Both
# without a process, which is dear in a simulated machine.
value()
{
	ap_line=
	read -r ap_line < "$1"
	printf '%s\n' "$ap_line"
}

lines()
{
	ap_all=
	while read -r ap_line; do
		ap_all="$ap_all${ap_all:+ }$ap_line"
	done < "$1"
	printf '%s\n' "$ap_all"
}

queue_driver()
{
	if [ -e "$BUS/devices/$1/driver" ]; then
		ap_link=$(readlink "$BUS/devices/$1/driver")
		echo "${ap_link##*/}"
	else
		echo none
	fi
}

# counter NAME: how often the machine did that
counter()
{
	while read -r ap_name ap_count; do
		[ "$ap_name" != "$1" ] || printf '%s\n' "$ap_count"
	done < "${MACHINE%command}stats"
}

# create UUID; the rest of a test says $MATRIX/UUID, as a person would
create()
{
	wr $TYPE/create "$1"
}

remove()
{
	wr "$MATRIX/$1/remove" 1
}

# config UUID: all that was assigned, and what a guest would get
config()
{
	value "$MATRIX/$1/ap_config"
	lines "$MATRIX/$1/guest_matrix"
}

# mask ID...: 256 bits as the AP bus and ap_config print them, bit 0 leftmost
mask()
{
	printf 0x
	ap_digit=0
	while [ $ap_digit -lt 64 ]; do
		ap_value=0
		for ap_id; do
			[ $((ap_id / 4)) -ne $ap_digit ] ||
				ap_value=$((ap_value | 8 >> ap_id % 4))
		done
		printf %x $ap_value
		ap_digit=$((ap_digit + 1))
	done
}

# A bed may have its modules where modprobe does not look.
module_file()
{
	[ -z "$VFIO_AP_MODULES" ] ||
		echo "$VFIO_AP_MODULES/drivers/s390/crypto/vfio_ap/vfio_ap.ko"
}

# load: the driver, after rmmod vfio_ap; can_load: where it is known
load()
{
	ap_file=$(module_file)
	if [ -n "$ap_file" ]; then
		insmod "$ap_file"
	else
		modprobe vfio_ap
	fi
}

can_load()
{
	[ -n "$(module_file)" ] || modinfo vfio_ap > /dev/null 2>&1
}

# What was unbound gets a driver: masks must not change before, see the
# documentation's known quirks.
bind_all()
{
	for ap_dev in "$BUS"/devices/*.*; do
		[ -e "$ap_dev/driver" ] ||
			wr $BUS/drivers_probe "${ap_dev##*/}"
	done
}

# Back to the default machine, everything with the host, no mdev.
clean()
{
	for ap_dev in $MATRIX/*-*-*-*-*; do
		[ ! -e "$ap_dev/remove" ] || wr "$ap_dev/remove" 1
	done
	for ap_id in 4 5 6 7; do
		machine on $ap_id
	done
	[ ! -e $BUS/devices/card09 ] || machine nocard 9
	machine domain 0x47 both
	bind_all
	to_host
	rescan
}

# begin: what scripts that use mdevs start from; clean() again at the end
begin()
{
	need_driver
	clean > /dev/null
	trap 'clean > /dev/null' EXIT
}

# scale_storm BOX DEBUG: how much what is random does there, unless somebody has
# said so.  In the box time is real, instructions are slow, and a debug kernel is
# slower.
scale_storm()
{
	[ -e /dev/kvm ] || return 0
	[ ! -e /sys/kernel/debug/kmemleak ] || shift
	export VFIO_AP_STORM="${VFIO_AP_STORM:-$1}"
}
