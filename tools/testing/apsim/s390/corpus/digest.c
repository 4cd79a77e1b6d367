// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - long computations
 */
#include "corpus.h"

/* CRC-32 with a table of its own making, and Fletcher's sum */
uint64_t digest_hash(uint64_t seed)
{
	static uint32_t table[256];
	uint32_t crc = ~0U, a = 1, b = 0, i, j;
	uint8_t data[333];

	for (i = 0; i < 256; i++) {
		table[i] = i;
		for (j = 0; j < 8; j++)
			table[i] = table[i] & 1 ? table[i] >> 1 ^ 0xedb88320 :
						  table[i] >> 1;
	}
	for (i = 0; i < sizeof(data); i++)
		data[i] = next(&seed) >> 11;
	for (i = 0; i < sizeof(data); i++) {
		crc = table[(crc ^ data[i]) & 0xff] ^ crc >> 8;
		a = (a + data[i]) % 65521;
		b = (b + a) % 65521;
	}
	return mix(~crc, (uint64_t)b << 16 | a);
}

#define LIMBS	8

/* a * b modulo 2^512 - 569, operands not reduced */
static void multiply(uint64_t *result, const uint64_t *a, const uint64_t *b)
{
	unsigned __int128 t = 0;
	uint64_t product[2 * LIMBS] = {}, carry;
	unsigned int i, j;

	for (i = 0; i < LIMBS; i++) {
		carry = 0;
		for (j = 0; j < LIMBS; j++) {
			t = (unsigned __int128)a[i] * b[j] + product[i + j] +
			    carry;
			product[i + j] = t;
			carry = t >> 64;
		}
		product[i + LIMBS] = carry;
	}
	carry = 0;
	for (i = 0; i < LIMBS; i++) {
		t = (unsigned __int128)product[i + LIMBS] * 569 + product[i] +
		    carry;
		result[i] = t;
		carry = t >> 64;
	}
	result[0] += carry * 569;
}

uint64_t digest_power(uint64_t seed)
{
	uint64_t base[LIMBS], power[LIMBS] = { 1 }, sum = 0;
	uint64_t exponent = seed >> 40;
	unsigned int i;

	for (i = 0; i < LIMBS; i++)
		base[i] = next(&seed);
	for (; exponent; exponent >>= 1) {
		if (exponent & 1)
			multiply(power, power, base);
		multiply(base, base, base);
	}
	for (i = 0; i < LIMBS; i++)
		sum = mix(sum, power[i]);
	return sum;
}

#define ROTATE(x, n)	((x) << (n) | (x) >> (32 - (n)))

/* Add, rotate, xor on sixteen words */
static void quarter(uint32_t *x, unsigned int a, unsigned int b, unsigned int c,
		    unsigned int d)
{
	x[a] += x[b];
	x[d] = ROTATE(x[d] ^ x[a], 16);
	x[c] += x[d];
	x[b] = ROTATE(x[b] ^ x[c], 12);
	x[a] += x[b];
	x[d] = ROTATE(x[d] ^ x[a], 8);
	x[c] += x[d];
	x[b] = ROTATE(x[b] ^ x[c], 7);
}

uint64_t digest_cipher(uint64_t seed)
{
	uint64_t sum = 0;
	uint32_t x[16];
	unsigned int i;

	for (i = 0; i < 16; i++)
		x[i] = next(&seed);
	for (i = 0; i < 40; i++)
		quarter(x, i % 4, 4 + (i + i / 4) % 4, 8 + i * 3 % 4, 12 + i % 3);
	for (i = 0; i < 16; i++)
		sum = mix(sum, x[i]);
	return sum;
}
