// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - what a guest may see
 *
 * Cases with a name, and a stupid twin in worlds that are random throughout.
 */
#include <kunit/test.h>

#include "twin_filter.h"
#include "worlds.h"

#define SEED	0x66696c746572ULL
#define QUEUES	(APM_IDS * APM_IDS)

/* The host has adapters 4-7 and domains 4, 71 and 171; all is assigned. */
static const struct view {
	const char *desc;
	const char *assigned[3];
	const char *plugged[2];
	u16 unbound[2];
	u16 stained[4];
	u16 busy[2];
	struct apm_limits limits;
	const char *visible[3];
} views[] = {
	{
		.desc = "all is well",
		.assigned = { "4-7", "4 71 171", "4" },
		.visible = { "4-7", "4 71 171", "4" },
	}, {
		.desc = "nothing assigned is nothing seen",
		.visible = { "", "", "" },
	}, {
		.desc = "what the host lacks is withheld",
		.assigned = { "4 9", "4 72", "4 99" },
		.visible = { "4", "4", "4" },
	}, {
		.desc = "one unbound queue takes its adapter away",
		.assigned = { "4-7", "4 71", "" },
		.unbound = { 0x0547 },
		.visible = { "4 6-7", "4 71", "" },
	}, {
		.desc = "an unbound queue of another domain does not matter",
		.assigned = { "4-7", "4 71", "" },
		.unbound = { 0x05ab },
		.visible = { "4-7", "4 71", "" },
	}, {
		.desc = "one unclean queue takes its adapter away",
		.assigned = { "4-7", "4 71", "" },
		.stained = { 0x0604 },
		.visible = { "4 5 7", "4 71", "" },
	}, {
		.desc = "an unclean queue that is plugged stays",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "6", "4" },
		.stained = { 0x0604 },
		.visible = { "4-7", "4 71", "" },
	}, {
		.desc = "a plugged queue that is unbound goes",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-7", "4 71" },
		.unbound = { 0x0604 },
		.visible = { "4 5 7", "4 71", "" },
	}, {
		.desc = "plugged on another adapter does not help",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4 5", "4 71" },
		.stained = { 0x0604 },
		.visible = { "4 5 7", "4 71", "" },
	}, {
		.desc = "plugged with another domain does not help",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-7", "4" },
		.stained = { 0x0647 },
		.visible = { "4 5 7", "4 71", "" },
	}, {
		.desc = "no adapter is left, domains stay",
		.assigned = { "4 5", "4", "4" },
		.stained = { 0x0404, 0x0504 },
		.visible = { "", "4", "4" },
	}, {
		.desc = "adapters without a domain are not looked at",
		.assigned = { "4-7", "", "" },
		.unbound = { 0x0404, 0x0547 },
		.visible = { "4-7", "", "" },
	}, {
		.desc = "adapters whose domains the host lacks are not either",
		.assigned = { "4-7", "72 73", "" },
		.unbound = { 0x0404, 0x0547 },
		.visible = { "4-7", "", "" },
	}, {
		.desc = "domains without an adapter stay",
		.assigned = { "", "4 71", "171" },
		.visible = { "", "4 71", "171" },
	}, {
		.desc = "a small control block hides what it cannot hold",
		.assigned = { "4-7", "4 71", "4 71" },
		.limits = { .max_apid = 5, .max_apqi = 15 },
		.visible = { "4 5", "4", "4" },
	}, {
		.desc = "a hidden domain's queues do not matter",
		.assigned = { "4-7", "4 71", "" },
		.stained = { 0x0447, 0x0547, 0x0647, 0x0747 },
		.limits = { .max_apid = 63, .max_apqi = 15 },
		.visible = { "4-7", "4", "" },
	}, {
		.desc = "a new domain waits for a queue of a plugged adapter",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-7", "4" },
		.stained = { 0x0447, 0x0547 },
		.busy = { 0x0447, 0x0547 },
		.visible = { "4-7", "4", "" },
	}, {
		.desc = "a new domain does not wait for a queue of another adapter",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-6", "4" },
		.stained = { 0x0747 },
		.busy = { 0x0747 },
		.visible = { "4-6", "4 71", "" },
	}, {
		.desc = "without a guest nothing waits",
		.assigned = { "4-7", "4 71", "" },
		.stained = { 0x0447 },
		.busy = { 0x0447 },
		.visible = { "5-7", "4 71", "" },
	}, {
		.desc = "a new domain does not wait for what has been given up",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-7", "4" },
		.stained = { 0x0447 },
		.visible = { "5-7", "4 71", "" },
	}, {
		.desc = "a new domain does not wait for an adapter that leaves anyway",
		.assigned = { "4-7", "4 71 171", "" },
		.plugged = { "4-7", "4" },
		.stained = { 0x0447, 0x04ab },
		.busy = { 0x0447 },
		.visible = { "5-7", "4 71 171", "" },
	}, {
		.desc = "what will be bound in a moment is worth waiting for",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-7", "4" },
		.unbound = { 0x0447 },
		.stained = { 0x0447 },
		.busy = { 0x0447 },
		.visible = { "4-7", "4", "" },
	}, {
		.desc = "plugged but no longer assigned is no longer seen",
		.assigned = { "4", "4", "4" },
		.plugged = { "4-7", "4 71 171" },
		.visible = { "4", "4", "4" },
	},
};

KUNIT_ARRAY_PARAM_DESC(view, views, desc);

