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
systemd-sysusers || exit
chown -R root:root /etc/libvirt /etc/mdevctl.d /usr/lib/udev
chown -R libvirt-qemu:libvirt-qemu /var/lib/libvirt/qemu

/usr/lib/systemd/systemd-udevd --daemon || exit
udevadm trigger --action=add --subsystem-match=misc --subsystem-match=ap
udevadm settle
