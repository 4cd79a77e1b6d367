// SPDX-License-Identifier: GPL-2.0-only
/*
 * seeded - what checkers have to find
 */
#include <linux/module.h>

#include "seeded.h"

static int __init seeded_init(void)
{
	return seeded_endian(0) + seeded_user(NULL) + seeded_unused(0);
}
module_init(seeded_init);

MODULE_DESCRIPTION("Wrong on purpose");
MODULE_LICENSE("GPL");
