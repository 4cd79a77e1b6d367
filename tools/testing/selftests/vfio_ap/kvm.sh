#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# kvm - guests on KVM, or in UML on its stand-in: kvm_vmm's cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v kvm_vmm > /dev/null || bail "helper program kvm_vmm is not built"
begin
# What the harness calls its form of TAP is understood as the kernel's.
output=$(mktemp)
kvm_vmm > "$output" 2>&1
status=$?
sed 's/^TAP version 13$/KTAP version 1/' "$output"
rm -f "$output"
exit $status
