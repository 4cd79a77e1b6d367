// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - sets of adapters or domains
 */
#include <kunit/test.h>

#include "testlib.h"

#define SEED	0x6d61736bULL

static const struct position {
	const char *desc;
	unsigned int id;
	unsigned int word;
	u64 value;
} positions[] = {
	{ "0 is the leftmost bit", 0, 0, 0x8000000000000000ULL },
	{ "1 is right of it", 1, 0, 0x4000000000000000ULL },
	{ "63 ends the first word", 63, 0, 1 },
	{ "64 begins the second", 64, 1, 0x8000000000000000ULL },
	{ "171 is somewhere", 171, 2, 0x0000000000100000ULL },
	{ "255 is the rightmost bit", 255, 3, 1 },
};

KUNIT_ARRAY_PARAM_DESC(position, positions, desc);

static void a_number_has_its_place(struct kunit *test)
{
	const struct position *at = test->param_value;
	struct apm_mask mask = {};

	KUNIT_EXPECT_FALSE(test, apm_mask_test(&mask, at->id));
	apm_mask_add(&mask, at->id);
	KUNIT_EXPECT_EQ(test, mask.word[at->word], at->value);
	KUNIT_EXPECT_TRUE(test, apm_mask_test(&mask, at->id));
	KUNIT_EXPECT_EQ(test, apm_mask_count(&mask), 1);
	KUNIT_EXPECT_EQ(test, apm_mask_next(&mask, 0), at->id);
	apm_mask_del(&mask, at->id);
	KUNIT_EXPECT_TRUE(test, apm_mask_empty(&mask));
}

/* The same algebra, one number at a time. */
static void algebra_agrees_with_that_of_single_numbers(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 500; round++) {
		struct apm_mask a = draw_mask(&seed);
		struct apm_mask b = draw_mask(&seed);
		struct apm_mask both = apm_mask_and(&a, &b);
		struct apm_mask any = apm_mask_or(&a, &b);
		struct apm_mask rest = apm_mask_minus(&a, &b);
		unsigned int count = 0;
		bool subset = true;
		bool meets = false;
		bool equal = true;

		for (unsigned int id = 0; id < APM_IDS; id++) {
			bool in_a = apm_mask_test(&a, id);
			bool in_b = apm_mask_test(&b, id);

			KUNIT_ASSERT_EQ(test, apm_mask_test(&both, id), in_a && in_b);
			KUNIT_ASSERT_EQ(test, apm_mask_test(&any, id), in_a || in_b);
			KUNIT_ASSERT_EQ(test, apm_mask_test(&rest, id), in_a && !in_b);
			count += in_a;
			subset = subset && (!in_a || in_b);
			meets = meets || (in_a && in_b);
			equal = equal && in_a == in_b;
		}
		KUNIT_ASSERT_EQ(test, apm_mask_count(&a), count);
		KUNIT_ASSERT_EQ(test, apm_mask_empty(&a), !count);
		KUNIT_ASSERT_EQ(test, apm_mask_subset(&a, &b), subset);
		KUNIT_ASSERT_EQ(test, apm_mask_meets(&a, &b), meets);
		KUNIT_ASSERT_EQ(test, apm_mask_equal(&a, &b), equal);
		KUNIT_ASSERT_TRUE(test, apm_mask_subset(&both, &a));
		KUNIT_ASSERT_TRUE(test, apm_mask_subset(&a, &any));
		KUNIT_ASSERT_FALSE(test, apm_mask_meets(&rest, &b));
		KUNIT_ASSERT_TRUE(test, apm_mask_equal(&a, &a));
	}
}

/* Random sets are hardly ever almost equal. */
static void a_single_number_makes_a_difference(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int id = 0; id < APM_IDS; id++) {
		struct apm_mask a = draw_mask(&seed);
		struct apm_mask b = a;
		struct apm_mask one = {};

		apm_mask_del(&a, id);
		apm_mask_add(&b, id);
		apm_mask_add(&one, id);
		KUNIT_ASSERT_FALSE(test, apm_mask_equal(&a, &b));
		KUNIT_ASSERT_TRUE(test, apm_mask_subset(&a, &b));
		KUNIT_ASSERT_FALSE(test, apm_mask_subset(&b, &a));
		KUNIT_ASSERT_FALSE(test, apm_mask_meets(&a, &one));
		KUNIT_ASSERT_TRUE(test, apm_mask_meets(&b, &one));
		KUNIT_ASSERT_FALSE(test, apm_mask_empty(&one));
		KUNIT_ASSERT_EQ(test, apm_mask_count(&b), apm_mask_count(&a) + 1);
	}
}

