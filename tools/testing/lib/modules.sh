# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# modules - the project's modules and helper programs, built for one bed
#
# A bed is called as its kernel is: uml-6.12, uml-7.3, box-6.12 (Debian's
# stock kernel), box-7.3, box-debug.  Each builds in a farm of symbolic links
# to the project's files, so that no build writes into the source tree and no
# two builds meet.

# One farm for each clone of the project
farm_dir()
{
	printf '%s/farm/%s/%s\n' "$CACHE" "$(key_of - <<< "$TOP")" "$1"
}

programs_dir()
{
	printf '%s/bin\n' "$(farm_dir "$1")"
}

bed_kdir()
{
	case $1 in
	box-6.12) stock_headers ;;
	*) kernel_dir "$1" ;;
	esac
}

# bed_flags BED FARM: what its module build has to say, one a line
bed_flags()
{
	printf '%s\n' "VFIO_AP_BED=${1%%-*}"
	case $1 in
	box-6.12)
		stock_flags
		printf 'KBUILD_EXTRA_SYMBOLS=%s/Module.symvers\n' "$(mdev_dir)"
		;;
	uml-gcov)
		bed_flags "uml-7.3" "$2"
		echo GCOV_PROFILE=y
		;;
	uml-*)
		kernel_flags "$1"
		printf 'VFIO_AP_BED_INCLUDE=-I%s/tools/testing/%s\n' "$2" \
			apsim/uml/include
		;;
	*)
		kernel_flags "$1"
		;;
	esac
}

# What went into the last build; as long as it is the same, so is the result.
farm_state()
{
	printf '%s\n' "$(bed_kdir "$1")"
	(cd "$TOP" && find Kbuild include drivers tools -type f \
		-printf '%p %s %T@\n') | sort
}

farm_link()
{
	local farm=$1 part

	mkdir -p "$farm"
	for part in Kbuild include drivers tools; do
		cp -asn "$TOP/$part" "$farm/"
	done
	find "$farm" -xtype l -delete
}

# The driver with calls that fail, for the bed that can do without memory, too
failport_build()
{
	local bed=$1 farm=$2

	shift 2
	make -s -C "$(bed_kdir "$bed")" "M=$farm/tools/testing/failport" "$@" \
		"KBUILD_EXTRA_SYMBOLS=$farm/Module.symvers" modules
}

# Helper programs of the tests: static ones for the box, with those that need
# KVM or zcrypt and the inner QEMU's guest; the machine's own for UML
programs_build()
{
	local bed=$1 bin=$2

	case $bed in
	box-*)
		make -s -C "$TESTING/selftests/vfio_ap" "O=$bin" \
			"CC=${CROSS}gcc" "KSRC=$(parts_dir)" box
		make -s -C "$TESTING/apsim/s390/check" "O=$bin" \
			"CC=${CROSS}gcc"
		make -s -C "$TESTING/apsim/tool" "O=$bin" "CC=${CROSS}gcc"
		make -s -C "$TESTING/box/guest" "O=$bin" "CROSS_COMPILE=$CROSS"
		;;
	*)
		make -s -C "$TESTING/selftests/vfio_ap" "O=$bin" \
			"KSRC=$(parts_dir)" uml
		make -s -C "$TESTING/apsim/tool" "O=$bin"
		;;
	esac
}

modules_build()
{
	local bed=$1 farm flags

	farm=$(farm_dir "$bed")
	rm -f "$farm/.state"
	farm_link "$farm"
	mapfile -t flags < <(bed_flags "$bed" "$farm")
	make -s -C "$(bed_kdir "$bed")" "M=$farm" "${flags[@]}" "-j$JOBS" \
		modules
	case $bed in
	uml-*) failport_build "$bed" "$farm" "${flags[@]}" ;;
	esac
	programs_build "$bed" "$(programs_dir "$bed")"
	farm_state "$bed" | key_of - > "$farm/.state"
}

modules_current()
{
	local state

	state=$(cat "$(farm_dir "$1")/.state" 2> /dev/null) || return 1
	[ "$state" = "$(farm_state "$1" | key_of -)" ]
}

modules_locked()
{
	! modules_current "$1" || return 0
	step "build the modules for $1" modules_build "$1"
}

# prepare_modules BED: its kernel has to be there
prepare_modules()
{
	modules_current "$1" || with_lock "farm-$(key_of - <<< "$TOP")-$1" \
		"build the modules for $1" modules_locked "$1"
}

# modules_list BED: the project's modules, by path
modules_list()
{
	find "$(farm_dir "$1")" -name '*.ko'
}

# prepare_bed BED: everything it boots with and is built against.  The modules
# are apart, as they may not build while the kernels are worth having.
prepare_bed()
{
	case $1 in
	box-6.12) prepare_stock ;;
	*) prepare_kernel "$1" ;;
	esac
	prepare_parts
	case $1 in
	box-*)
		prepare_busybox
		prepare_inner_qemu
		prepare_qemu
		;;
	esac
}
