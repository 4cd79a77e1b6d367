#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# version - the module says which one it is: a kernel may have another of its name
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

LOADED=/sys/module/vfio_ap

it_has_a_version()
{
	value $LOADED/version | grep -qxE '[0-9]+(\.[0-9]+)+' ||
		wrong "version: is '$(value $LOADED/version)'"
}

its_sources_have_one_too()
{
	value $LOADED/srcversion | grep -qxE '[0-9A-F]{20,}' ||
		wrong "srcversion: is '$(value $LOADED/srcversion)'"
}

it_did_not_come_with_the_kernel()
{
	case $(value $LOADED/taint) in
	*O*) ;;
	*) wrong "taint: is '$(value $LOADED/taint)', without an O" ;;
	esac
}

need_driver
run_all it_has_a_version its_sources_have_one_too it_did_not_come_with_the_kernel
