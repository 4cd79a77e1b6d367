#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# refuse - every wrong write has its errno and changes nothing
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

M=$MATRIX/$ONE
FILES="assign_adapter unassign_adapter assign_domain unassign_domain \
assign_control_domain unassign_control_domain"

# Malformed numbers: errno, what to write (wr's escapes), what it is.
# None of these is an identifier, so all six files must refuse it alike.
numbers()
{
	cat <<-'END'
	EINVAL||an empty line
	EINVAL|four|text
	EINVAL|0x|a prefix without digits
	EINVAL|4g|a digit too many
	EINVAL|0x4g|a hex digit too many
	EINVAL|08|a digit that octal does not have
	EINVAL|-1|a negative number
	EINVAL|-0|minus zero
	EINVAL|++4|two signs
	EINVAL|+|a sign alone
	EINVAL|4 |a trailing blank
	EINVAL| 4|a leading blank
	EINVAL|4\t|a trailing tab
	EINVAL|4 5|an embedded blank
	EINVAL|4,5|a list
	EINVAL|4-5|a range
	EINVAL|4.0|a fraction
	EINVAL|4\n|two newlines
	EINVAL|4\n5|two lines
	ERANGE|18446744073709551616|65 bits
	ERANGE|0x10000000000000000|65 bits in hex
	ERANGE|02000000000000000000000|65 bits in octal
	ERANGE|999999999999999999999999999999|100 bits
	ENODEV|256|more than there can be
	ENODEV|0x100|more than there can be in hex
	ENODEV|0400|more than there can be in octal
	ENODEV|4294967300|4 modulo 32 bits
	ENODEV|18446744073709551615|all of 64 bits
	END
}

# Malformed configurations for ap_config, in the same form.
configs()
{
	digits=$(printf %065d 0)
	cat <<-END
	EINVAL||an empty line
	EINVAL|0|one mask
	EINVAL|08,08,g|text for a mask
	EINVAL|08, 08,|a blank
	EINVAL|-4,08,|a sign
	EINVAL|0x$digits,0x0,0x0|a mask of 65 digits
	EINVAL|0,0,0x$digits|65 digits at the end
	END
}

# names STRING FILE...: what became of writing it to each of them
names()
{
	cd $M || return
	# shellcheck disable=SC2046 # words are wanted
	echo $(wr -a "$@")
}

# refused ERRNO STRING FILE...: by all of them, and nothing has changed
refused()
{
	errno=$1
	string=$2
	shift 2
	before=$(config $ONE)
	names=
	for file; do
		names="$names${names:+ }$errno"
	done
	same "'$string' > $*" "$(names "$string" "$@")" "$names"
	same config "$(config $ONE)" "$before"
}

# table WHAT FILE...: one case a row
table()
{
	table=$1
	shift
	while IFS='|' read -r errno string what; do
		try "$table: $errno for $what" refused "$errno" "$string" "$@"
	done
}

# The first ids that this machine does not have, if 256 is not already that.
ids_above_the_machine()
{
	adapter=$(($(value $BUS/ap_max_adapter_id) + 1))
	domain=$(($(value $BUS/ap_max_domain_id) + 1))
	refused ENODEV $adapter assign_adapter unassign_adapter
	refused ENODEV $domain assign_domain unassign_domain \
		assign_control_domain unassign_control_domain
}

# A second mdev in the way: it has 05.0047, this one may not have it.
in_the_way()
{
	wr $MATRIX/$TWO/ap_config "$(mask 5),$(mask 0x47),"
}

a_shared_queue_by_domain()
{
	expect_ok wr $M/ap_config "$(mask 4 5),$(mask 4),$(mask 4)"
	settles guest_matrix "04.0004 05.0004" lines $M/guest_matrix
	refused EADDRINUSE 0x47 assign_domain
}

a_shared_queue_by_adapter()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4 0x47),$(mask 4)"
	settles guest_matrix "04.0004 04.0047" lines $M/guest_matrix
	refused EADDRINUSE 5 assign_adapter
}

