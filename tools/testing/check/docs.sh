#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# docs - can a book be made of the pages, and is there what they name?
#
#	docs.sh [-r ROOT] [-o DIR] KERNEL
#
# ROOT is the project, by default the one this script belongs to.  KERNEL is a
# kernel's source, for its kernel-doc and what it gives Sphinx.  The book, HTML,
# goes to DIR if one is named.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
book=
while [ $# -gt 1 ]; do
	case $1 in
	-r) root=$(cd "$2" && pwd) ;;
	-o) book=$2 ;;
	*) break ;;
	esac
	shift 2
done
if [ ! -e "$1/scripts/checkpatch.pl" ]; then
	echo "usage: $0 [-r ROOT] [-o DIR] KERNEL" >&2
	exit 2
fi
kernel=$(cd "$1" && pwd)
# Debian's, which its package brings; SPHINX names another one
SPHINX=${SPHINX:-/usr/bin/sphinx-build}

. "$here/../selftests/vfio_ap/lib/ktap.sh"

work=$(mktemp -d) || exit 1
trap 'rm -r "$work"' EXIT

# What pages name and this project does not have: files of the kernel, of the
# cache and of the machine's own file systems, each a pattern of the whole name.
others='
(linux|asm|kunit|scripts|libvirt)/.*
(types|kvm_host)[.]h|words[.]sh
drivers/s390/crypto/(vfio_ap_[*]|ap_bus[.]h)
drivers/(Kconfig|Makefile)|tools/testing/kunit/.*
(apt|deb|farm|log|results|versions)/.*
(source|parts|uml|box|stock|mdev|busybox|inner-qemu|clients|qemu|sparse)-[*]
(cards|domains|queues|apsim)/([a-zA-Z.]*/)?[a-z]*
.*[.](ktap|log)|.*/demo[.]txt
'

cd "$root" || exit 1
find . -name .git -prune -o -print | sed 's,^\./,,' | sort > "$work/files"
# Those in tools/tree are pages of a kernel's.
grep -E '\.(rst|md)$' "$work/files" | grep -v '^tools/tree/' > "$work/pages"
# What is wrong on purpose is left out.
grep -E '\.([chS]|sh|list|mk)$|/(Kbuild|Makefile)$' "$work/files" |
	grep -v /check/selftest.sh > "$work/sources"

# Lines of "PAGE:LINE:TEXT": what is literal, which is between two backticks in
# reStructuredText and between single ones in Markdown
literals()
{
	while read -r page; do
		tick='``'
		case $page in
		*.md) tick='`' ;;
		esac
		awk -v tick="$tick" -v page="$page" '{
			rest = $0
			while (i = index(rest, tick)) {
				rest = substr(rest, i + length(tick))
				if (!(i = index(rest, tick)))
					break
				print page ":" FNR ":" substr(rest, 1, i - 1)
				rest = substr(rest, i + length(tick))
			}
		}' "$page"
	done < "$work/pages"
}

# The same for lines of blocks: those that are indented
blocks()
{
	xargs grep -HnE '^(	|  )' < "$work/pages" | sed 's/:[[:space:]]*/:/2'
}

literals > "$work/literals"
blocks > "$work/blocks"

# A tree as the kernel's own extensions of Sphinx expect it
book_tree()
{
	mkdir -p "$work/tree"
	ln -s "$kernel/scripts" "$work/tree/scripts"
	for folder in Documentation drivers include tools; do
		ln -s "$root/$folder" "$work/tree/$folder"
	done
}

