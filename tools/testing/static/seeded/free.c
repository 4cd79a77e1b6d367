// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>

#include "seeded.h"

int seeded_free(int *value)
{
	kfree(value);
	return *value;
}
