#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# carddance - carddance's cases (an adapter leaves and comes back under
# guests) as a script among the others
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v carddance > /dev/null || bail "helper program carddance is not built"
# In the box time is real, and a debug kernel is slow.
[ ! -e /dev/kvm ] || [ ! -e /sys/kernel/debug/kmemleak ] ||
	export VFIO_AP_STORM="${VFIO_AP_STORM:-0.2}"
begin
run_harness carddance
