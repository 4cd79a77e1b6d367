// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - why a guest does not see what it was assigned
 *
 * Cases with a name; then, in worlds drawn at random, whatever is withheld has
 * a reason, whatever is not has none, and when the reasons are gone all is
 * there.
 */
#include <kunit/test.h>

#include "../core/rc.h"
#include "../core/why.h"
#include "worlds.h"

#define SEED	0x776879ULL

static void every_reason_has_a_word_of_its_own(struct kunit *test)
{
	for (unsigned int why = 0; why < APM_WHYS; why++) {
		const char *word = apm_why_text(why);
		size_t len;

		KUNIT_ASSERT_NOT_NULL(test, word);
		len = strlen(word);
		KUNIT_EXPECT_GT(test, len, 0);
		KUNIT_EXPECT_LE(test, len, APM_WHY_LEN);
		for (size_t i = 0; i < len; i++)
			KUNIT_EXPECT_TRUE(test, word[i] == '-' ||
					  (word[i] >= 'a' && word[i] <= 'z'));
		for (unsigned int other = 0; other < why; other++)
			KUNIT_EXPECT_STRNEQ(test, word, apm_why_text(other));
	}
}

static void a_code_says_why_a_queue_is_away(struct kunit *test)
{
	for (unsigned int rc = 0; rc < 256; rc++) {
		enum apm_why why = APM_WHY_QUARANTINED;

		if (rc == APM_RC_NOT_AVAILABLE)
			why = APM_WHY_NOT_AVAILABLE;
		if (rc == APM_RC_DECONFIGURED)
			why = APM_WHY_DECONFIGURED;
		if (rc == APM_RC_CHECKSTOPPED)
			why = APM_WHY_CHECKSTOPPED;
		KUNIT_EXPECT_EQ(test, apm_why_away(rc), why);
	}
}

/* The host has adapters 4-7 and domains 4, 71 and 171. */
static const struct story {
	const char *desc;
	const char *assigned[3];
	const char *plugged[2];
	u16 unbound[2];
	u16 stained[4];
	u16 busy[4];
	struct apm_limits limits;
	const char *not_in_host[3];
	const char *beyond[3];
	u16 named[5];
} stories[] = {
	{
		.desc = "all is well",
		.assigned = { "4-7", "4 71 171", "4" },
	}, {
		.desc = "what the host lacks",
		.assigned = { "4 9", "4 72", "4 99" },
		.not_in_host = { "9", "72", "99" },
	}, {
		.desc = "what the guest cannot address",
		.assigned = { "4-7", "4 71", "4 171" },
		.limits = { .max_apid = 5, .max_apqi = 15 },
		.beyond = { "6-7", "71", "171" },
	}, {
		.desc = "both: the host first",
		.assigned = { "4 200", "4 201", "202" },
		.limits = { .max_apid = 63, .max_apqi = 15 },
		.not_in_host = { "200", "201", "202" },
	}, {
		.desc = "an unbound queue",
		.assigned = { "4-7", "4 71", "" },
		.unbound = { 0x0547 },
		.named = { 0x0547 },
	}, {
		.desc = "not one of a domain that is not assigned",
		.assigned = { "4-7", "4 71", "" },
		.unbound = { 0x05ab },
	}, {
		.desc = "nor of an adapter or a domain that is withheld anyway",
		.assigned = { "4 9", "4 72", "" },
		.unbound = { 0x0904, 0x0448 },
		.not_in_host = { "9", "72", "" },
	}, {
		.desc = "without a domain none",
		.assigned = { "4-7", "", "" },
		.unbound = { 0x0404, 0x0547 },
	}, {
		.desc = "every queue, not the first",
		.assigned = { "4-7", "4 71 171", "" },
		.unbound = { 0x0547, 0x0704 },
		.stained = { 0x0504, 0x07ab },
		.named = { 0x0504, 0x0547, 0x0704, 0x07ab },
	}, {
		.desc = "an unclean one",
		.assigned = { "4-7", "4 71", "" },
		.stained = { 0x0604 },
		.busy = { 0x0604 },
		.named = { 0x0604 },
	}, {
		.desc = "not if it is plugged",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "6", "4" },
		.stained = { 0x0604 },
	}, {
		.desc = "but if it is unbound and plugged",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "6", "4 71" },
		.unbound = { 0x0604 },
		.stained = { 0x0604, 0x0647 },
		.named = { 0x0604 },
	}, {
		.desc = "one that a new domain waits for",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4-7", "4" },
		.stained = { 0x0447, 0x0547 },
		.busy = { 0x0447, 0x0547 },
		.named = { 0x0447, 0x0547 },
	}, {
		.desc = "not one that does not matter while the domain waits",
		.assigned = { "4-7", "4 71", "" },
		.plugged = { "4 6 7", "4" },
		.unbound = { 0x0547 },
		.stained = { 0x0447, 0x0647 },
		.busy = { 0x0447 },
		.named = { 0x0447 },
	}, {
		.desc = "an adapter that is lost waits for nothing",
		.assigned = { "4-7", "4 71 171", "" },
		.plugged = { "4-7", "4" },
		.stained = { 0x0447, 0x04ab },
		.busy = { 0x0447 },
		.named = { 0x0447, 0x04ab },
	},
};

