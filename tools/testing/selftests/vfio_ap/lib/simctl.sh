# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# simctl - words for the simulated machine's configfs tree

CONFIG=/sys/kernel/config
TREE=$CONFIG/apsim
CARDS=$TREE/cards
DOMAINS=$TREE/domains
QUEUES=$TREE/queues

# A bed may have its modules where modprobe does not look.
tree_load()
{
	if [ -z "$VFIO_AP_MODULES" ]; then
		modprobe apsim_configfs
		return
	fi
	insmod "$(find "$VFIO_AP_MODULES" -name apsim_configfs.ko |
		head -n 1)"
}

tree_begin()
{
	need_machine
	[ -e /sys/module/apsim_configfs ] || tree_load ||
		bail "apsim_configfs does not load"
	mountpoint -q $CONFIG || mount -t configfs none $CONFIG ||
		bail "no configfs"
	tree_clean
	trap 'tree_clean; umount $CONFIG; rmmod apsim_configfs' EXIT
}

# Everything that a test has made: adapters from 9, domains from 0x10 to 0x1f
tree_clean()
{
	for tree_dir in $QUEUES/*.* $CARDS/[0-9a-f]* $DOMAINS/[0-9a-f]*; do
		[ ! -d "$tree_dir" ] || rmdir "$tree_dir"
	done
	for tree_dir in $BUS/devices/card*; do
		case ${tree_dir##*/card} in
		0[4-7]) ;;
		*) machine nocard "0x${tree_dir##*/card}" ;;
		esac
	done > /dev/null
	apsim reset
	rescan
}

# refused TEXT COMMAND...: it fails, and says this
refused()
{
	tree_text=$1
	shift
	if tree_out=$("$@" 2>&1); then
		wrong "$*: succeeded, should be: $tree_text"
		return
	fi
	case $tree_out in
	*"$tree_text"*) ;;
	*) wrong "$*: is $tree_out, should be $tree_text" ;;
	esac
}

# shows DIR NAME=VALUE...: attributes
shows()
{
	tree_dir=$1
	shift
	for tree_pair; do
		same "${tree_dir#"$TREE"/} ${tree_pair%%=*}" \
			"$(value "$tree_dir/${tree_pair%%=*}")" \
			"${tree_pair#*=}"
	done
}

# on_bus DEVICE: is it there?
on_bus()
{
	if [ -e "$BUS/devices/$1" ]; then
		echo yes
	else
		echo no
	fi
}
