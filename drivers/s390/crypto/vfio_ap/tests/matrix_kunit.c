// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - assignments, and the queues in which two of them differ
 */
#include <kunit/test.h>

#include "testlib.h"

#define SEED	0x6d6174726978ULL
#define QUEUES	(APM_IDS * APM_IDS)

static void an_apqn_is_adapter_and_domain(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, apm_apqn(0x05, 0x47), 0x0547);
	KUNIT_EXPECT_EQ(test, apm_apid(0xfe01), 0xfe);
	KUNIT_EXPECT_EQ(test, apm_apqi(0xfe01), 0x01);
	for (unsigned int apqn = 0; apqn < QUEUES; apqn++)
		KUNIT_ASSERT_EQ(test, apqn,
				apm_apqn(apm_apid(apqn), apm_apqi(apqn)));
}

/* Both differences of @a and @b, one queue at a time. */
static void check_difference(struct kunit *test, const struct apm_matrix *a,
			     const struct apm_matrix *b)
{
	struct apm_region region = apm_region_minus(a, b);
	bool any = false;

	for (unsigned int apqn = 0; apqn < QUEUES; apqn++) {
		bool expected = apm_matrix_has(a, apqn) && !apm_matrix_has(b, apqn);
		unsigned int parts = 0;

		for (unsigned int i = 0; i < 2; i++)
			parts += apm_mask_test(&region.part[i].adapters,
					       apm_apid(apqn)) &&
				 apm_mask_test(&region.part[i].domains,
					       apm_apqi(apqn));
		KUNIT_ASSERT_EQ_MSG(test, parts, expected, "queue %04x", apqn);
		KUNIT_ASSERT_EQ(test, apm_region_has(&region, apqn), expected);
		any = any || expected;
	}
	KUNIT_ASSERT_EQ(test, apm_region_empty(&region), !any);
}

static void a_difference_agrees_with_all_65536_queues(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 24; round++) {
		struct apm_matrix a = draw_matrix(&seed);
		struct apm_matrix b = draw_matrix(&seed);

		check_difference(test, &a, &b);
	}
}

static const struct difference {
	const char *desc;
	const char *from[2];
	const char *what[2];
	unsigned int count;
} differences[] = {
	{ "nothing from nothing", { "", "" }, { "", "" }, 0 },
	{ "all from nothing", { "", "" }, { "0-255", "0-255" }, 0 },
	{ "nothing from all", { "0-255", "0-255" }, { "", "" }, QUEUES },
	{ "all from all", { "0-255", "0-255" }, { "0-255", "0-255" }, 0 },
	{ "adapters without domains", { "4 5", "" }, { "5", "" }, 0 },
	{ "domains without adapters", { "", "4 5" }, { "", "5" }, 0 },
	{ "the first domain comes", { "4 5", "4" }, { "4 5", "" }, 2 },
	{ "the first adapter comes", { "4", "4 5" }, { "", "4 5" }, 2 },
	{ "one adapter more", { "4 5", "4 71" }, { "4", "4 71" }, 2 },
	{ "one domain more", { "4 5", "4 71" }, { "4 5", "4" }, 2 },
	{ "one of each more", { "4 5", "4 71" }, { "4", "4" }, 3 },
	{ "a cross turned", { "4", "4 71" }, { "4 5", "4" }, 1 },
	{ "strangers", { "4 5", "4 71" }, { "6", "171" }, 4 },
};

KUNIT_ARRAY_PARAM_DESC(difference, differences, desc);

static void a_difference_has_so_many_queues(struct kunit *test)
{
	const struct difference *d = test->param_value;
	struct apm_matrix from = matrix_of(d->from[0], d->from[1], "");
	struct apm_matrix what = matrix_of(d->what[0], d->what[1], "");
	struct apm_region region = apm_region_minus(&from, &what);
	unsigned int count = 0;

	check_difference(test, &from, &what);
	for (unsigned int i = 0; i < 2; i++)
		count += apm_mask_count(&region.part[i].adapters) *
			 apm_mask_count(&region.part[i].domains);
	KUNIT_EXPECT_EQ(test, count, d->count);
}

static void a_region_of_an_assignment_is_all_its_queues(struct kunit *test)
{
	struct apm_matrix m = matrix_of("0 5 255", "4 200-255", "9");
	struct apm_region region = apm_region_of(&m);

	KUNIT_EXPECT_FALSE(test, apm_region_empty(&region));
	for (unsigned int apqn = 0; apqn < QUEUES; apqn++)
		KUNIT_ASSERT_EQ(test, apm_region_has(&region, apqn),
				apm_matrix_has(&m, apqn));
	m.domains = ids("");
	region = apm_region_of(&m);
	KUNIT_EXPECT_TRUE(test, apm_region_empty(&region));
}

