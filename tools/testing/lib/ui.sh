# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# ui - steps that say what they do, how long it takes, and what is lacking
#
#	step NAME COMMAND...	run it, its output in a log, a line on the way
#	die SENTENCE		what is lacking and what to do about it

UI_WIDTH=44			# column where times start
UI_FIRST=5			# s, from here on a step shows itself
UI_EVERY=20			# s, between lines where there is no terminal
ui_child=
ui_others=()

say()
{
	printf '%s\n' "$*"
}

# Inside a step the sentence goes to whoever shows the step's end.
die()
{
	if [ -n "${UI_REASON:-}" ]; then
		printf '%s\n' "$*" > "$UI_REASON"
	else
		printf 'vfio_ap: %s\n' "$*" >&2
	fi
	exit 1
}

ui_terminal()
{
	[ -t 1 ] && [ "${TERM:-dumb}" != dumb ]
}

# ui_line NAME SECONDS: both in their columns
ui_line()
{
	local dots=$((UI_WIDTH - ${#1})) pad

	[ $dots -ge 3 ] || dots=3
	printf -v pad '%*s' "$dots" ''
	printf '  %s %s %4d s' "$1" "${pad// /.}" "$2"
}

# Until the child is gone: one line that counts, or a line now and then.
ui_watch()
{
	local pid=$1 name=$2 start=$3 next=$UI_FIRST took pause=0.05

	while kill -0 "$pid" 2> /dev/null; do
		sleep $pause
		pause=0.2
		took=$((SECONDS - start))
		if ui_terminal; then
			[ $took -lt 1 ] || printf '\r%s' "$(ui_line "$name" $took)"
		elif [ $took -ge $next ]; then
			ui_line "$name" $took
			echo " so far"
			next=$((took / UI_EVERY * UI_EVERY + UI_EVERY))
		fi
	done
}

ui_stop()
{
	local pid

	for pid in $ui_child "${ui_others[@]}"; do
		kill -- "-$pid" 2> /dev/null || :
	done
	ui_child='' ui_others=()
}

trap ui_stop EXIT
trap 'echo; exit 130' INT
trap 'exit 143' TERM HUP

ui_failed()
{
	local name=$1 log=$2 reason=$3

	if [ -s "$reason" ]; then
		printf 'vfio_ap: %s: %s\n' "$name" "$(cat "$reason")"
	elif [ "$(cache_free_mb)" -lt 50 ]; then
		printf 'vfio_ap: %s: %s\n' "$name" \
		    "no space is left in $CACHE; free some or set VFIO_AP_CACHE"
	else
		printf 'vfio_ap: %s failed, this is how it ended:\n' "$name"
		tail -n 12 "$log" | sed 's/^/    /'
	fi >&2
	printf '    (all of its output: %s)\n' "$log" >&2
	rm -f "$reason"
	exit 1
}

# background COMMAND...: goes on until it ends, or until the script does; $!
# is its process group
background()
{
	set -m
	"$@" < /dev/null &
	set +m
	ui_others+=($!)
}

# step NAME COMMAND...: the command (or function) runs in a process group of
# its own, so that an interrupt ends all of it, and never reads the terminal.
step()
{
	local name=$1 start=$SECONDS rc=0 log reason
	shift

	mkdir -p "$CACHE/log"
	log=$CACHE/log/${name//[^A-Za-z0-9.]/-}.log
	reason=$(mktemp "$CACHE/log/reason.XXXXXX")
	set -m
	(set -e; UI_REASON=$reason UI_LOG=$log; "$@") > "$log" 2>&1 < /dev/null &
	ui_child=$!
	set +m
	ui_watch "$ui_child" "$name" "$start"
	wait "$ui_child" || rc=$?
	ui_child=
	! ui_terminal || printf '\r\033[K'
	[ $rc -eq 0 ] || ui_failed "$name" "$log" "$reason"
	rm -f "$reason"
	ui_line "$name" $((SECONDS - start))
	echo
}
