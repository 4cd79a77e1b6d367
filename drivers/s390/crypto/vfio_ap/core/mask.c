// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - sets of adapters or domains
 *
 * Word by word.  Nothing here needs a helper that the compiler or the kernel
 * would have to supply but memcmp(), which is one instruction where it matters; so
 * counting and searching are spelled out.
 */
#include "mask.h"

static_assert(APM_WORDS * APM_WORD_BITS == APM_IDS);
static_assert(sizeof(struct apm_mask) == APM_IDS / 8);

/**
 * apm_mask_and - what two sets have in common
 * @a: one set
 * @b: the other
 *
 * Return: the intersection.
 */
struct apm_mask apm_mask_and(const struct apm_mask *a, const struct apm_mask *b)
{
	struct apm_mask both;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		both.word[i] = a->word[i] & b->word[i];
	return both;
}

/**
 * apm_mask_or - what is in at least one of two sets
 * @a: one set
 * @b: the other
 *
 * Return: the union.
 */
struct apm_mask apm_mask_or(const struct apm_mask *a, const struct apm_mask *b)
{
	struct apm_mask any;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		any.word[i] = a->word[i] | b->word[i];
	return any;
}

/**
 * apm_mask_minus - what one set has and another one has not
 * @a: the set to take from
 * @b: what to take
 *
 * Return: the difference.
 */
struct apm_mask apm_mask_minus(const struct apm_mask *a, const struct apm_mask *b)
{
	struct apm_mask rest;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		rest.word[i] = a->word[i] & ~b->word[i];
	return rest;
}

/**
 * apm_mask_upto - all numbers from 0 to a last one
 * @last: the last number; everything from 255 upwards means all
 *
 * Return: the set { 0 .. @last }.
 */
struct apm_mask apm_mask_upto(unsigned int last)
{
	struct apm_mask mask = {};

	for (unsigned int i = 0; i < APM_WORDS; i++) {
		unsigned int first = i * APM_WORD_BITS;

		if (last < first)
			break;
		mask.word[i] = last - first < APM_WORD_BITS ?
			~0ULL << (APM_WORD_BITS - 1 - (last - first)) : ~0ULL;
	}
	return mask;
}

/**
 * apm_mask_empty - is nothing in a set?
 * @mask: the set
 *
 * Return: true if it has no member.
 */
bool apm_mask_empty(const struct apm_mask *mask)
{
	u64 any = 0;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		any |= mask->word[i];
	return !any;
}

/**
 * apm_mask_equal - do two sets have the same members?
 * @a: one set
 * @b: the other
 *
 * Return: true if they are equal.
 */
bool apm_mask_equal(const struct apm_mask *a, const struct apm_mask *b)
{
	return !__builtin_memcmp(a, b, sizeof(*a));
}

/**
 * apm_mask_subset - does a set lie within another one?
 * @a: the smaller set
 * @of: the larger set
 *
 * Return: true if every member of @a is in @of; the empty set always is.
 */
bool apm_mask_subset(const struct apm_mask *a, const struct apm_mask *of)
{
	u64 outside = 0;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		outside |= a->word[i] & ~of->word[i];
	return !outside;
}

/**
 * apm_mask_meets - have two sets a member in common?
 * @a: one set
 * @b: the other
 *
 * Return: true if their intersection is not empty.
 */
bool apm_mask_meets(const struct apm_mask *a, const struct apm_mask *b)
{
	u64 shared = 0;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		shared |= a->word[i] & b->word[i];
	return shared;
}

/**
 * apm_mask_count - how many members has a set?
 * @mask: the set
 *
 * Return: 0 .. 256.
 */
unsigned int apm_mask_count(const struct apm_mask *mask)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < APM_WORDS; i++)
		for (u64 left = mask->word[i]; left; left &= left - 1)
			count++;
	return count;
}

/**
 * apm_mask_next - the first member from a number on
 * @mask: the set
 * @from: where to start, inclusive; any value
 *
 * Return: a member, or %APM_IDS if there is none from @from on.
 */
unsigned int apm_mask_next(const struct apm_mask *mask, unsigned int from)
{
	while (from < APM_IDS) {
		u64 rest = mask->word[from / APM_WORD_BITS];

		rest &= ~0ULL >> from % APM_WORD_BITS;
		from -= from % APM_WORD_BITS;
		if (rest)
			return from + __builtin_clzll(rest);
		from += APM_WORD_BITS;
	}
	return APM_IDS;
}

/**
 * apm_walk_on - begin at the first member, or go to the next one
 * @walk: the cursor; its member becomes %APM_IDS at the end
 *
 * Return: false at the end.
 */
bool apm_walk_on(struct apm_walk *walk)
{
	*walk->id = apm_mask_next(walk->mask, walk->on ? *walk->id + 1 : 0);
	walk->on = true;
	return *walk->id < APM_IDS;
}
