// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - masks, assignments, regions and tables against their twins
 */
#include <kunit/test.h>

#include "draw.h"
#include "twin.h"

#define SEED	0x6f7261636c65ULL

static const char *sets_wrong(const struct apm_mask *a,
			      const struct apm_mask *b)
{
	struct apm_mask both = apm_mask_and(a, b);
	struct apm_mask any = apm_mask_or(a, b);
	struct apm_mask rest = apm_mask_minus(a, b);
	bool subset = true;
	bool meets = false;

	for (unsigned int id = 0; id < APM_IDS; id++) {
		bool in_a = twin_in(a, id);
		bool in_b = twin_in(b, id);

		if (apm_mask_test(a, id) != in_a)
			return "apm_mask_test()";
		if (twin_in(&both, id) != (in_a && in_b))
			return "apm_mask_and()";
		if (twin_in(&any, id) != (in_a || in_b))
			return "apm_mask_or()";
		if (twin_in(&rest, id) != (in_a && !in_b))
			return "apm_mask_minus()";
		subset = subset && (in_b || !in_a);
		meets = meets || (in_a && in_b);
	}
	if (apm_mask_subset(a, b) != subset)
		return "apm_mask_subset()";
	if (apm_mask_meets(a, b) != meets)
		return "apm_mask_meets()";
	if (apm_mask_equal(a, b) != twin_same(a, b))
		return "apm_mask_equal()";
	return NULL;
}

static const char *a_set_and_another(u64 *seed, void *priv)
{
	struct apm_mask a = draw_set(seed);
	struct apm_mask b = draw_like(seed, &a);

	return sets_wrong(&a, &b);
}

static void sets_are_as_their_twins(struct kunit *test)
{
	ask_oracle(test, SEED, a_set_and_another, NULL);
}

static const char *a_set_and_a_number(u64 *seed, void *priv)
{
	struct apm_mask set = draw_set(seed);
	unsigned int from = draw_one_in(seed, 16) ? draw(seed) : draw_id(seed);
	struct apm_mask low = apm_mask_upto(from);
	struct apm_mask low_twin = twin_upto(from);
	struct apm_mask twin = set;

	if (apm_mask_next(&set, from) != twin_next(&set, from))
		return "apm_mask_next()";
	if (apm_mask_count(&set) != twin_count(&set))
		return "apm_mask_count()";
	if (apm_mask_empty(&set) != twin_none(&set))
		return "apm_mask_empty()";
	if (!twin_same(&low, &low_twin))
		return "apm_mask_upto()";
	from %= APM_IDS;
	twin_put(&twin, from, true);
	apm_mask_add(&set, from);
	if (!twin_same(&set, &twin))
		return "apm_mask_add()";
	from = draw_id(seed);
	twin_put(&twin, from, false);
	apm_mask_del(&set, from);
	return twin_same(&set, &twin) ? NULL : "apm_mask_del()";
}

static void numbers_are_found_as_by_their_twins(struct kunit *test)
{
	ask_oracle(test, SEED, a_set_and_a_number, NULL);
}

static const char *masks_of_two(u64 *seed, const struct apm_matrix *a,
				const struct apm_matrix *b)
{
	struct apm_matrix both = apm_matrix_and(a, b);
	struct apm_limits limits = draw_limits(seed);
	struct apm_matrix low = apm_matrix_upto(&limits);
	struct apm_mask apids = twin_upto(limits.max_apid);
	struct apm_mask apqis = twin_upto(limits.max_apqi);

	for (unsigned int id = 0; id < APM_IDS; id++) {
		if (twin_in(&both.adapters, id) != (twin_in(&a->adapters, id) &&
						    twin_in(&b->adapters, id)) ||
		    twin_in(&both.domains, id) != (twin_in(&a->domains, id) &&
						   twin_in(&b->domains, id)) ||
		    twin_in(&both.controls, id) != (twin_in(&a->controls, id) &&
						    twin_in(&b->controls, id)))
			return "apm_matrix_and()";
	}
	if (!twin_same(&low.adapters, &apids) ||
	    !twin_same(&low.domains, &apqis) || !twin_same(&low.controls, &apqis))
		return "apm_matrix_upto()";
	return NULL;
}

static const char *a_difference_and_its_rows(u64 *seed,
					     const struct apm_matrix *a,
					     const struct apm_matrix *b)
{
	struct apm_region region = apm_region_minus(a, b);
	unsigned int apid = draw_one_in(seed, 2) ?
			    apm_mask_next(&a->adapters, draw_id(seed)) % APM_IDS :
			    draw_id(seed);
	struct apm_mask row = apm_region_row(&region, apid);

	if (!twin_is_minus(&region, a, b))
		return "apm_region_minus()";
	if (apm_region_empty(&region) != twin_region_none(&region))
		return "apm_region_empty()";
	for (unsigned int apqi = 0; apqi < APM_IDS; apqi++) {
		u16 apqn = apm_apqn(apid, apqi);

		if (apqn != apid * APM_IDS + apqi)
			return "apm_apqn()";
		if (apm_region_has(&region, apqn) !=
		    twin_region_has(&region, apqn))
			return "apm_region_has()";
		if (twin_in(&row, apqi) != twin_region_has(&region, apqn))
			return "apm_region_row()";
		if (apm_matrix_has(a, apqn) != twin_matrix_has(a, apqn))
			return "apm_matrix_has()";
	}
	return NULL;
}

