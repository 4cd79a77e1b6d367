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
scale_storm 1 0.2
begin
run_harness carddance
