// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - the words the hardware answers with
 */
#include <kunit/test.h>

#include "../core/rc.h"

static const struct word {
	const char *desc;
	u32 word;
	struct apm_status status;
} words[] = {
	{ "nothing set", 0x00000000, {} },
	{ "E: empty", 0x80000000, { .empty = true } },
	{ "R: replies", 0x40000000, { .replies = true } },
	{ "F: full", 0x20000000, { .full = true } },
	{ "A: asynchronous", 0x02000000, { .async = true } },
	{ "I: interruptions", 0x01000000, { .irq = true } },
	{ "code 01", 0x00010000, { .rc = 0x01 } },
	{ "code ff", 0x00ff0000, { .rc = 0xff } },
	{ "a reset begins", 0x81020000,
	  { .rc = 0x02, .empty = true, .irq = true } },
	{ "everything set", 0xe3ff0000,
	  { .rc = 0xff, .empty = true, .replies = true, .full = true,
	    .async = true, .irq = true } },
};

KUNIT_ARRAY_PARAM_DESC(word, words, desc);

static void expect_same(struct kunit *test, const struct apm_status *left,
			const struct apm_status *right)
{
	KUNIT_EXPECT_EQ(test, left->rc, right->rc);
	KUNIT_EXPECT_EQ(test, left->empty, right->empty);
	KUNIT_EXPECT_EQ(test, left->replies, right->replies);
	KUNIT_EXPECT_EQ(test, left->full, right->full);
	KUNIT_EXPECT_EQ(test, left->async, right->async);
	KUNIT_EXPECT_EQ(test, left->irq, right->irq);
}

static void a_status_word_means(struct kunit *test)
{
	const struct word *word = test->param_value;
	struct apm_status status = apm_status_of(word->word);

	KUNIT_EXPECT_EQ(test, apm_status_word(&word->status), word->word);
	expect_same(test, &status, &word->status);
}

static void reserved_bits_mean_nothing(struct kunit *test)
{
	struct apm_status status = apm_status_of(0x1c05ffff);
	struct apm_status busy = { .rc = APM_RC_BUSY };

	expect_same(test, &status, &busy);
	KUNIT_EXPECT_EQ(test, apm_status_word(&status), 0x00050000);
}

static void every_word_survives_both_ways(struct kunit *test)
{
	for (unsigned int rc = 0; rc < 256; rc++) {
		for (unsigned int flags = 0; flags < 256; flags++) {
			u32 word = (flags & 0xe3) << 24 | rc << 16;
			struct apm_status status = apm_status_of(word);

			KUNIT_ASSERT_EQ(test, apm_status_word(&status), word);
		}
	}
}

static void known_codes_have_words_of_their_own(struct kunit *test)
{
	static const u8 known[] = {
		0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
		0x0a, 0x0b, 0x35, 0x36,
	};
	const char *unknown = apm_rc_text(0xee);
	unsigned int named = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(known); i++)
		for (unsigned int j = 0; j < i; j++)
			KUNIT_EXPECT_STRNEQ(test, apm_rc_text(known[i]),
					    apm_rc_text(known[j]));
	for (unsigned int rc = 0; rc < 256; rc++) {
		KUNIT_ASSERT_NOT_NULL(test, apm_rc_text(rc));
		named += strcmp(apm_rc_text(rc), unknown) != 0;
	}
	KUNIT_EXPECT_EQ(test, named, ARRAY_SIZE(known));
}

static struct kunit_case rc_cases[] = {
	KUNIT_CASE_PARAM(a_status_word_means, word_gen_params),
	KUNIT_CASE(reserved_bits_mean_nothing),
	KUNIT_CASE(every_word_survives_both_ways),
	KUNIT_CASE(known_codes_have_words_of_their_own),
	{}
};

static struct kunit_suite rc_suite = {
	.name = "vfio_ap-rc",
	.test_cases = rc_cases,
};

kunit_test_suite(rc_suite);
