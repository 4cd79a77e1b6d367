# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# qemu - words for the real QEMU, whose guest works for ever (box/guest)
#
#	begin_qemu		as begin; the box and its QEMU, or all is skipped
#	qemu_start OPTION...	QEMU runs its guest
#	qemu_fails OPTION...	QEMU ends at once; what it said
#	qemu_stop, qemu_kill	it ends, or does not get to that
#	monitor COMMAND [JSON]	for QEMU's monitor
#	device ID [JSON]	the arguments of device_add for the mdev ONE
#	listen EVENT; heard	QEMU reports it in between
#	look			at what the guest reports, which is
#	count NAME		started, rounds, armed, woken or lost: what it counts
#	code INSN QUEUE		the last response code of that
#	fresh COMMAND...	look before
#	pinned			how many pages are, whosever they are
#
# The guest should reach queue 04.0004, and tries 05.0004.

QEMU_SOCKET=/run/qemu.qmp
QEMU_EVENTS=/run/qemu.events
QEMU_SAID=/run/qemu.said
QEMU_HEARD=/run/qemu.heard
QEMU_REPORT=/run/qemu.report
qemu_pid=

begin_qemu()
{
	need_driver
	[ -e /dev/kvm ] || skip_all "needs the real KVM"
	command -v qemu-system-s390x > /dev/null ||
		skip_all "there is no QEMU"
	for qemu_file in guest.elf stay.bin report qmp; do
		[ -e "$VFIO_AP_BIN/$qemu_file" ] ||
			bail "$qemu_file is not built"
	done
	begin
	trap 'qemu_end > /dev/null 2>&1' EXIT
	trap 'exit 1' HUP INT TERM
	qemu_common="-M s390-ccw-virtio -accel kvm -cpu host -m 64
		-nodefaults -nographic -action panic=pause
		-kernel $VFIO_AP_BIN/guest.elf -device
		loader,addr=0x40000,force-raw=on,file=$VFIO_AP_BIN/stay.bin"
}

qemu_end()
{
	qemu_kill
	clean
}

qemu_start()
{
	rm -f $QEMU_SOCKET $QEMU_EVENTS
	# shellcheck disable=SC2086
	qemu-system-s390x $qemu_common "$@" \
		-qmp unix:$QEMU_SOCKET,server=on,wait=off \
		-qmp unix:$QEMU_EVENTS,server=on,wait=off > $QEMU_SAID 2>&1 &
	qemu_pid=$!
	settles "QEMU has a guest" yes qemu_started
	[ -S $QEMU_SOCKET ] || wrong "$(cat $QEMU_SAID)"
}

qemu_state()
{
	monitor query-status | sed 's/.*"status": \("[a-z-]*"\).*/\1/'
}

# A guest with little to do may have ended before anybody asks.
qemu_started()
{
	qemu_status=$(qemu_state)
	case $qemu_status in
	'"running"' | '"guest-panicked"') echo yes ;;
	*) printf '%s\n' "$qemu_status" ;;
	esac
}

qemu_fails()
{
	# shellcheck disable=SC2086
	timeout 60 qemu-system-s390x $qemu_common "$@" 2>&1
	qemu_rc=$?
	[ $qemu_rc -eq 1 ] || echo "QEMU ended with $qemu_rc"
}

qemu_stop()
{
	monitor quit > /dev/null || wrong "QEMU does not listen"
	wait "$qemu_pid"
	same "QEMU's end" $? 0
	qemu_pid=
}

qemu_kill()
{
	[ -n "$qemu_pid" ] || return 0
	kill -9 "$qemu_pid"
	wait "$qemu_pid" 2> /dev/null
	qemu_pid=
}

monitor()
{
	qmp $QEMU_SOCKET "$@" 2>&1
}

device()
{
	printf '{"driver": "vfio-ap", "id": "%s", "sysfsdev": "%s"%s}\n' \
		"$1" "/sys/bus/mdev/devices/$ONE" "$2"
}

# Who does not listen yet would miss it.
listen()
{
	rm -f $QEMU_HEARD
	qmp -e "$1" $QEMU_EVENTS > $QEMU_HEARD &
	qemu_ear=$!
	settles "the ear" listening value $QEMU_HEARD
}

heard()
{
	wait $qemu_ear || wrong "QEMU reports no such event"
}

# Not all of it if the guest has no reply yet, nothing before it has looked.
look()
{
	rm -f $QEMU_REPORT
	monitor pmemsave "{\"val\": $((0x30000)), \"size\": 2048,
		\"filename\": \"$QEMU_REPORT\"}" > /dev/null &&
		report $QEMU_REPORT > $QEMU_REPORT.txt 2> /dev/null
}

fresh()
{
	look
	"$@"
}

count()
{
	while read -r qemu_line; do
		case $qemu_line in
		started*)
			qemu_line=${qemu_line#*"$1 "}
			printf '%s\n' "${qemu_line%%,*}"
			;;
		esac
	done < $QEMU_REPORT.txt
}

code()
{
	while read -r qemu_line; do
		case $qemu_line in
		"$1 $2:"*)
			printf '%s\n' "${qemu_line##* }"
			;;
		esac
	done < $QEMU_REPORT.txt
}

pinned()
{
	echo 1 > /proc/sys/vm/stat_refresh
	qemu_pins=0
	while read -r qemu_name qemu_count; do
		case $qemu_name in
		nr_foll_pin_acquired) qemu_pins=$((qemu_pins + qemu_count)) ;;
		nr_foll_pin_released) qemu_pins=$((qemu_pins - qemu_count)) ;;
		esac
	done < /proc/vmstat
	echo $qemu_pins
}
