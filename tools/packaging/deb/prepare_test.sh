#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# prepare_test - which mdev is built with the package, and when it is better to have none
#
# Headers and sources are made up; one file, mdev_core.c, says where it is from.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../testing/selftests/vfio_ap/lib/ktap.sh"

DIR=$(mktemp -d) || exit
trap 'rm -rf "$DIR"' EXIT
HEADERS=$DIR/headers
BUILD=$DIR/build

# kernel VERSION MDEV_H [CONFIG...]: headers as Debian's, in two folders
kernel()
{
	number=$1 text=$2
	shift 2
	rm -rf "$HEADERS" "$DIR/common" "$BUILD" "$DIR/sources"
	mkdir -p "$HEADERS/include/generated/uapi/linux" "$DIR/common/include/linux" \
		"$DIR/sources"
	echo "include $DIR/common/Makefile" > "$HEADERS/Makefile"
	echo "$text" > "$DIR/common/include/linux/mdev.h"
	printf '%s\n' CONFIG_VFIO=m "$@" > "$HEADERS/.config"
	echo "$number" | {
		IFS=. read -r major patchlevel sublevel
		printf '#define LINUX_VERSION_%s %s\n' MAJOR "$major" \
			PATCHLEVEL "$patchlevel" SUBLEVEL "$sublevel"
	} > "$HEADERS/include/generated/uapi/linux/version.h"
	package
}

# The package's copy is that of 6.12.95.
package()
{
	mkdir -p "$BUILD/mdev/include/linux"
	echo 6.12.95 > "$BUILD/mdev/version"
	echo api > "$BUILD/mdev/include/linux/mdev.h"
	echo package > "$BUILD/mdev/mdev_core.c"
	echo 'all:;@echo made' > "$BUILD/Kbuild"
}

# source VERSION: what linux-source-* installs
source_of()
{
	series=${1%.*}
	tree=$DIR/tree/linux-source-$series
	rm -rf "$DIR/tree"
	mkdir -p "$tree/drivers/vfio/mdev"
	printf 'VERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = %s\nEXTRAVERSION =\n' \
		"${series%.*}" "${series#*.}" "${1##*.}" > "$tree/Makefile"
	echo "source $1" > "$tree/drivers/vfio/mdev/mdev_core.c"
	tar -C "$DIR/tree" -cJf "$DIR/sources/linux-source-$series.tar.xz" \
		"linux-source-$series"
}

prepare()
{
	(cd "$BUILD" && VFIO_AP_SOURCES=$DIR/sources sh "$here/prepare" 6.12-s390x "$HEADERS")
}

takes()
{
	expect_status 0 prepare
	same "mdev is from" "$(cat "$BUILD/mdev/mdev_core.c")" "$1"
	same "make" "$(make -s -f Kbuild -C "$BUILD" 2>&1)" made
}

# It is said to who installs, and to make, so that no other mdev is built.
refuses()
{
	expect_status 1 prepare
	expect_said "$1"
	same "lines" "$(echo "$said" | wc -l)" 1
	if said=$(make -s -f Kbuild -C "$BUILD" 2>&1); then
		wrong "make does not fail: $said"
	fi
	expect_said "$1"
}

the_packages_own_is_good_for_its_version()
{
	kernel 6.12.95 api
	takes package
}

it_is_good_for_others_of_the_series_with_the_same_interface()
{
	kernel 6.12.107 api
	takes package
}

it_is_not_if_the_interface_has_changed()
{
	kernel 6.12.107 other
	refuses "install linux-source-6.12 with version 6.12.107"
}

it_is_not_for_another_series()
{
	kernel 7.3.4 api
	refuses "install linux-source-7.3 with version 7.3.4"
}

source_of_this_version_is_preferred()
{
	kernel 6.12.95 api
	source_of 6.12.95
	takes "source 6.12.95"
	kernel 6.12.107 other
	source_of 6.12.107
	takes "source 6.12.107"
	kernel 7.3.4 other
	source_of 7.3.4
	takes "source 7.3.4"
}

source_of_another_version_is_not_taken()
{
	kernel 6.12.107 api
	source_of 6.12.95
	takes package
	kernel 6.12.107 other
	source_of 6.12.95
	refuses "install linux-source-6.12 with version 6.12.107"
}

a_broken_source_is_not_taken()
{
	kernel 6.12.95 api
	echo nonsense > "$DIR/sources/linux-source-6.12.tar.xz"
	takes package
}

a_kernel_that_has_mdev_needs_none()
{
	for value in m y; do
		kernel 7.3.4 other CONFIG_VFIO_MDEV=$value
		takes package
	done
}

a_vfio_ap_that_is_built_in_cannot_be_replaced()
{
	kernel 6.12.95 api CONFIG_VFIO_AP=y
	refuses "has a vfio_ap built in"
}

one_that_is_a_module_can()
{
	kernel 6.12.95 api CONFIG_VFIO_AP=m CONFIG_VFIO_MDEV=m
	takes package
}

missing_headers_are_named()
{
	kernel 6.12.95 api
	rm -r "$HEADERS"
	refuses "install linux-headers-6.12-s390x"
}

run_all the_packages_own_is_good_for_its_version \
	it_is_good_for_others_of_the_series_with_the_same_interface \
	it_is_not_if_the_interface_has_changed \
	it_is_not_for_another_series \
	source_of_this_version_is_preferred \
	source_of_another_version_is_not_taken \
	a_broken_source_is_not_taken \
	a_kernel_that_has_mdev_needs_none \
	a_vfio_ap_that_is_built_in_cannot_be_replaced \
	one_that_is_a_module_can \
	missing_headers_are_named