KUNIT_ARRAY_PARAM_DESC(story, stories, desc);

static void add_all(struct apm_table *table, const u16 *apqn, unsigned int count)
{
	while (count--)
		if (apqn[count])
			apm_table_add(table, apqn[count]);
}

static void del_all(struct apm_table *table, const u16 *apqn, unsigned int count)
{
	while (count--)
		apm_table_del(table, apqn[count]);
}

static struct apm_matrix three(const char *const list[3])
{
	return matrix_of(list[0], list[1], list[2]);
}

static void what_is_named_is(struct kunit *test)
{
	const struct story *story = test->param_value;
	struct apm_table *bound = new_table(test);
	struct apm_table *clean = new_table(test);
	struct apm_table *busy = new_table(test);
	struct apm_table *named = new_table(test);
	struct apm_table *want = new_table(test);
	struct apm_world world = {
		.host = matrix_of("4-7", "4 71 171", "4 71 171"),
		.limits = story->limits,
		.bound = bound,
		.clean = clean,
		.busy = busy,
	};
	struct apm_region all = apm_region_of(&world.host);
	struct apm_matrix assigned = three(story->assigned);
	struct apm_matrix plugged = matrix_of(story->plugged[0],
					      story->plugged[1], "");

	if (!world.limits.max_apid)
		world.limits = (struct apm_limits) { 255, 255 };
	apm_table_add_region(bound, &all);
	apm_table_add_region(clean, &all);
	del_all(bound, story->unbound, ARRAY_SIZE(story->unbound));
	del_all(clean, story->unbound, ARRAY_SIZE(story->unbound));
	del_all(clean, story->stained, ARRAY_SIZE(story->stained));
	add_all(busy, story->busy, ARRAY_SIZE(story->busy));
	add_all(want, story->named, ARRAY_SIZE(story->named));

	KUNIT_EXPECT_MATRIX_EQ(test, three(story->not_in_host),
			       apm_why_matrix(&world, &assigned,
					      APM_WHY_NOT_IN_HOST));
	KUNIT_EXPECT_MATRIX_EQ(test, three(story->beyond),
			       apm_why_matrix(&world, &assigned,
					      APM_WHY_FORMAT_LIMIT));
	memset(named, 0xff, sizeof(*named));
	apm_why_queues(&world, &assigned, &plugged, named);
	KUNIT_EXPECT_EQ(test, 0, memcmp(named, want, sizeof(*named)));
}

/**
 * struct scene - a world drawn at random, and what is said about it
 * @world: everything else that matters
 * @bound: its tables
 * @clean: ...
 * @busy: ...
 * @assigned: what the guest is to have
 * @plugged: what it has
 * @guest: what it sees
 * @whole: what is withheld whatever its queues are
 * @named: queues that withhold something
 */
