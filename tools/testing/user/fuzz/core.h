/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - values of the driver's core, made from an input
 */
#ifndef USER_FUZZ_CORE_H
#define USER_FUZZ_CORE_H

#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin.h"
#include "fuzz.h"

/* A few numbers, a run of them, or all but that. */
static inline struct apm_mask fuzz_mask(struct fuzz_input *in)
{
	unsigned int shape = fuzz_take(in, 1);
	struct apm_mask mask = {};

	if (shape & 0x40) {
		unsigned int id = fuzz_take(in, 1);
		unsigned int last = fuzz_take(in, 1);

		while (id <= last)
			twin_put(&mask, id++, true);
	}
	for (unsigned int count = shape & 7; count--;)
		twin_put(&mask, fuzz_take(in, 1), true);
	for (unsigned int i = 0; shape & 0x80 && i < APM_WORDS; i++)
		mask.word[i] = ~mask.word[i];
	return mask;
}

static inline struct apm_matrix fuzz_matrix(struct fuzz_input *in)
{
	struct apm_matrix m;

	m.adapters = fuzz_mask(in);
	m.domains = fuzz_mask(in);
	m.controls = fuzz_mask(in);
	return m;
}

#endif /* USER_FUZZ_CORE_H */
