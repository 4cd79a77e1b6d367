# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# environment - of who works in the clients' system; udevadm would do nothing in
# a chroot

PATH=$PATH:/usr/sbin:/sbin
SYSTEMD_IGNORE_CHROOT=1
export PATH SYSTEMD_IGNORE_CHROOT
