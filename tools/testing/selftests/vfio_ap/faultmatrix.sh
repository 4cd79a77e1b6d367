#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# faultmatrix - every answer to every instruction at every place: faultmatrix's
# cases as a script.  Where time is real, only those of a few places.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

# So many places, so far apart, beginning with one that the seed says
SOME=4
STRIDE=5

places()
{
	faultmatrix -l 2>&1 | awk '
	$1 == "fault" { on = 1; print $2; next }
	on && NF { print $1 }'
}

some_places()
{
	places | awk -v seed="$VFIO_AP_SEED" -v some=$SOME -v stride=$STRIDE '
	{ name[NR - 1] = $1 }
	END {
		for (i = 0; i < some; i++)
			printf "-v %s ", name[(seed + i * stride) % NR]
	}'
}

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v faultmatrix > /dev/null ||
	bail "helper program faultmatrix is not built"
args=
if [ -e /dev/kvm ] && [ -z "$VFIO_AP_STORM" ]; then
	: "${VFIO_AP_SEED:=$(date +%s)}"
	export VFIO_AP_SEED
	args=$(some_places)
fi
scale_storm 1 1
begin
# shellcheck disable=SC2086
run_harness faultmatrix $args
