#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# leaks - is there memory that nobody knows any more?
#
# Run by a bed when the tests are over and the driver is unloaded.
here=$(dirname "$0")
. "$here/ktap.sh"

LEAKS=/sys/kernel/debug/kmemleak
[ -w $LEAKS ] || skip_all "this kernel has no kmemleak"

# Objects count from the age of five seconds on, and what was only on its way
# from one place to another is not found again.
nothing_leaked()
{
	sleep 6
	echo scan > $LEAKS || bail "kmemleak does not scan"
	sleep 6
	echo scan > $LEAKS || bail "kmemleak does not scan"
	same "unreferenced objects" "$(cat $LEAKS)" ""
}

run_all nothing_leaked
