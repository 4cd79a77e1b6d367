#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# simctl - the simulated machine as directories: what each file takes and
# refuses, and that the AP bus, commands and directories agree
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"
. "$here/lib/simctl.sh"

C=$CARDS/09
D=$DOMAINS/0011
Q=$QUEUES/09.0011

there_is_one_machine_and_it_stays()
{
	refused "not permitted" mkdir $TREE/second
	refused "not permitted" rmdir $CARDS
	refused "not permitted" mkdir $CONFIG/other
}

a_number_has_one_name()
{
	for name in 9 0A zz 009 100 "0 " -1 card09; do
		refused "nvalid argument" mkdir "$CARDS/$name"
	done
	for name in 47 00AB 0100 00047 004g; do
		refused "nvalid argument" mkdir "$DOMAINS/$name"
	done
	for name in 0447 04-0047 04.47 04.0100 04.00AB 4.00047 0g.0047; do
		refused "nvalid argument" mkdir "$QUEUES/$name"
	done
}

a_new_directory_is_a_description()
{
	expect_ok mkdir $C
	shows $C type=CEX8 mode=A depth=8 state=on live=0
	expect_ok rescan
	same card09 "$(on_bus card09)" no
	refused "xists" mkdir $C
}

an_attribute_takes_what_the_machine_takes()
{
	for type in CEX4 CEX8 9 0x0f CEX7; do
		expect_ok wr $C/type $type
	done
	shows $C type=CEX7
	for type in 0 256 -1 CEX9 cex8 CEX "" A; do
		expect_errno EINVAL wr $C/type "$type"
	done
	for mode in C P A; do
		expect_ok wr $C/mode $mode
		shows $C mode=$mode
	done
	for mode in a X AC "" 1; do
		expect_errno EINVAL wr $C/mode "$mode"
	done
	expect_ok wr $C/depth 32
	expect_ok wr $C/depth 1
	for depth in 0 33 -1 x ""; do
		expect_errno EINVAL wr $C/depth "$depth"
	done
	for state in On gone 1 ""; do
		expect_errno EINVAL wr $C/state "$state"
	done
	for live in 2 x ""; do
		expect_errno EINVAL wr $C/live "$live"
	done
	shows $C type=CEX7 mode=A depth=1 state=on live=0
}

live_plugs_it()
{
	expect_ok wr $C/live 1
	expect_ok wr $C/live 1
	shows $C live=1
	settles card09 yes on_bus card09
	settles 09.0047 yes on_bus 09.0047
	same type "$(value $BUS/devices/card09/hwtype)" 13
	same depth "$(value $BUS/devices/card09/depth)" 1
}

while_it_is_plugged_it_stays_what_it_is()
{
	expect_errno EBUSY wr $C/type CEX6
	expect_errno EBUSY wr $C/mode C
	expect_errno EBUSY wr $C/depth 4
	expect_errno EINVAL wr $C/type CEX9
	shows $C type=CEX7 mode=A depth=1
}

its_state_changes_while_it_is_plugged()
{
	expect_ok wr $C/state standby
	expect_ok rescan
	settles config 0 value $BUS/devices/card09/config
	expect_ok wr $C/state checkstop
	expect_ok rescan
	settles chkstop 1 value $BUS/devices/card09/chkstop
	expect_ok wr $C/state off
	settles card09 no on_bus card09
	shows $C live=1 state=off
	expect_ok wr $C/state on
	settles card09 yes on_bus card09
	settles config 1 value $BUS/devices/card09/config
}

live_0_unplugs_it_and_the_description_stays()
{
	expect_ok wr $C/live 0
	expect_ok wr $C/live 0
	settles card09 no on_bus card09
	shows $C type=CEX7 mode=A depth=1 state=on live=0
	expect_ok wr $C/type CEX6
}

it_is_plugged_in_the_state_that_was_said()
{
	expect_ok wr $C/state standby
	shows $C live=0 state=standby
	expect_ok wr $C/live 1
	settles card09 yes on_bus card09
	same config "$(value $BUS/devices/card09/config)" 0
	expect_ok wr $C/state on
	expect_ok rescan
	settles config 1 value $BUS/devices/card09/config
}

rmdir_unplugs_it()
{
	expect_ok rmdir $C
	settles card09 no on_bus card09
	expect_errno ENOENT machine on 9
}

