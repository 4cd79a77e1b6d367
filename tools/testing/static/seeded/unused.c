// SPDX-License-Identifier: GPL-2.0-only
#include "seeded.h"

int seeded_unused(int value)
{
	int copy;

	copy = value;
	return 0;
}
