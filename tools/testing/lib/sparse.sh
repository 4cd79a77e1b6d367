# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# sparse - the kernel's semantic checker, from the source of a newer Debian
#
# Linux 7.3 has words that Debian 12's sparse does not know, and then says no
# more than that it skips the check.

sparse_version()
{
	pinned sources sparse
}

sparse_name()
{
	printf 'sparse-%s-%s\n' "$(sparse_version)" "$(gcc -dumpfullversion)"
}

# The program
sparse_path()
{
	printf '%s/%s/tree/sparse\n' "$CACHE" "$(sparse_name)"
}

sparse_build()
{
	local dir=$1

	fetch_source "$dir" "sparse=$(sparse_version)"
	dpkg-source -q --no-check -x "$dir"/*.dsc "$dir/tree"
	make -s -C "$dir/tree" "-j$JOBS" CC=gcc HAVE_LLVM=no HAVE_SQLITE=no \
		HAVE_LIBXML=no HAVE_GTK=no sparse
}

prepare_sparse()
{
	pin sources sparse
	! have "$(sparse_name)" || return 0
	need_shelf sources
	artefact "$(sparse_name)" "build sparse" 50 sparse_build
}
