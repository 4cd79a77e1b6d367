#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# armed - interruptions of queues that go: armed's cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v armed > /dev/null || bail "helper program armed is not built"
begin
run_harness armed
