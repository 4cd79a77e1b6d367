// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - tests that fail, leave early or skip, to see that it is noticed
 */
#include <kunit/test.h>

static void one_expectation_of_two_fails(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 2, 1 + 1);
	KUNIT_EXPECT_EQ_MSG(test, 3, 1 + 1, "arithmetic is %s", "safe");
	kunit_info(test, "an expectation goes on");
}

static void an_assertion_leaves_the_test(struct kunit *test)
{
	KUNIT_ASSERT_STREQ(test, "this", "that");
	kunit_info(test, "never seen");
}

static void bytes_are_compared(struct kunit *test)
{
	KUNIT_EXPECT_MEMEQ(test, "abc", "abd", 3);
}

static void a_skip_says_why(struct kunit *test)
{
	kunit_skip(test, "no hardware %d", 7);
}

static void a_test_passes(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL(test, kunit_kzalloc(test, 16, GFP_KERNEL));
	KUNIT_EXPECT_FALSE(test, false);
}

static const struct number {
	int value;
	const char *desc;
} numbers[] = {
	{ 1, "one" },
	{ 2, "two" },
};

KUNIT_ARRAY_PARAM_DESC(number, numbers, desc);

static void a_number_is_below_two(struct kunit *test)
{
	const struct number *number = test->param_value;

	KUNIT_EXPECT_LT(test, number->value, 2);
}

static struct kunit_case broken_cases[] = {
	KUNIT_CASE(one_expectation_of_two_fails),
	KUNIT_CASE(an_assertion_leaves_the_test),
	KUNIT_CASE(bytes_are_compared),
	KUNIT_CASE(a_skip_says_why),
	KUNIT_CASE(a_test_passes),
	KUNIT_CASE_PARAM(a_number_is_below_two, number_gen_params),
	{}
};

static struct kunit_suite broken_suite = {
	.name = "broken",
	.test_cases = broken_cases,
};

static struct kunit_case skipping_cases[] = {
	KUNIT_CASE(a_skip_says_why),
	{}
};

static struct kunit_suite skipping_suite = {
	.name = "skipping",
	.test_cases = skipping_cases,
};

static struct kunit_case passing_cases[] = {
	KUNIT_CASE(a_test_passes),
	{}
};

static struct kunit_suite passing_suite = {
	.name = "passing",
	.test_cases = passing_cases,
};

static void memory_after_its_end_is_read(struct kunit *test)
{
	const char *mem = kunit_kzalloc(test, 4, GFP_KERNEL);

	KUNIT_EXPECT_NE(test, mem[4], 1);
}

static struct kunit_case crashing_cases[] = {
	KUNIT_CASE(memory_after_its_end_is_read),
	{}
};

static struct kunit_suite crashing_suite = {
	.name = "crashing",
	.test_cases = crashing_cases,
};

kunit_test_suites(&broken_suite, &skipping_suite, &passing_suite,
		  &crashing_suite);
