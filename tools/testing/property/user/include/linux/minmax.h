/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - the smaller one
 */
#ifndef PROPERTY_LINUX_MINMAX_H
#define PROPERTY_LINUX_MINMAX_H

#define min(a, b) ({							\
	__auto_type __a = (a);						\
	__auto_type __b = (b);						\
									\
	__a < __b ? __a : __b;						\
})

#endif /* PROPERTY_LINUX_MINMAX_H */