static void a_region_has_in_common_what_both_have(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 8; round++) {
		struct apm_matrix a = draw_matrix(&seed);
		struct apm_matrix b = draw_matrix(&seed);
		struct apm_matrix with = draw_matrix(&seed);
		struct apm_region region = apm_region_minus(&a, &b);
		struct apm_region common = apm_region_and(&region, &with);

		for (unsigned int apqn = 0; apqn < QUEUES; apqn++)
			KUNIT_ASSERT_EQ(test, apm_region_has(&common, apqn),
					apm_region_has(&region, apqn) &&
					apm_matrix_has(&with, apqn));
	}
}

static void a_row_has_the_queues_of_one_adapter(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 8; round++) {
		struct apm_matrix a = draw_matrix(&seed);
		struct apm_matrix b = draw_matrix(&seed);
		struct apm_region region = apm_region_minus(&a, &b);
		struct apm_mask adapters = apm_region_adapters(&region);

		for (unsigned int apqn = 0; apqn < QUEUES; apqn++) {
			struct apm_mask row = apm_region_row(&region,
							     apm_apid(apqn));

			KUNIT_ASSERT_TRUE(test, apm_mask_empty(&row) ||
					  apm_mask_test(&adapters,
							apm_apid(apqn)));
			KUNIT_ASSERT_EQ(test,
					apm_mask_test(&row, apm_apqi(apqn)),
					apm_region_has(&region, apqn));
		}
	}
}

static void a_queue_needs_its_adapter_and_its_domain(struct kunit *test)
{
	struct apm_matrix m = matrix_of("5", "71", "6 72");

	KUNIT_EXPECT_TRUE(test, apm_matrix_has(&m, apm_apqn(5, 71)));
	KUNIT_EXPECT_FALSE(test, apm_matrix_has(&m, apm_apqn(6, 71)));
	KUNIT_EXPECT_FALSE(test, apm_matrix_has(&m, apm_apqn(5, 72)));
	KUNIT_EXPECT_FALSE(test, apm_matrix_has(&m, apm_apqn(71, 5)));
}

static void equal_means_all_three_masks(struct kunit *test)
{
	struct apm_matrix m = matrix_of("4 5", "4 71", "4");
	struct apm_matrix others[] = {
		matrix_of("4", "4 71", "4"),
		matrix_of("4 5", "4", "4"),
		matrix_of("4 5", "4 71", ""),
	};
	struct apm_matrix same = m;

	KUNIT_EXPECT_TRUE(test, apm_matrix_equal(&m, &same));
	for (unsigned int i = 0; i < ARRAY_SIZE(others); i++)
		KUNIT_EXPECT_FALSE(test, apm_matrix_equal(&m, &others[i]));
}

static void common_is_what_both_have(struct kunit *test)
{
	struct apm_matrix a = matrix_of("4 5", "4 71", "4 171");
	struct apm_matrix b = matrix_of("5 6", "71 171", "171 255");

	KUNIT_EXPECT_MATRIX_EQ(test, apm_matrix_and(&a, &b),
			       matrix_of("5", "71", "171"));
}

static void a_domain_limit_is_one_for_usage_and_control(struct kunit *test)
{
	struct apm_limits small = { .max_apid = 63, .max_apqi = 15 };
	struct apm_limits large = { .max_apid = 255, .max_apqi = 255 };

	KUNIT_EXPECT_MATRIX_EQ(test, apm_matrix_upto(&small),
			       matrix_of("0-63", "0-15", "0-15"));
	KUNIT_EXPECT_MATRIX_EQ(test, apm_matrix_upto(&large),
			       matrix_of("0-255", "0-255", "0-255"));
}

static struct kunit_case matrix_cases[] = {
	KUNIT_CASE(an_apqn_is_adapter_and_domain),
	KUNIT_CASE(a_difference_agrees_with_all_65536_queues),
	KUNIT_CASE_PARAM(a_difference_has_so_many_queues, difference_gen_params),
	KUNIT_CASE(a_region_of_an_assignment_is_all_its_queues),
	KUNIT_CASE(a_region_has_in_common_what_both_have),
	KUNIT_CASE(a_row_has_the_queues_of_one_adapter),
	KUNIT_CASE(a_queue_needs_its_adapter_and_its_domain),
	KUNIT_CASE(equal_means_all_three_masks),
	KUNIT_CASE(common_is_what_both_have),
	KUNIT_CASE(a_domain_limit_is_one_for_usage_and_control),
	{}
};

static struct kunit_suite matrix_suite = {
	.name = "vfio_ap-matrix",
	.test_cases = matrix_cases,
};

kunit_test_suite(matrix_suite);
