/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hex - long numbers as hexadecimal text
 */
#ifndef VFIO_AP_TEST_HEX_H
#define VFIO_AP_TEST_HEX_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/**
 * hex_read() - a number from its hex digits
 * @number: big-endian, right-justified, zero on the left
 * @len: its length in bytes
 * @digits: lower case, no prefix, any number of digits that fits
 *
 * Return: 0, or -1 for text that is not such a number.
 */
static inline int hex_read(uint8_t *number, size_t len, const char *digits)
{
	static const char all[] = "0123456789abcdef";
	size_t count = strlen(digits);
	const char *digit;
	size_t i;

	memset(number, 0, len);
	if (!count || count > 2 * len)
		return -1;
	for (i = 0; i < count; i++) {
		digit = strchr(all, digits[count - 1 - i]);
		if (!digit)
			return -1;
		number[len - 1 - i / 2] |= (digit - all) << 4 * (i % 2);
	}
	return 0;
}

/* Prints @number as hex digits and a newline. */
static inline void hex_print(FILE *file, const uint8_t *number, size_t len)
{
	while (len--)
		fprintf(file, "%02x", *number++);
	fputc('\n', file);
}

#endif /* VFIO_AP_TEST_HEX_H */