commands_and_directories_agree()
{
	expect_ok mkdir $C
	expect_ok machine card 9 CEX5 P 3
	shows $C type=CEX5 mode=P depth=3 state=on live=1
	expect_ok wr $C/live 1
	shows $C type=CEX5
	expect_errno EBUSY wr $C/depth 4
	expect_ok machine checkstop 9
	shows $C state=checkstop live=1
	expect_ok machine nocard 9
	shows $C type=CEX8 mode=A depth=8 state=on live=0
	expect_ok wr $C/live 1
	expect_errno EEXIST machine card 9 CEX5 P 3
	expect_ok machine nocard 9
	expect_ok rmdir $C
}

what_is_there_is_taken_over()
{
	expect_ok machine card 9 CEX5 P 3
	expect_ok machine standby 9
	expect_ok mkdir $C
	shows $C type=CEX5 mode=P depth=3 state=standby live=1
	expect_ok wr $C/live 0
	shows $C type=CEX5 mode=P depth=3 state=standby live=0
	expect_ok rmdir $C
	expect_ok mkdir $DOMAINS/0047
	shows $DOMAINS/0047 usage=1 control=1 live=1
	expect_ok rmdir $DOMAINS/0047
	settles 04.0047 no on_bus 04.0047
	expect_ok machine domain 0x47
	settles 04.0047 yes on_bus 04.0047
}

a_domain_is_there_when_it_is_live()
{
	expect_ok mkdir $D
	shows $D usage=1 control=1 live=0
	expect_ok wr $D/control 0
	expect_ok wr $D/live 1
	expect_ok wr $D/live 1
	shows $D usage=1 control=0 live=1
	settles 04.0011 yes on_bus 04.0011
	same domains "$(value $BUS/ap_usage_domain_mask)" \
		"$(mask 4 0x11 0x47 0xab)"
	same control "$(value $BUS/ap_control_domain_mask)" \
		"$(mask 4 0x47 0xab)"
}

what_a_domain_is_changes_while_it_is_there()
{
	expect_errno EINVAL wr $D/usage 0
	expect_ok wr $D/control 1
	expect_ok wr $D/usage 0
	settles 04.0011 no on_bus 04.0011
	expect_errno EINVAL wr $D/control 0
	shows $D usage=0 control=1 live=1
	same control "$(value $BUS/ap_control_domain_mask)" \
		"$(mask 4 0x11 0x47 0xab)"
	expect_ok machine domain 0x11 usage
	shows $D usage=1 control=0 live=1
	for bad in 2 x ""; do
		expect_errno EINVAL wr $D/usage "$bad"
		expect_errno EINVAL wr $D/control "$bad"
		expect_errno EINVAL wr $D/live "$bad"
	done
}

a_domain_that_is_nothing_cannot_be_live()
{
	expect_ok wr $D/live 0
	shows $D usage=0 control=1 live=0
	settles 04.0011 no on_bus 04.0011
	expect_ok wr $D/control 0
	expect_errno EINVAL wr $D/live 1
	expect_ok wr $D/usage 1
	expect_ok wr $D/live 1
	expect_ok rmdir $D
	settles 04.0011 no on_bus 04.0011
	expect_errno ENOENT machine nodomain 0x11
}

a_queue_that_is_not_there_says_so()
{
	expect_ok mkdir $Q
	for file in async lag bound status messages; do
		refused "No such device" cat $Q/$file
	done
	expect_errno ENODEV wr $Q/async 0
	expect_errno ENODEV wr $Q/inject "2 5 1"
	expect_ok machine "card 9 CEX8 A; domain 0x11"
	shows $Q async=0x00 lag=0 bound=0 messages=0
	settles "reset by the bus, with interrupts" 81000000 value $Q/status
}

what_is_done_to_a_queue_can_be_read()
{
	expect_ok wr $Q/lag 300
	expect_ok wr $Q/bound 1
	expect_ok wr $Q/async 0x36
	shows $Q async=0x36 lag=300 bound=1 status=83360000
	expect_ok machine async 09.0011 0
	shows $Q async=0x00
	same status "$(value $Q/status)" 81000000
	for bad in x -1 "" "1 2" "1;nocard 9"; do
		expect_errno EINVAL wr $Q/lag "$bad"
		expect_errno EINVAL wr $Q/async "$bad"
		expect_errno EINVAL wr $Q/bound "$bad"
		expect_errno EINVAL wr $Q/inject "$bad"
	done
	expect_errno EINVAL wr $Q/async 256
	expect_errno EINVAL wr $Q/bound 4
	expect_errno EINVAL wr $Q/inject "2 5 1;nocard 9"
	expect_errno EINVAL wr $Q/inject \
		"2 5 1                                                       "
	shows $Q lag=300 bound=1
	same card09 "$(on_bus card09)" yes
}