static void a_guest_sees(struct kunit *test)
{
	const struct view *view = test->param_value;
	struct apm_table *bound = new_table(test);
	struct apm_table *clean = new_table(test);
	struct apm_table *busy = new_table(test);
	struct apm_world world = {
		.host = matrix_of("4-7", "4 71 171", "4 71 171"),
		.limits = view->limits,
		.bound = bound,
		.clean = clean,
		.busy = busy,
	};
	struct apm_region all = apm_region_of(&world.host);
	struct apm_matrix assigned = matrix_of(view->assigned[0],
					       view->assigned[1],
					       view->assigned[2]);
	struct apm_matrix plugged = matrix_of(view->plugged[0],
					      view->plugged[1], "");

	if (!world.limits.max_apid)
		world.limits = (struct apm_limits) { 255, 255 };
	apm_table_add_region(bound, &all);
	apm_table_add_region(clean, &all);
	for (unsigned int i = 0; i < ARRAY_SIZE(view->unbound); i++)
		apm_table_del(bound, view->unbound[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(view->stained); i++)
		apm_table_del(clean, view->stained[i]);
	for (unsigned int i = 0; i < ARRAY_SIZE(view->busy); i++)
		if (view->busy[i])
			apm_table_add(busy, view->busy[i]);

	KUNIT_EXPECT_MATRIX_EQ(test, apm_visible(&world, &assigned, &plugged),
			       matrix_of(view->visible[0], view->visible[1],
					 view->visible[2]));
}

/* No queue that is seen is unfit, and no adapter is left out without one. */
static void check_largest(struct kunit *test, const struct apm_world *world,
			  const struct apm_matrix *assigned,
			  const struct apm_matrix *plugged,
			  const struct apm_matrix *guest)
{
	unsigned int apid;
	unsigned int apqi;

	KUNIT_ASSERT_TRUE(test, apm_mask_subset(&guest->adapters,
						&assigned->adapters));
	KUNIT_ASSERT_TRUE(test, apm_mask_subset(&guest->adapters,
						&world->host.adapters));
	apm_for_each(apid, &assigned->adapters) {
		bool unfit = !apm_mask_test(&world->host.adapters, apid) ||
			     apid > world->limits.max_apid;

		apm_for_each(apqi, &guest->domains)
			if (!fit(world, plugged, apm_apqn(apid, apqi)))
				unfit = true;
		KUNIT_ASSERT_EQ_MSG(test, unfit,
				    !apm_mask_test(&guest->adapters, apid),
				    "adapter %02x", apid);
	}
}

static void a_guest_sees_what_the_twin_says_and_no_less(struct kunit *test)
{
	struct apm_table *bound = new_table(test);
	struct apm_table *clean = new_table(test);
	struct apm_table *busy = new_table(test);
	struct apm_table *none = new_table(test);
	unsigned int held = 0;
	unsigned int kept = 0;
	unsigned int lost = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 300; round++) {
		struct apm_world world;
		struct apm_matrix assigned = draw_matrix(&seed);
		struct apm_matrix plugged = draw_matrix(&seed);
		struct apm_matrix guest;
		struct apm_matrix hasty;

		draw_world(&seed, &world, bound, clean, busy);
		if (round % 2)
			plugged.adapters = assigned.adapters;
		guest = apm_visible(&world, &assigned, &plugged);
		KUNIT_EXPECT_MATRIX_EQ(test, guest,
				       twin_visible(&world, &assigned, &plugged));
		check_largest(test, &world, &assigned, &plugged, &guest);
		kept += !apm_mask_empty(&guest.adapters) &&
			!apm_mask_empty(&guest.domains);
		lost += !apm_mask_equal(&guest.adapters, &assigned.adapters);
		world.busy = none;
		hasty = apm_visible(&world, &assigned, &plugged);
		held += !apm_mask_equal(&guest.domains, &hasty.domains);
	}
	/* Else the worlds drawn were too good or too bad to tell anything. */
	KUNIT_EXPECT_GT(test, kept, 30);
	KUNIT_EXPECT_GT(test, lost, 30);
	KUNIT_EXPECT_GT(test, held, 3);
}

static void what_is_seen_stays_seen_once_it_is_plugged(struct kunit *test)
{
	struct apm_table *bound = new_table(test);
	struct apm_table *clean = new_table(test);
	struct apm_table *busy = new_table(test);
	struct apm_table *none = new_table(test);
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 100; round++) {
		struct apm_world world;
		struct apm_matrix assigned = draw_matrix(&seed);
		struct apm_matrix plugged = {};
		struct apm_matrix guest;

		draw_world(&seed, &world, bound, clean, busy);
		guest = apm_visible(&world, &assigned, &plugged);
		world.clean = none;
		KUNIT_EXPECT_MATRIX_EQ(test, guest,
				       apm_visible(&world, &assigned, &guest));
	}
}

static void settling_twice_changes_nothing(struct kunit *test)
{
	struct apm_table *bound = new_table(test);
	struct apm_table *clean = new_table(test);
	struct apm_table *busy = new_table(test);
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 300; round++) {
		struct apm_world world;
		struct apm_matrix assigned = draw_matrix(&seed);
		struct apm_matrix plugged = draw_matrix(&seed);
		struct apm_matrix guest;

		draw_world(&seed, &world, bound, clean, busy);
		plugged.adapters = assigned.adapters;
		guest = apm_visible(&world, &assigned, &plugged);
		KUNIT_EXPECT_MATRIX_EQ(test, guest,
				       apm_visible(&world, &assigned, &guest));
	}
}

static struct kunit_case filter_cases[] = {
	KUNIT_CASE_PARAM(a_guest_sees, view_gen_params),
	KUNIT_CASE(a_guest_sees_what_the_twin_says_and_no_less),
	KUNIT_CASE(settling_twice_changes_nothing),
	KUNIT_CASE(what_is_seen_stays_seen_once_it_is_plugged),
	{}
};

static struct kunit_suite filter_suite = {
	.name = "vfio_ap-filter",
	.test_cases = filter_cases,
};

kunit_test_suite(filter_suite);
