/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - memory, of which all is given back in the end
 */
#ifndef PROPERTY_LINUX_SLAB_H
#define PROPERTY_LINUX_SLAB_H

#include <linux/cleanup.h>
#include <linux/types.h>

#define GFP_KERNEL		0U
#define GFP_KERNEL_ACCOUNT	0U

static inline void *kzalloc(size_t size, gfp_t gfp)
{
	return calloc(1, size);
}

static inline void *kvzalloc(size_t size, gfp_t gfp)
{
	return calloc(1, size);
}

static inline void kfree(const void *mem)
{
	free((void *)mem);
}

#endif /* PROPERTY_LINUX_SLAB_H */
