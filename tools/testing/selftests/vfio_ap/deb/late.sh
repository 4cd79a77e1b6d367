#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# late - udevd hears nothing of the AP bus, because all was over before it started
#
# It then gets an "add" of the bus, as of all that is there; so here.
here=$(dirname "$0")
. "$here/../lib/ktap.sh"
. "$here/../lib/ap.sh"
. "$here/lib/package.sh"

# begin_again: as it is before masks are set and the module is loaded
begin_again()
{
	expect_ok rmmod vfio_ap
	expect_ok to_host
	settles bindings "12/12 (complete)" value $BUS/bindings
}

bus_is_there()
{
	expect_ok udevadm trigger --type=subsystems --action=add --sysname-match=ap
	expect_ok udevadm settle
}

# By the same event the rule of define.sh sets the masks.
the_module_comes_and_the_device_too()
{
	begin_again
	bus_is_there
	same "vfio_ap" "$(loaded vfio_ap)" yes
	settles guest_matrix 05.0004 lines $MATRIX/$ONE/guest_matrix
}

# The next boot has them on the kernel's command line.
masks_are_not_kept_any_more()
{
	expect_ok rm /etc/udev/rules.d/41-ap.rules
	expect_ok udevadm control --reload
}

the_module_comes_without_masks_too()
{
	begin_again
	bus_is_there
	same "vfio_ap" "$(loaded vfio_ap)" yes
}

a_queue_that_waits_for_its_driver_is_waited_for()
{
	begin_again
	expect_ok wr $BUS/devices/04.0004/driver/unbind 04.0004
	bus_is_there
	same "vfio_ap" "$(loaded vfio_ap)" no
	expect_ok wr $BUS/drivers/cex4queue/bind 04.0004
	settles "vfio_ap" yes loaded vfio_ap
}

whoever_blacklists_it_is_spared()
{
	echo "blacklist vfio_ap" > /etc/modprobe.d/spare.conf
	expect_ok udevadm control --reload
	begin_again
	bus_is_there
	same "vfio_ap" "$(loaded vfio_ap)" no
	rm /etc/modprobe.d/spare.conf
	# udevd looks at such files every few seconds only.
	expect_ok udevadm control --reload
	bus_is_there
	same "vfio_ap" "$(loaded vfio_ap)" yes
}

need_system
run_all the_module_comes_and_the_device_too \
	masks_are_not_kept_any_more \
	the_module_comes_without_masks_too \
	a_queue_that_waits_for_its_driver_is_waited_for \
	whoever_blacklists_it_is_spared
