#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# coverage - which lines of the driver's shell and adapters do tests execute?
#
#	coverage.sh [-n] [TEST...]
#
# Runs everything of the UML bed, or only these scripts, on a kernel that counts,
# and prints KTAP: every file is a case.  A line that is never executed needs a
# reason, in coverage.reasons; at least 90 of 100 lines are executed.  -n counts
# anew what the last run has left, without running anything.

. "$(dirname "$0")/../lib/lib.sh"

BED=uml-gcov
LEAST=90			# percent of lines
LIMIT=3600			# s
DRIVER=drivers/s390/crypto/vfio_ap

out=$CACHE/log/shell-coverage
farm=$(farm_dir $BED)
number=0
failed=0

# verdict NAME WRONG
verdict()
{
	local result='ok'

	number=$((number + 1))
	if [ -n "$2" ]; then
		sed 's/^/# /' <<< "$2" | head -n 40
		result='not ok'
		failed=1
	fi
	printf '%s %d %s\n' "$result" $number "$1"
}

# The bed finds its own words for what fails.
run_bed()
{
	rm -rf "$out"
	mkdir -p "$out"
	VFIO_AP_BIN=$(programs_dir $BED) "$TESTING/uml/run" --kunit --no-leaks \
		--timeout $LIMIT --kernel "$(kernel_image $BED)" \
		--modules "$farm" --out "$out/bed" "$@" > "$out/said" 2>&1 || :
	grep '^ok: \|^not ok: ' "$out/said" > "$out/verdicts" || :
}

# gcov wants notes and counts in one place, and sources where the compiler had
# them.
count()
{
	local file

	rm -rf "$out/gcov"
	mkdir -p "$out/gcov"
	cp -r "$out/bed/gcov" "$out/gcov/counts"
	while read -r file; do
		cp "$farm/$DRIVER/${file%.gcda}.gcno" \
			"$out/gcov/counts/${file%.gcda}.gcno"
	done < <(cd "$out/gcov/counts" && find . -name '*.gcda')
	(cd "$farm" && find "$out/gcov/counts" -name '*.gcda' \
		-exec gcov -b -c -p {} + && mv -- *.gcov "$out/gcov/") \
		> "$out/gcov/log" 2>&1
}

# The driver's own files, but not its core.  A line of trace.h is many functions that
# the kernel's macros make, most of them for other tracers than tests have.
sources()
{
	find "$out/gcov" -name "${DRIVER//\//#}#*.gcov" |
		grep -E "vfio_ap#(s390#)?[a-z_]*\\.[ch]\\.gcov\$" |
		grep -v '#trace\.h\.gcov$'
}

table()
{
	awk '
		BEGIN { printf "# %-20s %12s %16s\n", "shell", "lines", "branches" }
		{
			printf "# %-20s %5d/%-5d %3d%% %5d/%-5d\n", $1, $2, $3,
				100 * $2 / $3, $4, $5
			lines += $2; of += $3; taken += $4; all += $5
		}
		END { printf "# %-20s %5d/%-5d %3d%% %5d/%-5d\n", "total", lines,
			of, of ? 100 * lines / of : 0, taken, all }' "$@"
}

share()
{
	awk '{ lines += $2; of += $3 }
		END { print of ? int(100 * lines / of) : 0 }' "$1"
}

report()
{
	local file rest percent files

	# shellcheck disable=SC2046
	awk -f "$TESTING/uml/coverage.awk" "$TESTING/uml/coverage.reasons" \
		$(sources) > "$out/all"
	grep -v ': ' "$out/all" | sort > "$out/files" || :
	grep ': ' "$out/all" > "$out/wrong" || :
	files=$(cd "$TOP/$DRIVER" && ls ./*.c s390/*.c | sed 's,^\./,,' |
		grep -v ap_bus_check)
	printf '1..%d\n' $(($(wc -l <<< "$files") + 2))
	verdict "the bed's tests pass" \
		"$(sed -n 's/^not ok: //p' "$out/verdicts")"
	table "$out/files"
	percent=$(share "$out/files")
	[ "$percent" -ge $LEAST ] && rest='' ||
		rest="$percent of 100 lines are executed"
	verdict "at least $LEAST of 100 lines are executed" "$rest"
	for file in $files; do
		rest=$(grep "^$file: " "$out/wrong") || :
		grep -q "^$file " "$out/files" || rest="nobody counted it"
		verdict "every line of $file is executed, or has a reason" "$rest"
	done
	! grep -v "^\($(echo $files | sed 's/ /\\|/g')\): " "$out/wrong" |
		sed 's/^/# /' | grep . || failed=1
}

again=''
if [ "${1-}" = -n ]; then
	again=1
	shift
fi
if [ -z "$again" ]; then
	{
		prepare_packages
		"$TESTING/prepare" $BED
	} >&2
	[ $# -gt 0 ] || set -- "$TESTING"/selftests/vfio_ap/*.sh
	run_bed "$@"
fi
echo 'KTAP version 1'
count
report
exit $failed
