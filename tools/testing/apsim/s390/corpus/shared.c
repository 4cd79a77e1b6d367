// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - interlocked updates
 */
#include <stdbool.h>

#include "corpus.h"

static uint64_t word64;
static uint32_t word32;
static uint16_t word16;
static uint8_t byte;
/* gcc puts a quadword on a doubleword's boundary. */
struct quad {
	unsigned __int128 value;
};

static struct quad quads[2];

#define ADD(var, value)	__atomic_fetch_add(&(var), value, __ATOMIC_SEQ_CST)
#define AND(var, value)	__atomic_and_fetch(&(var), value, __ATOMIC_SEQ_CST)
#define OR(var, value)	__atomic_or_fetch(&(var), value, __ATOMIC_ACQUIRE)
#define XOR(var, value)	__atomic_fetch_xor(&(var), value, __ATOMIC_RELAXED)
#define SUB(var, value)	__atomic_sub_fetch(&(var), value, __ATOMIC_SEQ_CST)
#define SWAP(var, value) __atomic_exchange_n(&(var), value, __ATOMIC_SEQ_CST)

uint64_t shared_atomics(uint64_t seed)
{
	uint64_t sum = 0;
	unsigned int i;

	word64 = seed;
	word32 = seed;
	word16 = seed;
	byte = seed;
	for (i = 0; i < 30; i++) {
		sum = mix(sum, ADD(word64, next(&seed)));
		sum = mix(sum, ADD(word32, next(&seed)));
		sum = mix(sum, ADD(word16, seed));
		sum = mix(sum, XOR(word64, seed));
		sum = mix(sum, OR(word32, seed & 0xff00));
		sum = mix(sum, AND(word64, ~(seed & 0xff)));
		sum = mix(sum, AND(word32, ~(seed & 0xf0)));
		sum = mix(sum, SUB(word32, 1));
		sum = mix(sum, SUB(byte, seed));
		sum = mix(sum, SWAP(word64, seed));
		sum = mix(sum, SWAP(byte, 5));
		sum = mix(sum, SWAP(word32, i));
	}
	return sum;
}

static bool swap64(uint64_t *expected, uint64_t desired)
{
	return __atomic_compare_exchange_n(&word64, expected, desired, false,
					   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static bool swap32(uint32_t *expected, uint32_t desired)
{
	return __atomic_compare_exchange_n(&word32, expected, desired, false,
					   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static bool swap128(struct quad *quad, unsigned __int128 expected,
		    unsigned __int128 desired)
{
	unsigned __int128 found = expected;

	asm volatile("cdsg	%0,%2,%1"
		     : "+d" (found), "+Q" (quad->value) : "d" (desired) : "cc");
	return found == expected;
}

uint64_t shared_locks(uint64_t seed)
{
	struct quad *quad = (void *)(((uintptr_t)quads + 15) & -16UL);
	unsigned __int128 old = 0;
	uint64_t sum = 0, expected = seed;
	uint32_t expected32 = 0;
	unsigned int i;

	word64 = seed;
	word32 = 1;
	quad->value = seed;
	for (i = 0; i < 30; i++) {
		sum = mix(sum, swap64(&expected, next(&seed)));
		if (i % 3)
			expected = seed;
		sum = mix(sum, swap32(&expected32, i) + expected32);
		old = quad->value;
		sum = mix(sum, swap128(quad, old, old * seed + 1));
		sum = mix(sum, swap128(quad, i, 1));
		sum = mix(sum, (uint64_t)(quad->value >> 64) + (uint64_t)quad->value);
	}
	return mix(sum, word64);
}