struct scene {
	struct apm_world world;
	struct apm_table *bound;
	struct apm_table *clean;
	struct apm_table *busy;
	struct apm_matrix assigned;
	struct apm_matrix plugged;
	struct apm_matrix guest;
	struct apm_matrix whole;
	struct apm_table *named;
};

static struct scene *new_scene(struct kunit *test)
{
	struct scene *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	s->bound = new_table(test);
	s->clean = new_table(test);
	s->busy = new_table(test);
	s->named = new_table(test);
	return s;
}

static struct apm_matrix both(const struct apm_matrix *a,
			      const struct apm_matrix *b)
{
	return (struct apm_matrix) {
		.adapters = apm_mask_or(&a->adapters, &b->adapters),
		.domains = apm_mask_or(&a->domains, &b->domains),
		.controls = apm_mask_or(&a->controls, &b->controls),
	};
}

static void look(struct scene *s)
{
	struct apm_matrix not_in_host, beyond;

	s->guest = apm_visible(&s->world, &s->assigned, &s->plugged);
	not_in_host = apm_why_matrix(&s->world, &s->assigned,
				     APM_WHY_NOT_IN_HOST);
	beyond = apm_why_matrix(&s->world, &s->assigned, APM_WHY_FORMAT_LIMIT);
	s->whole = both(&not_in_host, &beyond);
	apm_why_queues(&s->world, &s->assigned, &s->plugged, s->named);
}

/* The host often has, and the guest too, most of what is assigned. */
static void draw_scene(u64 *seed, struct scene *s)
{
	draw_world(seed, &s->world, s->bound, s->clean, s->busy);
	s->assigned = draw_matrix(seed);
	s->plugged = draw_matrix(seed);
	if (draw_below(seed, 2))
		s->world.host = both(&s->world.host, &s->assigned);
	if (draw_below(seed, 2))
		s->plugged.adapters = s->assigned.adapters;
	look(s);
}

/* Is a queue named that keeps this out which is not kept out by the other? */
static bool adapter_is_blamed(const struct scene *s, unsigned int apid)
{
	return apm_mask_test(&s->whole.adapters, apid) ||
	       apm_mask_meets(&s->named->row[apid], &s->guest.domains);
}

static bool domain_is_blamed(const struct scene *s, unsigned int apqi)
{
	unsigned int apid;

	if (apm_mask_test(&s->whole.domains, apqi))
		return true;
	apm_for_each(apid, &s->guest.adapters)
		if (apm_mask_test(&s->named->row[apid], apqi))
			return true;
	return false;
}

static void check_numbers(struct kunit *test, const struct scene *s)
{
	unsigned int id;

	apm_for_each(id, &s->assigned.adapters)
		KUNIT_ASSERT_EQ_MSG(test, adapter_is_blamed(s, id),
				    !apm_mask_test(&s->guest.adapters, id),
				    "adapter %02x", id);
	apm_for_each(id, &s->assigned.domains)
		KUNIT_ASSERT_EQ_MSG(test, domain_is_blamed(s, id),
				    !apm_mask_test(&s->guest.domains, id),
				    "domain %04x", id);
	apm_for_each(id, &s->assigned.controls)
		KUNIT_ASSERT_EQ_MSG(test, apm_mask_test(&s->whole.controls, id),
				    !apm_mask_test(&s->guest.controls, id),
				    "control domain %04x", id);
}

/* Who is named is guilty: unfit, and one of its two numbers is missing. */
static unsigned int check_queues(struct kunit *test, const struct scene *s)
{
	unsigned int named = 0;

	for (unsigned int apqn = 0; apqn < APM_IDS * APM_IDS; apqn++) {
		unsigned int apid = apm_apid(apqn);
		unsigned int apqi = apm_apqi(apqn);

		if (!apm_table_test(s->named, apqn))
			continue;
		named++;
		KUNIT_ASSERT_TRUE(test, apm_matrix_has(&s->assigned, apqn));
		KUNIT_ASSERT_FALSE(test, apm_mask_test(&s->whole.adapters, apid));
		KUNIT_ASSERT_FALSE(test, apm_mask_test(&s->whole.domains, apqi));
		KUNIT_ASSERT_FALSE(test, fit(&s->world, &s->plugged, apqn));
		KUNIT_ASSERT_EQ(test, apm_mask_test(&s->guest.adapters, apid),
				!apm_mask_test(&s->guest.domains, apqi));
	}
	return named;
}

