/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - sets and assignments, written down or drawn at random
 *
 * A set is written as numbers and ranges, "4 5 71-80"; "" is empty.  What is
 * random is the same in every run and every bed, unless the user bed is told
 * otherwise: VFIO_AP_SEED is another seed, VFIO_AP_CASES another number of cases
 * for oracles (draw.h).  Tests print both.
 */
#ifndef APM_TESTLIB_H
#define APM_TESTLIB_H

#include <kunit/test.h>

#include "../core/table.h"

static inline unsigned int number_at(const char **at)
{
	unsigned int number = 0;

	while (**at >= '0' && **at <= '9')
		number = number * 10 + *(*at)++ - '0';
	return number;
}

/* NULL is empty too, so that tables can leave members out. */
static inline struct apm_mask ids(const char *list)
{
	struct apm_mask mask = {};
	const char *at = list ?: "";

	while (*at) {
		unsigned int first = number_at(&at);
		unsigned int last = first;

		if (*at == '-') {
			at++;
			last = number_at(&at);
		}
		for (unsigned int id = first; id <= last; id++)
			apm_mask_add(&mask, id);
		while (*at == ' ')
			at++;
	}
	return mask;
}

static inline struct apm_matrix matrix_of(const char *adapters,
					  const char *domains,
					  const char *controls)
{
	return (struct apm_matrix) {
		.adapters = ids(adapters),
		.domains = ids(domains),
		.controls = ids(controls),
	};
}

static inline struct apm_table *new_table(struct kunit *test)
{
	struct apm_table *table = kunit_kzalloc(test, sizeof(*table), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, table);
	return table;
}

/* The user bed's stand-in for KUnit has one that asks the environment. */
#ifndef kunit_choice
static inline u64 kunit_choice(const char *name, u64 otherwise)
{
	return otherwise;
}
#endif

/* The generator needs one that is not 0. */
static inline u64 first_seed(struct kunit *test, u64 otherwise)
{
	u64 seed = kunit_choice("VFIO_AP_SEED", otherwise) ?: 1;

	kunit_info(test, "VFIO_AP_SEED=0x%llx", seed);
	return seed;
}

/* xorshift64*: short, and good enough to find the corners. */
static inline u64 draw(u64 *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * 2685821657736338717ULL;
}

static inline unsigned int draw_below(u64 *seed, unsigned int end)
{
	return (draw(seed) >> 33) % end;
}

/* Few members, many, or none: one in two to the power of 0 .. 7. */
static inline struct apm_mask draw_mask(u64 *seed)
{
	unsigned int rare = draw_below(seed, 8);
	struct apm_mask mask;

	for (unsigned int i = 0; i < APM_WORDS; i++) {
		mask.word[i] = draw(seed);
		for (unsigned int j = 0; j < rare; j++)
			mask.word[i] &= draw(seed);
	}
	return mask;
}

static inline struct apm_matrix draw_matrix(u64 *seed)
{
	struct apm_matrix matrix = {
		.adapters = draw_mask(seed),
		.domains = draw_mask(seed),
		.controls = draw_mask(seed),
	};

	return matrix;
}

#define KUNIT_EXPECT_MASK_EQ(test, left, right)				\
	do {								\
		struct apm_mask __l = (left);				\
		struct apm_mask __r = (right);				\
									\
		KUNIT_EXPECT_MEMEQ(test, &__l, &__r, sizeof(__l));	\
	} while (0)

#define KUNIT_EXPECT_MATRIX_EQ(test, left, right)			\
	do {								\
		struct apm_matrix __l = (left);				\
		struct apm_matrix __r = (right);			\
									\
		KUNIT_EXPECT_MEMEQ(test, &__l, &__r, sizeof(__l));	\
	} while (0)

#endif /* APM_TESTLIB_H */
