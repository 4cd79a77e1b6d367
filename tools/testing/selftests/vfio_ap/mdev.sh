#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# mdev - the matrix device, its mdev type, and what an mdev looks like
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

mode_is()
{
	same "mode of ${2##*/}" "$(stat -c %a "$2")" "$1"
}

the_matrix_device_is_where_clients_look()
{
	for path in /sys/bus/matrix/devices/matrix /sys/class/mdev_bus/matrix; do
		same $path "$(readlink -f $path)" $MATRIX
	done
	for path in $BUS/drivers/vfio_ap /sys/bus/matrix/drivers/vfio_ap \
		    /sys/bus/mdev/drivers/vfio_ap_mdev; do
		[ -d $path ] || wrong "$path is missing"
	done
}

features_are_announced()
{
	case "$(value $MATRIX/features) " in
	"guest_matrix hotplug ap_config "*) ;;
	*) wrong "features: '$(value $MATRIX/features)'" ;;
	esac
	mode_is 444 $MATRIX/features
}

the_type_says_what_it_is()
{
	same name "$(value $TYPE/name)" "VFIO AP Passthrough Device"
	same device_api "$(value $TYPE/device_api)" vfio-ap
	[ ! -e $TYPE/description ] || wrong "there is a description"
}

available_instances_count_down()
{
	same before "$(value $TYPE/available_instances)" 65536
	expect_ok create $ONE
	expect_ok create $TWO
	same "with two" "$(value $TYPE/available_instances)" 65534
	expect_ok remove $TWO
	same "with one" "$(value $TYPE/available_instances)" 65535
}

an_mdev_is_on_the_mdev_bus()
{
	same place "$(readlink -f /sys/bus/mdev/devices/$ONE)" $MATRIX/$ONE
	same driver "$(readlink -f $MATRIX/$ONE/driver)" \
	     /sys/bus/mdev/drivers/vfio_ap_mdev
	same type "$(readlink -f $MATRIX/$ONE/mdev_type)" $TYPE
	[ -e $MATRIX/$ONE/iommu_group ] || wrong "it has no iommu_group"
	[ -e $TYPE/devices/$ONE ] || wrong "its type does not list it"
}

attributes_have_their_modes()
{
	for file in adapter domain control_domain; do
		mode_is 200 $MATRIX/$ONE/assign_$file
		mode_is 200 $MATRIX/$ONE/unassign_$file
	done
	for file in matrix guest_matrix control_domains withheld \
		    last_error guest guest_config; do
		mode_is 444 $MATRIX/$ONE/$file
	done
	mode_is 644 $MATRIX/$ONE/ap_config
}

a_new_mdev_has_nothing()
{
	for file in matrix guest_matrix control_domains withheld \
		    last_error; do
		same "bytes of $file" "$(wc -c < $MATRIX/$ONE/$file)" 0
	done
	mask=0x$(printf %064d 0)
	for file in ap_config guest_config; do
		same $file "$(value $MATRIX/$ONE/$file)" "$mask,$mask,$mask"
		same "bytes of $file" "$(wc -c < $MATRIX/$ONE/$file)" 201
	done
	same guest "$(value $MATRIX/$ONE/guest)" none
}

create_refuses_what_it_must()
{
	expect_errno EEXIST create $ONE
	expect_errno EINVAL create not-a-uuid
	expect_errno EINVAL create ${TWO%?}
	expect_errno EINVAL create ${TWO}7
	expect_errno EINVAL create ''
	[ ! -e $MATRIX/$TWO ] || wrong "there is an mdev"
	same instances "$(value $TYPE/available_instances)" 65535
}

remove_removes()
{
	expect_ok remove $ONE
	[ ! -e $MATRIX/$ONE ] || wrong "$MATRIX/$ONE is still there"
	[ ! -e /sys/bus/mdev/devices/$ONE ] || wrong "it is still on the bus"
	expect_errno ENOENT remove $ONE
	same instances "$(value $TYPE/available_instances)" 65536
}

begin
run_all the_matrix_device_is_where_clients_look \
	features_are_announced \
	the_type_says_what_it_is \
	available_instances_count_down \
	an_mdev_is_on_the_mdev_bus \
	attributes_have_their_modes \
	a_new_mdev_has_nothing \
	create_refuses_what_it_must \
	remove_removes
