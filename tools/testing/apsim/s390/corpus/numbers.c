// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - arithmetic in all widths
 */
#include <stdbool.h>

#include "corpus.h"

/* What is in storage has to be fetched again. */
#define FORGET()	asm volatile("" : : : "memory")

uint64_t numbers_divide(uint64_t seed)
{
	uint64_t sum = 0, a, b;
	unsigned int i;

	for (i = 0; i < 40; i++) {
		a = next(&seed);
		b = next(&seed) >> (i & 63);
		b += !b;
		sum = mix(sum, a / b);
		sum = mix(sum, a % b);
		sum = mix(sum, (int64_t)a / (int64_t)b);
		sum = mix(sum, (int64_t)a % (int64_t)b);
		sum = mix(sum, (uint32_t)a / ((uint32_t)b | 1));
		sum = mix(sum, (uint32_t)a % ((uint32_t)b | 1));
		sum = mix(sum, (int32_t)a / ((int16_t)b | 1));
		sum = mix(sum, (int32_t)a % ((int16_t)b | 1));
		sum = mix(sum, (int64_t)a / ((int32_t)b | 1));
		sum = mix(sum, a / 10 + a % 1000);
		sum = mix(sum, (int32_t)a / 7 + (int64_t)b / -12);
		sum = mix(sum, (int16_t)a / 3);
	}
	return sum;
}

/* Everything in storage, so that it is loaded and stored in its width. */
struct narrow {
	int8_t s8;
	uint8_t u8;
	int16_t s16;
	uint16_t u16;
	int32_t s32;
	uint32_t u32;
	int64_t s64;
	uint64_t u64;
};

static void change(struct narrow *n, uint64_t value)
{
	n->s8 += value;
	n->u8 -= value;
	n->s16 *= (int16_t)value;
	FORGET();
	n->u16 += n->s8;
	FORGET();
	n->s32 -= n->s16;
	n->u32 *= n->u8 + 1;
	FORGET();
	n->s64 += n->s32;
	n->u64 -= n->u32;
	n->s64 *= n->s16;
	FORGET();
	n->u64 ^= n->s8;
	n->u64 |= n->u16;
	FORGET();
	n->s32 = n->s32 + n->s16 * 5;
	n->u32 &= ~(uint32_t)n->s64;
	FORGET();
	n->s64 -= n->s16;
	n->s64 += n->u32;
	FORGET();
	n->u32 = n->u32 + 1;
	n->s64 = n->s64 + 1;
	n->u64 <<= 3;
}

uint64_t numbers_narrow(uint64_t seed)
{
	static struct narrow n;
	uint64_t sum = 0;
	unsigned int i;

	n = (struct narrow){ .s8 = seed, .u32 = seed >> 9, .s64 = -3 };
	for (i = 0; i < 40; i++) {
		change(&n, next(&seed));
		sum = mix(sum, n.s8 + n.u8 + n.s16 + n.u16);
		sum = mix(sum, n.s32 + (int64_t)n.u32);
		sum = mix(sum, n.s64 + n.u64);
	}
	return sum;
}

uint64_t numbers_wide(uint64_t seed)
{
	unsigned __int128 a = seed, b = 1;
	uint64_t sum = 0;
	unsigned int i;
	__int128 c;

	for (i = 0; i < 30; i++) {
		a = a * next(&seed) + ((unsigned __int128)next(&seed) << 64);
		b = (b << (i % 127)) - a;
		c = (__int128)(a ^ b) >> (i * 4 % 128);
		sum = mix(sum, (uint64_t)(a >> 64) ^ (uint64_t)b);
		sum = mix(sum, (uint64_t)c + (uint64_t)(c >> 64));
		sum = mix(sum, a < b);
		sum = mix(sum, c < (__int128)a);
		sum = mix(sum, ((__int128)(int64_t)a * (int64_t)b) >> 64);
		b += (uint64_t)a;
		a -= (uint32_t)b;
		if (!b)
			b = 1;
	}
	return sum;
}

