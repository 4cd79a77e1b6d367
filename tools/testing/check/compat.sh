#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# compat - are kernels told apart by what they have, and others refused?
#
#	compat.sh
#
# Kernels here are a handful of files that look like one.  That the answers are
# right for real ones is shown by the builds, see ap_bus_check.c.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

. "$here/../selftests/vfio_ap/lib/ktap.sh"

work=$(mktemp -d) || exit 1
trap 'rm -r "$work"' EXIT

# kernel VERSION PATCHLEVEL: packaged headers, with all that is new
kernel()
{
	rm -rf "$work/kernel"
	mkdir -p "$work/kernel/include/uapi/linux" "$work/kernel/include/linux"
	printf 'VERSION = %s\nPATCHLEVEL = %s\n' "$1" "$2" > "$work/kernel/Makefile"
	echo "VFIO_AP_CFG_CHG_IRQ_INDEX," > "$work/kernel/include/uapi/linux/vfio.h"
	echo "void hrtimer_setup(void);" > "$work/kernel/include/linux/hrtimer.h"
	exported ap_attr_mutex
}

# exported MUTEX: what the build's symbols are
exported()
{
	printf '0x1\t%s\tvmlinux\tEXPORT_SYMBOL\t\n' "$1" ap_driver_register \
		> "$work/kernel/Module.symvers"
}

# bus_header MUTEX FIRST SECOND: a full source has it
bus_header()
{
	mkdir -p "$work/kernel/drivers/s390/crypto"
	printf 'struct ap_driver {\n\t%s\n\t%s\n};\nextern struct mutex %s;\n' \
		"$2" "$3" "$1" > "$work/kernel/drivers/s390/crypto/ap_bus.h"
	rm "$work/kernel/Module.symvers"
}

ids='struct ap_device_id *ids;'
probe='int (*probe)(struct ap_device *);'

# says WANT: what the probe says of the kernel
says()
{
	got=$("$root/include/compat/probe.sh" "$work/kernel")
	[ "$got" = "$1" ] || wrong "it says \"$got\"" "instead of \"$1\""
}

the_newest_lacks_nothing()
{
	kernel 7 3
	says ""
	bus_header ap_attr_mutex "$probe" "$ids"
	says ""
}

each_lack_is_seen()
{
	kernel 7 3
	: > "$work/kernel/include/uapi/linux/vfio.h"
	says "-DCOMPAT_NO_CFG_CHG_IRQ"
	kernel 7 3
	: > "$work/kernel/include/linux/hrtimer.h"
	says "-DCOMPAT_NO_HRTIMER_SETUP"
}

the_layout_is_read_in_the_bus_header()
{
	kernel 7 0
	bus_header ap_attr_mutex "$ids" "$probe"
	says "-DCOMPAT_AP_DRIVER_IDS_FIRST"
	bus="-DCOMPAT_NO_AP_ATTR_MUTEX -DCOMPAT_AP_DRIVER_IDS_FIRST"
	kernel 6 17
	bus_header ap_perms_mutex "$ids" "$probe"
	says "$bus"
}

headers_with_the_old_mutex_have_the_old_layout()
{
	kernel 6 16
	exported ap_perms_mutex
	says "-DCOMPAT_NO_AP_ATTR_MUTEX -DCOMPAT_AP_DRIVER_IDS_FIRST"
}

headers_that_do_not_tell_are_refused()
{
	kernel 7 1
	says "$(echo "error: vfio_ap needs the full source of Linux 7.1:" \
		"its packaged headers do not tell what an AP driver looks like")"
}

kernels_without_an_ap_bus_are_refused()
{
	kernel 7 3
	: > "$work/kernel/Module.symvers"
	says "$(echo "error: vfio_ap needs an AP bus," \
		"and $work/kernel/Module.symvers has none:" \
		"is this kernel for IBM Z, and completely installed?")"
}

what_is_no_kernel_is_refused()
{
	kernel 7 3
	rm "$work/kernel/Makefile"
	says "error: $work/kernel is neither a kernel's source nor its headers"
}

# What kbuild does, as far as it matters here
as_kbuild()
{
	cat > "$work/kernel/GNUmakefile" <<-'END'
		srctree := $(CURDIR)
		objtree := $(CURDIR)
		src := $(M)/drivers/s390/crypto/vfio_ap
		$(MAKECMDGOALS): ;
		include $(src)/Kbuild
	END
	make -s -C "$root" "KDIR=$work/kernel" "$@" 2>&1
}

other_kernels_are_refused_in_one_sentence()
{
	range="vfio_ap supports Linux 6.12 to 7.3"
	for version in 6.1 6.11 7.4 8.0; do
		kernel "${version%.*}" "${version#*.}"
		said=$(as_kbuild modules CONFIG_MODULES=y)
		count=$(echo "$said" | grep -c "$range, and this is $version")
		[ "$count" -eq 1 ] || wrong "of $version make says:" "$said"
		! echo "$said" | grep -qiE 'warning|error:' || wrong "$said"
		# Cleaning knows no configuration.
		said=$(as_kbuild clean)
		[ -z "$said" ] || wrong "make clean says:" "$said"
	done
	kernel 6 12
	exported ap_perms_mutex
	said=$(as_kbuild modules CONFIG_MODULES=y)
	[ -z "$said" ] || wrong "of 6.12 make says:" "$said"
}

# Where versions may be named: nowhere but in the probe.
no_source_asks_for_a_version()
{
	bad=$(cd "$root" && grep -rnE --include='*.[chS]' --include='Kbuild*' \
		--include=Makefile --include='*.mk' \
		'LINUX_VERSION_CODE|KERNEL_VERSION\(|KERNELVERSION|PATCHLEVEL' \
		Kbuild drivers include tools)
	[ -z "$bad" ] || wrong "$bad"
}

run_all the_newest_lacks_nothing \
	each_lack_is_seen \
	the_layout_is_read_in_the_bus_header \
	headers_with_the_old_mutex_have_the_old_layout \
	headers_that_do_not_tell_are_refused \
	kernels_without_an_ap_bus_are_refused \
	what_is_no_kernel_is_refused \
	other_kernels_are_refused_in_one_sentence \
	no_source_asks_for_a_version
