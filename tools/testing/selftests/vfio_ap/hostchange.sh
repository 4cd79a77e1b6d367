#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# hostchange - the machine's adapters and domains change under running guests
#
# Three mdevs: one with a guest is concerned, one with a guest and one without
# are not.  A guest sees what is both assigned and there; it is told once.
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/guest.sh"

THREE=33333333-4444-4555-8666-777777777777
BASE="$(mask 4 5),$(mask 4 0x47),$(mask 4 0x47)"
ALL="04.0004 04.0047 05.0004 05.0047"

undo()
{
	machine card 5 CEX8 A 8
	machine nocard 9
	machine nodomain 0x50
	machine domain 4
	machine domain 0xab
	machine latency 200
}

# others_have MATRIX QUEUES NOGUEST CHANGES: the second guest, the mdev without
others_have()
{
	settles "guest_matrix 2" "$1" lines $MATRIX/$TWO/guest_matrix
	second answers "$2" queues
	settles "guest_matrix 3" "$3" lines $MATRIX/$THREE/guest_matrix
	second changes "$4"
}

untouched()
{
	others_have 06.0004 06.0004 07.0004 0
}

an_adapter_leaves_and_returns()
{
	expect_ok machine latency 60000000
	answers 00 nqap 04.0047 3
	expect_ok machine off 5
	guest_gets "04.0004 04.0047"
	answers "04 0004,0047 0004,0047" qci
	answers 01 tapq 05.0004
	changes 1
	expect_ok machine on 5
	guest_gets "$ALL"
	answers "04,05 0004,0047 0004,0047" qci
	changes 1
	expect_ok machine latency 200
	settles "the reply" "00 3" ask dqap 04.0047
	untouched
}

another_adapter_comes_in_its_place()
{
	answers 00 nqap 05.0047 9
	expect_ok machine nocard 5
	guest_gets "04.0004 04.0047"
	changes 1
	expect_ok machine card 5 CEX8 A 8
	guest_gets "$ALL"
	changes 1
	answers 10 dqap 05.0047
	answers 00 nqap 05.0047 10
	settles "the reply" "00 10" ask dqap 05.0047
	untouched
}

a_domain_leaves_and_returns()
{
	expect_ok machine nodomain 0x47
	guest_gets "04.0004 05.0004"
	answers "04,05 0004 0004" qci
	answers 01 tapq 04.0047
	changes 1
	expect_ok machine domain 0x47
	guest_gets "$ALL"
	answers "04,05 0004,0047 0004,0047" qci
	forget
	untouched
}

# A queue on an adapter that the guest has is not worth the guest's requests.
what_is_new_disturbs_nothing()
{
	expect_ok machine nodomain 0x47
	guest_gets "04.0004 05.0004"
	expect_ok machine latency 60000000
	answers 00 nqap 04.0004 21
	forget
	expect_ok machine domain 0x47 usage
	guest_gets "$ALL"
	changes 1
	expect_ok machine domain 0x47
	settles qci "04,05 0004,0047 0004,0047" ask qci
	changes 1
	expect_ok machine latency 200
	settles "the reply" "00 21" ask dqap 04.0004
	untouched
}

a_domain_is_less_than_it_was()
{
	changes_of_one 0x47 control "04.0004 05.0004" "04,05 0004 0004,0047"
	changes_of_one 0x47 both "$ALL" "04,05 0004,0047 0004,0047"
	changes_of_one 0x47 usage "$ALL" "04,05 0004,0047 0004"
	changes_of_one 0x47 both "$ALL" "04,05 0004,0047 0004,0047"
	forget
	untouched
}

changes_of_one()
{
	expect_ok machine domain "$1" "$2"
	guest_gets "$3"
	settles qci "$4" ask qci
}

without_its_last_adapter_the_guest_lives_on()
{
	expect_ok machine off 4
	expect_ok machine off 5
	settles guest_matrix ".0004 .0047" lines $MATRIX/$ONE/guest_matrix
	answers "- 0004,0047 0004,0047" qci
	answers "" queues
	answers 0 reset
	changes 2
	expect_ok machine on 5
	guest_gets "05.0004 05.0047"
	expect_ok machine on 4
	guest_gets "$ALL"
	changes 2
	untouched
}

without_its_last_domain_too()
{
	expect_ok machine nodomain 0x47
	expect_ok machine nodomain 4
	settles guest_matrix "04. 05." lines $MATRIX/$ONE/guest_matrix
	answers "04,05 - -" qci
	answers "" queues
	changes 2
	others_have 06. "" 07. 1
	expect_ok machine domain 0x47
	expect_ok machine domain 4
	guest_gets "$ALL"
	settles "other guest" 06.0004 second ask queues
	settles "no guest" 07.0004 lines $MATRIX/$THREE/guest_matrix
	forget
	second forget
}

