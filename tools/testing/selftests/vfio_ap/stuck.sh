#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# stuck - a reset that never ends holds up one only: stuck's cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v stuck > /dev/null || bail "helper program stuck is not built"
begin
run_harness stuck
