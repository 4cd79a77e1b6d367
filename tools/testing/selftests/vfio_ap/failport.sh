#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# failport - a call of the driver fails at any point: failnth's cases once more
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/failport.sh"

need_failport failnth
begin
failport_load
run_harness failnth
