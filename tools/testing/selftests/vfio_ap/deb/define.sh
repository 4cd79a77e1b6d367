#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# define - an administrator prepares the next boot: adapter 5 is for guests, one of
# which is to have queue 05.0004
here=$(dirname "$0")
. "$here/../lib/ktap.sh"
. "$here/../lib/ap.sh"
. "$here/lib/package.sh"

DEFINITION=/run/definition

# At the events at which chzdev's rules do it; Debian 12's chzdev does not take "-t ap".
# These load no module, as chzdev's do: that is to be the package's doing.
masks_are_kept()
{
	cat > /etc/udev/rules.d/41-ap.rules << 'END' || wrong "no rules"
ACTION=="change", DEVPATH=="/devices/ap", ENV{BINDINGS}=="complete", \
	ENV{COMPLETECOUNT}=="1", ATTR{[subsystem/ap]apmask}="-5"
ACTION=="add", SUBSYSTEM=="subsystem", DEVPATH=="/bus/ap", \
	ATTR{bindings}=="*(complete)", ATTR{apmask}="-5"
END
}

mdevctl_keeps_the_device()
{
	# mdevctl asks the driver for its types.
	[ -d $MATRIX ] || expect_ok modprobe vfio_ap
	cat > $DEFINITION << END
{"mdev_type": "vfio_ap-passthrough", "start": "auto",
 "attrs": [{"assign_adapter": "5"}, {"assign_domain": "4"}]}
END
	shown mdevctl define -u $ONE -p matrix --jsonfile $DEFINITION
	shown mdevctl list -d
	expect_said "$ONE matrix vfio_ap-passthrough auto"
}

# Scripts of clients have repaired mdevctl's own rule; here Debian's is wanted.
mdevctl_is_as_debian_has_it()
{
	[ ! -L /usr/sbin/mdevctl ] || rm /usr/sbin/mdevctl
	same "/usr/sbin/mdevctl" "$(ls /usr/sbin/mdevctl 2> /dev/null)" ""
}

need_system
run_all masks_are_kept mdevctl_keeps_the_device mdevctl_is_as_debian_has_it
