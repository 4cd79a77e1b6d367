#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# remove - the package goes, and nothing of it stays
here=$(dirname "$0")
. "$here/../lib/ktap.sh"
. "$here/../lib/ap.sh"
. "$here/lib/package.sh"

# Files that have to do with it; headers of the kernel are somebody else's.
left()
{
	find / -xdev \( -path /vfio_ap -o -path /with -o -path /proc -o -path /run \
		-o -path "/usr/src/linux-*" -o -path "/etc/mdevctl.d" \) -prune -o \
		\( -iname '*vfio[-_]ap*' -o -name 'mdev.ko*' \) -print
}

# A guest may be using it.
what_is_loaded_stays()
{
	[ -d $MATRIX ] || expect_ok modprobe vfio_ap
	shown dpkg -r vfio-ap-dkms
	expect_said "vfio-ap: vfio_ap is still loaded"
	same "vfio_ap" "$(loaded vfio_ap)" yes
}

modprobe_finds_nothing_any_more()
{
	expect_module vfio_ap ""
	expect_module mdev ""
	expect_ok rmmod vfio_ap mdev
	modprobe -q vfio_ap && wrong "there still is a vfio_ap"
}

dkms_has_forgotten_it()
{
	same "its tree" "$(ls -d /var/lib/dkms/vfio-ap 2> /dev/null)" ""
}

purged_nothing_of_it_is_left()
{
	shown dpkg -P vfio-ap-dkms
	rm -f /usr/share/vfio-ap-dkms/*.dkms.tar.gz
	rmdir /usr/share/vfio-ap-dkms 2> /dev/null
	same "files" "$(left)" ""
	same "state" "$(dpkg-query -W -f '${db:Status-Abbrev}' vfio-ap-dkms 2> /dev/null)" ""
}

need_system
run_all what_is_loaded_stays \
	modprobe_finds_nothing_any_more \
	dkms_has_forgotten_it \
	purged_nothing_of_it_is_left