static const char *two_assignments(u64 *seed, void *priv)
{
	struct apm_matrix a;
	struct apm_matrix b;
	const char *wrong;

	draw_assignment(seed, &a);
	draw_assignment_like(seed, &b, &a);
	if (apm_matrix_equal(&a, &b) != twin_matrix_same(&a, &b))
		return "apm_matrix_equal()";
	wrong = masks_of_two(seed, &a, &b);
	return wrong ?: a_difference_and_its_rows(seed, &a, &b);
}

static void assignments_are_as_their_twins(struct kunit *test)
{
	ask_oracle(test, SEED, two_assignments, NULL);
}

static const char *a_region_and_an_assignment(u64 *seed, void *priv)
{
	struct apm_region region;
	struct apm_region common;
	struct apm_matrix m;

	draw_region(seed, &region);
	draw_assignment_like(seed, &m, &(struct apm_matrix) {
		.adapters = region.part[0].adapters,
		.domains = region.part[0].domains,
	});
	common = apm_region_and(&region, &m);
	for (unsigned int apid = 0; apid < APM_IDS; apid++) {
		if (!twin_region_on(&region, apid) &&
		    !twin_region_on(&common, apid))
			continue;
		for (unsigned int apqi = 0; apqi < APM_IDS; apqi++) {
			u16 apqn = apid * APM_IDS + apqi;

			if (twin_region_has(&common, apqn) !=
			    (twin_region_has(&region, apqn) &&
			     twin_matrix_has(&m, apqn)))
				return "apm_region_and()";
		}
	}
	common = apm_region_of(&m);
	return twin_is_minus(&common, &m, &(struct apm_matrix) {}) ?
	       NULL : "apm_region_of()";
}

static void regions_are_as_their_twins(struct kunit *test)
{
	ask_oracle(test, SEED, a_region_and_an_assignment, NULL);
}

static const char *a_region_comes_or_goes(u64 *seed, void *priv)
{
	struct apm_table *const *tables = priv;
	struct apm_region region;

	draw_region(seed, &region);
	if (draw_one_in(seed, 2)) {
		apm_table_add_region(tables[0], &region);
		twin_table_put(tables[1], &region, true);
	} else {
		apm_table_del_region(tables[0], &region);
		twin_table_put(tables[1], &region, false);
	}
	if (draw_one_in(seed, 64)) {
		memset(tables[0], 0, sizeof(*tables[0]));
		memset(tables[1], 0, sizeof(*tables[1]));
	}
	if (memcmp(tables[0], tables[1], sizeof(*tables[0])))
		return "the table";
	return apm_table_empty(tables[0]) == twin_table_none(tables[0]) ?
	       NULL : "apm_table_empty()";
}

static void tables_are_as_their_twins(struct kunit *test)
{
	struct apm_table *tables[2] = { new_table(test), new_table(test) };

	ask_oracle(test, SEED, a_region_comes_or_goes, tables);
}

/* One queue of a table that is nearly empty, and a region. */
static const char *a_table_meets_a_region(u64 *seed, void *priv)
{
	struct apm_table *table = priv;
	u16 apqn = draw_id(seed) * APM_IDS + draw_id(seed);
	struct apm_region region;
	unsigned int lowest;
	u16 first = 0x5a5a;
	bool meets;

	draw_region(seed, &region);
	if (draw_one_in(seed, 2))
		apm_table_add(table, apqn);
	else
		apm_table_del(table, apqn);
	if (apm_table_test(table, apqn) != twin_table_has(table, apqn))
		return "apm_table_test()";
	if (draw_one_in(seed, 256))
		memset(table, 0, sizeof(*table));
	lowest = twin_first(table, &region);
	meets = lowest < 65536;
	if (meets != apm_table_meets(table, &region, &first) ||
	    meets != apm_table_meets(table, &region, NULL))
		return "whether they meet";
	return first == (meets ? lowest : 0x5a5a) ? NULL : "where they meet";
}

static void tables_meet_regions_as_their_twins_do(struct kunit *test)
{
	ask_oracle(test, SEED, a_table_meets_a_region, new_table(test));
}

static struct kunit_case mask_oracle_cases[] = {
	KUNIT_CASE(sets_are_as_their_twins),
	KUNIT_CASE(numbers_are_found_as_by_their_twins),
	KUNIT_CASE(assignments_are_as_their_twins),
	KUNIT_CASE(regions_are_as_their_twins),
	KUNIT_CASE(tables_are_as_their_twins),
	KUNIT_CASE(tables_meet_regions_as_their_twins_do),
	{}
};

static struct kunit_suite mask_oracle_suite = {
	.name = "vfio_ap-mask-oracle",
	.test_cases = mask_oracle_cases,
};

kunit_test_suite(mask_oracle_suite);
