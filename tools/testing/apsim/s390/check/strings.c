// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operands in pairs of registers, and strings that end with a byte
 */
#include <string.h>

#include "check.h"

/* Operands are in one half of the data each; none is longer than a unit. */
#define HALF		(DATA_LEN / 2)
#define LENGTH_MAX	250

enum kind { NONE, PAIRS, PAIRS_EXTENDED, ENDED, SEARCHED };

static enum kind kind(const struct row *row)
{
	static const struct {
		const char *name;
		enum kind kind;
	} rows[] = {
		{ "MVCL", PAIRS }, { "CLCL", PAIRS },
		{ "MVCLE", PAIRS_EXTENDED }, { "CLCLE", PAIRS_EXTENDED },
		{ "MVST", ENDED }, { "CLST", ENDED }, { "SRST", SEARCHED },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (!strcmp(row->name, rows[i].name))
			return rows[i].kind;
	}
	return NONE;
}

bool is_string(const struct row *row)
{
	return kind(row) != NONE;
}

/* The first and the second operand's register: even ones, but not 0 */
static unsigned int first(const struct test *test)
{
	return test->text[test->len == 2 || test->text[0] != 0xb2 ? 1 : 3] >> 4;
}

static unsigned int second(const struct test *test)
{
	return test->text[test->len == 2 || test->text[0] != 0xb2 ? 1 : 3] & 15;
}

void string_fields(const struct row *row, struct test *test)
{
	unsigned int r1 = 2 + any() % 4 * 2, r2;

	do {
		r2 = 2 + any() % 4 * 2;
	} while (r2 == r1);
	if (kind(row) == ENDED || kind(row) == SEARCHED) {
		test->text[3] = r1 << 4 | r2;
		return;
	}
	test->text[1] = r1 << 4 | r2;
	/* The padding byte, as an address without a base */
	if (kind(row) == PAIRS_EXTENDED) {
		test->text[2] = any() & 15;
		test->text[3] = any();
	}
}

static unsigned int length(void)
{
	return any() % 2 ? any() % LENGTH_MAX : any() % 8;
}

/* Both the same, up to somewhere */
static void make_alike(struct test *test, unsigned int at1, unsigned int at2)
{
	memcpy(test->data + at2, test->data + at1, any() % LENGTH_MAX);
}

void string_operands(const struct row *row, struct test *test)
{
	unsigned int at1 = any() % (HALF / 2), at2 = HALF + any() % (HALF / 2);
	unsigned int r1 = first(test), r2 = second(test);

	test->again = kind(row) != PAIRS;
	if (any() % 2)
		make_alike(test, at1, at2);
	/* Known if they overlap: MVCL says so, comparisons do not care. */
	if (kind(row) == PAIRS && any() % 4 == 0)
		at2 = at1 + any() % 16;
	test->gr[r1] = DATA + at1;
	test->gr[r2] = DATA + at2;
	switch (kind(row)) {
	case PAIRS:
		test->gr[r1 + 1] = (test->gr[r1 + 1] & ~0xffffffUL) | length();
		test->gr[r2 + 1] = (test->gr[r2 + 1] & ~0xffffffUL) | length();
		break;
	case PAIRS_EXTENDED:
		test->gr[r1 + 1] = length();
		test->gr[r2 + 1] = any() % 4 ? length() : test->gr[r1 + 1];
		break;
	case SEARCHED:
		test->gr[r1] = test->gr[r2] + length();
		__attribute__((fallthrough));
	default:
		test->gr[0] = test->data[at2 + any() % LENGTH_MAX];
		test->data[at1 + any() % LENGTH_MAX] = test->gr[0];
	}
}
