// SPDX-License-Identifier: GPL-2.0-only
#include <linux/compiler.h>

#include "seeded.h"

int seeded_user(const int __user *value)
{
	return *value;
}
