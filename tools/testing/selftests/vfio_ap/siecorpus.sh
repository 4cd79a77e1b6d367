#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# siecorpus - plain C in the box's SIE interpreter and on the emulator itself
here=$(dirname "$0")
. "$here/lib/ktap.sh"

[ -d /sys/module/apsim_sie ] || skip_all "no interpreter, no SIE to doubt"
command -v sie_corpus > /dev/null || bail "helper program sie_corpus is not built"
run_harness sie_corpus "$VFIO_AP_BIN"/corpus-*.bin
