#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# aqiclat - a guest's AQIC does not wait for what other guests do
#
# How long it takes is only told: a machine without a CPU to spare is slow with
# everything.  What is judged is whether it was answered, how often A slept, and
# that who waits for a reset still did when A was done.  With VFIO_AP_STORM=1 in
# its environment it takes 2000 samples of each kind, and B has 258 queues.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

need_driver
[ -e /dev/kvm ] || [ -e /dev/apsim_kvm ] || skip_all "this kernel has no KVM"
command -v aqiclat > /dev/null || bail "helper program aqiclat is not built"

# Longer than any scheduler lets somebody wait, less than B's patience, in us.
# Where time is virtual it passes only if somebody sleeps.
LIMIT=5000000
[ ! -e /dev/apsim_kvm ] || LIMIT=1000

# facts COMMAND...: for each background, with these names for its numbers
facts()
{
	while read -r fact name pairs refused aqics on off longest turns still
	do
		[ "$fact" != fact ] || "$@"
	done < "$out"
}

count()
{
	names="$names $name"
}

all_was_measured()
{
	expect_ok [ "$status" -eq 0 ]
	names=
	facts count
	same backgrounds "$names" \
	     " alone spin command resets churn hang hang-all edit unmap"
}

answered()
{
	same "$name: refused" "$refused" 0
}

every_AQIC_is_answered_with_00()
{
	facts answered
}

executed()
{
	same "$name: AQICs for $pairs pairs" "$aqics" $((2 * pairs))
}

the_machine_executes_each_once()
{
	facts executed
}

awake()
{
	same "$name: slept while it disarmed" "$off" 0
}

# A page is given back by A's own worker, which arming may have to wait for.
hardly_slept()
{
	[ $((100 * on)) -le "$pairs" ] ||
		wrong "$name: slept $on times while it armed $pairs times"
}

to_disarm_is_not_to_sleep()
{
	facts awake
}

to_arm_is_hardly_ever_to_sleep()
{
	facts hardly_slept
}

soon()
{
	[ "$longest" -lt $LIMIT ] || wrong "$name: took $longest us"
}

none_takes_as_long_as_a_reset()
{
	facts soon
}

there()
{
	same "$name: still" "$still" yes
}

the_others_are_there_to_the_end()
{
	facts there
}

busy()
{
	case $name in
	churn | edit | unmap)
		[ "$turns" -gt 1 ] || wrong "$name: only $turns turns"
		;;
	esac
}

the_others_have_done_something()
{
	facts busy
}

# A quick look, unless somebody wants more, and time is more than sleeping.
if [ -z "$VFIO_AP_STORM" ] || [ -e /dev/apsim_kvm ]; then
	set -- --pairs 300 --cards 20
fi
begin
out=$(mktemp)
{ aqiclat "$@" > "$out"; } 2>&1
status=$?
note "$(cat "$out")"
run_all all_was_measured every_AQIC_is_answered_with_00 \
	the_machine_executes_each_once to_disarm_is_not_to_sleep \
	to_arm_is_hardly_ever_to_sleep none_takes_as_long_as_a_reset \
	the_others_are_there_to_the_end the_others_have_done_something
