/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - a front end of the simulated machine for the fuzzers
 *
 * Memory is counted, and can be made to run out.
 */
#ifndef USER_FUZZ_MACHINE_H
#define USER_FUZZ_MACHINE_H

#include "../../apsim/core/apsim.h"
#include "fuzz.h"

static long fuzz_allocated;	/* pieces of memory in use */
static long fuzz_memory;	/* pieces that can still be had */

static inline void *fuzz_alloc(size_t size)
{
	if (!fuzz_memory)
		return NULL;
	fuzz_memory--;
	fuzz_allocated++;
	return calloc(1, size);
}

static inline void fuzz_free(void *mem)
{
	if (mem)
		fuzz_allocated--;
	free(mem);
}

static inline struct apsim *fuzz_machine(void)
{
	static const struct apsim_env env = {
		.alloc = fuzz_alloc,
		.free = fuzz_free,
	};

	fuzz_allocated = 0;
	fuzz_memory = 100000;
	return apsim_new(&env);
}

static inline void fuzz_machine_ends(struct apsim *m)
{
	apsim_free(m);
	fuzz_must(!fuzz_allocated, "all memory is given back");
}

/* PQAP(QCI) as a guest that may have all: rules lie to the host only. */
static inline void fuzz_qci(struct apsim *m, u64 now, u8 block[APSIM_QCI_LEN])
{
	struct apsim_view all;
	struct apsim_op op = {
		.insn = APSIM_PQAP,
		.view = &all,
		.gr[0] = 0x04000000,
		.buf = block,
		.buf_len = APSIM_QCI_LEN,
	};

	memset(&all, 0xff, sizeof(all));
	apsim_execute(m, now, &op);
	fuzz_must(!op.pgm && !op.cc && op.store_len == APSIM_QCI_LEN, "QCI ends");
}

#endif /* USER_FUZZ_MACHINE_H */