# Warnings are errors.  kernel-doc and get_abi.pl say what they have to say to
# stderr, and go on.
a_book_is_made_without_warnings()
{
	if [ ! -x "$SPHINX" ]; then
		skip "no Sphinx: install python3-sphinx"
		return
	fi
	if [ ! -e "$kernel/Documentation/sphinx/kerneldoc.py" ] ||
	   ! head -n 1 "$kernel/scripts/kernel-doc" | grep -q perl; then
		skip "this kernel has no kernel-doc in Perl for Sphinx"
		return
	fi
	book_tree
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$kernel/Documentation/sphinx" \
		srctree="$work/tree" "$SPHINX" -C -q -W --keep-going \
		-D project=vfio_ap -D extensions=kerneldoc,kernel_abi \
		-D highlight_language=none -D c_id_attributes=__user \
		-D kerneldoc_bin="$kernel/scripts/kernel-doc" \
		-D kerneldoc_srctree="$work/tree" -d "$work/doctrees" \
		"$work/tree/Documentation" "${book:-$work/book}" \
		> "$work/said" 2>&1 || wrong "Sphinx ends with $?"
	[ ! -s "$work/said" ] || wrong "$(sed "s,$work/tree/,,g" "$work/said")"
	[ -e "${book:-$work/book}/index.html" ] || wrong "there is no book"
}

every_source_with_comments_is_in_the_reference()
{
	bad=$(grep -lE '^/\*\*$' drivers/s390/crypto/vfio_ap/*.[ch] \
		drivers/s390/crypto/vfio_ap/core/*.[ch] \
		drivers/s390/crypto/vfio_ap/port/*.h \
		drivers/s390/crypto/vfio_ap/s390/*.[ch] 2> /dev/null |
		while read -r file; do
			grep -qrxF ".. kernel-doc:: $file" Documentation ||
				echo "$file: not in driver-api/vfio-ap/reference.rst"
		done)
	[ -z "$bad" ] || wrong "$bad"
}

# there NAME...: reads "PAGE:LINE:NAME", prints those of which there is no file.
# A page may leave out folders that a name begins with.
there()
{
	awk -F : -v others="$(echo "$others" | grep . | paste -s -d '|' -)" '
		NR == FNR {
			n = split($0, part, "/")
			for (name = part[n]; n; name = part[--n] "/" name)
				known[name] = known[name "/"] = 1
			all[++count] = $0
			next
		}
		function matches(glob,	i) {
			gsub(/\./, "\\.", glob)
			gsub(/\*/, "[^/]*", glob)
			for (i = 1; i <= count; i++)
				if (all[i] ~ "(^|/)" glob "/?$")
					return 1
			return 0
		}
		$3 in known || $3 ~ "^(" others ")$" { next }
		$3 ~ /\*/ && matches($3) { next }
		{ print $1 ":" $2 ": there is no " $3 }' "$work/files" -
}

# in_blocks PATTERN: what is like it in lines of blocks, which are commands,
# stories, and programs of others
in_blocks()
{
	awk -v pattern="$1" '{
		match($0, /^[^:]*:[0-9]*:/)
		at = substr($0, 1, RLENGTH)
		rest = substr($0, RLENGTH + 1)
		while (match(rest, "(^|[ :(])" pattern)) {
			name = substr(rest, RSTART, RLENGTH)
			sub(/^[ :(]/, "", name)
			print at name
			rest = substr(rest, RSTART + RLENGTH)
		}
	}' "$work/blocks"
}

# Names in capitals stand for others: NAME.sh, BED/NAME.ktap.
proper='(^|[^A-Z])(README|CONTRIBUTING|LICENSE|ABI)([^A-Z]|$)'
files_that_are_named_are_there()
{
	bad=$({
		grep -E ':[A-Za-z0-9_.][A-Za-z0-9_.*/-]*$' "$work/literals" |
			grep -E '[a-z_]/[^:]*$|\.(c|h|S|rst|md|sh|list|pml|seq|awk)$'
		in_blocks 'tools/testing/[a-z][A-Za-z0-9_./*-]*'
		in_blocks '[a-z][a-z0-9_/-]*[.][ch]([^a-z0-9.]|$)' |
			sed 's/[^ch]$//'
	} | awk -F : -v proper="$proper" '$3 ~ proper || $3 !~ /[A-Z][A-Z]/' | there)
	[ -z "$bad" ] || wrong "$bad"
}

