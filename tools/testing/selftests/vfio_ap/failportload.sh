#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# failportload - a call fails while the driver is loaded: failload's case once more
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/failport.sh"

need_failport failload
begin
failport_load
run_harness failload
