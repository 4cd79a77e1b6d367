#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# fuzzaqic - a guest with anything in its registers: fuzzaqic's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v fuzzaqic > /dev/null || bail "helper program fuzzaqic is not built"
scale_storm 0.1 0.05
begin
run_harness fuzzaqic
