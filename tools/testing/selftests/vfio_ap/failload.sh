#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# failload - memory runs out while the driver is loaded: failload's cases as a
# script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/failslab.sh"

need_driver
need_failslab
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v failload > /dev/null || bail "helper program failload is not built"
# A bed may have its modules where modprobe does not look.
for VFIO_AP_KO in \
	"$VFIO_AP_MODULES/drivers/s390/crypto/vfio_ap/vfio_ap.ko" \
	"/lib/modules/$(uname -r)/vfio_ap.ko"; do
	[ ! -e "$VFIO_AP_KO" ] || break
done
[ -e "$VFIO_AP_KO" ] || bail "there is no vfio_ap.ko"
export VFIO_AP_KO

# A kernel that can trace tells when the module begins.
TRACE=/sys/kernel/tracing
[ ! -d $TRACE ] || [ -e $TRACE/trace_pipe ] ||
	mount -t tracefs tracefs $TRACE

begin
failslab_all
trap 'failslab_off; clean > /dev/null' EXIT
run_harness failload
