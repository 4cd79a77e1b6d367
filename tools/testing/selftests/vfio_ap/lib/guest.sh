# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# guest - a guest that runs while a script changes the world around it
#
#	begin_guests [UNDO]	as begin; at the end also ends guests, after UNDO
#	guest_start UUID [WAY]	a guest opens the mdev (group or cdev)
#	ask COMMAND...		prints its answer; hold.c has the commands
#	say COMMAND...		the same without a process: it is in $answer
#	guest_stop, guest_kill	it gives all back, or does not get to that
#	second ANYTHING...	the same for a second guest
#	behind COMMAND...	it blocks; then it ends
#
# A guest that is gone does not answer: ask and say fail, they do not hang.

guest_nr=1
guest_pid_1=
guest_pid_2=

second()
{
	guest_nr=2
	"$@"
	guest_rc=$?
	guest_nr=1
	return $guest_rc
}

# The first guest hears on 8 and speaks on 7, the second on 6 and 5.
guest_fds()
{
	guest_to=$((10 - 2 * guest_nr))
	guest_from=$((9 - 2 * guest_nr))
}

guest_start()
{
	guest_fds
	eval "guest_mdev_$guest_nr=\$MATRIX/\$1"
	guest_dir=$(mktemp -d) || return
	mkfifo "$guest_dir/to" "$guest_dir/from" || return
	hold "$@" < "$guest_dir/to" > "$guest_dir/from" &
	eval "guest_pid_$guest_nr=$!"
	eval "exec $guest_to> \"\$guest_dir/to\" $guest_from< \"\$guest_dir/from\""
	rm -r "$guest_dir"
	guest_listen
	[ "$answer" = ready ] || { echo "$answer"; guest_reap; return 1; }
	guest_count
}

guest_listen()
{
	answer=
	read -r answer 2> /dev/null <&$guest_from
}

# Writing to nobody must not end the script.
say()
{
	guest_fds
	answer=
	trap '' PIPE
	printf '%s\n' "$*" 2> /dev/null >&$guest_to
	guest_rc=$?
	trap - PIPE
	[ $guest_rc -eq 0 ] && guest_listen
}

ask()
{
	say "$@" || { echo "no answer"; return 1; }
	printf '%s\n' "$answer"
}

guest_reap()
{
	guest_fds
	eval "exec $guest_to>&- $guest_from<&-"
	eval "wait \$guest_pid_$guest_nr" 2> /dev/null
	eval "guest_pid_$guest_nr="
}

guest_stop()
{
	say quit
	guest_reap
	[ "$answer" = 0 ]
}

guest_kill()
{
	eval "guest_pid=\$guest_pid_$guest_nr"
	[ -n "$guest_pid" ] || return 0
	kill -9 "$guest_pid"
	guest_reap
}

guest_end()
{
	$guest_undo
	guest_kill
	second guest_kill
	clean
}

begin_guests()
{
	begin
	[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] ||
		skip_all "this kernel has no KVM"
	command -v hold > /dev/null || bail "helper program hold is not built"
	guest_undo=${1:-:}
	trap 'guest_end > /dev/null' EXIT
	trap 'exit 1' HUP INT TERM
}

# answers WANT COMMAND...: what the guest says to it
answers()
{
	guest_want=$1
	shift
	say "$@" || answer="no answer"
	same "guest $guest_nr, $*" "$answer" "$guest_want"
}

# guest_has QUEUES: it reaches these now, and the driver knows
guest_has()
{
	answers "$1" queues
	eval "same \"guest_matrix \$guest_nr\" \
	      \"\$(lines \$guest_mdev_$guest_nr/guest_matrix)\" \"\$1\""
}

# guest_gets QUEUES: the same, in a moment
guest_gets()
{
	eval "settles guest_matrix \"\$1\" lines \$guest_mdev_$guest_nr/guest_matrix"
	answers "$1" queues
}

guest_count()
{
	guest_sets=
	say masks
	[ "$answer" = unknown ] || guest_sets=${answer% *}
	eval "guest_old=\$guest_sets_$guest_nr guest_sets_$guest_nr=\$guest_sets"
}

# changes N: so often was the guest told, and (where that can be seen) stopped,
# since this was called last; forget: whatever happened until now
changes()
{
	answers "$1" events
	guest_count
	[ -z "$guest_sets" ] || same "mask writes of guest $guest_nr" \
				     $((guest_sets - guest_old)) "$1"
}

forget()
{
	say events
	guest_count
}

# behind COMMAND...: begin it; what blocks can be looked at meanwhile.  A
# process that ended cannot be told from one that runs before it is waited for.
behind()
{
	behind_file=${TMPDIR:-/tmp}/behind.$$
	rm -f "$behind_file"
	{
		"$@" > /dev/null
		echo $? > "$behind_file"
	} &
	behind_pid=$!
}

# blocks: it is not over
blocks()
{
	[ ! -s "$behind_file" ] || wrong "it is over, with $(value "$behind_file")"
}

# ends: it succeeds
ends()
{
	wait $behind_pid
	same "what was begun" "$(value "$behind_file")" 0
	rm -f "$behind_file"
}