control_domains_alone_follow_the_host()
{
	expect_ok wr $MATRIX/$ONE/ap_config ",,$(mask 4 0xab)"
	answers "- - 0004,00ab" qci
	changes 1
	expect_ok machine domain 0xab usage
	settles qci "- - 0004" ask qci
	changes 1
	expect_ok machine domain 0xab
	settles qci "- - 0004,00ab" ask qci
	changes 1
	expect_ok wr $MATRIX/$ONE/ap_config "$BASE"
	guest_gets "$ALL"
	changes 1
	untouched
}

all_that_leaves_at_once_is_one_change()
{
	expect_ok machine "off 5; nodomain 0x47; nodomain 0xab"
	guest_gets 04.0004
	answers "04 0004 0004" qci
	changes 1
	untouched
	expect_ok machine "domain 0xab; on 5; domain 0x47"
	guest_gets "$ALL"
	forget
	untouched
}

what_concerns_two_guests_is_told_to_both()
{
	expect_ok machine "off 5; off 6; off 7"
	guest_gets "04.0004 04.0047"
	changes 1
	others_have .0004 "" .0004 1
	expect_ok machine "on 5; on 6; on 7"
	guest_gets "$ALL"
	second guest_gets 06.0004
	settles "no guest" 07.0004 lines $MATRIX/$THREE/guest_matrix
	changes 1
	second changes 1
}

what_is_not_assigned_concerns_nobody()
{
	expect_ok machine "card 9 CEX8 A; domain 0x50"
	settles "a queue" vfio_ap queue_driver 09.0050
	expect_ok machine "nocard 9; nodomain 0x50; nodomain 0xab"
	expect_ok machine domain 0xab
	guest_has "$ALL"
	changes 0
	untouched
}

# The bus looks when it is too late to see anything.
too_short_to_be_seen_it_changes_nothing()
{
	expect_ok machine "off 5; on 5"
	guest_has "$ALL"
	changes 0
	untouched
}

# What is deconfigured or checkstopped is still in the configuration.
state_of_an_adapter_is_the_guests_to_see()
{
	expect_ok machine standby 5
	expect_ok rescan
	answers 03 tapq 05.0047
	expect_ok machine checkstop 5
	expect_ok rescan
	answers 04 tapq 05.0047
	expect_ok machine on 5
	expect_ok rescan
	answers 00 tapq 05.0047
	guest_has "$ALL"
	changes 0
	untouched
}

while_the_driver_was_away_too()
{
	if ! can_load; then
		skip "nobody knows where vfio_ap.ko is"
		return
	fi
	guest_stop || wrong "guest: $answer"
	second guest_stop || wrong "second guest: $answer"
	expect_ok rmmod vfio_ap
	expect_ok machine "off 5; nodomain 0x47"
	expect_ok load
	expect_ok create $ONE
	expect_ok wr $MATRIX/$ONE/ap_config "$BASE"
	guest_start $ONE || wrong "no guest"
	guest_gets 04.0004
	answers "04 0004 0004" qci
	expect_ok machine "on 5; domain 0x47"
	guest_gets "$ALL"
	answers "04,05 0004,0047 0004,0047" qci
	guest_stop || wrong "guest: $answer"
}

begin_guests undo
to_guests 4 5 6 7 9 > /dev/null
for uuid in $ONE $TWO $THREE; do
	create $uuid > /dev/null
done
wr $MATRIX/$ONE/ap_config "$BASE" > /dev/null
wr $MATRIX/$TWO/ap_config "$(mask 6),$(mask 4)," > /dev/null
wr $MATRIX/$THREE/ap_config "$(mask 7),$(mask 4)," > /dev/null
settles "no guest" 07.0004 lines $MATRIX/$THREE/guest_matrix
guest_start $ONE || bail "no guest"
second guest_start $TWO || bail "no second guest"
guest_gets "$ALL"
second guest_gets 06.0004
run_all an_adapter_leaves_and_returns \
	another_adapter_comes_in_its_place \
	a_domain_leaves_and_returns \
	what_is_new_disturbs_nothing \
	a_domain_is_less_than_it_was \
	without_its_last_adapter_the_guest_lives_on \
	without_its_last_domain_too \
	control_domains_alone_follow_the_host \
	all_that_leaves_at_once_is_one_change \
	what_concerns_two_guests_is_told_to_both \
	what_is_not_assigned_concerns_nobody \
	too_short_to_be_seen_it_changes_nothing \
	state_of_an_adapter_is_the_guests_to_see \
	while_the_driver_was_away_too
