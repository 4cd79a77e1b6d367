# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# deb - the project's own Debian package, for "make deb" and for its tests

PACKAGES_DEB=(debhelper dh-dkms lintian)
# To build it for another machine as dkms does there
PACKAGES_DKMS=(dkms pahole)

# The driver says it, the package follows.
deb_version()
{
	sed -n 's/^#define VAP_VERSION "\(.*\)"$/\1/p' \
		"$TOP/drivers/s390/crypto/vfio_ap/version.h"
}

deb_file()
{
	printf '%s/vfio-ap-dkms_%s_all.deb\n' "$1" "$(deb_version)"
}

# prepare_needed WHY PACKAGE...: as prepare_packages, for some of it
prepare_needed()
{
	local why=$1 missing
	shift

	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	need_root "$why these packages have to be installed: ${missing//$'\n'/ }"
	# shellcheck disable=SC2086
	step "install what is needed $why" packages_install $missing
}

# deb_dkms DIR ARGUMENT...: dkms, with a tree of its own and this machine's tools for s390x
deb_dkms()
{
	local dir=$1
	shift

	# The headers name the compiler of the kernel, Debian 13 has another one.
	command -v "${CROSS}gcc-12" > /dev/null ||
		export MAKEFLAGS="CC=${CROSS}gcc"
	PATH=$dir/bin:$PATH dkms "$@" --dkmstree "$dir/tree" \
		--sourcetree "$dir/package/usr/src" \
		-m vfio-ap -v "$(deb_version)" -k "$(stock_abi)" -a s390x
}

# deb_modules DIR: where deb_cross has left the modules
deb_modules()
{
	printf '%s/tree/vfio-ap/%s/%s/s390x/module\n' "$1" "$(deb_version)" \
		"$(stock_abi)"
}

# deb_cross FOLDER DIR: what dkms makes of the package in FOLDER for Debian's s390x kernel,
# from its headers alone; in DIR, and as an archive next to the package
deb_cross()
{
	local folder=$1 dir=$2

	rm -rf "$dir"
	mkdir -p "$dir"/{bin,tree}
	ln -s "$(command -v "${CROSS}strip")" "$dir/bin/strip"
	dpkg-deb -x "$(deb_file "$folder")" "$dir/package"
	deb_dkms "$dir" build --kernelsourcedir "$(stock_headers)" || {
		tail -n 40 "$dir"/tree/vfio-ap/*/build/make.log
		return 1
	}
	deb_dkms "$dir" mktarball \
		--archive "$folder/vfio-ap-$(deb_version).dkms.tar.gz"
}
