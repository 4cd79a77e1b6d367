// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - strings and blocks: built-in ones become MVC, CLC, XC, MVST, SRST ...
 */
#include <stdarg.h>

#include "corpus.h"

#define LEN	300

static void fill(char *text, unsigned int len, uint64_t *state)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		text[i] = 'a' + next(state) % 26;
	text[len] = 0;
}

uint64_t strings_copy(uint64_t seed)
{
	static char a[LEN + 1], b[2 * LEN + 2];
	uint64_t sum = 0;
	unsigned int i, len;

	for (i = 0; i < 20; i++) {
		len = next(&seed) % LEN;
		fill(a, len, &seed);
		__builtin_strcpy(b, a);
		__builtin_strcpy(b + len, a);
		sum = mix(sum, __builtin_strlen(b));
		sum = mix(sum, b[len / 2]);
		__builtin_memcpy(b, a, sizeof(a));
		sum = mix(sum, __builtin_memcmp(a, b, sizeof(a)));
		b[next(&seed) % LEN] ^= 1;
		sum = mix(sum, __builtin_memcmp(a, b, sizeof(a)) < 0);
		__builtin_memset(b, 0, 40);
		__builtin_memset(b + 40, i, 200);
		__builtin_memcpy(b + 100, a + i, len / 2);
		__builtin_memmove(a + 3, a, len / 2);
		sum = mix(sum, a[len / 3] + b[100 + len / 3]);
		sum = mix(sum, __builtin_memcmp(a, b, len));
	}
	return sum;
}

uint64_t strings_search(uint64_t seed)
{
	char text[LEN + 1], other[LEN + 1];
	uint64_t sum = 0;
	unsigned int i, len;
	const char *found;

	for (i = 0; i < 20; i++) {
		len = 1 + next(&seed) % (LEN - 1);
		fill(text, len, &seed);
		found = text;
		for (;;) {
			while (*found && *found != 'e')
				found++;
			if (!*found++)
				break;
			sum = mix(sum, found - text);
		}
		__builtin_strcpy(other, text);
		sum = mix(sum, __builtin_strcmp(text, other));
		other[len / 2]--;
		sum = mix(sum, __builtin_strcmp(text, other) > 0);
		sum = mix(sum, __builtin_strcmp(other, text) > 0);
	}
	return sum;
}

static char *number(char *to, uint64_t value, unsigned int base)
{
	if (value >= base)
		to = number(to, value / base, base);
	*to++ = "0123456789abcdef"[value % base];
	return to;
}

/* d: int, u: unsigned long, x: the same in hexadecimal, s, c */
static unsigned int print(char *to, const char *format, ...)
{
	char *begin = to;
	va_list args;
	const char *s;
	int i;

	va_start(args, format);
	for (; *format; format++) {
		switch (*format) {
		case 'd':
			i = va_arg(args, int);
			if (i < 0)
				*to++ = '-';
			to = number(to, i < 0 ? -(unsigned int)i : (unsigned int)i, 10);
			break;
		case 'u':
			to = number(to, va_arg(args, unsigned long), 10);
			break;
		case 'x':
			to = number(to, va_arg(args, unsigned long), 16);
			break;
		case 's':
			for (s = va_arg(args, const char *); *s; s++)
				*to++ = *s;
			break;
		case 'c':
			*to++ = va_arg(args, int);
			break;
		default:
			*to++ = *format;
		}
	}
	va_end(args);
	*to = 0;
	return to - begin;
}

uint64_t strings_print(uint64_t seed)
{
	uint64_t sum = 0;
	unsigned int i, len;
	char line[200];

	for (i = 0; i < 10; i++) {
		len = print(line, "d,u:x s-c d.d u", (int)next(&seed),
			    (unsigned long)next(&seed),
			    (unsigned long)next(&seed) >> i * 5, "string",
			    'a' + i, (int)i - 5, -1, next(&seed) & 0xff);
		while (len--)
			sum = mix(sum, line[len]);
	}
	return sum;
}
