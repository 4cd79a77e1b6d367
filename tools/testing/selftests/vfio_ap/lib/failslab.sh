# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# failslab - a kernel that can let allocations fail, and which of them may
#
#	need_failslab	a whole script's precondition
#	failslab_all	from now on all that somebody waits for may fail, too
#	failslab_off	as the kernel was before

SLAB=/sys/kernel/debug/failslab
CACHES=/sys/kernel/slab

need_failslab()
{
	[ -e /proc/self/fail-nth ] && [ -d $SLAB ] ||
		skip_all "this kernel cannot let allocations fail"
}

# A kernel that watches itself allocates as often as what it watches, and does
# not mind to fail; without that, and without messages, half as many are left.
failslab_all()
{
	failslab_said=$(value $SLAB/verbose)
	echo 0 > $SLAB/verbose
	echo N > $SLAB/ignore-gfp-wait
	echo Y > $SLAB/task-filter
	echo 100 > $SLAB/probability
	echo -1 > $SLAB/times
	[ -d $CACHES/kmemleak_object ] || return 0
	for failslab_cache in $CACHES/*; do
		case ${failslab_cache##*/} in
		kmemleak_* | debug_objects_cache | skbuff_*) ;;
		*) echo 1 > "$failslab_cache/failslab" ;;
		esac
	done
	echo Y > $SLAB/cache-filter
}

failslab_off()
{
	echo 0 > $SLAB/probability
	echo N > $SLAB/task-filter
	echo N > $SLAB/cache-filter
	echo Y > $SLAB/ignore-gfp-wait
	echo "$failslab_said" > $SLAB/verbose
}
