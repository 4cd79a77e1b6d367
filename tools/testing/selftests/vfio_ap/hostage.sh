#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# hostage - a VMM keeps the lock of its guest: hostage's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v hostage > /dev/null || bail "helper program hostage is not built"
begin
run_harness hostage
