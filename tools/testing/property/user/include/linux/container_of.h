/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - from a member to what it is a member of
 */
#ifndef PROPERTY_LINUX_CONTAINER_OF_H
#define PROPERTY_LINUX_CONTAINER_OF_H

#include <stddef.h>

#define container_of(ptr, type, member)					\
	((type *)((char *)(ptr) - offsetof(type, member)))

#define READ_ONCE(x)		(x)
#define WRITE_ONCE(x, value)	((x) = (value))
#define offsetofend(type, member)					\
	(offsetof(type, member) + sizeof(((type *)0)->member))

#endif /* PROPERTY_LINUX_CONTAINER_OF_H */
