// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - what the module with all suites says about itself
 */
#include <linux/module.h>

MODULE_DESCRIPTION("KUnit suites of the vfio_ap core");
MODULE_LICENSE("GPL");
