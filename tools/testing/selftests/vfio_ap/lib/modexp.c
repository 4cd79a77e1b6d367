// SPDX-License-Identifier: GPL-2.0-only
/*
 * modexp - a modular exponentiation to compare somebody else's with
 *
 * Written to be evidently right, and to have nothing in common with the
 * implementations under test: numbers are added, doubled, and made smaller by
 * subtracting the modulus, as on paper in base two.
 */
#include <errno.h>
#include <string.h>

#include "modexp.h"

#define MODEXP_BITS	4096
#define MODEXP_WORDS	(MODEXP_BITS / 64)

/* Little-endian words; @count of them are in use. */
struct number {
	uint64_t word[MODEXP_WORDS];
};

struct ring {
	struct number modulus;
	unsigned int count;
};

static void number_from_bytes(struct number *number, const uint8_t *bytes,
			      unsigned int len)
{
	unsigned int i;

	memset(number, 0, sizeof(*number));
	for (i = 0; i < len; i++)
		number->word[i / 8] |= (uint64_t)bytes[len - 1 - i] << 8 * (i % 8);
}

static void number_to_bytes(uint8_t *bytes, unsigned int len,
			    const struct number *number)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		bytes[len - 1 - i] = number->word[i / 8] >> 8 * (i % 8);
}

static int not_below(const struct ring *ring, const struct number *a)
{
	unsigned int i;

	for (i = ring->count; i-- > 0;) {
		if (a->word[i] != ring->modulus.word[i])
			return a->word[i] > ring->modulus.word[i];
	}
	return 1;
}

static void subtract_modulus(const struct ring *ring, struct number *a)
{
	uint64_t borrow = 0;
	unsigned int i;

	for (i = 0; i < ring->count; i++) {
		uint64_t with = a->word[i] - borrow;
		uint64_t less = with - ring->modulus.word[i];

		borrow = with > a->word[i] || less > with;
		a->word[i] = less;
	}
}

/* @a = @a + @b, both below the modulus before and after. */
static void add(const struct ring *ring, struct number *a,
		const struct number *b)
{
	uint64_t carry = 0;
	unsigned int i;

	for (i = 0; i < ring->count; i++) {
		uint64_t with = a->word[i] + carry;
		uint64_t sum = with + b->word[i];

		carry = with < carry || sum < with;
		a->word[i] = sum;
	}
	if (carry || not_below(ring, a))
		subtract_modulus(ring, a);
}

/* @a = @a * @b: double, and add @b where @a has a one, from the left. */
static void multiply(const struct ring *ring, struct number *a,
		     const struct number *b)
{
	struct number product = {};
	struct number other = *b;
	unsigned int bit;

	for (bit = 64 * ring->count; bit-- > 0;) {
		struct number twice = product;

		add(ring, &product, &twice);
		if (a->word[bit / 64] >> bit % 64 & 1)
			add(ring, &product, &other);
	}
	*a = product;
}

/**
 * modexp() - base ^ exponent mod modulus
 * @out: the result, @len bytes, big-endian like the others
 * @base: must be below @modulus
 * @exponent: an exponent that need not be long: it is only compared with
 * @modulus: not zero
 * @len: length of the numbers in bytes, a multiple of 8, at most 512
 *
 * Return: 0 or -EINVAL.
 */
int modexp(uint8_t *out, const uint8_t *base, uint64_t exponent,
	   const uint8_t *modulus, unsigned int len)
{
	struct ring ring = { .count = len / 8 };
	struct number result = { .word[0] = 1 };
	struct number power;
	int bit;

	if (!len || len % 8 || len > MODEXP_BITS / 8)
		return -EINVAL;
	number_from_bytes(&ring.modulus, modulus, len);
	number_from_bytes(&power, base, len);
	if (not_below(&ring, &power))
		return -EINVAL;
	if (not_below(&ring, &result))
		subtract_modulus(&ring, &result);

	for (bit = 63; bit >= 0; bit--) {
		multiply(&ring, &result, &result);
		if (exponent >> bit & 1)
			multiply(&ring, &result, &power);
	}
	number_to_bytes(out, len, &result);
	return 0;
}