/* All of a missing adapter's unfit queues are named. */
static void check_complete(struct kunit *test, const struct scene *s)
{
	unsigned int apid;
	unsigned int apqi;

	apm_for_each(apid, &s->assigned.adapters) {
		if (apm_mask_test(&s->guest.adapters, apid) ||
		    apm_mask_test(&s->whole.adapters, apid))
			continue;
		apm_for_each(apqi, &s->guest.domains)
			KUNIT_ASSERT_EQ(test,
					!fit(&s->world, &s->plugged,
					     apm_apqn(apid, apqi)),
					apm_table_test(s->named,
						       apm_apqn(apid, apqi)));
	}
}

static void what_is_withheld_has_a_reason_and_nothing_else_has(struct kunit *test)
{
	struct scene *s = new_scene(test);
	unsigned int missing = 0;
	unsigned int waiting = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 300; round++) {
		struct apm_mask known;

		draw_scene(&seed, s);
		check_numbers(test, s);
		check_complete(test, s);
		missing += check_queues(test, s) != 0;
		known = apm_mask_or(&s->guest.domains, &s->whole.domains);
		waiting += !apm_mask_subset(&s->assigned.domains, &known);
	}
	/* Else nothing was asked. */
	KUNIT_EXPECT_GT(test, missing, 30);
	KUNIT_EXPECT_GT(test, waiting, 10);
}

/* Remove what was named, until nothing is. */
static unsigned int make_amends(struct scene *s)
{
	unsigned int rounds = 0;

	s->world.host = both(&s->world.host, &s->whole);
	s->world.limits = (struct apm_limits) { 255, 255 };
	look(s);
	while (!apm_table_empty(s->named) && rounds++ < APM_IDS) {
		for (unsigned int i = 0; i < APM_IDS; i++) {
			const struct apm_mask *row = &s->named->row[i];

			s->bound->row[i] = apm_mask_or(&s->bound->row[i], row);
			s->clean->row[i] = apm_mask_or(&s->clean->row[i], row);
		}
		look(s);
	}
	return rounds;
}

static void without_the_reasons_all_is_there(struct kunit *test)
{
	struct scene *s = new_scene(test);
	unsigned int again = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 300; round++) {
		draw_scene(&seed, s);
		again += make_amends(s) > 1;
		KUNIT_EXPECT_MATRIX_EQ(test, s->guest, s->assigned);
		KUNIT_EXPECT_TRUE(test, apm_table_empty(s->named));
	}
	/* A domain that waited brought its other queues. */
	KUNIT_EXPECT_GT(test, again, 3);
}

static void a_type_says_why_a_queue_is_not_bound(struct kunit *test)
{
	for (unsigned int type = 0; type < 256; type++)
		KUNIT_EXPECT_EQ(test, apm_why_unbound(type),
				type >= 1 && type <= 9 ? APM_WHY_TYPE_TOO_OLD
						       : APM_WHY_NOT_BOUND);
}

static struct kunit_case why_cases[] = {
	KUNIT_CASE(every_reason_has_a_word_of_its_own),
	KUNIT_CASE(a_code_says_why_a_queue_is_away),
	KUNIT_CASE(a_type_says_why_a_queue_is_not_bound),
	KUNIT_CASE_PARAM(what_is_named_is, story_gen_params),
	KUNIT_CASE(what_is_withheld_has_a_reason_and_nothing_else_has),
	KUNIT_CASE(without_the_reasons_all_is_there),
	{}
};

static struct kunit_suite why_suite = {
	.name = "vfio_ap-why",
	.test_cases = why_cases,
};

kunit_test_suite(why_suite);
