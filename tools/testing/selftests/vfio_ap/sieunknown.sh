#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# sieunknown - what the box's SIE interpreter says of instructions it has not got
here=$(dirname "$0")
. "$here/lib/ktap.sh"

[ -d /sys/module/apsim_sie ] || skip_all "no interpreter, nothing to say"
command -v sie_unknown > /dev/null || bail "helper program sie_unknown is not built"

# what the interpreter has said since MARK; older lines may be gone by now
said_since()
{
	dmesg | sed "1,/ $1\$/d" | sed -n 's/.*apsim_sie: //p'
}

# says HEX KIND ADVICE: the guest has an operation exception, the log one line
says()
{
	mark="sieunknown looks at $1 from $(cut -d" " -f1 /proc/uptime) on"
	echo "$mark" > /dev/kmsg
	sie_unknown "$1" || wrong "$1 is an operation exception"
	same "what is said about $1" "$(said_since "$mark")" \
		"unknown instruction $1 ($2) at 60100: $3"
}

floating_point()
{
	says b30a0024 "RRE or RRF: floating point" \
		"compile the guest with -msoft-float"
	says b29d6000 "S: floating point" "compile the guest with -msoft-float"
}

vectors()
{
	says e70010000006 "VRX and others: vector" \
		"compile the guest with -mno-vx"
}

what_a_newer_machine_may_have()
{
	says b96c4123 "RRE, RRF or S" "compile the guest for an older -march, or \
add 0xb96c to a table in apsim/s390/sie"
	says ec12000000aa "RIE, RIS or RRS" "compile the guest for an older \
-march, or add 0xecaa to a table in apsim/s390/sie"
}

no_instruction_at_all()
{
	says 0000 "none: no instruction" \
		"the guest has gone astray, look who went there"
}

run_all floating_point vectors what_a_newer_machine_may_have \
	no_instruction_at_all
