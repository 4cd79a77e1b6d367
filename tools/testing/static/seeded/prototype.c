// SPDX-License-Identifier: GPL-2.0-only
#include "seeded.h"

int seeded_prototype(int value)
{
	return value;
}
