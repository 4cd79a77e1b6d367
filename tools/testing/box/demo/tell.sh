# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# tell - a story in steps: a command, what it says, and whether that is right
#
# run shows a command as a person would type it, executes it, and shows what
# it printed.  The wants behind it compare that with what the story says; one
# difference, and the whole story ends with 1.

TELL_STEPS=0
TELL_WRONG=0

# step TITLE EXPLANATION...
step()
{
	TELL_STEPS=$((TELL_STEPS + 1))
	printf '\n%d. %s\n' $TELL_STEPS "$1"
	shift
	for tell_line; do
		echo "   $tell_line"
	done
}

# run COMMAND: in this shell, so that it may set variables and go to the
# background; what it prints is in $OUT, its exit status in $RC
run()
{
	echo "   # $1"
	eval "$1" > "$TELL_OUT" 2>&1 && RC=0 || RC=$?
	OUT=$(cat "$TELL_OUT")
	sed 's/^/   /' "$TELL_OUT"
}

differs()
{
	TELL_WRONG=$((TELL_WRONG + 1))
	echo "   *** DIFFERS: $*"
}

# The last command succeeded.
want_ok()
{
	[ "$RC" -eq 0 ] || differs "it failed with exit status $RC"
}

# want_error TEXT: it failed, and said this
want_error()
{
	[ "$RC" -ne 0 ] || differs "it succeeded"
	case $OUT in
	*"$1"*) ;;
	*) differs "it should have said '$1'" ;;
	esac
}

# want LINE...: it succeeded and printed these lines, all of them and no more
want()
{
	want_ok
	tell_want=$(printf '%s\n' "$@")
	[ "$OUT" = "$tell_want" ] ||
		differs "it should have printed '$tell_want'"
}

# want_line LINE...: it succeeded, and these are among the lines it printed
want_line()
{
	want_ok
	for tell_line; do
		grep -qxF -- "$tell_line" "$TELL_OUT" ||
			differs "there should have been a line '$tell_line'"
	done
}

# wait_for COMMAND WANT: it comes to say this within a minute, unseen; not if
# process TELL_ALIVE, without which nothing will happen any more, has ended
wait_for()
{
	tell_left=600
	while [ "$(eval "$1" 2> /dev/null)" != "$2" ]; do
		tell_left=$((tell_left - 1))
		if [ $tell_left -eq 0 ] ||
		   ! kill -0 "${TELL_ALIVE:-$$}" 2> /dev/null; then
			differs "'$1' should have come to say '$2'"
			return
		fi
		sleep 0.1
	done
}

the_end()
{
	rm -f "$TELL_OUT"
	echo
	if [ $TELL_WRONG -ne 0 ]; then
		echo "$TELL_WRONG differences in $TELL_STEPS steps."
		exit 1
	fi
	echo "All $TELL_STEPS steps went as they say."
	exit 0
}

TELL_OUT=$(mktemp)
