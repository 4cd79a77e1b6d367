/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - what oracles draw at random: mostly corners
 *
 * Random sets differ in everything and are never almost equal.  So numbers are
 * mostly those at which something ends, sets have few members, or nearly all,
 * and many are like one that was there before.
 */
#ifndef APM_DRAW_H
#define APM_DRAW_H

#include "../core/filter.h"
#include "../core/plan.h"
#include "testlib.h"

/* So few that a slow kernel needs no second for a suite. */
#define ORACLE_CASES	500

/*
 * Many cases: each call of @check draws one, and says what is wrong with it, or
 * NULL.  What a case depends on is drawn in it, or kept in @priv.  True: so many
 * were right that all kinds should have been among them.
 */
static inline bool ask_oracle(struct kunit *test, u64 otherwise,
			      const char *(*check)(u64 *seed, void *priv),
			      void *priv)
{
	u64 cases = kunit_choice("VFIO_AP_CASES", ORACLE_CASES);
	u64 seed = first_seed(test, otherwise);

	for (u64 nr = 0; nr < cases; nr++) {
		u64 before = seed;
		const char *wrong = check(&seed, priv);

		if (!wrong)
			continue;
		KUNIT_FAIL(test, "case %llu, which begins with 0x%llx: %s",
			   nr, before, wrong);
		return false;
	}
	kunit_info(test, "VFIO_AP_CASES=%llu", cases);
	return cases >= ORACLE_CASES;
}

static inline bool draw_one_in(u64 *seed, unsigned int count)
{
	return !draw_below(seed, count);
}

/* The ends of words, bytes and digits; else any number. */
static inline unsigned int draw_id(u64 *seed)
{
	static const u8 ends[] = {
		0, 1, 3, 4, 7, 8, 15, 16, 31, 32, 62, 63, 64, 65, 127, 128,
		191, 192, 193, 251, 252, 254, 255,
	};

	if (draw_one_in(seed, 4))
		return draw_below(seed, APM_IDS);
	return ends[draw_below(seed, ARRAY_SIZE(ends))];
}

static inline struct apm_mask draw_run(u64 *seed)
{
	struct apm_mask mask = {};
	unsigned int end = draw_id(seed) + 1;

	for (unsigned int id = draw_below(seed, end); id < end; id++)
		apm_mask_add(&mask, id);
	return mask;
}

static inline struct apm_mask draw_few(u64 *seed)
{
	unsigned int count = draw_below(seed, 5);
	struct apm_mask mask = {};

	while (count--)
		apm_mask_add(&mask, draw_id(seed));
	return mask;
}

static inline struct apm_mask draw_inverse(u64 *seed)
{
	struct apm_mask few = draw_few(seed);

	for (unsigned int i = 0; i < APM_WORDS; i++)
		few.word[i] = ~few.word[i];
	return few;
}

/* One in many is dense: those are the slow ones. */
static inline struct apm_mask draw_set(u64 *seed)
{
	unsigned int kind = draw_below(seed, 256);

	if (kind == 0)
		return draw_mask(seed);
	if (kind == 1)
		return draw_inverse(seed);
	if (kind < 8)
		return draw_run(seed);
	return draw_few(seed);
}

/* As it is, with one number more or less, with some less, or another one. */
static inline struct apm_mask draw_like(u64 *seed, const struct apm_mask *mask)
{
	struct apm_mask like = *mask;
	struct apm_mask some;

	switch (draw_below(seed, 5)) {
	case 0:
		break;
	case 1:
		apm_mask_add(&like, draw_id(seed));
		break;
	case 2:
		apm_mask_del(&like, apm_mask_next(mask, draw_id(seed)) % APM_IDS);
		break;
	case 3:
		some = draw_mask(seed);
		for (unsigned int i = 0; i < APM_WORDS; i++)
			like.word[i] &= some.word[i];
		break;
	default:
		like = draw_set(seed);
	}
	return like;
}

static inline void draw_assignment(u64 *seed, struct apm_matrix *m)
{
	m->adapters = draw_set(seed);
	m->domains = draw_set(seed);
	m->controls = draw_set(seed);
}

static inline void draw_assignment_like(u64 *seed, struct apm_matrix *m,
					const struct apm_matrix *like)
{
	m->adapters = draw_like(seed, &like->adapters);
	m->domains = draw_like(seed, &like->domains);
	m->controls = draw_like(seed, &like->controls);
}

/* A difference, as all regions are, of two assignments that are alike. */
static inline void draw_region(u64 *seed, struct apm_region *region)
{
	struct apm_matrix a;
	struct apm_matrix b;

	draw_assignment(seed, &a);
	draw_assignment_like(seed, &b, &a);
	*region = apm_region_minus(&a, &b);
}

static inline struct apm_limits draw_limits(u64 *seed)
{
	struct apm_limits limits = { 255, 255 };

	if (draw_below(seed, 2)) {
		limits.max_apid = draw_id(seed);
		limits.max_apqi = draw_id(seed);
	}
	return limits;
}

#endif /* APM_DRAW_H */
