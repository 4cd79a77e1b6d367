#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# stats - the driver counts what happens, and nothing else
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

M=$MATRIX/$ONE
STATS=$MATRIX/stats
DRIVER=$BUS/drivers/vfio_ap
PATIENCE=/sys/module/vfio_ap/parameters/reset_timeout_ms
ALL="04.0004 05.0004"

anew()
{
	wr $M/ap_config "$(mask 4 5),$(mask 4),$(mask 4)" > /dev/null
	settles guest_matrix "$ALL" lines $M/guest_matrix
	for count in "$STATS"/*; do
		eval "old_${count##*/}=\$(value \$count)"
	done
}

# more NAME BY: since anew
more()
{
	eval "old=\$old_$1"
	same "more $1" $(($(value $STATS/"$1") - old)) "$2"
}

they_are_announced()
{
	case " $(value $MATRIX/features) " in
	*" stats "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
	for file in "$STATS"/*; do
		same "mode of $file" "$(stat -c %a "$file")" 444
		[ "$(value "$file")" -ge 0 ] || wrong "$file is no number"
	done
}

refusals_are_counted()
{
	anew
	expect_errno EADDRNOTAVAIL wr $M/assign_adapter 6
	expect_errno EINVAL wr $M/assign_adapter six
	more refusals 2
	more events 0
	more settles 0
}

changes_are_counted()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	more events 1
	more updates 1
	more kicks 1
	expect_ok wr $M/assign_domain 0xab
	more updates 2
	more kicks 2
	more events 2
	expect_ok wr $M/assign_domain 0xab
	more updates 2
	guest_stop
	more updates 2
	more kicks 3
	more refusals 0
}

# A guest loses a queue, and nobody else resets that.  The machine counts what it
# is asked for, too; function 2 is ZAPQ.
lose_a_queue()
{
	guest_start $ONE || wrong "no guest: $answer"
	zapqs=$(counter pqap2)
	expect_ok wr $M/unassign_adapter 4
}

resets_are_counted()
{
	anew
	lose_a_queue
	more resets 1
	more reset_retries 0
	more reset_failures 0
	same ZAPQs $(($(counter pqap2) - zapqs)) 1
	guest_stop
}

retries_are_counted()
{
	anew
	expect_ok machine inject 04.0004 2 5 3
	lose_a_queue
	more resets 1
	more reset_retries 3
	same ZAPQs $(($(counter pqap2) - zapqs)) 4
	guest_stop
}

failures_are_counted()
{
	anew
	expect_ok wr $PATIENCE 300
	expect_ok machine reset 60000000
	expect_ok wr $DRIVER/unbind 04.0004
	expect_ok wr $DRIVER/bind 04.0004
	settles state quarantined value $BUS/devices/04.0004/reset_state
	more reset_failures 1
	more resets 0
	expect_ok machine reset 1000
	settles guest_matrix "$ALL" lines $M/guest_matrix
	more reset_failures 1
	more resets 1
}

interruptions_are_counted()
{
	anew
	guest_start $ONE || wrong "no guest: $answer"
	answers 01 arm 06.0004
	more aqic_on 0
	answers 00 arm 04.0004
	more aqic_on 1
	more aqic_off 0
	answers 00 disarm 04.0004
	more aqic_on 1
	more aqic_off 1
	guest_stop
}

undo()
{
	wr $PATIENCE "$before"
	machine reset 1000
	machine inject 04.0004 2 0 0
}

begin_guests undo
to_guests 4 5 > /dev/null
create $ONE > /dev/null
before=$(value $PATIENCE)
run_all they_are_announced \
	refusals_are_counted \
	changes_are_counted \
	resets_are_counted \
	retries_are_counted \
	failures_are_counted \
	interruptions_are_counted
