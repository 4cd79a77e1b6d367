// SPDX-License-Identifier: GPL-2.0-only
/*
 * unit - PQAP, and what is no AP instruction's business
 */
#include "unit.h"

#define TAPQ	0x00000000UL
#define TAPQ_T	0x00800000UL
#define RAPQ	0x01000000UL
#define ZAPQ	0x02000000UL
#define AQIC	0x03000000UL
#define QCI	0x04000000UL

#define STATUS_EMPTY	0x80000000UL
#define BLOCK_LEN	128

/* With room for one that does not begin on a doubleword */
static uint64_t block[BLOCK_LEN / 8 + 2];

static void with(struct trial *t, uint64_t gr0)
{
	begin(t);
	t->gr[0] = gr0;
}

/* PQAP changes its status word, GR2 if TAPQ has something to say, and no more. */
static void answers(uint64_t gr0, unsigned int code)
{
	struct trial t;

	with(&t, gr0);
	try(&t, PQAP);
	same("interruption code", t.pgm, 0);
	same("response code", rc(&t), code);
	same("condition code", cc(&t), code ? 3 : 0);
	same("GR0", t.gr[0], gr0);
	same_registers(&t, 7);
}

static void refused(uint64_t gr0)
{
	struct trial t;

	with(&t, gr0);
	exception(&t, PQAP, PGM_SPECIFICATION);
}

/* A reset is over when TAPQ does not say 02 any more. */
static void wait_for_reset(unsigned int apqn)
{
	struct trial t;
	unsigned int i;

	for (i = 0; i < 200; i++) {
		with(&t, TAPQ | apqn);
		try(&t, PQAP);
		if (rc(&t) != 2)
			break;
		sleep_for(2000);
	}
	same("response code", rc(&t), 0);
	same("empty", t.gr[1] & STATUS_EMPTY, STATUS_EMPTY);
}

static void tests_queues(void)
{
	struct trial t;

	answers(TAPQ | OWN, 0);
	case_end("TAPQ finds a queue of its own");
	answers(TAPQ | FOREIGN, 1);
	answers(TAPQ | NOWHERE, 1);
	answers(TAPQ | 0xffff, 1);
	case_end("TAPQ does not find others");
	with(&t, TAPQ_T | OWN);
	try(&t, PQAP);
	same("interruption code", t.pgm, 0);
	same("type", t.gr[2] >> 24 & 0xff, 14);
	same("accelerator", t.gr[2] >> 59 & 1, 1);
	case_end("TAPQ with T tells of an accelerator");
	answers(RAPQ | OWN, 0);
	wait_for_reset(OWN);
	case_end("RAPQ resets");
	answers(ZAPQ | OWN, 0);
	wait_for_reset(OWN);
	case_end("ZAPQ resets");
	answers(RAPQ | FOREIGN, 1);
	answers(ZAPQ | FOREIGN, 1);
	answers(ZAPQ | NOWHERE, 1);
	case_end("other queues are not reset");
}

static void has_reserved_bits(void)
{
	unsigned int bit;

	for (bit = 0x010000; bit <= 0x400000; bit <<= 1)
		refused(TAPQ | bit | OWN);
	case_end("TAPQ has reserved bits");
	for (bit = 0x010000; bit <= 0x200000; bit <<= 1) {
		refused(RAPQ | bit | OWN);
		refused(ZAPQ | bit | OWN);
	}
	case_end("resets have reserved bits");
	for (bit = 0x010000; bit <= 0x400000; bit <<= 1)
		refused(AQIC | bit | OWN);
	case_end("AQIC has reserved bits");
	refused(0x06000000UL | OWN);
	refused(0x09000000UL | OWN);
	refused(0x7f000000UL | OWN);
	refused(0xff000000UL | OWN);
	case_end("unknown functions are refused");
}

static void query(uint64_t address, unsigned int pgm)
{
	struct trial t;

	with(&t, QCI);
	t.gr[2] = address;
	if (pgm) {
		exception(&t, PQAP, pgm);
		return;
	}
	try(&t, PQAP);
	same("interruption code", t.pgm, 0);
	same("condition code", cc(&t), 0);
	same("GR2", t.gr[2], address);
	same_registers(&t, 5);
}

static void queries(void)
{
	const uint8_t *bytes = (uint8_t *)block;
	uint64_t here = (uint64_t)block;

	block[BLOCK_LEN / 8] = 0x5555555555555555UL;
	query(here, 0);
	same("adapters", block[2], 0x0800000000000000UL);
	same("domains", block[6], 0x0800000000000000UL);
	same("domains from 64", block[7], 1UL << (127 - 0x47));
	same("domains from 128", block[8] | block[9], 0);
	same("what lies behind", block[BLOCK_LEN / 8], 0x5555555555555555UL);
	same("APXA", bytes[0] >> 6 & 1, 1);
	case_end("QCI has the guest's own masks");
	query(here + 1, PGM_SPECIFICATION);
	query(here + 4, PGM_SPECIFICATION);
	case_end("QCI wants a doubleword");
	query(BEYOND, PGM_ADDRESSING);
	case_end("QCI needs storage");
}

static void is_privileged(void)
{
	static const uint32_t instructions[] = { PQAP, NQAP, DQAP };
	struct trial t;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		with(&t, OWN);
		t.mask |= MASK_PROBLEM;
		exception(&t, instructions[i], PGM_PRIVILEGED);
	}
	with(&t, AQIC | OWN);
	t.mask |= MASK_PROBLEM;
	exception(&t, PQAP, PGM_PRIVILEGED);
	case_end("problems have no queues");
}

void unit_pqap(void)
{
	tests_queues();
	has_reserved_bits();
	queries();
	is_privileged();
}

/* Without the AP facility */
void unit_without(void)
{
	static const uint64_t gr0[] = {
		TAPQ | OWN, RAPQ | OWN, ZAPQ | OWN, AQIC | OWN, QCI, -1UL,
	};
	struct trial t;
	unsigned int i;

	for (i = 0; i < sizeof(gr0) / sizeof(*gr0); i++) {
		with(&t, gr0[i]);
		exception(&t, PQAP, PGM_OPERATION);
	}
	case_end("there is no PQAP");
	with(&t, OWN);
	exception(&t, NQAP, PGM_OPERATION);
	case_end("there is no NQAP");
	with(&t, OWN);
	exception(&t, DQAP, PGM_OPERATION);
	case_end("there is no DQAP");
}

/* What all the rest relies on */
void unit_machine(void)
{
	struct trial t;

	begin(&t);
	exception(&t, 0x52000000, PGM_OPERATION);
	case_end("an operation exception has its PSW");
	call_supervisor();
	same("code", unit_supervisors, 42);
	case_end("SVC goes there and back");
	begin(&t);
	t.mask |= MASK_OVERFLOW;
	t.gr[4] = 0x7fffffff;
	try(&t, 0xa74a0001);	/* AHI 4,1 */
	same("interruption code", t.pgm, PGM_OVERFLOW);
	same("sum", t.gr[4], 0x80000000);
	case_end("an overflow is an exception, and has a result");
	sleep_for(1000);
	same("external interruptions", unit_externals, 1);
	case_end("the clock wakes it");
}
