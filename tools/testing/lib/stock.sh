# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# stock - Debian's own s390x kernel 6.12 for the box: nothing is compiled but
# mdev, which Debian does not build there
#
# Its image and headers are s390x packages, what runs while modules are built
# (linux-kbuild) is an amd64 one of the same version.

stock_abi()
{
	pinned box stock-abi
}

stock_name()
{
	printf 'stock-%s\n' "$(stock_abi)"
}

stock_dir()
{
	printf '%s/%s\n' "$CACHE" "$(stock_name)"
}

stock_image()
{
	printf '%s/boot/vmlinuz-%s\n' "$(stock_dir)" "$(stock_abi)"
}

stock_headers()
{
	printf '%s/usr/src/linux-headers-%s\n' "$(stock_dir)" "$(stock_abi)"
}

# Which one is the newest is in the packages' names, not in one's version.
stock_pin()
{
	local file=$CACHE/versions/stock-abi abi

	[ ! -s "$file" ] || return 0
	need_shelf box
	abi=$(apt-cache -c "$CACHE/apt/box/apt.conf" pkgnames linux-image-6.12. |
	      sed -n 's/^linux-image-\(6\.12\.[0-9]*+deb[0-9]*-s390x\)$/\1/p' |
	      sort -V | tail -n 1)
	[ -n "$abi" ] || die "the archive has no s390x kernel 6.12 (looked in the" \
		"suites of $CACHE/apt/box/debian.sources): choose another mirror"
	mkdir -p "$CACHE/versions"
	printf '%s\n' "$abi" > "$file.new"
	mv "$file.new" "$file"
}

# The headers' Makefile names its neighbour where it would be installed.
stock_fetch()
{
	local dir=$1 abi base deb

	abi=$(stock_abi)
	base=${abi%-s390x}
	fetch box "$dir/deb" "linux-image-$abi" "linux-headers-$abi" \
		"linux-headers-$base-common"
	fetch kernels "$dir/deb" "linux-kbuild-$base"
	for deb in "$dir"/deb/*.deb; do
		dpkg-deb -x "$deb" "$dir"
	done
	rm -r "$dir/deb"
	sed -i "s,/usr/src/,$(stock_dir)/usr/src/," \
		"$dir/usr/src/linux-headers-$abi/Makefile"
}

# What an external module build against it has to say, one a line
stock_flags()
{
	printf '%s\n' "CC=${CROSS}gcc" CONFIG_DEBUG_INFO_BTF_MODULES=
}

mdev_name()
{
	printf 'mdev-%s-%s\n' "$(stock_abi)" "$(source_version 6.12)"
}

mdev_dir()
{
	printf '%s/%s\n' "$CACHE" "$(mdev_name)"
}

mdev_build()
{
	local dir=$1 flags

	cp "$(parts_dir)"/drivers/vfio/mdev/* "$dir"
	mapfile -t flags < <(stock_flags)
	make -s -C "$(stock_headers)" "M=$dir" "${flags[@]}" \
		CONFIG_VFIO_MDEV=m modules
}

prepare_stock()
{
	stock_pin
	if ! have "$(stock_name)"; then
		need_shelf box
		need_shelf kernels
		artefact "$(stock_name)" "fetch Debian's s390x kernel" 500 \
			stock_fetch
	fi
	prepare_parts
	artefact "$(mdev_name)" "build mdev for Debian's kernel" 50 mdev_build
}