# Links of Markdown and :doc: are relative to their page, Documentation/ to the
# project, wherever it is written.
link_targets()
{
	xargs grep -HnoE '\]\([^)]*\)|:doc:`[^`]*`' < "$work/pages" |
	sed -E 's/:\]\(([^)#]*)[^)]*\)$/:\1/; s/:doc:`([^`<]*<)?([^`>]*)>?`$/\2.rst/' |
	while IFS=: read -r page line target; do
		case $target in
		'' | http*) continue ;;
		/*) target=Documentation$target ;;
		*) target=$(dirname "$page")/$target ;;
		esac
		[ -e "$target" ] || echo "$page:$line: there is no $target"
	done
}

links_lead_somewhere()
{
	bad=$(link_targets)
	[ -z "$bad" ] || wrong "$bad"
	bad=$(cat "$work/pages" "$work/sources" |
		xargs grep -HnoE 'Documentation/[A-Za-z0-9_./-]*[A-Za-z0-9_]' |
		while IFS=: read -r file line target; do
			[ -e "$target" ] || case $file:$target in
			*:Documentation/sphinx* | *:Documentation/arch/s390/vfio-ap) ;;
			tools/tree/*) ;;
			*) echo "$file:$line: there is no $target" ;;
			esac
		done)
	[ -z "$bad" ] || wrong "$bad"
}

functions_that_are_named_are_there()
{
	names="\\<(vap|apm|apsim|sie)_[a-z0-9_]+\\("
	xargs cat < "$work/sources" | grep -oE "$names" | sort -u > "$work/functions"
	bad=$(xargs grep -HnoE "$names" < "$work/pages" |
		awk -F : 'NR == FNR { known[$0] = 1; next }
			!($3 in known) { print $1 ":" $2 ": there is no " $3 ")" }' \
			"$work/functions" -)
	[ -z "$bad" ] || wrong "$bad"
}

# Who would tell, and where a decision is seen: names of scripts and suites, next to
# words of sysfs and of the machine.
tests_that_are_named_are_there()
{
	bad=$(grep -E '^Documentation/(decisions/|.*/invariants[.]rst).*:[a-z0-9]+$' \
		"$work/literals" | while IFS=: read -r page line name; do
			[ -e "tools/testing/selftests/vfio_ap/$name.sh" ] ||
			[ -e "drivers/s390/crypto/vfio_ap/tests/${name}_kunit.c" ] ||
			grep -qrw "$name" Documentation/ABI/testing \
				Documentation/driver-api/vfio-ap/simulator.rst 2> /dev/null ||
				echo "$page:$line: there is no test $name"
		done)
	[ -z "$bad" ] || wrong "$bad"
}

commands_of_make_are_there()
{
	bad=$(cat "$work/literals" "$work/blocks" |
		sed -nE 's/^([^:]*:[0-9]*):(\$ )?make ([a-z][a-z-]*)( .*)?$/\1 \3/p' |
		sort -u | while read -r at target; do
			grep -qE "^$target:" Makefile ||
				echo "$at: there is no make $target"
		done)
	[ -z "$bad" ] || wrong "$bad"
}

# There is no network in a test: what they lead to is for a person to look at.
addresses_are_right()
{
	xargs grep -HnoE 'https?:[^][ <>`"]*' < "$work/pages" > "$work/urls"
	bad=$(grep -vE ':https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~/?#=%&+-]*)?$' \
		"$work/urls")
	[ -z "$bad" ] || wrong "not an address:" "$bad"
	[ ! -s "$work/urls" ] || note "$(cat "$work/urls")"
}

run_all a_book_is_made_without_warnings \
	every_source_with_comments_is_in_the_reference \
	files_that_are_named_are_there \
	links_lead_somewhere \
	functions_that_are_named_are_there \
	tests_that_are_named_are_there \
	commands_of_make_are_there \
	addresses_are_right
