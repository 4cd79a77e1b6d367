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
output=$(mktemp)
uml_vmm > "$output" 2>&1
status=$?
sed 's/^TAP version 13$/KTAP version 1/' "$output"
rm -f "$output"
exit $status
