/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - stupid twins of what reads text
 *
 * Digits are looked up in a string, and numbers are added up in pieces of 16
 * bits, so that there is no overflow to be clever about.
 */
#ifndef APM_TWIN_PARSE_H
#define APM_TWIN_PARSE_H

#include "../core/text.h"
#include "twin.h"

static inline unsigned int twin_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";

	for (unsigned int i = 0; i < 32; i++)
		if (digits[i] == c)
			return i % 16;
	return 99;
}

static inline bool twin_prefix(const char *buf, size_t len)
{
	return len >= 2 && buf[0] == '0' && (buf[1] == 'x' || buf[1] == 'X');
}

/* Pieces of a number, the lowest first; the fifth is what is too much. */
static inline void twin_times(u32 piece[5], unsigned int base,
			      unsigned int plus)
{
	for (unsigned int i = 0; i < 5; i++) {
		u32 sum = piece[i] * base + plus;

		piece[i] = sum & 0xffff;
		plus = sum >> 16;
	}
}

static inline int twin_parse_id(const char *buf, size_t len, unsigned long *id)
{
	unsigned int base = 10;
	u32 piece[5] = {};
	size_t digits = 0;
	size_t at = 0;

	if (len && buf[0] == '+')
		at = 1;
	if (twin_prefix(buf + at, len - at)) {
		base = 16;
		at += 2;
	} else if (at < len && buf[at] == '0') {
		base = 8;
	}
	while (at < len && twin_digit(buf[at]) < base) {
		twin_times(piece, base, twin_digit(buf[at]));
		if (piece[4])
			return -ERANGE;
		digits++;
		at++;
	}
	if (!digits)
		return -EINVAL;
	if (len - at == 1 && buf[at] == '\n')
		at++;
	if (at != len)
		return -EINVAL;
	*id = (u64)piece[3] << 48 | (u64)piece[2] << 32 | piece[1] << 16 |
	      piece[0];
	return 0;
}

static inline int twin_parse_mask(const char *buf, size_t len,
				  struct apm_mask *mask)
{
	struct apm_mask bits = {};

	if (twin_prefix(buf, len)) {
		buf += 2;
		len -= 2;
	}
	if (len > 64)
		return -EINVAL;
	for (size_t i = 0; i < len; i++) {
		unsigned int digit = twin_digit(buf[i]);

		if (digit > 15)
			return -EINVAL;
		for (unsigned int bit = 0; bit < 4; bit++)
			twin_put(&bits, 4 * i + bit, digit & (8 >> bit));
	}
	*mask = bits;
	return 0;
}

static inline int twin_parse_config(const char *buf, size_t len,
				    struct apm_matrix *matrix)
{
	struct apm_mask masks[3];
	size_t commas[4] = {};
	unsigned int count = 0;

	if (len && buf[len - 1] == '\n')
		len--;
	for (size_t i = 0; i < len; i++) {
		if (buf[i] != ',')
			continue;
		if (++count > 2)
			return -EINVAL;
		commas[count] = i + 1;
	}
	if (count != 2)
		return -EINVAL;
	commas[3] = len + 1;
	for (unsigned int i = 0; i < 3; i++)
		if (twin_parse_mask(buf + commas[i],
				    commas[i + 1] - 1 - commas[i], &masks[i]))
			return -EINVAL;
	matrix->adapters = masks[0];
	matrix->domains = masks[1];
	matrix->controls = masks[2];
	return 0;
}

#endif /* APM_TWIN_PARSE_H */
