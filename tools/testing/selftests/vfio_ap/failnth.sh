#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# failnth - memory runs out at any point: failnth's cases as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/failslab.sh"

need_driver
need_failslab
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v failnth > /dev/null || bail "helper program failnth is not built"
begin
failslab_all
trap 'failslab_off; clean > /dev/null' EXIT
run_harness failnth
