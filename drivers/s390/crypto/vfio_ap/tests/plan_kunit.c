// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - an edit of an assignment, thought through
 */
#include <kunit/test.h>

#include "../core/plan.h"
#include "testlib.h"

#define SEED	0x706c616eULL
#define QUEUES	(APM_IDS * APM_IDS)

static const struct apm_limits limits = { .max_apid = 63, .max_apqi = 84 };
static const struct apm_limits no_limits = { .max_apid = 255, .max_apqi = 255 };

/* The assignment before every edit: adapters, domains, control domains. */
static const char *const before[] = { "4 5", "4 71", "4" };

static const struct edit {
	const char *desc;
	enum apm_edit_kind kind;
	unsigned long id;
	int err;
	bool same;
	const char *after[3];
	unsigned int joining;
	unsigned int leaving;
} edits[] = {
	{ "an adapter comes with all domains", APM_ADD_ADAPTER, 6, 0, false,
	  { "4-6", "4 71", "4" }, 2, 0 },
	{ "an adapter that is there", APM_ADD_ADAPTER, 5, 0, true,
	  { "4 5", "4 71", "4" }, 0, 0 },
	{ "the last adapter", APM_ADD_ADAPTER, 63, 0, false,
	  { "4 5 63", "4 71", "4" }, 2, 0 },
	{ "one adapter too far", APM_ADD_ADAPTER, 64, -ENODEV },
	{ "adapter 256 is not adapter 0", APM_ADD_ADAPTER, 256, -ENODEV },
	{ "adapter with the largest number", APM_ADD_ADAPTER, ~0UL, -ENODEV },
	{ "an adapter goes with all domains", APM_DEL_ADAPTER, 5, 0, false,
	  { "4", "4 71", "4" }, 0, 2 },
	{ "an adapter that is not there goes", APM_DEL_ADAPTER, 6, 0, true,
	  { "4 5", "4 71", "4" }, 0, 0 },
	{ "an adapter too far goes", APM_DEL_ADAPTER, 64, -ENODEV },

	{ "a domain comes on all adapters", APM_ADD_DOMAIN, 5, 0, false,
	  { "4 5", "4 5 71", "4" }, 2, 0 },
	{ "a domain that is there", APM_ADD_DOMAIN, 71, 0, true,
	  { "4 5", "4 71", "4" }, 0, 0 },
	{ "the last domain", APM_ADD_DOMAIN, 84, 0, false,
	  { "4 5", "4 71 84", "4" }, 2, 0 },
	{ "one domain too far", APM_ADD_DOMAIN, 85, -ENODEV },
	{ "domain 256 is not domain 0", APM_ADD_DOMAIN, 256, -ENODEV },
	{ "a domain goes on all adapters", APM_DEL_DOMAIN, 4, 0, false,
	  { "4 5", "71", "4" }, 0, 2 },
	{ "a domain that is not there goes", APM_DEL_DOMAIN, 5, 0, true,
	  { "4 5", "4 71", "4" }, 0, 0 },
	{ "a domain too far goes", APM_DEL_DOMAIN, 85, -ENODEV },

	{ "a control domain comes without queues", APM_ADD_CONTROL, 71, 0,
	  false, { "4 5", "4 71", "4 71" }, 0, 0 },
	{ "a control domain that is there", APM_ADD_CONTROL, 4, 0, true,
	  { "4 5", "4 71", "4" }, 0, 0 },
	{ "the last control domain", APM_ADD_CONTROL, 84, 0, false,
	  { "4 5", "4 71", "4 84" }, 0, 0 },
	{ "one control domain too far", APM_ADD_CONTROL, 85, -ENODEV },
	{ "a control domain goes without queues", APM_DEL_CONTROL, 4, 0,
	  false, { "4 5", "4 71", "" }, 0, 0 },
	{ "a control domain that is not there goes", APM_DEL_CONTROL, 71, 0,
	  true, { "4 5", "4 71", "4" }, 0, 0 },
	{ "a control domain too far goes", APM_DEL_CONTROL, 85, -ENODEV },

	{ "no such edit", APM_REPLACE + 1, 4, -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(edit, edits, desc);

static const struct replacement {
	const char *desc;
	const char *whole[3];
	int err;
	bool same;
	unsigned int joining;
	unsigned int leaving;
} replacements[] = {
	{ "by itself", { "4 5", "4 71", "4" }, 0, true, 0, 0 },
	{ "by nothing", { "", "", "" }, 0, false, 0, 4 },
	{ "by more of all", { "4-6", "4 71 84", "4 5" }, 0, false, 5, 0 },
	{ "by strangers", { "0 63", "0", "" }, 0, false, 2, 4 },
	{ "one adapter for another", { "4 6", "4 71", "4" }, 0, false, 2, 2 },
	{ "a different cross", { "4 6", "4 72", "4" }, 0, false, 3, 3 },
	{ "only in control domains", { "4 5", "4 71", "5" }, 0, false, 0, 0 },
	{ "adapter too far", { "4 64", "4", "4" }, -ENODEV },
	{ "domain too far", { "4", "4 85", "4" }, -ENODEV },
	{ "control domain too far", { "4", "4", "85" }, -ENODEV },
	{ "adapter very far", { "255", "", "" }, -ENODEV },
	{ "domain very far", { "", "255", "" }, -ENODEV },
	{ "control domain very far", { "", "", "255" }, -ENODEV },
};

KUNIT_ARRAY_PARAM_DESC(replacement, replacements, desc);

static unsigned int count(const struct apm_region *region)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < 2; i++)
		n += apm_mask_count(&region->part[i].adapters) *
		     apm_mask_count(&region->part[i].domains);
	return n;
}

