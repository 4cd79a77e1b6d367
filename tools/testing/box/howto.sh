#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# howto - what simulator-howto.rst promises to who brings something of his own
#
#	howto.sh [KERNEL] > KTAP
#
# Boots the box once for each case.  KERNEL as for ./run, by default 6.12.

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../selftests/vfio_ap/lib/ktap.sh"

kernel=${1:-6.12}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
mkdir "$work/mine"
printf '# one adapter\ncard 9 CEX7 A; domain 0x11\n' > "$work/mine/machine.apsim"
cat > "$work/mine/mytest" << 'END'
#!/bin/sh
echo "$1: $(ls /sys/bus/ap/devices | tr '\n' ' ')"
echo "to stderr" >&2
cd /sys/kernel/config/apsim && mkdir cards/0a && echo 1 > cards/0a/live
ls -d /sys/bus/ap/devices/card0a
exit 7
END
chmod +x "$work/mine/mytest"

# ends STATUS COMMAND: in the box; what it printed is in $said
ends()
{
	said=$("$here/run" --kernel "$kernel" --out "$work/out" --timeout 300 \
		--with "$work/mine" --exec "$2" 2>&1)
	status=$?
	[ $status -eq "$1" ] || wrong "status $status, should be $1: $said"
}

says()
{
	grep -qxF -- "$1" <<< "$said" || wrong "does not say '$1': $said"
}

what_is_brought_runs_and_is_heard()
{
	ends 7 'apsim load --replace machine.apsim && ./mytest mine'
	says "mine: 09.0011 card09 "
	says "to stderr"
	says "/sys/bus/ap/devices/card0a"
}

all_is_well_is_0()
{
	ends 0 'apsim check machine.apsim'
}

a_kernel_that_complains_is_125()
{
	ends 125 'echo "WARNING: as a kernel says it" > /dev/kmsg'
	grep -q 'the box failed' <<< "$said" || wrong "does not say why: $said"
}

run_all what_is_brought_runs_and_is_heard \
	all_is_well_is_0 \
	a_kernel_that_complains_is_125
