# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# busybox - the box's user space: Debian's s390x busybox, static, and Debian's
# s390x QEMU with just the libraries it links

BUSYBOX=busybox-1

busybox_fetch()
{
	local dir=$1

	fetch box "$dir" busybox-static
	dpkg-deb --fsys-tarfile "$dir"/*.deb |
		tar -x -C "$dir" --strip-components=2 ./bin/busybox
	rm "$dir"/*.deb
}

prepare_busybox()
{
	! have $BUSYBOX || return 0
	need_shelf box
	artefact $BUSYBOX "fetch busybox for s390x" 20 busybox_fetch
}

inner_name()
{
	printf 'inner-qemu-%s\n' "$(declare -f inner_fetch inner_take | key_of -)"
}

# inner_needs FILE: the libraries it names, by soname
inner_needs()
{
	readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

# inner_take FROM TO PATH: this file and whatever it links, once each
inner_take()
{
	local from=$1 to=$2 path=$3 soname lib

	[ ! -e "$to$path" ] || return 0
	install -D "$from$path" "$to$path"
	for soname in $(inner_needs "$from$path"); do
		for lib in "$from"/{lib,usr/lib}/s390x-linux-gnu/"$soname" \
			   "$from/lib/$soname"; do
			[ -e "$lib" ] || continue
			inner_take "$from" "$to" "${lib#"$from"}"
		done
	done
}

# A file system tree with QEMU at its usual path, ready to be unpacked over
# the box's root.  Loadable parts of QEMU and its data are left out but for
# what "-kernel" and "-device vfio-ap" want.
inner_fetch()
{
	local dir=$1 deb all=$1/all

	mkdir -p "$dir/deb/partial" "$all" "$dir/root"
	shelf_apt box -y -d -t bookworm-backports \
		-o "Dir::Cache::archives=$dir/deb/" install qemu-system-s390x
	for deb in "$dir"/deb/*.deb; do
		dpkg-deb -x "$deb" "$all"
	done
	inner_take "$all" "$dir/root" /usr/bin/qemu-system-s390x
	install -D "$all"/lib/s390x-linux-gnu/ld64.so.1 \
		"$dir/root/lib/ld64.so.1"
	install -D -m 644 "$all"/usr/share/qemu/s390-ccw.img \
		"$dir/root/usr/share/qemu/s390-ccw.img"
	(cd "$dir/root" && find . | cpio -o -H newc -R 0:0 --quiet) \
		> "$dir/root.cpio"
	rm -r "$dir/deb" "$all" "$dir/root"
}

inner_cpio()
{
	printf '%s/%s/root.cpio\n' "$CACHE" "$(inner_name)"
}

prepare_inner_qemu()
{
	! have "$(inner_name)" || return 0
	need_shelf box
	artefact "$(inner_name)" "fetch QEMU for inside the box" 600 inner_fetch
}
