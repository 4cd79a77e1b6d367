# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# debian - a whole Debian for s390x, as a disk for the box: a kernel with headers,
# systemd, dpkg, dkms and a compiler, mdevctl
#
# VFIO_AP_DEB_SUITE is which one: "bookworm" (Debian 12), or "trixie" (Debian 13) with
# the kernel of Debian 12, for which the box has a simulated machine.
#
# dpkg knows all of its packages as installed, so what is installed there later is
# checked as anywhere.  Their scripts could not run here; what they would have done,
# and is needed to start, is done in the box (selftests/vfio_ap/deb/lib/first.sh).

DEBIAN_SYSTEM=(
	"${CLIENTS_BASE[@]/systemd-standalone-sysusers/systemd-sysv}"
	apt dpkg debianutils init-system-helpers perl-base tar gzip init login mount
	ncurses-bin udev kmod mdevctl s390-tools dkms
)

# The kernel is the one the beds have, of which apt would not take the newest.
debian_kernel()
{
	printf 'linux-image-%s\nlinux-headers-%s\n' "$(stock_abi)" "$(stock_abi)"
}

debian_suite()
{
	printf '%s\n' "${VFIO_AP_DEB_SUITE:-bookworm}"
}

debian_shelf()
{
	local suite

	suite=$(debian_suite)
	[ "$suite" = bookworm ] && echo box || echo "debian-$suite"
}

debian_pinned()
{
	printf '%s/versions/debian-%s-s390x\n' "$CACHE" "$(debian_suite)"
}

# One that stands for all: of the packages of a release only security fixes change.
debian_pin()
{
	local file package version shelf

	file=$(debian_pinned)
	shelf=$(debian_shelf)
	[ ! -s "$file" ] || return 0
	need_shelf "$shelf"
	for package in dkms systemd mdevctl s390-tools; do
		version=$(newest "$shelf" "$package")
		[ -n "$version" ] || die "the archive has no $package for s390x" \
			"(looked in the suites of $CACHE/apt/$shelf/debian.sources):" \
			"choose another mirror"
		printf '%s=%s\n' "$package" "$version"
	done > "$file.new"
	mv "$file.new" "$file"
}

debian_name()
{
	printf 'debian-%s-%s\n' "$(stock_abi)" "$({
		cat "$(debian_pinned)"
		printf '%s\n' "${DEBIAN_SYSTEM[@]}"
		declare -f debian_fetch debian_register debian_strip
	} | key_of -)"
}

debian_disk()
{
	printf '%s/%s/root.ext4\n' "$CACHE" "$(debian_name)"
}

# debian_register DEB ROOT: what dpkg would note of a package that it installed
debian_register()
{
	local deb=$1 info=$2/var/lib/dpkg/info name

	# shellcheck disable=SC2016
	name=$(dpkg-deb --show --showformat '${Package}' "$deb")
	[ "$(dpkg-deb -f "$deb" Multi-Arch)" != same ] || name+=:s390x
	mkdir -p "$info"
	dpkg-deb --fsys-tarfile "$deb" | tar -t | sed 's,^\.,,; s,/$,,; s,^$,/.,' \
		> "$info/$name.list"
	{
		dpkg-deb -f "$deb" | sed '1a Status: install ok installed'
		echo
	} >> "$2/var/lib/dpkg/status"
}

# What nobody reads there, and modules for what the box has not: depmod would need a
# minute, each time
debian_strip()
{
	local kernel

	kernel=$1/lib/modules/$(stock_abi)/kernel
	rm -rf "$1"/usr/share/{doc,info,locale,man,i18n} "$1"/usr/lib/udev/hwdb.d \
		"$kernel"/{net,sound,samples}
	find "$kernel/drivers" "$kernel/fs" -mindepth 1 -maxdepth 1 \
		! -name s390 ! -name vfio ! -name iommu ! -name block ! -name char \
		! -name virtio ! -name autofs ! -name configfs ! -name ext4 \
		! -name fuse ! -name jbd2 -exec rm -r {} +
}

debian_fetch()
{
	local dir=$1 name deb versions root=$1/root

	mapfile -t versions < <(cat "$(debian_pinned)"; debian_kernel)
	mkdir -p "$dir/deb/partial" "$root"
	shelf_apt "$(debian_shelf)" -y -d -o "Dir::Cache::archives=$dir/deb/" \
		install "${DEBIAN_SYSTEM[@]}" "${versions[@]}"
	for name in bin lib sbin; do
		mkdir -p "$root/usr/$name"
		ln -s "usr/$name" "$root/$name"
	done
	for deb in "$dir"/deb/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" |
			tar -x -C "$root" --keep-directory-symlink
		debian_register "$deb" "$root"
	done
	debian_strip "$root"
	depmod -b "$root" "$(stock_abi)"
	clients_image "$root" "$dir/root.ext4"
	rm -r "$dir/deb" "$root"
}

prepare_debian()
{
	local missing

	missing=$(packages_missing "${PACKAGES_CLIENTS[@]}")
	if [ -n "$missing" ]; then
		need_root "this package is not installed: $missing"
		step "install $missing" packages_install "$missing"
	fi
	debian_pin
	! have "$(debian_name)" || return 0
	need_shelf "$(debian_shelf)"
	artefact "$(debian_name)" "fetch Debian ($(debian_suite)) for s390x" 2500 \
		debian_fetch
}