rmdir_takes_back_what_was_done()
{
	expect_ok wr $Q/inject "0 5 1000000"
	expect_ok wr $Q/inject "nqap 0x10 1000000"
	expect_ok wr $Q/async 0x35
	expect_ok rmdir $Q
	expect_ok mkdir $Q
	shows $Q async=0x00 lag=0 bound=0
	settles status 81000000 value $Q/status
	expect_ok rescan
	settles "queue answers" 0 value $BUS/devices/09.0011/chkstop
	expect_ok rmdir $Q
	expect_ok machine "nocard 9; nodomain 0x11"
}

delays_are_files()
{
	shows $TREE latency=200 reset=1000 aqic=0 unbind=0
	for file in latency reset aqic unbind; do
		expect_ok wr $TREE/$file 0x10
		shows $TREE $file=16
		expect_errno EINVAL wr $TREE/$file x
		expect_errno EINVAL wr $TREE/$file -1
		expect_errno EINVAL wr $TREE/$file "1;nocard 4"
		expect_errno EINVAL wr $TREE/$file 18446744073709551615
	done
	expect_ok machine reset 1000
	shows $TREE reset=1000
	expect_ok machine "latency 200; aqic 0; unbind 0"
}

# names FILE: the first word of each line
names()
{
	while read -r name _; do
		echo "$name"
	done < "$1"
}

counters_are_the_same_in_both_places()
{
	same counters "$(names $TREE/stats)" "$(names "${MACHINE%command}stats")"
	refused "denied" sh -c "echo 1 > $TREE/stats"
}

the_module_stays_while_directories_are_there()
{
	expect_ok mkdir $C
	refused "" rmmod apsim_configfs
	expect_ok wr $C/live 1
	expect_ok rmdir $C
	umount $CONFIG
	expect_ok rmmod apsim_configfs
	expect_ok tree_load
	expect_ok mount -t configfs none $CONFIG
	expect_ok mkdir $C
	shows $C live=0
	expect_ok rmdir $C
}

# many N COMMAND...: so many times, whatever comes of it
many()
{
	left=$1
	shift
	while [ $left -gt 0 ]; do
		"$@" > /dev/null 2>&1
		left=$((left - 1))
	done
}

directory_comes_and_goes()
{
	mkdir $C
	wr $C/live 1
	wr $C/state standby
	wr $C/live 0
	wr $C/type CEX4
	wr $C/state on
	wr $C/live 1
	rmdir $C
}

domain_comes_and_goes()
{
	mkdir $D
	wr $D/live 1
	wr $D/usage 0
	wr $D/live 0
	rmdir $D
}

queue_comes_and_goes()
{
	mkdir $Q
	wr $Q/lag 10
	wr $Q/inject "2 5 1"
	cat $Q/status $Q/messages
	rmdir $Q
}

command_comes_and_goes()
{
	machine "card 9 CEX5 C 2; domain 0x11"
	machine "checkstop 9; nocard 9"
	machine nodomain 0x11
}

all_at_once_do_no_harm()
{
	for deed in directory directory domain queue command; do
		many $ROUNDS ${deed}_comes_and_goes &
		storm="$storm $!"
	done
	many $ROUNDS apsim show --queues &
	# shellcheck disable=SC2086
	wait $storm $!
	tree_clean > /dev/null 2>&1
	settles card09 no on_bus card09
	settles 04.0011 no on_bus 04.0011
	same machine "$(apsim dump)" "$BEFORE"
	expect_ok mkdir $C
	shows $C type=CEX8 mode=A depth=8 state=on live=0
	expect_ok rmdir $C
}

scale_storm 0.5 0.2
ROUNDS=$(awk -v scale="${VFIO_AP_STORM:-1}" 'BEGIN { print int(3 * scale + 1) }')
tree_begin
BEFORE=$(apsim dump)
run_all there_is_one_machine_and_it_stays \
	a_number_has_one_name \
	a_new_directory_is_a_description \
	an_attribute_takes_what_the_machine_takes \
	live_plugs_it \
	while_it_is_plugged_it_stays_what_it_is \
	its_state_changes_while_it_is_plugged \
	live_0_unplugs_it_and_the_description_stays \
	it_is_plugged_in_the_state_that_was_said \
	rmdir_unplugs_it \
	commands_and_directories_agree \
	what_is_there_is_taken_over \
	a_domain_is_there_when_it_is_live \
	what_a_domain_is_changes_while_it_is_there \
	a_domain_that_is_nothing_cannot_be_live \
	a_queue_that_is_not_there_says_so \
	what_is_done_to_a_queue_can_be_read \
	rmdir_takes_back_what_was_done \
	delays_are_files \
	counters_are_the_same_in_both_places \
	the_module_stays_while_directories_are_there \
	all_at_once_do_no_harm
