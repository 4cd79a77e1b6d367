/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * corpus - plain C, to be executed by the CPU and by the SIE interpreter
 *
 * A piece computes something of a number, in all the ways that compilers have
 * instructions for, and returns a number that depends on all of it.  It has
 * nothing but its stack, its data, and these functions.
 */
#ifndef SIE_CORPUS_H
#define SIE_CORPUS_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t (*piece_fn)(uint64_t seed);

/* Each gets the number, and gives another. */
uint64_t strings_copy(uint64_t seed);
uint64_t strings_search(uint64_t seed);
uint64_t strings_print(uint64_t seed);
uint64_t numbers_divide(uint64_t seed);
uint64_t numbers_narrow(uint64_t seed);
uint64_t numbers_wide(uint64_t seed);
uint64_t numbers_overflow(uint64_t seed);
uint64_t numbers_bits(uint64_t seed);
uint64_t numbers_compare(uint64_t seed);
uint64_t flow_switch(uint64_t seed);
uint64_t flow_calls(uint64_t seed);
uint64_t flow_sort(uint64_t seed);
uint64_t flow_structs(uint64_t seed);
uint64_t shared_atomics(uint64_t seed);
uint64_t shared_locks(uint64_t seed);
uint64_t digest_hash(uint64_t seed);
uint64_t digest_power(uint64_t seed);
uint64_t digest_cipher(uint64_t seed);

/* What comes after a number; never 0 unless that was. */
static inline uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static inline uint64_t mix(uint64_t sum, uint64_t value)
{
	return (sum << 7 | sum >> 57) * 0x9e3779b97f4a7c15 ^ value;
}

/* string.c: what compilers call without being asked */
void *memcpy(void *to, const void *from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
char *copy_string(char *to, const char *from) asm("strcpy");

#endif /* SIE_CORPUS_H */
