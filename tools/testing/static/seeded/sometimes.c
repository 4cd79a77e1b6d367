// SPDX-License-Identifier: GPL-2.0-only
#include "seeded.h"

int seeded_sometimes(int value)
{
	int copy;

	if (value)
		copy = value;
	return copy;
}
