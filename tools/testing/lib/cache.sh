# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# cache - things that are made once: complete or not there, made by one run
#
# An artefact is a directory of the cache that has a .complete in it.  It is
# made under another name and renamed, under a lock of its own, so neither an
# interrupted run nor two runs at once leave half of one.  Its name says what
# it was made from (version, hash of what went in): nothing is ever updated.

cache_free_mb()
{
	df -Pm "$CACHE" | awk 'NR == 2 { print $4 }'
}

need_space()
{
	local free

	free=$(cache_free_mb)
	[ "$free" -ge "$1" ] ||
		die "$CACHE has $free MB free, $2 needs $1 MB: free some, or" \
		    "set VFIO_AP_CACHE to a directory on a larger disk"
}

# key_of FILE...: 12 digits that stand for what is in them
key_of()
{
	cat "$@" | sha256sum | cut -c1-12
}

have()
{
	[ -e "$CACHE/$1/.complete" ]
}

# with_lock NAME WHAT COMMAND...: only one run at a time does WHAT
with_lock()
{
	local name=$1 what=$2 lock
	shift 2

	mkdir -p "$CACHE/lock"
	exec {lock}> "$CACHE/lock/${name//\//_}"
	if ! flock -n $lock; then
		say "  waiting for another run to $what"
		flock $lock
	fi
	"$@"
	exec {lock}>&-
}

cache_make()
{
	local name=$1 tmp=$CACHE/tmp/$1
	shift

	rm -rf "$tmp"
	mkdir -p "$tmp" "$(dirname "$CACHE/$name")"
	"$@" "$tmp"
	touch "$tmp/.complete"
	rm -rf "${CACHE:?}/$name"
	mv -T "$tmp" "$CACHE/$name"
}

# A kernel's build directory cannot be renamed.  It may be taken up again
# where it was left: kbuild believes in no object without its .cmd file.
cache_make_in_place()
{
	local name=$1
	shift

	mkdir -p "$CACHE/$name"
	"$@" "$CACHE/$name"
	touch "$CACHE/$name/.complete"
}

cache_locked()
{
	local how=$1 name=$2 title=$3 mb=$4
	shift 4

	! have "$name" || return 0
	need_space "$mb" "$title"
	step "$title" "$how" "$name" "$@"
}

# artefact NAME TITLE MB COMMAND...: make it unless it is there.  COMMAND gets
# the directory to fill as its last argument.
artefact()
{
	have "$1" || with_lock "$1" "$2" cache_locked cache_make "$@"
}

artefact_in_place()
{
	have "$1" || with_lock "$1" "$2" \
		cache_locked cache_make_in_place "$@"
}
