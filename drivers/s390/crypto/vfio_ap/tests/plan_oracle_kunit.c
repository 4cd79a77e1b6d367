// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - plans against their twins
 *
 * One assignment is edited again and again.
 */
#include <kunit/test.h>

#include "draw.h"
#include "twin_plan.h"

#define SEED	0x6f7261636c65ULL

/**
 * struct career - an assignment while it is edited
 * @assigned: as it is
 * @limits: of the numbers
 * @edit: the edit
 * @plan: what it comes to
 * @edits: how many changed something
 * @errors: how many were refused
 */
struct career {
	struct apm_matrix assigned;
	struct apm_limits limits;
	struct apm_edit edit;
	struct apm_plan plan;
	unsigned int edits;
	unsigned int errors;
};

/* Numbers that another type, or one bit less, would take for small ones. */
static unsigned long draw_number(u64 *seed, unsigned int last)
{
	unsigned long number = draw_id(seed);

	switch (draw_below(seed, 8)) {
	case 0:
		return last;
	case 1:
		return last + 1UL;
	case 2:
		return number + APM_IDS;
	case 3:
		return number | 1UL << (8 * sizeof(long) - 1 - draw_below(seed, 24));
	case 4:
		return -1UL - number;
	default:
		return number;
	}
}

static void draw_career(u64 *seed, struct career *c)
{
	if (draw_one_in(seed, 32))
		c->limits = draw_limits(seed);
	if (draw_one_in(seed, 16))
		draw_assignment(seed, &c->assigned);
	c->edit.kind = draw_below(seed, APM_REPLACE + (draw_one_in(seed, 16) ? 5 : 1));
	c->edit.id = draw_number(seed, draw_below(seed, 2) ?
				 c->limits.max_apid : c->limits.max_apqi);
	draw_assignment_like(seed, &c->edit.whole, &c->assigned);
}

static const char *an_edit(u64 *seed, void *priv)
{
	struct career *c = priv;
	const char *wrong;
	int err;

	draw_career(seed, c);
	memset(&c->plan, 0x5a, sizeof(c->plan));
	err = apm_plan(&c->limits, &c->assigned, &c->edit, &c->plan);
	wrong = twin_plan_wrong(&c->limits, &c->assigned, &c->edit, err,
				&c->plan);
	if (wrong)
		return wrong;
	c->errors += !!err;
	if (err) {
		for (unsigned int i = 0; i < sizeof(c->plan); i++)
			if (((const u8 *)&c->plan)[i] != 0x5a)
				return "an error changes the plan";
		return NULL;
	}
	c->edits += c->plan.changed;
	c->assigned = c->plan.assigned;
	return NULL;
}

static void a_plan_is_the_twins(struct kunit *test)
{
	struct career *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, c);
	if (!ask_oracle(test, SEED, an_edit, c))
		return;
	KUNIT_EXPECT_GT(test, c->edits, 5);
	KUNIT_EXPECT_GT(test, c->errors, 5);
}

/* The plan may be where the assignment is. */
static const char *an_edit_in_place(u64 *seed, void *priv)
{
	struct career *c = priv;
	int err;

	draw_career(seed, c);
	c->plan.assigned = c->assigned;
	err = apm_plan(&c->limits, &c->plan.assigned, &c->edit, &c->plan);
	if (!err)
		return twin_plan_wrong(&c->limits, &c->assigned, &c->edit, err,
				       &c->plan);
	return twin_matrix_same(&c->plan.assigned, &c->assigned) ?
	       NULL : "an error changes the assignment";
}

static void a_plan_in_place_is_the_twins(struct kunit *test)
{
	struct career *c = kunit_kzalloc(test, sizeof(*c), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, c);
	ask_oracle(test, SEED, an_edit_in_place, c);
}

static struct kunit_case plan_oracle_cases[] = {
	KUNIT_CASE(a_plan_is_the_twins),
	KUNIT_CASE(a_plan_in_place_is_the_twins),
	{}
};

static struct kunit_suite plan_oracle_suite = {
	.name = "vfio_ap-plan-oracle",
	.test_cases = plan_oracle_cases,
};

kunit_test_suite(plan_oracle_suite);