static void check_error(struct kunit *test, const struct apm_matrix *assigned,
			const struct apm_edit *edit, int err)
{
	struct apm_plan plan;
	struct apm_plan untouched;

	memset(&plan, 0x5a, sizeof(plan));
	memset(&untouched, 0x5a, sizeof(untouched));
	KUNIT_EXPECT_EQ(test, err, apm_plan(&limits, assigned, edit, &plan));
	KUNIT_EXPECT_EQ(test, 0, memcmp(&plan, &untouched, sizeof(plan)));
}

static void one_number_is_edited(struct kunit *test)
{
	const struct edit *e = test->param_value;
	struct apm_matrix assigned = matrix_of(before[0], before[1], before[2]);
	struct apm_edit edit = { .kind = e->kind, .id = e->id };
	struct apm_plan plan;

	if (e->err) {
		check_error(test, &assigned, &edit, e->err);
		return;
	}
	KUNIT_ASSERT_EQ(test, 0, apm_plan(&limits, &assigned, &edit, &plan));
	KUNIT_EXPECT_MATRIX_EQ(test, plan.assigned,
			       matrix_of(e->after[0], e->after[1], e->after[2]));
	KUNIT_EXPECT_EQ(test, plan.changed, !e->same);
	KUNIT_EXPECT_EQ(test, count(&plan.joining), e->joining);
	KUNIT_EXPECT_EQ(test, count(&plan.leaving), e->leaving);
}

static void everything_is_replaced(struct kunit *test)
{
	const struct replacement *r = test->param_value;
	struct apm_matrix assigned = matrix_of(before[0], before[1], before[2]);
	struct apm_edit edit = {
		.kind = APM_REPLACE,
		.id = ~0UL,
		.whole = matrix_of(r->whole[0], r->whole[1], r->whole[2]),
	};
	struct apm_plan plan;

	if (r->err) {
		check_error(test, &assigned, &edit, r->err);
		return;
	}
	KUNIT_ASSERT_EQ(test, 0, apm_plan(&limits, &assigned, &edit, &plan));
	KUNIT_EXPECT_MATRIX_EQ(test, plan.assigned, edit.whole);
	KUNIT_EXPECT_EQ(test, plan.changed, !r->same);
	KUNIT_EXPECT_EQ(test, count(&plan.joining), r->joining);
	KUNIT_EXPECT_EQ(test, count(&plan.leaving), r->leaving);
}

static struct apm_edit draw_edit(u64 *seed)
{
	return (struct apm_edit) {
		.kind = draw_below(seed, APM_REPLACE + 1),
		.id = draw_below(seed, APM_IDS),
		.whole = draw_matrix(seed),
	};
}

