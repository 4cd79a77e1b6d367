// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - one bit for every queue there can be
 */
#include <kunit/test.h>

#include "../core/table.h"
#include "testlib.h"

#define SEED	0x7461626c65ULL
#define QUEUES	(APM_IDS * APM_IDS)

static void a_queue_is_added_and_removed_alone(struct kunit *test)
{
	struct apm_table *table = new_table(test);
	struct apm_table *empty = new_table(test);

	for (unsigned int apqn = 0; apqn < QUEUES; apqn++) {
		KUNIT_ASSERT_FALSE(test, apm_table_test(table, apqn));
		apm_table_add(table, apqn);
		KUNIT_ASSERT_TRUE(test, apm_table_test(table, apqn));
		KUNIT_ASSERT_EQ(test, 1,
				apm_mask_count(&table->row[apm_apid(apqn)]));
		apm_table_del(table, apqn);
	}
	KUNIT_EXPECT_EQ(test, 0, memcmp(table, empty, sizeof(*table)));
}

static void regions_come_and_go_like_single_queues(struct kunit *test)
{
	struct apm_table *table = new_table(test);
	struct apm_table *twin = new_table(test);
	struct apm_matrix a = {};
	unsigned int gone = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 12; round++) {
		struct apm_matrix b = draw_matrix(&seed);
		struct apm_region region;
		bool coming = round % 3;

		/* What goes is of what came last, else it would not be there. */
		if (coming)
			a = draw_matrix(&seed);
		region = apm_region_minus(&a, &b);
		if (coming)
			apm_table_add_region(table, &region);
		else
			apm_table_del_region(table, &region);
		for (unsigned int apqn = 0; apqn < QUEUES; apqn++) {
			if (!apm_region_has(&region, apqn))
				continue;
			gone += !coming && apm_table_test(twin, apqn);
			if (coming)
				apm_table_add(twin, apqn);
			else
				apm_table_del(twin, apqn);
		}
		KUNIT_ASSERT_EQ(test, 0, memcmp(table, twin, sizeof(*table)));
	}
	KUNIT_EXPECT_GT(test, gone, 0);
}

/* The lowest queue of both, or QUEUES. */
static unsigned int first_of_both(const struct apm_table *table,
				  const struct apm_region *region)
{
	unsigned int apqn;

	for (apqn = 0; apqn < QUEUES; apqn++)
		if (apm_table_test(table, apqn) && apm_region_has(region, apqn))
			break;
	return apqn;
}

static void the_lowest_shared_queue_is_told(struct kunit *test)
{
	struct apm_table *table = new_table(test);
	unsigned int met = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int i = 0; i < 200; i++)
		apm_table_add(table, draw_below(&seed, QUEUES));
	for (unsigned int round = 0; round < 200; round++) {
		struct apm_matrix a = draw_matrix(&seed);
		struct apm_matrix b = draw_matrix(&seed);
		struct apm_region region = apm_region_minus(&a, &b);
		unsigned int expected = first_of_both(table, &region);
		bool meets = expected < QUEUES;
		u16 first = 0xdead;

		KUNIT_ASSERT_EQ(test, meets,
				apm_table_meets(table, &region, &first));
		KUNIT_ASSERT_EQ(test, first, meets ? expected : 0xdead);
		KUNIT_ASSERT_EQ(test, meets,
				apm_table_meets(table, &region, NULL));
		met += meets;
	}
	/* Else one of the two answers was never tried. */
	KUNIT_EXPECT_GT(test, met, 20);
	KUNIT_EXPECT_LT(test, met, 180);
}

static void the_lower_part_wins_even_if_it_is_the_second(struct kunit *test)
{
	struct apm_table *table = new_table(test);
	struct apm_matrix a = matrix_of("3 9", "1 2", "");
	struct apm_matrix b = matrix_of("3", "1", "");
	struct apm_region region = apm_region_minus(&a, &b);
	u16 first = 0;

	apm_table_add(table, apm_apqn(9, 1));
	KUNIT_EXPECT_TRUE(test, apm_table_meets(table, &region, &first));
	KUNIT_EXPECT_EQ(test, first, apm_apqn(9, 1));
	apm_table_add(table, apm_apqn(3, 2));
	KUNIT_EXPECT_TRUE(test, apm_table_meets(table, &region, &first));
	KUNIT_EXPECT_EQ(test, first, apm_apqn(3, 2));
}

static void a_table_is_empty_without_any_queue(struct kunit *test)
{
	struct apm_table *table = new_table(test);

	KUNIT_EXPECT_TRUE(test, apm_table_empty(table));
	for (unsigned int apqn = 0; apqn < QUEUES; apqn++) {
		apm_table_add(table, apqn);
		KUNIT_ASSERT_FALSE(test, apm_table_empty(table));
		apm_table_del(table, apqn);
	}
	KUNIT_EXPECT_TRUE(test, apm_table_empty(table));
}

static struct kunit_case table_cases[] = {
	KUNIT_CASE(a_queue_is_added_and_removed_alone),
	KUNIT_CASE(a_table_is_empty_without_any_queue),
	KUNIT_CASE(regions_come_and_go_like_single_queues),
	KUNIT_CASE(the_lowest_shared_queue_is_told),
	KUNIT_CASE(the_lower_part_wins_even_if_it_is_the_second),
	{}
};

static struct kunit_suite table_suite = {
	.name = "vfio_ap-table",
	.test_cases = table_cases,
};

kunit_test_suite(table_suite);
