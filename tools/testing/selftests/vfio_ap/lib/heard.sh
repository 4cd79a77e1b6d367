# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# heard - what mediated devices tell those who listen
#
#	listen			from now on, until the script ends
#	tells UUID WHAT		these changes were told since it was asked last, such
#				as "ap_config guest_config, withheld"
#	begin_poll FILE MS	somebody waits for a change of FILE
#	poll_says WORD		and was woken: changed, or not: quiet

# Not a shell's pipe: nobody may have to wait for the script.
listen()
{
	command -v heard > /dev/null || bail "helper program heard is not built"
	heard_file=$(mktemp)
	heard events > "$heard_file" &
	heard_pid=$!
	exec 4< "$heard_file"
	heard_next || bail "nothing is heard"
	[ "$heard_line" = listening ] || bail "$heard_line"
}

listen_end()
{
	kill $heard_pid
	rm -f "$heard_file"
}

# The next line, for which 5 seconds are enough.
heard_next()
{
	heard_left=100
	until read -r heard_line <&4; do
		heard_left=$((heard_left - 1))
		[ $heard_left -gt 0 ] || return
		sleep 0.05
	done
}

# What was told before the mark is read before it.
heard_until_mark()
{
	heard_all=
	wr "$MATRIX/$1/uevent" change || return
	while heard_next; do
		case $heard_line in
		"$1 mark") return ;;
		"$1 "*) heard_all="$heard_all${heard_all:+, }${heard_line#* }" ;;
		esac
	done
	false
}

tells()
{
	heard_until_mark "$1" || wrong "the mark is not heard"
	same "told by $1" "$heard_all" "$2"
}

begin_poll()
{
	heard_poll=$(mktemp)
	heard poll "$1" "$2" > "$heard_poll" &
	heard_poll_pid=$!
	settles "who polls $1" listening value "$heard_poll"
}

poll_says()
{
	wait $heard_poll_pid
	same "who polls" "$(lines "$heard_poll")" "listening $1"
	rm -f "$heard_poll"
}
