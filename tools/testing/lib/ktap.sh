# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# ktap - results are files of KTAP in one directory, and one summary of them
#
#	ktap_verdict FILE CASE [WRONG]	a file with one case; it failed if
#					there is something WRONG to say
#	ktap_console FILE LOG [BUT]	the same, about a kernel's console; BUT is
#					looked at by somebody else
#	ktap_summary DIR		all of DIR; its last line is the count

# What no kernel says when all is well
SPLAT='WARNING:|BUG:|KASAN|UBSAN|possible (circular|recursive|irq)'
SPLAT+='|inconsistent lock|unreferenced object|Oops|Kernel panic'
SPLAT+='|detected stall|blocked for more than|refcount_t:'

ktap_verdict()
{
	local file=$1 name=$2 wrong=${3:-} result='ok'

	[ -z "$wrong" ] || result='not ok'
	{
		printf 'KTAP version 1\n1..1\n'
		[ -z "$wrong" ] || sed 's/^/# /' <<< "$wrong"
		printf '%s 1 %s\n' "$result" "$name"
	} > "$file"
}

ktap_console()
{
	local wrong but="Kernel command line${3:+|$3}"

	# The command line has words in it that would be splats.
	wrong=$(grep -aE "$SPLAT" "$2" | grep -avE "$but" |
		tr -d '\r' | head -n 20) || :
	ktap_verdict "$1" "the kernel did not complain" "$wrong"
}

# One document, each file a test of it.  A file that is no KTAP is a failure.
ktap_join()
{
	local dir=$1 file name files=() nr=0

	mapfile -t files < <(cd "$dir" && find . -name '*.ktap' | sort)
	printf 'KTAP version 1\n1..%d\n' ${#files[@]}
	for file in "${files[@]}"; do
		name=${file#./}
		name=${name%.ktap}
		nr=$((nr + 1))
		if ! grep -aq '^KTAP version 1' "$dir/$file"; then
			printf 'not ok %d %s\n' $nr "$name"
			continue
		fi
		# The sum of a file is what its cases say, so "ok" here.
		tr -d '\r' < "$dir/$file" | awk -v name="$name" '
			/^KTAP version/ && !seen {
				seen = 1
				print "    KTAP version 1"
				print "    # Subtest: " name
				next
			}
			seen { print "    " $0 }'
		printf 'ok %d %s\n' $nr "$name"
	done
}

ktap_field()
{
	local n

	n=$(sed -n "s/.*Testing complete.*[ ,]$1: \([0-9]*\).*/\1/p" "$2")
	printf '%d\n' "${n:-0}"
}

# What failed, under the name of its file, with what was said about it.  Lines
# that sum up a suite come after those of its cases and are left out.
ktap_failures()
{
	awk '
		/^    # Subtest: / { file = substr($0, 16); nr = bad = 0 }
		/^ *# / { if (nr < 10) said[nr++] = $0; next }
		/^ *not ok / {
			match($0, / *not/)
			if (!(bad && RLENGTH < depth)) {
				if (file != last)
					print "  " file ":"
				last = file
				for (i = 0; i < nr; i++)
					print said[i]
				print
			}
			depth = RLENGTH
			bad = 1
		}
		{ nr = 0 }' "$1" | head -n 60
}

ktap_summary()
{
	local dir=$1 log=$1/summary.log rc=0 passed failed skipped kunit

	ktap_join "$dir" > "$dir/all.txt"
	kunit=$(parts_dir)/tools/testing/kunit/kunit.py
	PYTHONDONTWRITEBYTECODE=1 python3 "$kunit" parse "$dir/all.txt" \
		> "$log" 2>&1 || rc=$?
	passed=$(ktap_field passed "$log")
	failed=$(($(ktap_field failed "$log") + $(ktap_field crashed "$log") +
		  $(ktap_field errors "$log")))
	skipped=$(ktap_field skipped "$log")
	if [ $((passed + failed + skipped)) -eq 0 ]; then
		failed=1
		say "no results were found in $dir"
	fi
	# A parser that is not content with the form has found something too.
	[ $rc -eq 0 ] || [ $failed -ne 0 ] || failed=1
	if [ $failed -ne 0 ]; then
		ktap_failures "$dir/all.txt"
		grep -E '\[ERROR\]' "$log" | sed 's/^\[[0-9:]*\]/ /' || :
		say "details: $log"
	fi
	printf '%d passed, %d failed' "$passed" "$failed"
	[ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
	echo
	[ $failed -eq 0 ]
}
