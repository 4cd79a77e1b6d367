/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - pointers that are errors
 */
#ifndef PROPERTY_LINUX_ERR_H
#define PROPERTY_LINUX_ERR_H

#include <linux/types.h>

static inline bool IS_ERR(const void *ptr)
{
	return (unsigned long)ptr >= -4095UL;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

#endif /* PROPERTY_LINUX_ERR_H */
