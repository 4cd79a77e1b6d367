#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# queues - the AP bus sees the simulated machine, and zcrypt uses it
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

all_cards_are_there()
{
	set -- $BUS/devices/card*
	same "cards" $# 4
	for card in 04 05 06 07; do
		[ -d $BUS/devices/card$card ] || wrong "card$card is missing"
	done
}

cards_have_their_hardware_types()
{
	for pair in 04:14 05:14 06:13 07:12; do
		same "hwtype of card${pair%:*}" \
		     "$(value $BUS/devices/card${pair%:*}/hwtype)" "${pair#*:}"
	done
}

cards_have_their_depth()
{
	for card in 04 05 06 07; do
		same "depth of card$card" "$(value $BUS/devices/card$card/depth)" 8
	done
}

every_card_has_a_queue_in_each_domain()
{
	for card in 04 05 06 07; do
		for dom in 0004 0047 00ab; do
			[ -d $BUS/devices/$card.$dom ] ||
				wrong "$card.$dom is missing"
		done
	done
	set -- $BUS/devices/*.*
	same "queues" $# 12
}

all_queues_are_the_host_drivers()
{
	for queue in "$BUS"/devices/*.*; do
		same "driver of ${queue##*/}" "$(queue_driver "${queue##*/}")" \
		     cex4queue
	done
}

nothing_is_deconfigured_or_checkstopped()
{
	for dev in "$BUS"/devices/*; do
		same "config of ${dev##*/}" "$(value "$dev/config")" 1
		same "chkstop of ${dev##*/}" "$(value "$dev/chkstop")" 0
	done
}

masks_of_the_machine_are_right()
{
	domains=$(mask 4 0x47 0xab)
	same adapters "$(value $BUS/ap_adapter_mask)" "$(mask 4 5 6 7)"
	same "usage domains" "$(value $BUS/ap_usage_domain_mask)" "$domains"
	same "control domains" "$(value $BUS/ap_control_domain_mask)" \
	     "$domains"
}

extended_addressing_is_announced()
{
	case " $(value $BUS/features) " in
	*" APXA "*) ;;
	*) wrong "features: '$(value $BUS/features)' lacks APXA" ;;
	esac
}

all_queues_are_bound()
{
	settles bindings "12/12 (complete)" value $BUS/bindings
}

zcrypt_knows_the_card_types()
{
	if [ ! -e $BUS/devices/card04/type ]; then
		skip "zcrypt is not there"
		return
	fi
	for pair in 04:CEX8A 05:CEX8A 06:CEX7P 07:CEX6C; do
		same "type of card${pair%:*}" \
		     "$(value $BUS/devices/card${pair%:*}/type)" "${pair#*:}"
	done
}

zcrypt_has_the_queues_online()
{
	if [ ! -e $BUS/devices/04.0004/online ]; then
		skip "zcrypt is not there"
		return
	fi
	for queue in "$BUS"/devices/*.*; do
		same "online of ${queue##*/}" "$(value "$queue/online")" 1
	done
}

need_machine
rescan
run_all all_queues_are_bound \
	all_cards_are_there \
	cards_have_their_hardware_types \
	cards_have_their_depth \
	every_card_has_a_queue_in_each_domain \
	all_queues_are_the_host_drivers \
	nothing_is_deconfigured_or_checkstopped \
	masks_of_the_machine_are_right \
	extended_addressing_is_announced \
	zcrypt_knows_the_card_types \
	zcrypt_has_the_queues_online