/* What was, minus what leaves, plus what joins, is what will be. */
static void every_queue_that_joins_or_leaves_is_named(struct kunit *test)
{
	struct apm_matrix assigned = {};
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 40; round++) {
		struct apm_edit edit = draw_edit(&seed);
		struct apm_plan plan;

		KUNIT_ASSERT_EQ(test, 0,
				apm_plan(&no_limits, &assigned, &edit, &plan));
		for (unsigned int apqn = 0; apqn < QUEUES; apqn++) {
			bool old = apm_matrix_has(&assigned, apqn);
			bool new = apm_matrix_has(&plan.assigned, apqn);

			KUNIT_ASSERT_EQ(test, !old && new,
					apm_region_has(&plan.joining, apqn));
			KUNIT_ASSERT_EQ(test, old && !new,
					apm_region_has(&plan.leaving, apqn));
		}
		KUNIT_ASSERT_EQ(test, plan.changed,
				memcmp(&assigned, &plan.assigned,
				       sizeof(assigned)) != 0);
		assigned = plan.assigned;
	}
}

static bool has(const struct apm_matrix *matrix, const struct apm_edit *edit)
{
	switch (edit->kind) {
	case APM_ADD_ADAPTER:
		return apm_mask_test(&matrix->adapters, edit->id);
	case APM_ADD_DOMAIN:
		return apm_mask_test(&matrix->domains, edit->id);
	default:
		return apm_mask_test(&matrix->controls, edit->id);
	}
}

static void assign_then_unassign_is_as_if_nothing_happened(struct kunit *test)
{
	static const enum apm_edit_kind kinds[][2] = {
		{ APM_ADD_ADAPTER, APM_DEL_ADAPTER },
		{ APM_ADD_DOMAIN, APM_DEL_DOMAIN },
		{ APM_ADD_CONTROL, APM_DEL_CONTROL },
	};
	unsigned int undone = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 300; round++) {
		unsigned int kind = draw_below(&seed, ARRAY_SIZE(kinds));
		struct apm_matrix assigned = draw_matrix(&seed);
		struct apm_edit edit = draw_edit(&seed);
		struct apm_plan there;
		struct apm_plan back;

		edit.kind = kinds[kind][0];
		if (has(&assigned, &edit))
			continue;
		KUNIT_ASSERT_EQ(test, 0,
				apm_plan(&no_limits, &assigned, &edit, &there));
		edit.kind = kinds[kind][1];
		KUNIT_ASSERT_EQ(test, 0, apm_plan(&no_limits, &there.assigned,
						  &edit, &back));
		KUNIT_EXPECT_MATRIX_EQ(test, back.assigned, assigned);
		KUNIT_EXPECT_EQ(test, count(&there.joining), count(&back.leaving));
		KUNIT_EXPECT_EQ(test, 0, count(&there.leaving));
		KUNIT_EXPECT_EQ(test, 0, count(&back.joining));
		undone++;
	}
	KUNIT_EXPECT_GT(test, undone, 100);
}

/* The caller may plan in place. */
static void a_plan_may_begin_with_its_own_result(struct kunit *test)
{
	struct apm_plan plan = { .assigned = matrix_of("4", "4", "") };
	struct apm_edit edit = { .kind = APM_ADD_ADAPTER, .id = 5 };

	KUNIT_ASSERT_EQ(test, 0, apm_plan(&limits, &plan.assigned, &edit, &plan));
	KUNIT_EXPECT_TRUE(test, plan.changed);
	KUNIT_EXPECT_EQ(test, 1, count(&plan.joining));
	KUNIT_EXPECT_EQ(test, 0, count(&plan.leaving));
}

static struct kunit_case plan_cases[] = {
	KUNIT_CASE_PARAM(one_number_is_edited, edit_gen_params),
	KUNIT_CASE_PARAM(everything_is_replaced, replacement_gen_params),
	KUNIT_CASE(every_queue_that_joins_or_leaves_is_named),
	KUNIT_CASE(assign_then_unassign_is_as_if_nothing_happened),
	KUNIT_CASE(a_plan_may_begin_with_its_own_result),
	{}
};

static struct kunit_suite plan_suite = {
	.name = "vfio_ap-plan",
	.test_cases = plan_cases,
};

kunit_test_suite(plan_suite);
