#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# faultmatrix - every answer to every instruction at every place: faultmatrix's
# cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v faultmatrix > /dev/null ||
	bail "helper program faultmatrix is not built"
scale_storm 0.1 0.02
begin
run_harness faultmatrix
