#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# alarms - the box's machine notices what must not happen
#
# The module does it, with guests of its own and adapter 0xc8, of which the bus is
# not told.  In UML the suite apsim-uml-alarm does.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

NAME=apsim_alarms
RESULTS=/sys/module/$NAME/parameters/results

modinfo $NAME > /dev/null 2>&1 || skip_all "this machine has no such module"
need_machine
before=$(value $BUS/config_time)
wr $BUS/config_time 120 > /dev/null
trap 'wr $BUS/config_time "$before" > /dev/null; rmmod $NAME 2> /dev/null' EXIT
modprobe $NAME || bail "$NAME does not load"
cat $RESULTS
! grep -q '^not ok' $RESULTS
