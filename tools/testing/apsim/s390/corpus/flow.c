// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - branches, calls, tables, structures
 */
#include "corpus.h"

static uint64_t one_of(unsigned int which, uint64_t a, uint64_t b)
{
	switch (which) {
	case 0:
		return a + b;
	case 1:
		return a - b;
	case 2:
		return a * b;
	case 3:
		return a ^ b;
	case 4:
		return a | ~b;
	case 5:
		return a << (b & 63);
	case 6:
		return b ? a % b : 1;
	case 7:
		return (int64_t)a >> (b & 31);
	case 8:
		return a > b;
	case 9:
		return -a;
	case 300:
		return a & b;
	default:
		return 7;
	}
}

uint64_t flow_switch(uint64_t seed)
{
	uint64_t sum = 1;
	unsigned int i;

	for (i = 0; i < 200; i++) {
		unsigned int which = next(&seed) % 12;

		sum = mix(sum, one_of(which == 11 ? 300 : which, sum, seed));
	}
	return sum;
}

static uint64_t many(uint64_t a, uint32_t b, int8_t c, uint64_t d, int64_t e,
		     int16_t f, uint64_t g, uint8_t h)
{
	return mix(mix(mix(a + b, c), d * e), f - g + h);
}

static uint64_t ackermann(uint64_t m, uint64_t n)
{
	if (!m)
		return n + 1;
	return ackermann(m - 1, n ? ackermann(m, n - 1) : 1);
}

uint64_t flow_calls(uint64_t seed)
{
	static uint64_t (*const functions[])(uint64_t m, uint64_t n) = {
		ackermann, ackermann,
	};
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < 20; i++)
		sum = mix(sum, many(seed, next(&seed), seed, sum, -seed, seed,
				    next(&seed), seed >> 9));
	for (i = 0; i < 3; i++)
		sum = mix(sum, functions[i & 1](i, seed % 6));
	return sum;
}

static int by_value(const void *a, const void *b)
{
	const int32_t *p = a, *q = b;

	return *p < *q ? -1 : *p > *q;
}

static int by_last_digit(const void *a, const void *b)
{
	const uint32_t *p = a, *q = b;

	return (int)(*p % 10) - (int)(*q % 10) ?: by_value(a, b);
}

static void swap(char *a, char *b, size_t size)
{
	char c;

	while (size--) {
		c = *a;
		*a++ = *b;
		*b++ = c;
	}
}

/* Any size, as qsort() has it */
static void sort(void *base, size_t count, size_t size,
		 int (*compare)(const void *a, const void *b))
{
	char *low = base, *high = low + (count - 1) * size, *at, *to = low;

	if (count < 2)
		return;
	swap(low + count / 2 * size, high, size);
	for (at = low; at < high; at += size) {
		if (compare(at, high) < 0) {
			swap(at, to, size);
			to += size;
		}
	}
	swap(to, high, size);
	sort(low, (to - low) / size, size, compare);
	sort(to + size, (high - to) / size, size, compare);
}

uint64_t flow_sort(uint64_t seed)
{
	int32_t values[100];
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < 100; i++)
		values[i] = (int32_t)next(&seed) >> seed % 31;
	sort(values, 100, sizeof(*values), by_value);
	for (i = 0; i < 100; i++)
		sum = mix(sum, values[i]);
	sort(values, 100, sizeof(*values), by_last_digit);
	for (i = 0; i < 100; i++)
		sum = mix(sum, values[i]);
	return sum;
}

struct node {
	unsigned int small : 3;
	unsigned int middle : 13;
	signed int rest : 16;
	struct node *left;
	struct node *right;
	uint64_t key;
	char tail[37];
};

static struct node nodes[64];

static struct node *insert(struct node *root, struct node *node)
{
	struct node **at = &root;

	while (*at)
		at = node->key < (*at)->key ? &(*at)->left : &(*at)->right;
	*at = node;
	return root;
}

static uint64_t walk(const struct node *node, uint64_t sum)
{
	struct node copy;

	if (!node)
		return sum;
	sum = walk(node->left, sum);
	copy = *node;
	sum = mix(sum, copy.key + copy.small + copy.middle + copy.rest +
		       copy.tail[36]);
	return walk(copy.right, sum);
}

uint64_t flow_structs(uint64_t seed)
{
	struct node *root = NULL;
	unsigned int i;

	for (i = 0; i < 64; i++) {
		nodes[i] = (struct node){
			.small = seed, .middle = seed >> 3, .rest = seed >> 5,
			.key = next(&seed),
		};
		nodes[i].small += 3;
		nodes[i].rest -= i;
		nodes[i].tail[36] = i;
		root = insert(root, &nodes[i]);
	}
	return walk(root, 0);
}
