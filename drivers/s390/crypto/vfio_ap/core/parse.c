// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - text becomes assignments
 *
 * Nothing is parsed that is not wholly understood: clients get an error
 * instead of a surprise.
 */
#include "text.h"

/* The value of a digit in any base up to 16; 16 for everything else. */
static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 'a' ^ 'A';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

static bool has_0x(const char *at, const char *end)
{
	return end - at >= 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
}

/* What follows the mask, or NULL if it has more digits than fit. */
static const char *parse_mask(const char *at, const char *end,
			      struct apm_mask *mask)
{
	if (has_0x(at, end))
		at += 2;
	for (unsigned int i = 0; at < end && digit(*at) < 16; i++, at++) {
		if (i == APM_TEXT_DIGITS)
			return NULL;
		mask->word[i / 16] |= (u64)digit(*at) << (60 - i % 16 * 4);
	}
	return at;
}

/**
 * apm_text_parse_config - read a whole assignment
 * @buf: what was written
 * @len: its length in bytes
 * @matrix: where the assignment goes; untouched if there is an error
 *
 * Three masks with commas between, and perhaps a newline.  A mask is an
 * optional `0x` or `0X` and up to 64 hexadecimal digits, of which the first
 * stands for the numbers 0 to 3; digits that are missing are zeros, so no
 * digit at all is the empty set.
 *
 * Return: 0, or -EINVAL for everything else.
 */
int apm_text_parse_config(const char *buf, size_t len, struct apm_matrix *matrix)
{
	struct apm_mask mask[3] = {};
	const char *end = buf + len;
	const char *at = buf;

	if (len && end[-1] == '\n')
		end--;
	for (unsigned int i = 0; i < 3; i++) {
		if (i && (at == end || *at++ != ','))
			return -EINVAL;
		at = parse_mask(at, end, &mask[i]);
		if (!at)
			return -EINVAL;
	}
	if (at != end)
		return -EINVAL;
	*matrix = (struct apm_matrix) {
		.adapters = mask[0],
		.domains = mask[1],
		.controls = mask[2],
	};
	return 0;
}

/**
 * apm_text_parse_id - read a number
 * @buf: what was written
 * @len: its length in bytes
 * @id: where the number goes; untouched if there is an error
 *
 * As the kernel reads an unsigned long of any base: an optional `+`, then `0x`
 * or `0X` and hexadecimal digits, or `0` and octal digits, or decimal digits,
 * then perhaps a newline.
 *
 * Return: 0, -ERANGE if the digits make more than 64 bits, whatever comes
 * behind them, or -EINVAL for everything else.
 */
int apm_text_parse_id(const char *buf, size_t len, unsigned long *id)
{
	const char *end = buf + len;
	const char *at = buf;
	const char *first;
	unsigned int base = 10;
	u64 value = 0;

	if (at < end && *at == '+')
		at++;
	if (has_0x(at, end)) {
		base = 16;
		at += 2;
	} else if (at < end && *at == '0') {
		base = 8;
	}
	for (first = at; at < end && digit(*at) < base; at++) {
		if (value > (~0ULL - digit(*at)) / base)
			return -ERANGE;
		value = value * base + digit(*at);
	}
	if (at == first)
		return -EINVAL;
	if (at < end && *at == '\n')
		at++;
	if (at != end)
		return -EINVAL;
	*id = value;
	return 0;
}
