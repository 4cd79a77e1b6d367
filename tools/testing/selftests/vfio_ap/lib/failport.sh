# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# failport - the driver that counts its calls and lets them fail
#
#	need_failport PROGRAM	a whole script's precondition
#	failport_load		in place of the driver, until the script ends

need_failport()
{
	need_driver
	VFIO_AP_KO=$VFIO_AP_MODULES/tools/testing/failport/vfio_ap.ko
	failport_not=$VFIO_AP_MODULES/drivers/s390/crypto/vfio_ap/vfio_ap.ko
	[ -e "$VFIO_AP_KO" ] && [ -e "$failport_not" ] ||
		skip_all "this bed has no driver whose calls fail"
	[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] ||
		skip_all "this kernel has no KVM"
	command -v "$1" > /dev/null || bail "helper program $1 is not built"
}

failport_load()
{
	export VFIO_AP_KO VFIO_AP_FAIL=calls
	trap 'clean > /dev/null; rmmod vfio_ap; insmod "$failport_not"' EXIT
	rmmod vfio_ap && insmod "$VFIO_AP_KO" ||
		bail "the driver cannot be replaced"
}
