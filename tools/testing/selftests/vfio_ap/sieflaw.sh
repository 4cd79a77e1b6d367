#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# sieflaw - are mistakes of the box's SIE interpreter noticed?
#
# A test of the tests sie, siecorpus and vectors: its parameter "flaw" is the key of
# an instruction that the interpreter gets wrong.
here=$(dirname "$0")
. "$here/lib/ktap.sh"

FLAW=/sys/module/apsim_sie/parameters/flaw
CORPUS=$VFIO_AP_BIN/corpus-O2-z196.bin

# ALCGR: the corpus has it in computations with 128 bits, and in nothing else that
# decides how far it goes.
ALCGR=0xb988
PQAP=0xb2af

[ -w $FLAW ] || skip_all "no interpreter, no SIE to doubt"
command -v sie_check > /dev/null || bail "helper program sie_check is not built"
trap 'echo 0 > $FLAW' EXIT

sie_check_notices_each_instruction()
{
	sie_check --flaws > /run/flaws || wrong "$(cat /run/flaws)"
	made=$(sed -n 's/^# \([0-9]*\) flaws$/\1/p' /run/flaws)
	[ "${made:-0}" -gt 400 ] || wrong "$(cat /run/flaws)"
}

sie_corpus_notices_one()
{
	expect_ok sie_corpus "$CORPUS"
	echo $ALCGR > $FLAW
	sie_corpus "$CORPUS" > /run/flaws && wrong "a wrong ALCGR is not noticed"
	grep -q '^# piece [0-9]*: the CPU has ' /run/flaws ||
		wrong "$(cat /run/flaws)"
	echo 0 > $FLAW
	expect_ok sie_corpus "$CORPUS"
}

# What the host does is not interpreted.
vectors_of_guests_notice_a_wrong_pqap()
{
	echo $PQAP > $FLAW
	sh "$here/vectors.sh" > /run/flaws && wrong "a wrong PQAP is not noticed"
	echo 0 > $FLAW
	grep -q '^not ok [0-9]* guest: ' /run/flaws || wrong "$(cat /run/flaws)"
	! grep '^not ok [0-9]* host: ' /run/flaws || wrong "the host has it, too"
}

run_all sie_check_notices_each_instruction sie_corpus_notices_one \
	vectors_of_guests_notice_a_wrong_pqap
