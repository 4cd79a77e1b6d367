#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# measure - both drivers in turn, so that nothing that drifts is one's alone
#
#	measure.sh RUNS [MEASUREMENT...]
#
# Runs in the box, where the driver is a module, and ./peer.ko the kernel's own.
# Without that it is for guard.

ROUNDS=2
SMALL=2x2
# What the bus does in a scan grows with the square of its queues, and hides the rest.
MEDIUM=4x256
LARGE=16x256
[ -e ./peer.ko ] || ROUNDS=1
most=$((($1 + ROUNDS - 1) / ROUNDS))
scans=$most
shift

# wanted MEASUREMENT...: those of them that were asked for
wanted()
{
	for one; do
		case " $all " in
		"  " | *" $one "*) echo "$one" ;;
		esac
	done
}

# measure SHAPE RUNS MEASUREMENT...
measure()
{
	shape=$1 runs=$2
	shift 2
	# shellcheck disable=SC2046
	set -- $(wanted "$@")
	[ $# -gt 0 ] || return 0
	for round in $(seq $ROUNDS); do
		modprobe vfio_ap
		./bench ours "$shape" "$runs" "$@" || exit
		rmmod vfio_ap
		if [ -e ./peer.ko ]; then
			insmod ./peer.ko
			./bench peer "$shape" "$runs" "$@" || exit
			rmmod vfio_ap
		fi
		case " $* " in
		*" scan "*) ./bench none "$shape" "$runs" scan || exit ;;
		esac
		echo "# $shape: round $round of $ROUNDS"
	done
}

all="$*"
# A scan that is going on may hold it.
while [ -d /sys/module/zcrypt_cex4 ]; do
	rmmod zcrypt_cex4 2> /dev/null || sleep 1
done
modprobe -a mdev 2> /dev/null
if [ ! -e ./peer.ko ]; then
	LARGE=4x256
	all="assign config bind veto scan workers"
	scans=3
fi
measure $SMALL $most assign config
measure $MEDIUM $scans scan memory
# What hangs is last: it may be that it never ends.
measure $LARGE $most config assign veto open close unassign workers aqic neighbour \
	unplug bind hang
echo "done - - - 0"
