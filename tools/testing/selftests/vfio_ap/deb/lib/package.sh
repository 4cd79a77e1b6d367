# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# package - words for scripts about the Debian package on an installed system
#
#	deb_file		the package, which the bed has put into /with
#	shown COMMAND...	it succeeds; what it printed goes into the result, too
#	expect_module NAME PATH	modprobe would take it from there, or nowhere ("")
#	loaded NAME		is that module loaded: yes or no
#
# $RELEASE is the kernel, $OURS where DKMS installs for it.

. "$here/../clients/lib/environment.sh"

RELEASE=$(uname -r)
OURS=/lib/modules/$RELEASE/updates/dkms
VERSION=$(cat /with/version)

deb_file()
{
	echo /with/vfio-ap-dkms_*_all.deb
}

shown()
{
	note "\$ $*"
	said=$("$@" 2>&1) || wrong "$*: failed"
	note "$said"
}

# Modules are compressed by some, and /lib may be a link.
expect_module()
{
	package_path=$(modinfo -n "$1" 2> /dev/null)
	case $package_path in
	*"${2:-/nowhere}"*) ;;
	"") [ -z "$2" ] || wrong "modprobe finds no $1" ;;
	*) wrong "$1 is from $package_path, should be from ${2:-nowhere}" ;;
	esac
}

loaded()
{
	if [ -d "/sys/module/$1" ]; then
		echo yes
	else
		echo no
	fi
}

need_system()
{
	[ -e /with/version ] || skip_all "needs a system with the package at hand"
	need_machine
}
