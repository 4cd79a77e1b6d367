#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# boot - after a boot of a system with the package, on which nobody has done anything yet
#
# What has been prepared (define.sh): queue 05.0004 is for a mediated device that is to
# be started.  That works only in this order: masks, module, device.
here=$(dirname "$0")
. "$here/../lib/ktap.sh"
. "$here/../lib/ap.sh"
. "$here/lib/package.sh"

M=$MATRIX/$ONE

# In seconds since the kernel started, the first time that the journal says so
when()
{
	journalctl -b -o short-monotonic | sed -n "s/^\[ *\([0-9.]*\)\].*$1.*/\1/p" |
		sed -n 1p
}

udev_has_loaded_the_module()
{
	same "vfio_ap" "$(loaded vfio_ap)" yes
	same "version" "$(value /sys/module/vfio_ap/version)" "$VERSION"
	note "loaded after $(when 'vfio_ap: version') s"
}

hosts_queues_had_their_drivers_by_then()
{
	same "bindings" "$(value $BUS/bindings)" "12/12 (complete)"
	for queue in 04.0004 06.0004 07.00ab; do
		same "$queue" "$(queue_driver $queue)" cex4queue
	done
	same "05.0004" "$(queue_driver 05.0004)" vfio_ap
}

mdevctl_has_started_the_device()
{
	settles "is it there" "$M" ls -d $M
	settles matrix 05.0004 lines $M/matrix
	settles guest_matrix 05.0004 lines $M/guest_matrix
	shown mdevctl list
	expect_said "$ONE matrix vfio_ap-passthrough auto"
}

nothing_was_refused()
{
	said=$(journalctl -b | grep -iE 'os error|vfio_ap.*refused')
	same "the journal" "$said" ""
}

no_unit_failed()
{
	same "failed units" "$(systemctl --failed --no-legend --plain)" ""
}

need_system
run_all udev_has_loaded_the_module \
	hosts_queues_had_their_drivers_by_then \
	mdevctl_has_started_the_device \
	nothing_was_refused \
	no_unit_failed
