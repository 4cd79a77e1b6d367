# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# kernel - the kernels that are built here: small ones for UML and the box
#
# A kernel is called BED-SERIES: uml-6.12, uml-7.3, box-7.3; box-debug is
# 6.12 with every check switched on, box-kcsan 7.3 that looks for data races, uml-gcov
# 7.3 that counts what is executed, box-clients 7.3 with what Debian's programs need.

CROSS=s390x-linux-gnu-

kernel_series()
{
	case $1 in
	box-debug) echo 6.12 ;;
	box-kcsan | box-clients | uml-gcov) echo 7.3 ;;
	*) echo "${1#*-}" ;;
	esac
}

# kernel_wants KERNEL: its config, and what to append to the kernel's Kconfig.
# A line that begins with "#SERIES: " counts for that series only.
kernel_wants()
{
	local dir=$TESTING/${1%%-*}

	sed "s/^#$(kernel_series "$1"): //" "$dir/kernel.config"
	[ "$1" != box-debug ] || cat "$dir/debug.config"
	[ "$1" != uml-gcov ] || cat "$dir/gcov.config"
	[ "$1" != box-kcsan ] || cat "$dir/kcsan.config"
	[ "$1" != box-clients ] || cat "$dir/clients.config"
}

# Everything that makes one kernel differ from another is in its name.
kernel_name()
{
	local series compiler=gcc key

	series=$(kernel_series "$1")
	case $1 in
	box-*) compiler=${CROSS}gcc ;;
	esac
	key=$({
		kernel_wants "$1"
		cat "$TESTING/${1%%-*}/Kconfig.bed"
		declare -f kernel_build kernel_flags
		$compiler -dumpfullversion
	} | key_of -)
	printf '%s-%s-%s\n' "$1" "$(source_version "$series")" "$key"
}

kernel_dir()
{
	printf '%s/%s\n' "$CACHE" "$(kernel_name "$1")"
}

# What to boot
kernel_image()
{
	case $1 in
	uml-*) printf '%s/linux\n' "$(kernel_dir "$1")" ;;
	*) printf '%s/arch/s390/boot/bzImage\n' "$(kernel_dir "$1")" ;;
	esac
}

# kernel_flags KERNEL: what every make of it has to say, one a line
kernel_flags()
{
	case $1 in
	uml-*) printf '%s\n' ARCH=um ;;
	*) printf '%s\n' ARCH=s390 "CROSS_COMPILE=$CROSS" ;;
	esac
}

# Kconfig drops without a word what it does not know or cannot have.
kernel_check_config()
{
	local want=$1 config=$2 line bad=0

	while IFS= read -r line; do
		case $line in
		CONFIG_*=n)
			! grep -q "^${line%=n}=" "$config" || bad=1
			;;
		CONFIG_*)
			grep -qxF -- "$line" "$config" || bad=1
			;;
		*)
			continue
			;;
		esac
		[ $bad -eq 0 ] ||
			die "the kernel's configuration does not take $line:" \
			    "$want asks for something this version has not got"
	done < "$want"
}

# CONFIG_VFIO_AP=m is in the box's configuration because kvm.ko exports what
# vfio_ap needs only then; on make's command line it keeps kbuild away from it.
kernel_build()
{
	local kernel=$1 out=$2 source targets=() flags

	source=$(source_dir "$(kernel_series "$kernel")")
	mapfile -t flags < <(kernel_flags "$kernel")
	case $kernel in
	uml-*) targets=(all) ;;
	*) targets=(CONFIG_VFIO_AP=n bzImage modules) ;;
	esac
	flags+=(-C "$source" "O=$out" "KBUILD_KCONFIG=$out/Kconfig.bed")

	cp "$TESTING/${kernel%%-*}/Kconfig.bed" "$out/bed.kconfig"
	{ cat "$source/Kconfig"; echo "source \"$out/bed.kconfig\""; } \
		> "$out/Kconfig.bed"
	kernel_wants "$kernel" > "$out/want.config"
	make -s "${flags[@]}" "KCONFIG_ALLCONFIG=$out/want.config" allnoconfig
	kernel_check_config "$out/want.config" "$out/.config"
	make -s "${flags[@]}" "-j$JOBS" "${targets[@]}"
}

prepare_kernel()
{
	local series

	series=$(kernel_series "$1")
	pin kernels "linux-source-$series"
	! have "$(kernel_name "$1")" || return 0
	prepare_source "$series"
	# See kcsan.config; what is built against it later is instrumented.
	[ "$1" != box-kcsan ] || local -x KCSAN_SANITIZE=n
	artefact_in_place "$(kernel_name "$1")" \
		"build the kernel $1" 700 \
		kernel_build "$1"
}