static const struct upto_case {
	const char *desc;
	unsigned int last;
	const char *members;
} ranges[] = {
	{ "only 0", 0, "0" },
	{ "domains without APXA", 15, "0-15" },
	{ "adapters without APXA", 63, "0-63" },
	{ "one more than a word", 64, "0-64" },
	{ "all but the last", 254, "0-254" },
	{ "all", 255, "0-255" },
	{ "more than all are all", 4096, "0-255" },
};

KUNIT_ARRAY_PARAM_DESC(range, ranges, desc);

static void a_limit_is_inclusive(struct kunit *test)
{
	const struct upto_case *range = test->param_value;

	KUNIT_EXPECT_MASK_EQ(test, apm_mask_upto(range->last),
			     ids(range->members));
}

static const struct search {
	const char *desc;
	const char *members;
	unsigned int from;
	unsigned int found;
} searches[] = {
	{ "nothing in the empty set", "", 0, APM_IDS },
	{ "the first", "5 9", 0, 5 },
	{ "where it starts", "5 9", 5, 5 },
	{ "not what lies behind", "5 9", 6, 9 },
	{ "nothing after the last", "5 9", 10, APM_IDS },
	{ "in a later word", "5 200", 6, 200 },
	{ "first of a word", "64", 64, 64 },
	{ "last of a word", "63", 63, 63 },
	{ "the very last", "255", 255, 255 },
	{ "nothing at the end", "0-255", 256, APM_IDS },
	{ "nothing far behind the end", "0-255", ~0U, APM_IDS },
};

KUNIT_ARRAY_PARAM_DESC(search, searches, desc);

static void a_search_finds(struct kunit *test)
{
	const struct search *search = test->param_value;
	struct apm_mask mask = ids(search->members);

	KUNIT_EXPECT_EQ(test, apm_mask_next(&mask, search->from), search->found);
}

static void a_walk_meets_every_member_once_ascending(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 200; round++) {
		struct apm_mask mask = draw_mask(&seed);
		struct apm_mask met = {};
		unsigned int from = 0;
		unsigned int id;

		apm_for_each(id, &mask) {
			KUNIT_ASSERT_GE(test, id, from);
			from = id + 1;
			apm_mask_add(&met, id);
		}
		KUNIT_ASSERT_TRUE(test, apm_mask_equal(&met, &mask));
	}
}

static void a_mask_may_shrink_during_a_walk(struct kunit *test)
{
	struct apm_mask mask = ids("0-255");
	unsigned int count = 0;
	unsigned int id;

	apm_for_each(id, &mask) {
		count++;
		apm_mask_del(&mask, id);
		if (id + 1 < APM_IDS)
			apm_mask_del(&mask, id + 1);
	}
	KUNIT_EXPECT_EQ(test, count, APM_IDS / 2);
	KUNIT_EXPECT_TRUE(test, apm_mask_empty(&mask));
}

static struct kunit_case mask_cases[] = {
	KUNIT_CASE_PARAM(a_number_has_its_place, position_gen_params),
	KUNIT_CASE(algebra_agrees_with_that_of_single_numbers),
	KUNIT_CASE(a_single_number_makes_a_difference),
	KUNIT_CASE_PARAM(a_limit_is_inclusive, range_gen_params),
	KUNIT_CASE_PARAM(a_search_finds, search_gen_params),
	KUNIT_CASE(a_walk_meets_every_member_once_ascending),
	KUNIT_CASE(a_mask_may_shrink_during_a_walk),
	{}
};

static struct kunit_suite mask_suite = {
	.name = "vfio_ap-mask",
	.test_cases = mask_cases,
};

kunit_test_suite(mask_suite);
