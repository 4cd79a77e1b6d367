#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# vectors - instructions do here what they do in user space
#
# The module has the same table as the suite apsim-vectors; its programs are the
# host and, in UML, a guest.  It uses adapter 0xc8, of which the bus is not told;
# and it is not to look by itself meanwhile.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

NAME=apsim_vectors
RESULTS=/sys/module/$NAME/parameters/results

need_machine
file=$([ -z "$VFIO_AP_MODULES" ] || find "$VFIO_AP_MODULES" -name $NAME.ko)
before=$(value $BUS/config_time)
wr $BUS/config_time 120 > /dev/null
trap 'wr $BUS/config_time "$before" > /dev/null; rmmod $NAME 2> /dev/null' EXIT
if [ -n "$file" ]; then
	insmod "$file"
else
	modprobe $NAME
fi || bail "$NAME does not load"
cat $RESULTS
! grep -q '^not ok' $RESULTS
