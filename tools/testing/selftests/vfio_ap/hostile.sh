#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# hostile - a VMM does everything wrong: hostile's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v hostile > /dev/null || bail "helper program hostile is not built"
# In the box time is real, instructions are slow, and a debug kernel is slower.
if [ -e /dev/kvm ]; then
	scale=0.5
	[ ! -e /sys/kernel/debug/kmemleak ] || scale=0.15
	export VFIO_AP_STORM="${VFIO_AP_STORM:-$scale}"
fi
begin
run_harness hostile
