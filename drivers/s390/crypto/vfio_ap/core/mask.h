/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - sets of adapters or domains
 *
 * A mask is a set of numbers 0..255, numbered as the AP architecture does:
 * number 0 is the leftmost bit.  Word n/64 holds number n in the bit with the
 * value 1 << (63 - n % 64), so on a big-endian machine the four words are, in
 * storage, exactly the bytes of the APCB and of the QCI block.
 */
#ifndef APM_MASK_H
#define APM_MASK_H

#include "base.h"

#define APM_IDS		256
#define APM_WORD_BITS	64
#define APM_WORDS	(APM_IDS / APM_WORD_BITS)

/**
 * struct apm_mask - a set of adapter or domain numbers
 * @word: the bits, see above
 */
struct apm_mask {
	u64 word[APM_WORDS];
};

static inline u64 apm_mask_bit(unsigned int id)
{
	return 1ULL << (APM_WORD_BITS - 1 - id % APM_WORD_BITS);
}

static inline bool apm_mask_test(const struct apm_mask *mask, unsigned int id)
{
	return mask->word[id / APM_WORD_BITS] & apm_mask_bit(id);
}

static inline void apm_mask_add(struct apm_mask *mask, unsigned int id)
{
	mask->word[id / APM_WORD_BITS] |= apm_mask_bit(id);
}

static inline void apm_mask_del(struct apm_mask *mask, unsigned int id)
{
	mask->word[id / APM_WORD_BITS] &= ~apm_mask_bit(id);
}

struct apm_mask apm_mask_and(const struct apm_mask *a, const struct apm_mask *b);
struct apm_mask apm_mask_or(const struct apm_mask *a, const struct apm_mask *b);
struct apm_mask apm_mask_minus(const struct apm_mask *a, const struct apm_mask *b);
struct apm_mask apm_mask_upto(unsigned int last);
bool apm_mask_empty(const struct apm_mask *mask);
bool apm_mask_equal(const struct apm_mask *a, const struct apm_mask *b);
bool apm_mask_subset(const struct apm_mask *a, const struct apm_mask *of);
bool apm_mask_meets(const struct apm_mask *a, const struct apm_mask *b);
unsigned int apm_mask_count(const struct apm_mask *mask);
unsigned int apm_mask_next(const struct apm_mask *mask, unsigned int from);

/**
 * struct apm_walk - the cursor of apm_for_each()
 * @mask: what is walked over
 * @id: the member it is at
 * @on: it has begun
 */
struct apm_walk {
	const struct apm_mask *mask;
	unsigned int *id;
	bool on;
};

bool apm_walk_on(struct apm_walk *walk);

/* Every member of a mask, ascending; mask and @id may change meanwhile. */
#define apm_for_each(id, mask)						\
	for (struct apm_walk at_##id = { mask, &(id) }; apm_walk_on(&at_##id); )

#endif /* APM_MASK_H */
