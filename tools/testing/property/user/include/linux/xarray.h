/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - a few pointers by number
 */
#ifndef PROPERTY_LINUX_XARRAY_H
#define PROPERTY_LINUX_XARRAY_H

#include <linux/errno.h>
#include <linux/types.h>

#define USER_XA_MAX	16

struct xarray {
	unsigned int count;
	unsigned long index[USER_XA_MAX];
	void *entry[USER_XA_MAX];
};

static inline void xa_init(struct xarray *xa)
{
	xa->count = 0;
}

static inline void xa_destroy(struct xarray *xa)
{
	xa->count = 0;
}

static inline unsigned int user_xa_find(const struct xarray *xa,
					unsigned long index)
{
	unsigned int i;

	for (i = 0; i < xa->count && xa->index[i] < index; i++)
		;
	return i;
}

static inline void *xa_load(struct xarray *xa, unsigned long index)
{
	unsigned int i = user_xa_find(xa, index);

	return i < xa->count && xa->index[i] == index ? xa->entry[i] : NULL;
}

static inline int xa_insert(struct xarray *xa, unsigned long index, void *entry,
			    gfp_t gfp)
{
	unsigned int i = user_xa_find(xa, index), j;

	if (i < xa->count && xa->index[i] == index)
		return -EBUSY;
	if (xa->count == USER_XA_MAX)
		return -ENOMEM;
	for (j = xa->count++; j > i; j--) {
		xa->index[j] = xa->index[j - 1];
		xa->entry[j] = xa->entry[j - 1];
	}
	xa->index[i] = index;
	xa->entry[i] = entry;
	return 0;
}

static inline void xa_erase(struct xarray *xa, unsigned long index)
{
	unsigned int i = user_xa_find(xa, index);

	if (i == xa->count || xa->index[i] != index)
		return;
	for (xa->count--; i < xa->count; i++) {
		xa->index[i] = xa->index[i + 1];
		xa->entry[i] = xa->entry[i + 1];
	}
}

#define xa_for_each(xa, number, item)					\
	for (unsigned int __i = 0; __i < (xa)->count &&			\
	     ((number) = (xa)->index[__i], (item) = (xa)->entry[__i], true); \
	     __i++)

#endif /* PROPERTY_LINUX_XARRAY_H */
