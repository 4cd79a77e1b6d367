/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - the module begins and ends when it is told to
 */
#ifndef PROPERTY_LINUX_MODULE_H
#define PROPERTY_LINUX_MODULE_H

#include <linux/build_bug.h>

#define KBUILD_MODNAME	"vfio_ap"
#define THIS_MODULE	NULL

#define MODULE_VERSION(text)		static_assert(sizeof(text))
#define MODULE_LICENSE(text)		static_assert(sizeof(text))
#define MODULE_DESCRIPTION(text)	static_assert(sizeof(text))

extern int (*const user_module_begin)(void);
extern void (*const user_module_end)(void);

#define module_init(fn)	int (*const user_module_begin)(void) = (fn)
#define module_exit(fn)	void (*const user_module_end)(void) = (fn)

#endif /* PROPERTY_LINUX_MODULE_H */
