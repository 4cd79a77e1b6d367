#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# unmap - guest memory goes while interrupts are on: unmap's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v unmap > /dev/null || bail "helper program unmap is not built"
begin
run_harness unmap
