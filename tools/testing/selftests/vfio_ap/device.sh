#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# device - what VFIO's users can ask of a mediated device: device's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v device > /dev/null || bail "helper program device is not built"
begin
run_harness device