a_shared_queue_by_ap_config()
{
	refused EADDRINUSE "$(mask 4 5),$(mask 0x47),$(mask)" ap_config
}

# A line of this run: others may have had their refusals before.
logged()
{
	dmesg | tail -n 20 | grep -qF -- "$1" || wrong "the log does not say '$1'"
}

the_log_names_queues_and_owner()
{
	# Ten lines in five seconds are written, and others had theirs.
	sleep 5.2
	expect_ok wr $MATRIX/$TWO/ap_config "$(mask 5),$(mask 4 5 6 7 0x47),"
	expect_ok wr $M/ap_config ",$(mask 5 6 7 0x47),"
	refused EADDRINUSE 5 assign_adapter
	logged "$ONE: assign_adapter refused: 05.0005-0007,05.0047 assigned to $TWO"
	expect_ok in_the_way
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),"
	refused EADDRNOTAVAIL 6 assign_adapter
	logged "$ONE: assign_adapter refused: 06.0004 reserved for the host"
	refused EADDRNOTAVAIL "$(mask 4 6 7),$(mask 4 5 6 9),$(mask)" ap_config
	names=06.0004-0006,06.0009,07.0004-0006,07.0009
	logged "$ONE: ap_config refused: $names reserved for the host"
	refused EADDRNOTAVAIL "$(mask 6 7),$(mask 4 6 8 10),$(mask)" ap_config
	names=06.0004,06.0006,06.0008,06.000a,07.0004,07.0006,07.0008,...
	logged "$ONE: ap_config refused: $names reserved for the host"
}

the_other_mdev_kept_its_queue()
{
	same matrix "$(lines $MATRIX/$TWO/matrix)" 05.0047
}

a_host_queue_by_adapter()
{
	expect_ok wr $M/ap_config "$(mask 4),$(mask 4),$(mask 4)"
	settles guest_matrix 04.0004 lines $M/guest_matrix
	refused EADDRNOTAVAIL 6 assign_adapter
}

a_host_queue_that_does_not_exist()
{
	refused EADDRNOTAVAIL 0x20 assign_adapter
}

a_host_queue_by_domain()
{
	expect_ok wr $M/ap_config "$(mask 6),,$(mask 4)"
	refused EADDRNOTAVAIL 4 assign_domain
}

a_host_queue_by_ap_config()
{
	refused EADDRNOTAVAIL "$(mask 4 6),$(mask 4),$(mask)" ap_config
}

a_host_queue_comes_before_a_shared_one()
{
	expect_ok wr $M/ap_config "$(mask 5 6),,$(mask 4)"
	refused EADDRNOTAVAIL 0x47 assign_domain
}

attributes_that_are_read_only()
{
	for file in matrix guest_matrix control_domains withheld last_error \
		    guest guest_config; do
		wr $M/$file 4 > /dev/null && wrong "$file was written"
	done
}

begin
to_guests 4 5 > /dev/null
create $ONE > /dev/null
wr $M/ap_config "$(mask 4),$(mask 4 0x47),$(mask 4)" > /dev/null
settles guest_matrix "04.0004 04.0047" lines $M/guest_matrix
create $TWO > /dev/null
in_the_way

plan $(($(numbers | wc -l) + $(configs | wc -l) + 12))
# shellcheck disable=SC2086 # a list of files
table "a number" $FILES <<END
$(numbers)
END
table ap_config ap_config <<END
$(configs)
END
for case in ids_above_the_machine a_shared_queue_by_domain \
	    a_shared_queue_by_adapter a_shared_queue_by_ap_config \
	    the_log_names_queues_and_owner \
	    the_other_mdev_kept_its_queue a_host_queue_by_adapter \
	    a_host_queue_that_does_not_exist a_host_queue_by_domain \
	    a_host_queue_by_ap_config a_host_queue_comes_before_a_shared_one \
	    attributes_that_are_read_only; do
	try "$(echo $case | tr _ ' ')" $case
done
finish
