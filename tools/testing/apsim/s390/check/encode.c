// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random instructions of a given kind, and random operands for them
 */
#include <string.h>

#include "check.h"

/* Displacements keep within the data whatever index and length add. */
#define DISP_MAX	3000

uint64_t any(void)
{
	static uint64_t state = 0x9e3779b97f4a7c15;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static bool is(const struct row *row, const char *name)
{
	return !strcmp(row->name, name);
}

static bool begins(const struct row *row, const char *with)
{
	return !strncmp(row->name, with, strlen(with));
}

static bool is_shift(const struct row *row)
{
	return row->name[0] == 'S' && (row->name[1] == 'L' ||
				       row->name[1] == 'R') &&
	       (row->format == RS || row->format == RSY);
}

static bool is_rotate(const struct row *row)
{
	return row->format == RSY && !strncmp(row->name, "RLL", 3);
}

static bool is_multiple(const struct row *row)
{
	return (row->format == RS || row->format == RSY) &&
	       (!strncmp(row->name, "LM", 2) || !strncmp(row->name, "STM", 3));
}

/* A mask is where others have a register. */
static bool is_masked(const struct row *row)
{
	return begins(row, "ICM") || begins(row, "STCM") ||
	       begins(row, "CLM") || begins(row, "LOC") || begins(row, "STOC");
}

static bool swaps(const struct row *row)
{
	return begins(row, "CS") || begins(row, "CDS");
}

/* Its operand in storage is on a boundary. */
static bool is_interlocked(const struct row *row)
{
	return swaps(row) || is(row, "LPQ") || is(row, "STPQ") ||
	       (row->format == RSY && begins(row, "LA"));
}

/* r1 is even; of those that swap pairs r3 is, too. */
static bool needs_pair(const struct row *row)
{
	static const char * const pairs[] = {
		"MR", "M", "MFY", "ML", "MLR", "MLG", "MLGR", "MG", "MGRK",
		"SRDL", "SLDL", "SRDA", "SLDA", "FLOGR", "LPQ", "STPQ",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (is(row, pairs[i]))
			return true;
	}
	return row->name[0] == 'D' || begins(row, "CDS");
}

static bool is_branch(const struct row *row)
{
	return row->name[0] == 'B' || row->format == RIE_B ||
	       row->format == RIE_C;
}

static void base_disp(struct test *test, unsigned int at, unsigned int base,
		      unsigned int disp)
{
	test->text[at] = base << 4 | disp >> 8;
	test->text[at + 1] = disp;
}

static void halfword(struct test *test, unsigned int at, unsigned int value)
{
	test->text[at] = value >> 8;
	test->text[at + 1] = value;
}

/* Small numbers, and numbers that have just one word, are where cc changes. */
static uint64_t value(void)
{
	uint64_t v = any();

	switch (any() % 6) {
	case 0:
		return (int64_t)(any() % 5) - 2;
	case 1:
		return (int32_t)v;
	case 2:
		return v & 0xffffffff00000000;
	case 3:
		return v & 0xff;
	default:
		return v;
	}
}

/* What it is compared with is there. */
static void expected(const struct row *row, struct test *test)
{
	const unsigned char *at = test->data + (test->text[2] & 15) * 256 +
				  test->text[3];
	unsigned int r1 = test->text[1] >> 4;
	uint32_t word[2];

	if (is(row, "CSG") || is(row, "CDSG")) {
		memcpy(&test->gr[r1], at, is(row, "CDSG") ? 16 : 8);
		return;
	}
	memcpy(word, at, sizeof(word));
	test->gr[r1] = (test->gr[r1] & ~0xffffffffUL) | word[0];
	if (begins(row, "CDS"))
		test->gr[r1 + 1] = word[1];
}

static void operands(const struct row *row, struct test *test)
{
	unsigned int i, zeros = any() % 2 ? 4 : 1 + any() % 2;

	for (i = 0; i < 14; i++)
		test->gr[i] = value();
	if (any() % 3 == 0)
		test->gr[any() % R_INDEX] = test->gr[any() % R_INDEX];
	/* A dividend's high part has to be less than the divisor. */
	if (row->name[0] == 'D' && any() % 4) {
		for (i = 0; i < R_INDEX; i++)
			test->gr[i] = any() % 100;
	}
	test->gr[R_DATA] = DATA;
	test->gr[R_INDEX] = any() % 1000;
	/* Behind the two instructions that follow, see machines.c. */
	test->gr[R_TARGET] = INSN + test->len + 8;
	/* These take the addressing mode from there: 64 bits. */
	if (is(row, "BSM") || is(row, "BASSM"))
		test->gr[R_TARGET]++;
	test->cc = any() % 4;
	for (i = 0; i < DATA_LEN; i++)
		test->data[i] = any() % zeros ? any() : 0;
	if (swaps(row) && any() % 2)
		expected(row, test);
}

/* The targets of EXECUTE; its r1 changes their second byte. */
static const unsigned char executed[][6] = {
	{ 0x1a, 0x10 },				/* AR 1,0 */
	{ 0x92, 0x00, 0xc0, 0x20 },		/* MVI 32(12),0 */
	{ 0xd2, 0x00, 0xc0, 0x20, 0xc4, 0x00 },	/* MVC 32(1,12),1024(12) */
	{ 0xd5, 0x00, 0xc0, 0x20, 0xc4, 0x00 },	/* CLC 32(1,12),1024(12) */
};

static void execute(const struct row *row, struct test *test)
{
	unsigned int which = any() % ARRAY_SIZE(executed);

	memcpy(test->executed, executed[which], sizeof(test->executed));
	if (row->format == RIL) {
		halfword(test, 2, 0);
		halfword(test, 4, (EXECUTED - INSN) / 2);
	} else {
		base_disp(test, 2, R_TARGET, EXECUTED - INSN - test->len - 8);
	}
	/* No register of those that others depend on. */
	if (which == 0)
		test->text[1] &= 15;
}

static void relative(const struct row *row, struct test *test)
{
	int32_t halfwords = any();

	if (is_branch(row))
		halfwords = (test->len + 8) / 2;
	else if (row->format == RIL && (row->key >> 8 == 0xc4 ||
					row->key >> 8 == 0xc6))
		halfwords = (DATA + (int)(any() % 500) * 8 - INSN) / 2;
	else if (any() % 4 == 0)
		halfwords = (int)(any() % 8) - 4;
	if (row->format == RIL)
		halfword(test, 2, halfwords >> 16);
	halfword(test, row->format == RIL ? 4 : 2, halfwords);
}

static void storage(const struct row *row, struct test *test,
		    unsigned int disp)
{
	base_disp(test, 2, R_DATA, disp);
	if (is_shift(row) || is_rotate(row))
		base_disp(test, 2, any() % 2 ? any() % OPERANDS : 0,
			  any() % 4096);
	else if (is_branch(row))
		base_disp(test, 2, R_TARGET, 0);
	else if (is_interlocked(row))
		base_disp(test, 2, R_DATA, disp & ~15);
	else if ((row->format == RX || row->format == RXY) && !is(row, "EX"))
		test->text[1] |= any() % 2 ? R_INDEX : 0;
	if (row->format != SS)
		return;
	/* Overlapping operands more often than not, if the result is known. */
	if (is(row, "MVCIN"))
		disp = disp % 512 + 1024;
	else if (any() % 3)
		disp = (disp + any() % 9 + DISP_MAX - 4) % DISP_MAX;
	else
		disp = any() % DISP_MAX;
	base_disp(test, 4, R_DATA, disp);
	test->text[1] = any() % 2 ? any() : any() % 8;
}

/* Six bytes, the second part of the operation code in the last one */
static void rie_fields(const struct row *row, struct test *test,
		       unsigned int r1, unsigned int r2, unsigned int r3)
{
	unsigned char *text = test->text;

	switch (row->format) {
	case RIE_B:
		text[1] = r1 << 4 | r2;
		relative(row, test);
		text[4] = (any() % 8 * 2) << 4;
		break;
	case RIE_C:
		text[1] = r1 << 4 | any() % 8 * 2;
		relative(row, test);
		text[4] = any();
		break;
	case RIE_A:
		text[1] = r1 << 4;
		halfword(test, 2, any());
		text[4] = any() % 8 << 5;
		break;
	case RIE_G:
		text[1] = r1 << 4 | any() % 16;
		halfword(test, 2, any());
		break;
	case RIE_D:
		text[1] = r1 << 4 | r3;
		halfword(test, 2, any());
		break;
	case RIE_F:
		text[1] = r1 << 4 | r2;
		text[2] = any() % 64;
		/* RISBG has no bit that says it is a test. */
		if (!begins(row, "RI"))
			text[2] |= any() & 0x80;
		text[3] = any() % 64 | (any() & 0x80);
		text[4] = any() % 64;
		break;
	default:
		text[1] = r1 << 4 | r2;
	}
}

/* Formats whose operands are registers and immediates. */
static void register_fields(const struct row *row, struct test *test,
			    unsigned int r1, unsigned int r2, unsigned int r3)
{
	unsigned char *text = test->text;

	switch (row->format) {
	case RSI:
		text[1] = r1 << 4 | r3;
		relative(row, test);
		break;
	case RI:
	case RIL:
		text[1] |= r1 << 4;
		relative(row, test);
		break;
	case RRE:
		text[3] = r1 << 4 | r2;
		break;
	case RRF_C:
		text[2] = is(row, "POPCNT") ? any() & 0x80 : any() % 8 << 5;
		text[3] = r1 << 4 | r2;
		break;
	case RRF:
		text[2] = r3 << 4 | (begins(row, "SEL") ? any() % 16 : 0);
		text[3] = r1 << 4 | r2;
		break;
	default:
		rie_fields(row, test, r1, r2, r3);
	}
}

/* Formats that have a second operand in storage. */
static void storage_fields(const struct row *row, struct test *test,
			   unsigned int r1, unsigned int r3)
{
	switch (row->format) {
	case RX:
	case RXY:
		test->text[1] = r1 << 4;
		break;
	case RS:
	case RSY:
		test->text[1] = r1 << 4 | (is_masked(row) ? any() % 16 : r3);
		break;
	case SI:
	case SIY:
		/* One has no immediate; not every CPU ignores what is there. */
		test->text[1] = is(row, "TS") ? 0 : any();
		break;
	case SIL:
		halfword(test, 4, any());
		break;
	default:
		break;
	}
	storage(row, test, any() % DISP_MAX);
}

static void fields(const struct row *row, struct test *test)
{
	unsigned int r1 = any() % OPERANDS, r2 = any() % OPERANDS;
	unsigned int r3 = any() % OPERANDS;

	if (needs_pair(row))
		r1 &= ~1;
	if (begins(row, "CDS"))
		r3 &= ~1;
	if (is_multiple(row))
		r3 = r1 + any() % (OPERANDS - r1);
	if (is_branch(row) && (row->format == RR || row->format == RRE))
		r2 = any() % 4 ? R_TARGET : 0;

	switch (row->format) {
	case RX:
	case RXY:
	case RS:
	case RSY:
	case SI:
	case SIY:
	case SIL:
	case SS:
		storage_fields(row, test, r1, r3);
		break;
	case E:
	case S:
		break;
	default:
		register_fields(row, test, r1, r2, r3);
	}
}

/* The operation code's second part goes where its format has it. */
static void opcode(const struct row *row, struct test *test)
{
	unsigned char first = row->key >> 8, second = row->key;

	test->len = first < 0x40 ? 2 : first < 0xc0 ? 4 : 6;
	test->text[0] = first;
	switch (row->format) {
	case E:
	case RRE:
	case RRF:
	case RRF_C:
	case S:
	case SIL:
	case RI:
	case RIL:
		test->text[1] = second;
		break;
	default:
		if (test->len == 6 && row->format != SS)
			test->text[5] = second;
	}
}

/**
 * encode() - make up a test
 * @row: for which instruction
 * @test: all of it is set
 */
void encode(const struct row *row, struct test *test)
{
	memset(test->text, 0, sizeof(test->text));
	opcode(row, test);
	if (is_string(row))
		string_fields(row, test);
	else
		fields(row, test);
	operands(row, test);
	test->again = false;
	if (is_string(row))
		string_operands(row, test);
	memset(test->executed, 0, sizeof(test->executed));
	if (is(row, "EX") || is(row, "EXRL"))
		execute(row, test);
	/* BCR and BC have a mask where others have a register. */
	if (is(row, "BCR") || is(row, "BC") || is(row, "BRC") ||
	    is(row, "BRCL"))
		test->text[1] = (test->text[1] & 15) | any() % 16 << 4;
}
