# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# lib - what every script of the harness begins with
#
#	. "$(dirname "$0")/../lib/lib.sh"

set -euo pipefail
shopt -s nullglob inherit_errexit
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin	# depmod, for those who are not root

LIB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TESTING=$(dirname "$LIB")
TOP=$(dirname "$(dirname "$TESTING")")
CACHE=${VFIO_AP_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/vfio_ap}
JOBS=${VFIO_AP_JOBS:-$(nproc)}

for lib_part in ui cache packages archive source kernel stock qemu modules \
		busybox clients debian deb sparse clang kcsan ktap; do
	# shellcheck source=/dev/null
	. "$LIB/$lib_part.sh"
done
unset lib_part

mkdir -p "$CACHE" 2> /dev/null ||
	die "$CACHE cannot be written: set VFIO_AP_CACHE to a directory that can"
