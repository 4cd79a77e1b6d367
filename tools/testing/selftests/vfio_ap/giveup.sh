#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# giveup - who waits for a queue gives up in time: giveup's cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v giveup > /dev/null || bail "helper program giveup is not built"
begin
run_harness giveup
