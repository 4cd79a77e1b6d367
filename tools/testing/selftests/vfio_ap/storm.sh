#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# storm - storm's cases (everything at once) as a script among the others
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v storm > /dev/null || bail "helper program storm is not built"
# A bed may have its modules where modprobe does not look.
if [ -n "$VFIO_AP_MODULES" ]; then
	VFIO_AP_LOAD="insmod $VFIO_AP_MODULES/drivers/s390/crypto/vfio_ap/vfio_ap.ko"
	export VFIO_AP_LOAD
elif modinfo vfio_ap > /dev/null 2>&1; then
	export VFIO_AP_LOAD="modprobe vfio_ap"
fi
scale_storm 0.5 0.15
begin
run_harness storm
