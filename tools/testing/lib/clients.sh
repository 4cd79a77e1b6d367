# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# clients - the programs by which people use the driver, as Debian packs them
# for s390x: a file system image for the box, nothing in it is changed
#
# No package's scripts are run.  What they would have done, and a client needs,
# is done in the box (selftests/vfio_ap/clients/lib/clients.sh).
#
# VFIO_AP_SUITE is the suite they come from: "forky", or "bookworm", which does not
# change any more, for the one of which it has a version that is new enough.

CLIENTS_STABLE=(mdevctl udev kmod)
CLIENTS=(
	"${CLIENTS_STABLE[@]}" s390-tools driverctl qemu-system-s390x
	libvirt-clients libvirt-daemon libvirt-daemon-driver-nodedev
	libvirt-daemon-driver-qemu
	trace-cmd linux-perf bpftrace
)

# What every Debian has, and so no package asks for
CLIENTS_BASE=(
	base-files base-passwd bash bsdutils coreutils dash diffutils findutils
	gawk grep hostname libc-bin procps sed util-linux
	systemd-standalone-sysusers
)

# On this machine, for the image
PACKAGES_CLIENTS=(e2fsprogs)

clients_suite()
{
	printf '%s\n' "${VFIO_AP_SUITE:-forky}"
}

clients_packages()
{
	case $(clients_suite) in
	bookworm) printf '%s\n' "${CLIENTS_STABLE[@]}" ;;
	*) printf '%s\n' "${CLIENTS[@]}" ;;
	esac
}

clients_shelf()
{
	printf 'clients-%s\n' "$(clients_suite)"
}

# Which versions there are: those of the first time, as for all that is pinned.
clients_pinned()
{
	printf '%s/versions/%s\n' "$CACHE" "$(clients_shelf)"
}

clients_pin()
{
	local file package version

	file=$(clients_pinned)
	[ ! -s "$file" ] || return 0
	need_shelf "$(clients_shelf)"
	mkdir -p "$CACHE/versions"
	for package in $(clients_packages); do
		version=$(newest "$(clients_shelf)" "$package")
		[ -n "$version" ] || die "$(clients_suite) has no $package" \
			"for s390x: set VFIO_AP_SUITE to another suite"
		printf '%s=%s\n' "$package" "$version"
	done > "$file.new"
	mv "$file.new" "$file"
}

clients_name()
{
	printf 'clients-%s\n' "$({
		cat "$(clients_pinned)"
		printf '%s\n' "${CLIENTS_BASE[@]}"
		declare -f clients_fetch clients_strip clients_image
	} | key_of -)"
}

clients_disk()
{
	printf '%s/%s/root.ext4\n' "$CACHE" "$(clients_name)"
}

# What nobody reads there
clients_strip()
{
	rm -rf "$1"/usr/share/{doc,info,locale,man,misc/pci.ids} \
		"$1"/usr/lib/udev/hwdb.d "$1"/usr/share/{i18n,perl} \
		"$1"/usr/lib/s390x-linux-gnu/{perl,perl-base}
}

# clients_image ROOT FILE: a journal would be for who writes
clients_image()
{
	local mb

	mb=$(du -sm --apparent-size "$1" | cut -f 1)
	mke2fs -q -t ext4 -O ^has_journal -m 0 -L clients -d "$1" \
		"$2" $((mb * 5 / 4 + 32))M
}

clients_fetch()
{
	local dir=$1 deb versions

	mapfile -t versions < "$(clients_pinned)"
	mkdir -p "$dir/deb/partial" "$dir/root"
	shelf_apt "$(clients_shelf)" -y -d \
		-o "Dir::Cache::archives=$dir/deb/" \
		install "${CLIENTS_BASE[@]}" "${versions[@]}"
	for deb in "$dir"/deb/*.deb; do
		dpkg-deb -x "$deb" "$dir/root"
	done
	clients_strip "$dir/root"
	clients_image "$dir/root" "$dir/root.ext4"
	rm -r "$dir/deb" "$dir/root"
}

prepare_clients()
{
	local missing

	missing=$(packages_missing "${PACKAGES_CLIENTS[@]}")
	if [ -n "$missing" ]; then
		need_root "this package is not installed: $missing"
		step "install $missing" packages_install "$missing"
	fi
	clients_pin
	! have "$(clients_name)" || return 0
	need_shelf "$(clients_shelf)"
	artefact "$(clients_name)" "fetch clients for s390x" 1000 \
		clients_fetch
}
