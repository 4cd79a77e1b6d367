#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# probe - what does a kernel lack that the driver and its tests are written for?
#
#	probe.sh SOURCE [BUILD]
#
# SOURCE is a kernel's source or its packaged headers, BUILD where it was built
# (Module.symvers).  Prints flags for the compiler, COMPAT_..., see compat.h; or,
# and nothing else, "error:" and a sentence that says why this kernel cannot be
# supported.

source=$1
bus=$source/drivers/s390/crypto/ap_bus.h
symbols=${2:-$1}/Module.symvers
flags=

# The oldest and the newest that were tried: 1000 * VERSION + PATCHLEVEL
oldest=6012
newest=7003

refuse()
{
	echo "error: $*"
	exit 0
}

# makefile VARIABLE: a number from the top of the kernel's Makefile
makefile()
{
	sed -n "s/^$1 *= *\([0-9][0-9]*\)\$/\1/p" "$source/Makefile" 2> /dev/null
}

# has FILE WORD
has()
{
	grep -qsw "$2" "$1"
}

# lacks FILE WORD FLAG
lacks()
{
	has "$1" "$2" || flags="$flags -D$3"
}

# Which member of struct ap_driver comes first?
bus_begins_with()
{
	awk '/^struct ap_driver \{/ { inside = 1 }
	     inside && /[*]ids;/ { print "ids"; exit }
	     inside && /[(][*]probe[)]/ { print "probe"; exit }' "$bus"
}

# Without the header: the mutex was renamed in 7.0, the callbacks came first later,
# but not later than 7.2.
ids_are_first()
{
	if [ -e "$bus" ]; then
		[ "$(bus_begins_with)" = ids ]
	elif has "$symbols" ap_perms_mutex; then
		true
	elif [ $number -lt 7002 ]; then
		refuse "vfio_ap needs the full source of Linux $series: its" \
			"packaged headers do not tell what an AP driver looks like"
	else
		false
	fi
}

version=$(makefile VERSION)
patchlevel=$(makefile PATCHLEVEL)
if [ -z "$version" ] || [ -z "$patchlevel" ]; then
	refuse "$source is neither a kernel's source nor its headers"
fi
series=$version.$patchlevel
number=$((1000 * version + patchlevel))
if [ $number -lt $oldest ] || [ $number -gt $newest ]; then
	refuse "vfio_ap supports Linux 6.12 to 7.3, and this is $series"
fi
where=$bus
if [ ! -e "$bus" ]; then
	where=$symbols
	has "$symbols" ap_driver_register ||
		refuse "vfio_ap needs an AP bus, and $symbols has none:" \
			"is this kernel for IBM Z, and completely installed?"
fi

lacks "$where" ap_attr_mutex COMPAT_NO_AP_ATTR_MUTEX
if ids_are_first; then
	flags="$flags -DCOMPAT_AP_DRIVER_IDS_FIRST"
fi
lacks "$source/include/uapi/linux/vfio.h" VFIO_AP_CFG_CHG_IRQ_INDEX \
	COMPAT_NO_CFG_CHG_IRQ
lacks "$source/include/linux/hrtimer.h" hrtimer_setup COMPAT_NO_HRTIMER_SETUP
echo "${flags# }"
