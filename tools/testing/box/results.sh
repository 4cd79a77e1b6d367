# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# results - what came out of the box's result port, made into files of KTAP
#
# The port carries what tests print, and between that lines of the box's init:
# "@@box begin NAME", "@@box end NAME STATUS SECONDS", "@@box fatal WHY", "@@box done".

# Where many do something at once
KCSAN_TESTS=(kvm interrupts armed unmap device storm hostile carddance)

# All there is for a bed: KUnit where the kernel has it, every script, whether
# they leaked where the kernel can tell, and the demo
results_all_tests()
{
	local file

	if [ "$1" = box-kcsan ]; then
		printf '%s\n' "${KCSAN_TESTS[@]}"
		return
	fi
	[ "$1" = box-6.12 ] || echo kunit
	for file in "$TESTING"/selftests/vfio_ap/*.sh; do
		basename "$file" .sh
	done
	[ "$1" != box-debug ] || echo leaks
	echo demo
}

results_all_clients()
{
	local file

	for file in "$TESTING"/selftests/vfio_ap/clients/*.sh; do
		basename "$file" .sh
	done
}

# Splits the port's text into NAME.ktap and notes the states in a file, and what took
# how long in another.
results_split()
{
	awk -v out="$out" '
		/^@@box begin / { file = out "/" $3 ".ktap"; printf "" > file; next }
		/^@@box end / {
			print $3, $4 > (out "/status")
			print $5, $3 > (out "/seconds")
			close(file)
			file = ""
			next
		}
		/^@@box / { print $2, $3, $4, $5, $6 > (out "/events"); next }
		file != "" && NF { print > file }' "$out/port"
}

# What is wrong with the end of one test, whatever its KTAP says
results_wrong()
{
	local status

	status=$(sed -n "s/^$1 //p" "$out/status")
	case $status in
	0 | 1 | 4) ;;
	124 | 137 | 143) echo "it was stopped after $test_limit s" ;;
	'')
		if [ -e "$out/$1.ktap" ]; then
			echo "the box stopped in it, see console.log"
		else
			echo "it did not run, the box had stopped"
		fi
		;;
	*) echo "it ended with status $status" ;;
	esac
}

# results_test NAME: there is a result of it, whatever happened
results_test()
{
	local name=$1 wrong

	wrong=$(results_wrong "$name")
	case $name in
	kunit)
		compgen -G "$out/kunit-*.ktap" > /dev/null ||
			ktap_verdict "$out/kunit.ktap" kunit "no suite ran"
		return 0
		;;
	demo)
		# A story, not KTAP
		[ ! -e "$out/demo.ktap" ] ||
			mv "$out/demo.ktap" "$out/demo.txt"
		grep -q '^demo 0$' "$out/status" ||
			wrong=$(echo "${wrong:-it differs}"
				grep -A1 DIFFERS "$out/demo.txt") || :
		ktap_verdict "$out/demo.ktap" "the demo goes as it says" \
			"$wrong"
		return 0
		;;
	esac
	[ -n "$wrong" ] || [ -s "$out/$name.ktap" ] ||
		wrong="it printed nothing"
	[ -z "$wrong" ] ||
		ktap_verdict "$out/$name.end.ktap" "$name ends" "$wrong"
}

# results_check NAME...: every one of them has a result, and so has the box
results_check()
{
	local test wrong

	results_split
	: >> "$out/status"
	: >> "$out/events"
	for test in "$@"; do
		results_test "$test"
	done
	wrong=$(sed -n 's/^fatal //p' "$out/events")
	grep -q '^done' "$out/events" ||
		wrong+="the box did not switch itself off within $limit s"
	ktap_verdict "$out/boot.ktap" "the box starts and ends" "$wrong"
	ktap_console "$out/console.ktap" "$out/console.log" \
		"$([ "$bed" != box-kcsan ] || echo 'BUG: KCSAN')"
	[ "$bed" != box-kcsan ] ||
		kcsan_verdict "$out/kcsan.ktap" "$out/console.log"
	! grep -q '^ *not ok' "$out"/*.ktap
}

results_tests()
{
	local rc=0

	step "$bed: ${#*} tests" box_boot_quietly
	results_check "$@" || rc=1
	rm -f "$out/initrd"
	return $rc
}

# That QEMU had to be stopped is in the results.
box_boot_quietly()
{
	box_boot || :
}

results_wait_ready()
{
	until grep -q '^@@box \(ready\|done\)' "$out/port"; do
		kill -0 "$1" || return 0
		sleep 0.2
	done
}

results_demo_boot()
{
	box_boot > "$out/qemu.log" 2>&1
}

# What one command prints is shown while it runs.
results_shown()
{
	local box

	background results_demo_boot
	box=$!
	step "boot the box ($bed)" results_wait_ready $box
	tail -n +1 -f "$out/port" "--pid=$box" | sed -u '/^@@box /d'
	wait "$box" || :
	rm -f "$out/initrd"
}

# Somebody else's command: its status is ours, unless the box itself failed.
results_exec()
{
	local status

	results_shown
	results_check || :
	status=$(sed -n 's/^exec //p' "$out/status")
	mv "$out/exec.ktap" "$out/exec.txt" || :
	if [ -z "$status" ] || grep -q '^not ok' "$out"/*.ktap; then
		sed -n 's/^# /  /p' "$out"/{boot,console}.ktap >&2
		say "the box failed, details: $out" >&2
		return 125
	fi
	return "$status"
}

# The demo's status is ours.
results_demo()
{
	results_shown
	results_check demo && return
	echo
	say "the demo did not go as it says:"
	sed -n 's/^# /  /p' "$out"/{demo,boot,console}.ktap
	say "details: $out"
	return 1
}
