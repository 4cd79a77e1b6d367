#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# user bed - do the suites take every branch?
#
#	coverage.sh BUILD_DIR CORE APSIM [SUITES] > KTAP
#
# BUILD_DIR has the programs core and apsim, built to count; CORE and APSIM are
# the folders of the pure parts, as they are called there.  Every file is a case,
# which fails if a line or a branch is left out.  SUITES are those of CORE to run.

top=$(cd "$(dirname "$0")/../../.." && pwd)
build=$1
core=$2
apsim=$3
work=$build/gcov
number=0
failed=0

# ran PROGRAM [SUITES]: from nothing, so that no old count helps
ran()
{
	find "$build/$2" -name '*.gcda' -delete
	"$build/$1" ${3:+"$3"} > "$work/$1.txt" 2>&1
}

# counted FOLDER: "FILE LINES OF BRANCHES OF", from percents with two decimals
counted()
{
	rm -rf "$work/$1"
	mkdir -p "$work/$1"
	(cd "$work/$1" && gcov -b -c -o "$build/$1" "$build/$1"/*.gcda 2>&1) |
	awk -v folder="/$1/" '
		function tell() {
			if (file != "")
				print file, lines, branches == "" ? "0 0" : branches
			file = branches = ""
		}
		function share(text,	part) {
			split(text, part, /[:% ]+(of )?/)
			return int(part[2] * part[3] / 100 + 0.5) " " part[3]
		}
		/^File / {
			tell()
			at = index($2, folder)
			if (at)
				file = substr($2, at + length(folder))
			sub("\047$", "", file)
		}
		/^Lines executed/ { sub(/.*executed/, ""); lines = share($0) }
		/^Taken at least/ { sub(/.*once/, ""); branches = share($0) }
		/^$/ { tell() }
		END { tell() }' | sort
}

# row FILE LINES OF BRANCHES OF
row()
{
	printf '# %-14s %5d/%-5d %5d/%d\n' "$@"
}

# left_out FOLDER FILE: lines that were not reached, or in one way only
left_out()
{
	awk -F : '
		/^branch/ && /taken 0|never/ && last != "" {
			print "#   line " last " in one way only"
			last = ""
		}
		$1 ~ /#####|=====/ { print "#   line" $2 + 0 " never" }
		/^ *[0-9#=-]+\*?:/ { last = $2 + 0 }' "$work/$1/$2.gcov"
}

verdict() # ok?, name
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number $2"
	else
		echo "not ok $number $2"
		failed=1
	fi
}

# suites_ran STATUS PROGRAM FOLDER: without a failure, and each file is counted
suites_ran()
{
	[ "$1" -eq 0 ] || sed 's/^/#   /' "$work/$2.txt" | tail -n 5
	files=$(find "$top/$3" -name '*.c' | wc -l)
	[ "$1" -eq 0 ] && [ "$(grep -c '\.c ' "$work/$2")" -eq "$files" ]
	verdict $? "the suites of $2 run, and all files are counted"
}

# judged PROGRAM FOLDER PREFIX: every file
judged()
{
	printf '# %-14s lines       branches\n' "$1"
	while read -r file lines of branches all; do
		row "$file" "$lines" "$of" "$branches" "$all"
		[ "$lines" -eq "$of" ] && [ "$branches" -eq "$all" ]
		complete=$?
		[ $complete -eq 0 ] || left_out "$2" "$file"
		verdict $complete "every branch of $3$file is taken"
	done < "$work/$1"
}

mkdir -p "$work"
ran core "$core" "${4:-vfio_ap-*}"
core_rc=$?
ran apsim "$apsim"
apsim_rc=$?
counted "$core" > "$work/core"
counted "$apsim" > "$work/apsim"

echo "KTAP version 1"
echo "1..$(($(cat "$work/core" "$work/apsim" | wc -l) + 2))"
suites_ran $core_rc core "$core"
suites_ran $apsim_rc apsim "$apsim"
judged core "$core" ""
judged apsim "$apsim" "apsim's "
exit $failed
