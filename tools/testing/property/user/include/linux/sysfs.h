/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - attributes print themselves
 */
#ifndef PROPERTY_LINUX_SYSFS_H
#define PROPERTY_LINUX_SYSFS_H

#include <linux/device.h>

#define sysfs_emit(buf, ...)	scnprintf(buf, PAGE_SIZE, __VA_ARGS__)

#define sysfs_emit_at(buf, at, ...)					\
	scnprintf((buf) + (at), PAGE_SIZE - (at), __VA_ARGS__)

#endif /* PROPERTY_LINUX_SYSFS_H */
