/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - what the fuzzers share: an input, taken apart from front to back
 *
 * An input that is over gives zeros, so every input means something.
 */
#ifndef USER_FUZZ_H
#define USER_FUZZ_H

#include <errno.h>
#include <linux/string.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>

/* What libFuzzer calls, and replay.c; each fuzzer has its own. */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

/**
 * struct fuzz_input - what is left of an input
 * @at: the next byte
 * @left: how many there are
 */
struct fuzz_input {
	const u8 *at;
	size_t left;
};

static inline u64 fuzz_take(struct fuzz_input *in, unsigned int bytes)
{
	u64 value = 0;

	for (; bytes && in->left; bytes--, in->left--)
		value = value << 8 | *in->at++;
	return value;
}

/* Somebody is wrong; libFuzzer takes the signal for a find. */
static inline void fuzz_wrong(const char *who, const char *what)
{
	fprintf(stderr, "FOUND: %s: %s\n", who, what);
	abort();
}

/* @wrong is what a twin says, NULL if it is content. */
static inline void fuzz_expect(const char *who, const char *wrong)
{
	if (wrong)
		fuzz_wrong(who, wrong);
}

static inline void fuzz_must(bool ok, const char *what)
{
	if (!ok)
		fuzz_wrong("not so", what);
}

#endif /* USER_FUZZ_H */
