#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# zcrypt - the host's own requests, computed by the simulated accelerators
#
# Numbers and results come with the bed (rsa.vectors: fresh random keys, and
# what openssl made of them on another machine).
here=$(dirname "$0")
. "$here/lib/ktap.sh"
. "$here/lib/ap.sh"

VECTORS=${VFIO_AP_VECTORS:-${VFIO_AP_BIN:-$here}/rsa.vectors}

# vector BITS: the line for that size of key
vector()
{
	grep "^$1 " "$VECTORS" || bail "$VECTORS has no key of $1 bits"
}

modexp()
{
	# shellcheck disable=SC2046 # the fields of a vector
	set -- $(vector "$1")
	same "$1 bits" "$(zcrypt_rsa modexp "$1" "$2" "$3" "$4")" "${10}"
}

crt()
{
	# shellcheck disable=SC2046 # the fields of a vector
	set -- $(vector "$1")
	same "$1 bits" "$(zcrypt_rsa crt "$1" "$2" "$5" "$6" "$7" "$8" "$9")" \
	     "${10}"
}

requests_went_to_the_accelerators()
{
	sum=0
	for card in 04 05; do
		sum=$((sum + $(value $BUS/devices/card$card/request_count)))
	done
	[ $sum -ge 8 ] || wrong "cards 04 and 05 counted $sum requests"
}

nothing_is_computed_without_a_queue()
{
	# shellcheck disable=SC2046 # the fields of a vector
	set -- $(vector 1024)
	expect_ok to_guests 4 5 6 7
	expect_errno ENODEV zcrypt_rsa modexp "$1" "$2" "$3" "$4"
	expect_ok to_host
	same "afterwards" "$(zcrypt_rsa modexp "$1" "$2" "$3" "$4")" "${10}"
}

need_machine
[ -e /dev/z90crypt ] || skip_all "zcrypt is not there"
[ -e "$VECTORS" ] || skip_all "there are no RSA vectors"
begin
for card in 04 05; do
	wr $BUS/devices/card$card/request_count 0 > /dev/null
done
plan 10
for bits in 1024 2048 3072 4096; do
	try "mod-exp with $bits bits is openssl's" modexp $bits
	try "CRT with $bits bits is openssl's" crt $bits
done
try "requests went to the accelerators" requests_went_to_the_accelerators
try "nothing is computed without a queue" nothing_is_computed_without_a_queue
finish
