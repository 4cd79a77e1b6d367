#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# badluck - zeroizing fails at every place: badluck's cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v badluck > /dev/null || bail "helper program badluck is not built"
begin
run_harness badluck
