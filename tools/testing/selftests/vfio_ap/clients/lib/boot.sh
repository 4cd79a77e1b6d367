#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# boot - what the scripts of Debian's packages and its init system would have
# done, as far as the clients want it
here=$(dirname "$0")
. "$here/environment.sh"

# base-files, gawk, the links in /dev, and who owns what
rm -rf /var/run /var/lock
mkdir -p /run/lock
ln -s /run /var/run
ln -s /run/lock /var/lock
ln -sf gawk /usr/bin/awk
ln -sf /proc/self/fd /dev/fd
for nr in 0:stdin 1:stdout 2:stderr; do
	ln -sf "fd/${nr%:*}" "/dev/${nr#*:}"
done
for file in passwd group; do
	[ -s /etc/$file ] || cp /usr/share/base-passwd/$file.master /etc/$file
done
systemd-sysusers || exit
for dir in /etc/libvirt /etc/mdevctl.d /usr/lib/udev /lib/udev; do
	[ ! -d $dir ] || chown -R root:root $dir
done
[ ! -d /var/lib/libvirt/qemu ] ||
	chown -R libvirt-qemu:libvirt-qemu /var/lib/libvirt/qemu

udevd=/usr/lib/systemd/systemd-udevd
[ -x $udevd ] || udevd=/lib/systemd/systemd-udevd
$udevd --daemon || exit
udevadm trigger --action=add --subsystem-match=misc --subsystem-match=ap
udevadm settle
