#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# interrupts - guests are woken by their queues: interrupts' cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v interrupts > /dev/null ||
	bail "helper program interrupts is not built"
begin
run_harness interrupts
