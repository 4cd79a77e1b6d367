# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# ktap - test cases in plain POSIX shell, reported as the kernel's TAP
#
# A test case is a shell function (or a command).  The checks it calls note
# what is wrong and go on, so one run shows everything that is wrong; the
# case fails if any of them did.  Runs under dash and busybox ash.
#
#	run_all FUNCTION...	a whole script: plan, one case each, exit
#	plan N; try DESC COMMAND...; finish	the same, by hand
#	run_harness PROGRAM	a program that reports by itself

ktap_nr=0
ktap_failed=0
ktap_skipped=0

plan()
{
	ktap_planned=$1
	echo "KTAP version 1"
	echo "1..$1"
}

# Diagnostics may have many lines; each becomes a comment of its own.
note()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

# Something is wrong in this case.
wrong()
{
	ktap_wrong=1
	note "$@"
}

# This case cannot be run here; return from it afterwards.
skip()
{
	ktap_skip=$*
}

# Nothing in this script can be run here: one skipped case says why.
skip_all()
{
	echo "KTAP version 1"
	echo "1..1"
	echo "ok 1 all cases # SKIP $*"
	exit 4
}

# What this script stands on is missing, and it should not be.
bail()
{
	echo "Bail out! $*"
	exit 1
}

# try DESC COMMAND...: one test case
try()
{
	ktap_name=$1
	shift
	ktap_nr=$((ktap_nr + 1))
	ktap_wrong=
	ktap_skip=
	"$@"
	if [ -n "$ktap_wrong" ]; then
		ktap_failed=$((ktap_failed + 1))
		echo "not ok $ktap_nr $ktap_name"
	elif [ -n "$ktap_skip" ]; then
		ktap_skipped=$((ktap_skipped + 1))
		echo "ok $ktap_nr $ktap_name # SKIP $ktap_skip"
	else
		echo "ok $ktap_nr $ktap_name"
	fi
}

finish()
{
	if [ "$ktap_nr" -ne "$ktap_planned" ]; then
		note "planned $ktap_planned cases, ran $ktap_nr"
		ktap_failed=$((ktap_failed + 1))
	fi
	note "Totals: pass:$((ktap_nr - ktap_failed - ktap_skipped))" \
	     "fail:$ktap_failed skip:$ktap_skipped"
	[ "$ktap_failed" -eq 0 ] || exit 1
	[ "$ktap_nr" -ne "$ktap_skipped" ] || exit 4
	exit 0
}

# Functions are called what they show, with _ for blanks.
run_all()
{
	plan $#
	for ktap_case; do
		try "$(echo "$ktap_case" | tr _ ' ')" "$ktap_case"
	done
	finish
}

# run_harness PROGRAM: a whole script that is one kselftest program.  What its
# harness calls its TAP is understood as the kernel's.
run_harness()
{
	ktap_status=$(mktemp)
	{
		"$@" 2>&1
		echo $? > "$ktap_status"
	} | {
		read -r ktap_head
		[ "$ktap_head" != "TAP version 13" ] ||
			ktap_head="KTAP version 1"
		echo "$ktap_head"
		cat
	}
	read -r ktap_rc < "$ktap_status"
	rm -f "$ktap_status"
	exit "$ktap_rc"
}

# same WHAT GOT WANT
same()
{
	[ "$2" = "$3" ] || wrong "$1: is '$2', should be '$3'"
}

# expect_ok COMMAND...: it succeeds
expect_ok()
{
	ktap_out=$("$@" 2>&1) || wrong "$*: failed: $ktap_out"
}

# expect_errno ERRNO COMMAND...: it fails and prints this name, as wr does
expect_errno()
{
	ktap_errno=$1
	shift
	if ktap_out=$("$@" 2>&1); then
		wrong "$*: succeeded, should be $ktap_errno"
	elif [ "$ktap_out" != "$ktap_errno" ]; then
		wrong "$*: is $ktap_out, should be $ktap_errno"
	fi
}

# expect_status STATUS COMMAND...: it exits with this; what it said is in $said
expect_status()
{
	ktap_want=$1
	shift
	said=$("$@" 2>&1)
	ktap_rc=$?
	[ $ktap_rc -eq "$ktap_want" ] ||
		wrong "$*: status $ktap_rc, should be $ktap_want: $said"
}

# expect_said TEXT: that is part of it
expect_said()
{
	case $said in
	*"$1"*) ;;
	*) wrong "says '$said', not '$1'" ;;
	esac
}

# settles WHAT WANT COMMAND...: its output becomes this within 5 seconds, or
# $ktap_patience twentieths of one; halfway $ktap_nudge is done, if there is any
settles()
{
	ktap_what=$1
	ktap_want=$2
	shift 2
	ktap_left=${ktap_patience:-100}
	ktap_half=$((ktap_left / 2))
	while ktap_got=$("$@" 2>&1); [ "$ktap_got" != "$ktap_want" ]; do
		ktap_left=$((ktap_left - 1))
		if [ $ktap_left -eq 0 ]; then
			wrong "$ktap_what: is '$ktap_got'," \
			      "should become '$ktap_want'"
			return
		fi
		[ $ktap_left -ne $ktap_half ] || ${ktap_nudge:-true}
		sleep 0.05
	done
}
