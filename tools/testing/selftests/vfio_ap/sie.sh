#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# sie - the box's SIE interpreter against the emulator's own execution
here=$(dirname "$0")
. "$here/lib/ktap.sh"

[ -d /sys/module/apsim_sie ] || skip_all "no interpreter, no SIE to doubt"
command -v sie_check > /dev/null || bail "helper program sie_check is not built"
run_harness sie_check 5
