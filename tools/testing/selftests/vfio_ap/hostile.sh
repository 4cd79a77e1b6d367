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
scale_storm 0.5 0.15
begin
run_harness hostile
