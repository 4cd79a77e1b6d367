// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - what users write, well-formed or not
 *
 * Every input is handed over in memory of exactly its length, so that a look
 * behind its end is found.
 */
#include <kunit/test.h>

#include "../core/text.h"
#include "testlib.h"

#define SEED	0x7061727365ULL
#define STR(s)	{ s, sizeof(s) - 1 }

/* Text that may contain NULs. */
struct written {
	const char *text;
	size_t len;
};

static const char *exactly(struct kunit *test, const char *text, size_t len)
{
	char *copy = kunit_kzalloc(test, len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	memcpy(copy, text, len);
	return copy;
}

static const struct number {
	const char *desc;
	struct written written;
	int err;
	unsigned long id;
} numbers[] = {
	{ "decimal", STR("5"), 0, 5 },
	{ "a newline", STR("5\n"), 0, 5 },
	{ "zero", STR("0"), 0, 0 },
	{ "many zeros", STR("0000"), 0, 0 },
	{ "hexadecimal", STR("0x47"), 0, 71 },
	{ "hexadecimal, capitals", STR("0XAB\n"), 0, 171 },
	{ "hexadecimal, both cases", STR("0xaB"), 0, 171 },
	{ "octal", STR("010"), 0, 8 },
	{ "octal, leading zeros", STR("00017"), 0, 15 },
	{ "a plus", STR("+5"), 0, 5 },
	{ "a plus and hexadecimal", STR("+0x5\n"), 0, 5 },
	{ "a plus and octal", STR("+017"), 0, 15 },
	{ "256 is a number", STR("256"), 0, 256 },
	{ "the largest", STR("18446744073709551615"), 0, ~0UL },
	{ "the largest, hexadecimal", STR("0xffffffffffffffff"), 0, ~0UL },
	{ "the largest, octal", STR("01777777777777777777777"), 0, ~0UL },
	{ "the largest, leading zeros", STR("0x0000ffffffffffffffff"), 0, ~0UL },

	{ "one too large", STR("18446744073709551616"), -ERANGE },
	{ "far too large", STR("99999999999999999999999\n"), -ERANGE },
	{ "too large, hexadecimal", STR("0x10000000000000000"), -ERANGE },
	{ "too large, octal", STR("02000000000000000000000"), -ERANGE },
	{ "too large, then garbage", STR("99999999999999999999z"), -ERANGE },

	{ "empty", STR(""), -EINVAL },
	{ "an empty line", STR("\n"), -EINVAL },
	{ "two newlines", STR("5\n\n"), -EINVAL },
	{ "a newline first", STR("\n5"), -EINVAL },
	{ "a carriage return", STR("5\r\n"), -EINVAL },
	{ "a blank before", STR(" 5"), -EINVAL },
	{ "a blank behind", STR("5 "), -EINVAL },
	{ "a blank behind the newline", STR("5\n "), -EINVAL },
	{ "a tab", STR("\t5"), -EINVAL },
	{ "a list", STR("5,6"), -EINVAL },
	{ "a list with blanks", STR("5 6"), -EINVAL },
	{ "a range", STR("5-6"), -EINVAL },
	{ "negative", STR("-5"), -EINVAL },
	{ "minus zero", STR("-0"), -EINVAL },
	{ "two signs", STR("++5"), -EINVAL },
	{ "both signs", STR("+-5"), -EINVAL },
	{ "only a plus", STR("+"), -EINVAL },
	{ "a plus and a newline", STR("+\n"), -EINVAL },
	{ "a blank behind the plus", STR("+ 5"), -EINVAL },
	{ "08 is not octal", STR("08"), -EINVAL },
	{ "019 is not octal", STR("019"), -EINVAL },
	{ "digits without a prefix", STR("ab"), -EINVAL },
	{ "digits behind decimal ones", STR("5a"), -EINVAL },
	{ "only a prefix", STR("0x"), -EINVAL },
	{ "only a prefix and a newline", STR("0x\n"), -EINVAL },
	{ "no digit behind the prefix", STR("0xg"), -EINVAL },
	{ "a plus behind the prefix", STR("0x+5"), -EINVAL },
	{ "two prefixes", STR("0x0x5"), -EINVAL },
	{ "a bare x", STR("x5"), -EINVAL },
	{ "a zero before the prefix", STR("00x5"), -EINVAL },
	{ "binary", STR("0b1"), -EINVAL },
	{ "a fraction", STR("5.0"), -EINVAL },
	{ "a suffix", STR("5k"), -EINVAL },
	{ "a queue", STR("05.0004"), -EINVAL },
	{ "a word", STR("five"), -EINVAL },
	{ "a NUL inside", STR("5\0006"), -EINVAL },
	{ "a NUL behind", STR("5\0"), -EINVAL },
	{ "only a NUL", STR("\0"), -EINVAL },
	{ "not ASCII", STR("\xb2"), -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(number, numbers, desc);

static void a_number_is_read(struct kunit *test)
{
	const struct number *n = test->param_value;
	unsigned long id = 0xdeadbeef;
	const char *buf = exactly(test, n->written.text, n->written.len);

	KUNIT_EXPECT_EQ(test, n->err,
			apm_text_parse_id(buf, n->written.len, &id));
	KUNIT_EXPECT_EQ(test, id, n->err ? 0xdeadbeef : n->id);
}

#define F64	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

static const struct config {
	const char *desc;
	struct written written;
	int err;
	const char *adapters;
	const char *domains;
	const char *controls;
} configs[] = {
	{ "as it is read", STR("0x" F64 ",0x" F64 ",0x" F64 "\n"), 0,
	  "0-255", "0-255", "0-255" },
	{ "no newline", STR("0x" F64 ",0x" F64 ",0x" F64), 0,
	  "0-255", "0-255", "0-255" },
	{ "no prefix", STR(F64 "," F64 "," F64), 0, "0-255", "0-255", "0-255" },
	{ "capitals", STR("0XC,0XAB,FF"), 0, "0 1", "0 2 4 6 7", "0-7" },
	{ "short masks are left-aligned", STR("0x8,0x08,0x0001\n"), 0,
	  "0", "4", "15" },
	{ "an odd number of digits", STR("0x801,0x1,0x10001"), 0,
	  "0 11", "3", "3 19" },
	{ "only commas", STR(",,"), 0, "", "", "" },
	{ "only commas and a newline", STR(",,\n"), 0, "", "", "" },
	{ "only prefixes", STR("0x,0x,0X"), 0, "", "", "" },
	{ "only domains", STR(",0x0c,"), 0, "", "4 5", "" },
	{ "zeros", STR("0,0x0,00"), 0, "", "", "" },

	{ "empty", STR(""), -EINVAL },
	{ "an empty line", STR("\n"), -EINVAL },
	{ "one mask", STR("0x8"), -EINVAL },
	{ "two masks", STR("0x8,0x8\n"), -EINVAL },
	{ "four masks", STR("0x8,0x8,0x8,0x8\n"), -EINVAL },
	{ "a comma at the end", STR("0x8,0x8,0x8,\n"), -EINVAL },
	{ "65 digits", STR("0x" F64 "0,0x8,0x8"), -EINVAL },
	{ "65 digits in the last", STR("8,8,0x" F64 "f\n"), -EINVAL },
	{ "two newlines", STR("0x8,0x8,0x8\n\n"), -EINVAL },
	{ "a newline inside", STR("0x8,0x8\n,0x8\n"), -EINVAL },
	{ "newlines instead of commas", STR("0x8\n0x8\n0x8\n"), -EINVAL },
	{ "a carriage return", STR("0x8,0x8,0x8\r\n"), -EINVAL },
	{ "a blank before", STR(" 0x8,0x8,0x8"), -EINVAL },
	{ "a blank behind a comma", STR("0x8, 0x8,0x8"), -EINVAL },
	{ "a blank behind", STR("0x8,0x8,0x8 "), -EINVAL },
	{ "something behind the newline", STR("0x8,0x8,0x8\n8"), -EINVAL },
	{ "a digit that is none", STR("0x8,0xg,0x8"), -EINVAL },
	{ "two prefixes", STR("0x0x8,0x8,0x8"), -EINVAL },
	{ "a bare x", STR("x8,0x8,0x8"), -EINVAL },
	{ "a sign", STR("+0x8,0x8,0x8"), -EINVAL },
	{ "an edit as for the host's masks", STR("+5,0x8,0x8"), -EINVAL },
	{ "semicolons", STR("0x8;0x8;0x8"), -EINVAL },
	{ "a NUL inside", STR("0x8\0,0x8,0x8"), -EINVAL },
	{ "a NUL behind", STR("0x8,0x8,0x8\0"), -EINVAL },
	{ "only a NUL", STR("\0"), -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(config, configs, desc);

static void a_config_is_read(struct kunit *test)
{
	const struct config *c = test->param_value;
	struct apm_matrix m = matrix_of("9", "99", "199");
	struct apm_matrix expected = m;
	const char *buf = exactly(test, c->written.text, c->written.len);

	if (!c->err)
		expected = matrix_of(c->adapters, c->domains, c->controls);
	KUNIT_EXPECT_EQ(test, c->err,
			apm_text_parse_config(buf, c->written.len, &m));
	KUNIT_EXPECT_MATRIX_EQ(test, m, expected);
}

static void what_is_written_reads_the_same(struct kunit *test)
{
	char buf[APM_TEXT_CONFIG_LEN + 1];
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 500; round++) {
		struct apm_text text = { .buf = buf, .size = sizeof(buf) };
		struct apm_matrix m = draw_matrix(&seed);
		struct apm_matrix read = {};

		KUNIT_ASSERT_TRUE(test, apm_text_config(&text, &m));
		KUNIT_ASSERT_EQ(test, 0,
				apm_text_parse_config(buf, text.len, &read));
		KUNIT_ASSERT_TRUE(test, apm_matrix_equal(&m, &read));
	}
}

/* Characters that nearly make sense; the length is what matters. */
static void nonsense_is_an_error_and_nothing_more(struct kunit *test)
{
	static const char alphabet[] = "0123456789abcdefxX,,,,\n+- g\0";
	struct apm_matrix before = matrix_of("9", "99", "199");
	unsigned int good = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 20000; round++) {
		size_t len = draw_below(&seed, 8);
		struct apm_matrix m = before;
		unsigned long id = 0xdeadbeef;
		char *buf = kmalloc(len, GFP_KERNEL);
		int id_err, config_err;

		KUNIT_ASSERT_NOT_NULL(test, buf);
		for (size_t i = 0; i < len; i++)
			buf[i] = alphabet[draw_below(&seed, sizeof(alphabet) - 1)];
		id_err = apm_text_parse_id(buf, len, &id);
		config_err = apm_text_parse_config(buf, len, &m);
		kfree(buf);

		KUNIT_ASSERT_TRUE(test, !id_err || id_err == -EINVAL);
		KUNIT_ASSERT_TRUE(test, !config_err || config_err == -EINVAL);
		KUNIT_ASSERT_TRUE(test, !id_err || id == 0xdeadbeef);
		KUNIT_ASSERT_TRUE(test, !config_err ||
				  apm_matrix_equal(&m, &before));
		KUNIT_ASSERT_TRUE(test, id_err || config_err);
		good += !id_err || !config_err;
	}
	KUNIT_EXPECT_GT(test, good, 100);
}

static struct kunit_case parse_cases[] = {
	KUNIT_CASE_PARAM(a_number_is_read, number_gen_params),
	KUNIT_CASE_PARAM(a_config_is_read, config_gen_params),
	KUNIT_CASE(what_is_written_reads_the_same),
	KUNIT_CASE(nonsense_is_an_error_and_nothing_more),
	{}
};

static struct kunit_suite parse_suite = {
	.name = "vfio_ap-parse",
	.test_cases = parse_cases,
};

kunit_test_suite(parse_suite);
