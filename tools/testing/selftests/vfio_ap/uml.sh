#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# uml - uml_vmm's cases (what is done to a VM) as a script among the others
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/apsim_kvm ] || skip_all "runs in the UML bed only"
command -v uml_vmm > /dev/null || bail "helper program uml_vmm is not built"
begin
run_harness uml_vmm
