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
run_harness kvm_vmm
