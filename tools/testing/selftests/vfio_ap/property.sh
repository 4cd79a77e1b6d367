#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# property - sequences at random against a reference model, as one script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v property > /dev/null || bail "helper program property is not built"
scale_storm 0.2 0.05
export VFIO_AP_STORM="${VFIO_AP_STORM:-0.6}"
begin
property
