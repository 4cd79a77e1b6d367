/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - memory from the C library, under the address sanitizer's eyes
 */
#ifndef USER_LINUX_SLAB_H
#define USER_LINUX_SLAB_H

#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#define GFP_KERNEL	0U

static inline void *kmalloc(size_t size, gfp_t gfp)
{
	return malloc(size);
}

static inline void *kzalloc(size_t size, gfp_t gfp)
{
	return calloc(1, size);
}

static inline void *kmemdup(const void *from, size_t size, gfp_t gfp)
{
	void *mem = malloc(size);

	return mem ? memcpy(mem, from, size) : NULL;
}

static inline void kfree(const void *mem)
{
	free((void *)mem);
}

#endif /* USER_LINUX_SLAB_H */
