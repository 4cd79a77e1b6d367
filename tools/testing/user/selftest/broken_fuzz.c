// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - a fuzzer of something that is broken, to see that it is noticed
 */
#include "../fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	fuzz_must(size < 2 || data[0] != 'B' || data[1] != 'U', "all is well");
	return 0;
}