uint64_t numbers_overflow(uint64_t seed)
{
	uint64_t sum = 0, u;
	unsigned int i, n;
	int64_t s;
	int32_t w;

	for (i = 0; i < 60; i++) {
		uint64_t a = next(&seed), b = next(&seed);

		n = __builtin_add_overflow((int64_t)a, (int64_t)b, &s);
		sum = mix(sum, n + (uint64_t)s);
		n = __builtin_sub_overflow((int32_t)a, (int32_t)b, &w);
		sum = mix(sum, n + (uint64_t)w);
		n = __builtin_add_overflow((int32_t)a, (int16_t)b, &w);
		sum = mix(sum, n + (uint64_t)w);
		n = __builtin_add_overflow(a, b, &u);
		sum = mix(sum, n + u);
		n = __builtin_sub_overflow(a, b, &u);
		sum = mix(sum, n + u);
		n = __builtin_mul_overflow((int32_t)a, (int16_t)b, &w);
		sum = mix(sum, n + (uint64_t)w);
		n = __builtin_mul_overflow((int64_t)a >> i, (int64_t)b >> i, &s);
		sum = mix(sum, n + (uint64_t)s);
		sum = mix(sum, (int64_t)a < 0 ? -a : a);
		sum = mix(sum, (int32_t)a < 0 ? -(int32_t)a : (int32_t)a);
	}
	return sum;
}

uint64_t numbers_bits(uint64_t seed)
{
	uint64_t sum = 0, a;
	unsigned int i;
	uint32_t w;

	for (i = 0; i < 60; i++) {
		a = next(&seed) >> (next(&seed) % 63);
		w = a;
		sum = mix(sum, a << (i & 63) | a >> (-i & 63));
		sum = mix(sum, w << (i & 31) | w >> (-i & 31));
		sum = mix(sum, (int64_t)a >> i % 64);
		sum = mix(sum, (int32_t)w >> i % 32);
		sum = mix(sum, a ? __builtin_clzl(a) : 64);
		sum = mix(sum, a ? __builtin_ctzl(a) : 64);
		sum = mix(sum, w ? __builtin_clz(w) : 32);
		sum = mix(sum, __builtin_popcountl(a));
		sum = mix(sum, __builtin_bswap64(a));
		sum = mix(sum, __builtin_bswap32(w) + __builtin_bswap16(w));
		sum = mix(sum, (a >> 13 & 0x1ff) | (a & 0xff00) << 20);
		sum = mix(sum, (a & ~0x3f0ULL) | (w & 0x3f) << 4);
		sum = mix(sum, a & 0x8000 ? a | 0xf00000000 : a ^ 0xffff);
		sum = mix(sum, ~a & w);
	}
	return sum;
}

uint64_t numbers_compare(uint64_t seed)
{
	static int64_t m64;
	static int32_t m32;
	static uint16_t m16;
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < 60; i++) {
		int64_t a = (int64_t)next(&seed) >> next(&seed) % 60;
		int64_t b = (int64_t)next(&seed) >> next(&seed) % 60;

		m64 = a;
		m32 = b;
		m16 = a;
		FORGET();
		sum = mix(sum, (a < b) + 2 * ((uint64_t)a < (uint64_t)b));
		sum = mix(sum, ((int32_t)a < (int32_t)b) + 2 * (a == b));
		sum = mix(sum, (m64 < b) + 2 * (m32 < (int32_t)a));
		FORGET();
		sum = mix(sum, (m32 < a) + 2 * ((uint32_t)m32 < (uint64_t)a));
		sum = mix(sum, (m16 < b) + 2 * (m16 < (uint32_t)b));
		FORGET();
		sum = mix(sum, (m64 < 77) + 2 * (m32 > -9) + 4 * (m16 > 500));
		sum = mix(sum, (a > 100000) + 2 * ((uint32_t)b > 3000000000));
		sum = mix(sum, a < b ? (uint64_t)a : (uint64_t)m32);
		sum = mix(sum, (uint64_t)a > 5 ? i : sum);
		sum = mix(sum, m16 ? m32 : m64);
	}
	return sum;
}
