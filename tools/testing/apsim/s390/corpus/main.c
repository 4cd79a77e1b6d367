// SPDX-License-Identifier: GPL-2.0-only
/*
 * corpus - its first function: all pieces, one after the other
 */
#include "corpus.h"

static const piece_fn pieces[] = {
	strings_copy, strings_search, strings_print,
	numbers_divide, numbers_narrow, numbers_wide, numbers_overflow,
	numbers_bits, numbers_compare,
	flow_switch, flow_calls, flow_sort, flow_structs,
	shared_atomics, shared_locks,
	digest_hash, digest_power, digest_cipher,
};

/**
 * corpus_main() - called by whoever has it at its address
 * @results: what the pieces return
 * @seed: what they are given
 *
 * Return: how many there are.
 */
unsigned long corpus_main(uint64_t *results, uint64_t seed)
{
	unsigned long i;

	for (i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
		results[i] = pieces[i](seed + i);
	return i;
}
