// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - what compilers call without being asked
 */
#include "corpus.h"

/* So that nothing here is made into a call of itself */
#define HIDE(var)	asm volatile("" : "+r" (var) : : "memory")

void *memcpy(void *to, const void *from, size_t len)
{
	const unsigned char *f = from;
	unsigned char *t = to;

	while (len--) {
		*t++ = *f++;
		HIDE(t);
	}
	return to;
}

void *memmove(void *to, const void *from, size_t len)
{
	const unsigned char *f = from;
	unsigned char *t = to;

	if (t <= f || t >= f + len)
		return memcpy(to, from, len);
	while (len--) {
		t[len] = f[len];
		HIDE(t);
	}
	return to;
}

void *memset(void *to, int byte, size_t len)
{
	unsigned char *t = to;

	while (len--) {
		*t++ = byte;
		HIDE(t);
	}
	return to;
}

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *p = a, *q = b;

	for (; len; len--, p++, q++) {
		if (*p != *q)
			return *p - *q;
	}
	return 0;
}

size_t strlen(const char *s)
{
	const char *end = s;

	while (*end) {
		end++;
		HIDE(end);
	}
	return end - s;
}

int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return (unsigned char)*a - (unsigned char)*b;
}

char *copy_string(char *to, const char *from)
{
	return memcpy(to, from, strlen(from) + 1);
}
