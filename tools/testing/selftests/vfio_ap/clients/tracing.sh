#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tracing - an administrator looks at what the driver does, with the commands that
# vfio-ap.rst has: trace-cmd, perf trace, bpftrace
here=$(dirname "$0")
. "$here/lib/clients.sh"

LIFE="$here/lib/life.sh"
EVENTS="edit commit open close host settle plug queue ask aqic"

# has PATTERN...: each of them is in a line of what was said
has()
{
	for pattern; do
		printf '%s\n' "$said" | grep -qE -- "$pattern" ||
			wrong "no '$pattern' in: $(printf '%s\n' "$said" | tail -n 40)"
	done
}

trace_cmd_has_all_of_it()
{
	does timeout 100 trace-cmd record -q -e vfio_ap -o /run/trace.dat sh "$LIFE"
	does trace-cmd report -i /run/trace.dat
	for event in $EVENTS; do
		has "vfio_ap_$event:"
	done
	has "vfio_ap_edit: .*mdev=$ONE what=ap_config err=0" \
	    "vfio_ap_settle: .*mdev=$ONE cause=open" \
	    "vfio_ap_aqic: .*mdev=$ONE queue=05.0004 enable=1 rc=00" \
	    "vfio_ap_queue: .*queue=05.0004 what=reset-over rc=0[02] us=[0-9]"
}

# perf EVENT...: as perf trace shows them
traced_by_perf()
{
	events=
	for event; do
		events="$events -e vfio_ap:vfio_ap_$event"
	done
	# shellcheck disable=SC2086
	does timeout 40 perf trace --libtraceevent_print $events -a -- sh "$LIFE"
}

# Newer versions read the fields of trace points in the kernel's BTF.
bpf()
{
	bpf_said=$(timeout 100 bpftrace -c "sh $LIFE" -e "$1" 2>&1) && {
		said=$bpf_said
		return
	}
	case $bpf_said in
	*"BTF is required"*) skip "this kernel has no BTF" ;;
	*) wrong "bpftrace: $bpf_said" ;;
	esac
}

perf_trace_shows_who_writes_what()
{
	traced_by_perf edit commit
	has "vfio_ap_edit.*$ONE.*ap_config" "vfio_ap_commit.*$ONE"
}

perf_trace_shows_why_a_guest_has_other_queues()
{
	traced_by_perf settle plug
	has "vfio_ap_settle.*$ONE.*host-changed" "vfio_ap_plug.*$ONE"
}

perf_trace_shows_the_host_and_who_opens()
{
	traced_by_perf host open close
	has "vfio_ap_host.*changed" "vfio_ap_open.*$ONE" "vfio_ap_close.*$ONE"
}

bpftrace_has_a_histogram_of_resets()
{
	bpf 'tracepoint:vfio_ap:vfio_ap_queue /str(args->what) == "reset-over"/
		{ @us = hist(args->us); }'
	[ -n "$ktap_skip" ] || has '@us:' '@@'
}

bpftrace_counts_answers_of_the_machine()
{
	bpf 'tracepoint:vfio_ap:vfio_ap_ask /args->rc/
		{ @[str(args->insn), args->rc] = count(); }'
	[ -n "$ktap_skip" ] || has '@\[[a-z-]+, [0-9]+\]: [0-9]'
}

bpftrace_counts_what_guests_are_answered()
{
	bpf 'tracepoint:vfio_ap:vfio_ap_aqic { @[args->enable, args->rc] = count(); }'
	[ -n "$ktap_skip" ] || has '@\[(1|true), 0\]: 1' '@\[(0|false), 0\]: 1'
}

begin_clients
to_guests 5 > /dev/null
run_timed trace_cmd_has_all_of_it \
	perf_trace_shows_who_writes_what \
	perf_trace_shows_why_a_guest_has_other_queues \
	perf_trace_shows_the_host_and_who_opens \
	bpftrace_has_a_histogram_of_resets \
	bpftrace_counts_answers_of_the_machine \
	bpftrace_counts_what_guests_are_answered
