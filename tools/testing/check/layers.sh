#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# layers - does every part know only what it may know?
#
#	layers.sh [-r ROOT] [OBJECTS]
#
# ROOT is the project, by default the one this script belongs to.  OBJECTS is
# a folder in which it was built for a kernel; without it the questions about
# object files are skipped.  NM names the nm that can read them.

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
if [ "$1" = -r ]; then
	root=$2
	shift 2
fi
objects=$1
NM=${NM:-nm}

. "$here/../selftests/vfio_ap/lib/ktap.sh"

driver=drivers/s390/crypto/vfio_ap
apsim=tools/testing/apsim

# What compilers and sanitizers add on their own
compiler='mem(cpy|set|cmp|move)|__(asan|ubsan|kasan|sanitizer|gcov|tsan)_.*'
compiler="$compiler|__stack_chk_fail|__fentry__|_?mcount|__x86_return_thunk"
compiler="$compiler|__s390_indirect_jump_.*|_GLOBAL_OFFSET_TABLE_"
compiler="$compiler|(__)?fortify_panic"

# Lines of "FILE:LINE:INCLUDED" of the sources in the folders given
included()
{
	for folder; do
		(cd "$root" && grep -Hn '^[[:space:]]*#[[:space:]]*include' \
			"$folder"/*.[ch] /dev/null 2>/dev/null)
	done | sed 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*/:/; s/[>"][^>"]*$/&/'
}

# includes FOLDER ALLOWED [FORBIDDEN]: patterns of what stands behind #include;
# the one header of a pure part is looked at by one_header
includes()
{
	lines=$(included "$1" | grep -v "^$1/base.h:")
	[ -n "$lines" ] || wrong "$1: nothing to look at"
	bad=$(echo "$lines" | grep -vE ":($2)")
	[ -z "$bad" ] || wrong "$bad"
	[ -n "$3" ] || return 0
	bad=$(echo "$lines" | grep -E ":($3)")
	[ -z "$bad" ] || wrong "$bad"
}

own='"[a-z0-9_]+\.h"'
base='<linux/(build_bug|errno|string|types)\.h>'

one_header()
{
	bad=$(included "$1" | grep "^$1/base.h:" | grep -vE ":($base|$own)")
	[ -z "$bad" ] || wrong "$bad"
}

the_core_includes_only_itself_and_its_one_header()
{
	includes $driver/core "$own"
	one_header $driver/core
}

ports_include_only_the_core()
{
	includes $driver/port "$own|\"\.\./core/|<linux/types\.h>"
}

the_shell_includes_no_architecture()
{
	includes $driver "$own|\"(core|port)/[a-z]|<(linux|uapi|trace)/" \
		'"ap_bus|<linux/kvm_host\.h>'
}

adapters_do_not_include_the_shell()
{
	includes $driver/s390 "$own|\"\.\./(core|port)/|\"compat/|<" '"(vap|locks)\.h"'
}

suites_include_only_the_core()
{
	includes $driver/tests "$own|\"\.\./core/|<(kunit|linux)/" \
		'<linux/kvm_host\.h>'
}

the_simulated_machine_includes_only_itself()
{
	includes $apsim/core "$own"
	one_header $apsim/core
}

nothing_of_the_simulator_includes_the_driver()
{
	bad=$(cd "$root" && find $apsim -name '*.[ch]' -exec grep -HnE \
		'^[[:space:]]*#[[:space:]]*include.*(vfio_ap/|/port/|vap\.h)' {} +)
	[ -z "$bad" ] || wrong "$bad"
}

# objects_of PATTERN [EXCEPT]: object files, one a line, but no whole modules
objects_of()
{
	find "$objects/" -path "*/$1" ! -path "*/${2:-nothing}" \
		! -name '.*' ! -name '*.mod.o' ! -name built-in.o |
	while read -r file; do
		[ -e "${file%.o}.mod" ] || echo "$file"
	done
}

no_objects()
{
	[ -z "$objects" ] || return 1
	skip "no object files were named"
}

# symbols KIND FILE...: "FILE SYMBOL" of undefined or defined ones
symbols()
{
	kind=$1
	shift
	for file; do
		$NM "--$kind-only" "$file" | awk -v file="$file" \
			'$(NF - 1) ~ /^[UTDBRVWtC]$/ { print file, $NF }'
	done
}

# needs FOLDER [MORE]: its objects need each other, the compiler, and MORE
needs()
{
	files=$(objects_of "$1/*.o")
	if [ -z "$files" ]; then
		wrong "no object files of $1 in $objects"
		return
	fi
	given=$(symbols defined $files | awk '{ print $2 }' | sort -u)
	[ -n "$given" ] || wrong "$NM finds no symbols in $1"
	bad=$(symbols undefined $files | grep -vE " ($compiler|${2:-memset})\$" |
		while read -r file symbol; do
			echo "$given" | grep -qx "$symbol" ||
				echo "${file##*/} needs $symbol"
		done)
	[ -z "$bad" ] || wrong "$bad"
}

core_objects_need_nothing()
{
	no_objects || needs "$driver/core"
}

simulator_objects_need_only_big_numbers_and_strings()
{
	no_objects && return
	if [ -z "$(objects_of "$apsim/core/*.o")" ]; then
		skip "the simulator was not built there"
		return
	fi
	needs "$apsim/core" 'apsim_bn_.*|str[a-z]*'
}

# one_definition PREFIXES OBJECTS: each function of the ports has exactly one
one_definition()
{
	names=$(cd "$root" && cat $driver/port/*.h | grep -oE \
		"\<vap_($1)_[a-z0-9_]+\(" | tr -d '(' | sort -u)
	[ -n "$names" ] || wrong "the ports declare no vap_($1)_*()"
	given=$(symbols defined $2 | grep -E " vap_($1)_")
	all=$(symbols defined $(objects_of "vfio_ap/*.o"))
	for name in $names; do
		here=$(echo "$given" | grep -c " $name\$")
		any=$(echo "$all" | grep -c " $name\$")
		[ "$here" -eq 1 ] && [ "$any" -eq 1 ] ||
			wrong "$name: $here definitions where it belongs, $any in all"
	done
}

every_call_down_is_defined_by_one_adapter()
{
	no_objects || one_definition 'hw|bus|guest|dbf' "$(objects_of "$driver/s390/*.o")"
}

every_call_up_is_defined_by_the_shell()
{
	no_objects || one_definition on \
		"$(objects_of "$driver/*.o" "$driver/*/*.o")"
}

run_all the_core_includes_only_itself_and_its_one_header \
	ports_include_only_the_core \
	the_shell_includes_no_architecture \
	adapters_do_not_include_the_shell \
	suites_include_only_the_core \
	the_simulated_machine_includes_only_itself \
	nothing_of_the_simulator_includes_the_driver \
	core_objects_need_nothing \
	simulator_objects_need_only_big_numbers_and_strings \
	every_call_down_is_defined_by_one_adapter \
	every_call_up_is_defined_by_the_shell
