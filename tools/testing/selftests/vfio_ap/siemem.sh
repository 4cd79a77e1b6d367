#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# siemem - the box's SIE interpreter and a VMM whose memory goes: siemem's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"

[ -d /sys/module/apsim_sie ] || skip_all "no interpreter, no SIE to doubt"
command -v siemem > /dev/null || bail "helper program siemem is not built"
run_harness siemem
