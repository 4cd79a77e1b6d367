# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# report - the words by which the box says what happens in it, to init and to the
# operator of a system on a disk (operate)
#
#	option NAME		what the kernel's command line says
#	say TEXT		a line of our own; descriptor 3 is the port (find_port)
#	report NAME SECONDS COMMAND...
#	fatal WHY; finish	the end of it all

option()
{
	sed -n "s/.*\\b$1=\\([^ ]*\\).*/\\1/p" /proc/cmdline
}

find_port()
{
	for port in /sys/class/virtio-ports/*; do
		if [ "$(cat "$port/name" 2> /dev/null)" = vfio_ap.result ]; then
			echo "/dev/${port##*/}"
			return
		fi
	done
	echo /dev/console
}

say()
{
	echo "@@box $*" >&3
}

seconds()
{
	cut -d. -f1 /proc/uptime
}

# report NAME SECONDS COMMAND...: its output, how it ended, how long it took
report()
{
	name=$1 limit=$2 begun=$(seconds)
	shift 2
	say "begin $name"
	timeout -k 5 "$limit" "$@" >&3 2>> /dev/console < /dev/null
	status=$?
	# What hangs says where, and would be in the way of all others.
	if [ $status -ge 124 ]; then
		echo t > /proc/sysrq-trigger
		kill -9 -1
	fi
	# A line that was cut off must not swallow the next.
	echo >&3
	say "end $name $status $(($(seconds) - begun))"
}

fatal()
{
	say "fatal $*"
	echo "box: $*"
	[ "$(option box)" = shell ] || finish
}

finish()
{
	say "done"
	sync
	poweroff -f
}
