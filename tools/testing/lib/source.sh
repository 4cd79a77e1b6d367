# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# source - the kernel's sources, as Debian packages them
#
# The kernel's own vfio_ap is left out when they are unpacked: what is tested
# here is this project's, and no build can take the other one by mistake.

# source_version SERIES: the package's version; source_dir SERIES: where it is
source_version()
{
	pinned kernels "linux-source-$1"
}

source_name()
{
	printf 'source-%s\n' "$(source_version "$1")"
}

source_dir()
{
	printf '%s/%s\n' "$CACHE" "$(source_name "$1")"
}

source_package()
{
	printf 'deb/linux-source-%s\n' "$(source_version "$1")"
}

source_fetch()
{
	fetch kernels "$2" "linux-source-$1=$(source_version "$1")"
}

# source_untar SERIES DIR TAR-ARGUMENT...
source_untar()
{
	local series=$1 dir=$2
	shift 2

	dpkg-deb --fsys-tarfile "$CACHE/$(source_package "$series")"/*.deb |
		tar -xO --wildcards './usr/src/linux-source-*.tar.xz' |
		xz -T0 -dc |
		tar -x -C "$dir" --strip-components=1 --wildcards "$@"
}

source_unpack()
{
	source_untar "$1" "$2" "${SOURCE_OTHER[@]/#/--exclude=}"
}

# The kernel's own vfio_ap is only looked at by git, for patches that remove it.
SOURCE_OTHER=('*/drivers/s390/crypto/vfio_ap_*' '*/Documentation/arch/s390/vfio-ap*')

source_other()
{
	printf '%s/source-other-%s\n' "$CACHE" "$(source_version "$1")"
}

source_other_unpack()
{
	source_untar "$1" "$2" "${SOURCE_OTHER[@]}"
}

prepare_source_other()
{
	local name

	prepare_source "$1"
	name=$(basename "$(source_other "$1")")
	! have "$name" || return 0
	prepare_source_package "$1"
	artefact "$name" "unpack what the source of Linux $1 lacks" 50 \
		source_other_unpack "$1"
}

# What is wanted of a source that need not be unpacked for it: mdev, the
# parser of results, headers of the kernel's own tests, checkers of style and pages
PARTS=('*/drivers/vfio/mdev' '*/include/linux/mdev.h' '*/tools/testing/kunit'
	'*/tools/testing/selftests/kselftest*.h' '*/scripts/checkpatch.pl'
	'*/scripts/*.txt' '*/scripts/const_structs.checkpatch'
	'*/scripts/kernel-doc' '*/scripts/get_abi.pl' '*/Documentation/sphinx')

parts_name()
{
	printf 'parts-%s-%s\n' "$(source_version 6.12)" \
		"$(key_of - <<< "${PARTS[*]}")"
}

parts_dir()
{
	printf '%s/%s\n' "$CACHE" "$(parts_name)"
}

parts_unpack()
{
	source_untar 6.12 "$1" "${PARTS[@]}"
}

prepare_parts()
{
	pin kernels linux-source-6.12
	! have "$(parts_name)" || return 0
	prepare_source_package 6.12
	artefact "$(parts_name)" "unpack parts of Linux 6.12" 50 parts_unpack
}

# prepare_source_package SERIES: the archive alone
prepare_source_package()
{
	pin kernels "linux-source-$1"
	have "$(source_package "$1")" || need_shelf kernels
	artefact "$(source_package "$1")" "fetch the source of Linux $1" 400 \
		source_fetch "$1"
}

prepare_source()
{
	pin kernels "linux-source-$1"
	! have "$(source_name "$1")" || return 0
	prepare_source_package "$1"
	artefact "$(source_name "$1")" "unpack the source of Linux $1" 2200 \
		source_unpack "$1"
}
