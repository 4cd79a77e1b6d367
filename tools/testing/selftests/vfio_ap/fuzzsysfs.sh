#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# fuzzsysfs - text that is nearly right, to every file: fuzzsysfs's cases
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
command -v fuzzsysfs > /dev/null || bail "helper program fuzzsysfs is not built"
scale_storm 0.05 0.02
begin
run_harness fuzzsysfs
