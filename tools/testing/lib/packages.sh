# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# packages - what has to be installed on this machine, and only if it is not

# The compilers and what the kernel's build asks for; libssl-dev is also the
# user bed's big-number arithmetic, openssl makes keys for the box, and python3
# runs the kernel's kunit.py.
PACKAGES=(
	bc bison cpio dpkg-dev flex gcc kmod libc6-dev libelf-dev libssl-dev
	make openssl perl python3 xz-utils
	gcc-s390x-linux-gnu libc6-dev-s390x-cross
)

# The user bed's fuzzers are compiled with these; without them they are skipped.
PACKAGES_FUZZ=(clang libclang-rt-dev)
# What looks at pages and scripts; without them that is skipped.
PACKAGES_CHECK=(python3-sphinx shellcheck)

packages_distribution()
{
	local ID='' VERSION_CODENAME='' PRETTY_NAME='an unknown system'

	[ ! -r /etc/os-release ] || . /etc/os-release
	case "$(uname -m) $ID $VERSION_CODENAME" in
	"x86_64 debian bookworm" | "x86_64 debian trixie")
		CODENAME=$VERSION_CODENAME
		;;
	*)
		die "this is $PRETTY_NAME on $(uname -m), and the set-up only" \
		    "knows Debian 12 and 13 on x86-64: run it there, or in a" \
		    "container of one of them"
		;;
	esac
}

# packages_missing PACKAGE...: prints those that are not installed
packages_missing()
{
	local have package

	have=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' \
		"$@" 2> /dev/null | sed -n 's/^ii *//p') || :
	for package; do
		grep -qxF "$package" <<< "$have" || echo "$package"
	done
}

# as_root COMMAND...
as_root()
{
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

# Asks for a password before a step, which has no terminal to ask on.
need_root()
{
	[ "$(id -u)" -ne 0 ] || return 0
	command -v sudo > /dev/null ||
		die "$1, and you are neither root nor is sudo there:" \
		    "run this once as root"
	sudo -v || die "$1, and sudo refuses: run this once as root"
}

packages_update()
{
	as_root apt-get -q -o APT::Update::Error-Mode=any update ||
		archive_why
}

packages_install()
{
	packages_update
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		--no-install-recommends install "$@" || archive_why
}

# Whatever comes of it; the reason is in the step's log.
packages_try()
{
	(packages_install "$@") || :
}

# prepare_optional BED PACKAGE...: what a bed skips itself without
prepare_optional()
{
	local bed=$1 missing
	shift

	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	[ "$(id -u)" -eq 0 ] || sudo -n true 2> /dev/null || return 0
	# shellcheck disable=SC2086
	step "install what the bed $bed needs" packages_try $missing
}

prepare_packages()
{
	local missing

	packages_distribution
	missing=$(packages_missing "${PACKAGES[@]}")
	[ -n "$missing" ] || return 0
	need_root "these packages are not installed: ${missing//$'\n'/ }"
	# shellcheck disable=SC2086
	step "install $(wc -w <<< "$missing") Debian packages" \
		packages_install $missing
}
