#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# style - is the source written as the kernel's?
#
#	style.sh [-r ROOT] [-c LIST] KERNEL
#
# ROOT is the project, by default the one this script belongs to.  KERNEL is a
# kernel's source, for its checkpatch and kernel-doc.  LIST names files, one a
# line; others are not looked at.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
changed=
while [ $# -gt 1 ]; do
	case $1 in
	-r) root=$(cd "$2" && pwd) ;;
	-c) changed=$2 ;;
	*) break ;;
	esac
	shift 2
done
if [ ! -e "$1/scripts/checkpatch.pl" ]; then
	echo "usage: $0 [-r ROOT] [-c LIST] KERNEL" >&2
	exit 2
fi
kernel=$(cd "$1" && pwd)

. "$here/../selftests/vfio_ap/lib/ktap.sh"

driver=drivers/s390/crypto/vfio_ap
lines_max=500
function_max=60

# What a file may do because it is what it is: "PATTERN TYPES"; stand-ins for the
# kernel's headers have the kernel's names, libFuzzer has its own, and shell has
# words where C has none
exceptions='
tools/testing/*/include/* NEW_TYPEDEFS,PREFER_DEFINED_ATTRIBUTE_MACRO,CAMELCASE
tools/testing/*/include/* MACRO_ARG_PRECEDENCE,MACRO_ARG_UNUSED
tools/testing/*/include/* VOLATILE,PREFER_PR_LEVEL,NAKED_SSCANF
tools/testing/user/*fuzz* CAMELCASE
*/Kconfig.bed CONFIG_DESCRIPTION
*.sh REPEATED_WORD
'

those_that_matter()
{
	if [ -n "$changed" ]; then
		grep -xFf "$changed"
	else
		cat
	fi
}

# sources FOLDER PATTERN...: names relative to ROOT, of those that matter
sources()
{
	folder=$1
	shift
	for pattern; do
		(cd "$root" && find "$folder" -name .git -prune -o -type f \
			-name "$pattern" -print)
	done | sed 's,^\./,,' | sort | those_that_matter
}

# excused FILE: the types that it may, with commas between
excused()
{
	echo "$exceptions" | while read -r pattern types; do
		# shellcheck disable=SC2254
		case $1 in
		$pattern)
			echo "$types"
			;;
		esac
	done | paste -s -d , -
}

# In a folder of its own: checkpatch leaves files where it runs.
checkpatch_finds_nothing()
{
	work=$(mktemp -d)
	[ ! -e "$root/.checkpatch.conf" ] || cp "$root/.checkpatch.conf" "$work"
	for file in $(sources . '*.[chS]' '*.sh' Kbuild Makefile 'Kconfig*'); do
		echo "$root/$file $(excused "$file")"
	done > "$work/files"
	awk '{ print $2 }' "$work/files" | sort -u | while read -r types; do
		awk -v types="$types" '$2 == types { print $1 }' "$work/files" |
		(cd "$work" && xargs -n 20 -P 2 perl \
			"$kernel/scripts/checkpatch.pl" --root="$kernel" \
			--no-tree --strict --terse --show-types \
			${types:+--ignore "$types"} -f 2>&1) ||
			echo "checkpatch is not content"
	done > "$work/said"
	bad=$(grep -v '^total:' "$work/said" | sed "s,$root/,,")
	[ -z "$bad" ] || wrong "$bad"
	[ -s "$work/files" ] || [ -n "$changed" ] || wrong "no files"
	rm -r "$work"
}

files_are_shorter_than_500_lines()
{
	bad=$(cd "$root" && find . \( -name .git -o -path ./build \) -prune -o -type f \
		! -name LICENSE ! -name COPYING -print |
		while read -r file; do
			lines=$(wc -l < "$file")
			[ "$lines" -lt $lines_max ] ||
				echo "${file#./}: $lines lines"
		done)
	[ -z "$bad" ] || wrong "$bad"
}

# A body is what is between braces in the first column.
functions_are_shorter_than_60_lines()
{
	bad=$(cd "$root" && sources . '*.c' '*.sh' | xargs -r awk \
		-v max=$function_max '
		/^{/ { start = FNR }
		/^}/ && start {
			if (FNR - start + 1 >= max)
				print FILENAME ":" start ": " \
					FNR - start + 1 " lines"
			start = 0
		}')
	[ -z "$bad" ] || wrong "$bad"
}

the_driver_has_no_conditional_code()
{
	bad=$(cd "$root" && sources $driver '*.c' | xargs -r grep -HnE \
		'^[[:space:]]*#[[:space:]]*(if|ifdef|ifndef|elif|else)\>')
	[ -z "$bad" ] || wrong "$bad"
}

kernel_doc_is_complete()
{
	if ! head -n 1 "$kernel/scripts/kernel-doc" 2>/dev/null | grep -q perl; then
		skip "this kernel has no kernel-doc in Perl"
		return
	fi
	bad=$(cd "$root" && sources . '*.[ch]' | xargs -r perl \
		"$kernel/scripts/kernel-doc" -none -Wall 2>&1) ||
		bad="$bad
kernel-doc is not content"
	[ -z "$bad" ] || wrong "$bad"
}

# A public function of the core has a comment that ends on the line above.
public_functions_of_the_core_are_documented()
{
	bad=$(cd "$root" && sources $driver/core '*.c' | xargs -r awk '
		/^[a-z].*[ *]apm_[a-z0-9_]+\(/ && !/;$/ && before != " */" {
			print FILENAME ":" FNR ": " $0
		}
		{ before = $0 }')
	[ -z "$bad" ] || wrong "$bad"
}

run_all checkpatch_finds_nothing \
	files_are_shorter_than_500_lines \
	functions_are_shorter_than_60_lines \
	the_driver_has_no_conditional_code \
	kernel_doc_is_complete \
	public_functions_of_the_core_are_documented
