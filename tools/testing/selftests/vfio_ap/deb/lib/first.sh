#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# first - what the scripts of Debian's packages would have done, as far as the system on
# the disk needs it to start; and who works there
#
#	first.sh ROOT
root=$1

for file in passwd group; do
	[ -s "$root/etc/$file" ] ||
		cp "$root/usr/share/base-passwd/$file.master" "$root/etc/$file" || exit
done
ln -sf gawk "$root/usr/bin/awk"
[ -e "$root/etc/hostname" ] || echo z > "$root/etc/hostname"
# Otherwise systemd would set up all of its services, and catalogs nobody looks at.
if [ ! -s "$root/etc/machine-id" ]; then
	tr -d - < /proc/sys/kernel/random/uuid > "$root/etc/machine-id"
	chroot "$root" systemd-sysusers || exit
	touch "$root/etc/.updated" "$root/var/.updated"
fi

units=$root/etc/systemd/system
mkdir -p "$units/multi-user.target.wants"
# Nobody can log in.
ln -sf /dev/null "$units/getty.target"
ln -sf /dev/null "$units/serial-getty@.service"
cat > "$units/operator.service" << 'END'
[Unit]
Description=Who works on this machine

[Service]
ExecStart=/bin/sh /vfio_ap/operate
StandardError=journal+console
IgnoreSIGPIPE=no
END
ln -sf ../operator.service "$units/multi-user.target.wants/"
