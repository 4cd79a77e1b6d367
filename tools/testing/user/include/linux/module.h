/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - a program is not a module, its descriptions go nowhere
 */
#ifndef USER_LINUX_MODULE_H
#define USER_LINUX_MODULE_H

#include <linux/build_bug.h>

#define MODULE_LICENSE(text)		static_assert(sizeof(text))
#define MODULE_DESCRIPTION(text)	static_assert(sizeof(text))
#define MODULE_AUTHOR(text)		static_assert(sizeof(text))

#endif /* USER_LINUX_MODULE_H */
