# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# peer - the kernel's own vfio_ap, to be compared with
#
# Its files are copied from the kernel's source package and compiled as they are;
# nobody opens them.  They are never in the farm, nor next to the driver's.

peer_name()
{
	printf 'peer-%s\n' "$(kernel_name "$1")"
}

peer_dir()
{
	printf '%s/%s\n' "$CACHE" "$(peer_name "$1")"
}

peer_untar()
{
	dpkg-deb --fsys-tarfile "$CACHE/$(source_package "$1")"/*.deb |
		tar -xO --wildcards './usr/src/linux-source-*.tar.xz' |
		xz -T0 -dc |
		tar -x -C "$2" --strip-components=4 --wildcards \
			'*/drivers/s390/crypto/vfio_ap_*'
}

peer_build()
{
	local bed=$1 dir=$2 flags

	peer_untar "$(kernel_series "$bed")" "$dir"
	cat > "$dir/Kbuild" <<- 'END'
	obj-m := vfio_ap.o
	vfio_ap-y := $(patsubst %.c,%.o,$(notdir $(wildcard $(src)/vfio_ap_*.c)))
	ccflags-y := -I$(srctree)/drivers/s390/crypto
	END
	mapfile -t flags < <(kernel_flags "$bed")
	make -s -C "$(kernel_dir "$bed")" "M=$dir" "${flags[@]}" modules
	[ -e "$dir/vfio_ap.ko" ]
}

# prepare_peer BED: for a kernel that is built here
prepare_peer()
{
	have "$(peer_name "$1")" ||
		prepare_source_package "$(kernel_series "$1")"
	artefact "$(peer_name "$1")" "build the kernel's own vfio_ap" 50 \
		peer_build "$1"
}
