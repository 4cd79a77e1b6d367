#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# moment - an enablement whose page or queue goes at the last moment, as a script
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/apsim_kvm ] || skip_all "runs in the UML bed only"
command -v moment > /dev/null || bail "helper program moment is not built"
begin
run_harness moment
