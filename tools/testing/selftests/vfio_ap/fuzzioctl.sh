#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# fuzzioctl - ioctls that are nearly right: fuzzioctl's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v fuzzioctl > /dev/null || bail "helper program fuzzioctl is not built"
scale_storm 0.2 0.1
begin
run_harness fuzzioctl
