/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - user space is here
 */
#ifndef PROPERTY_LINUX_UACCESS_H
#define PROPERTY_LINUX_UACCESS_H

#include <string.h>

#define copy_from_user(to, from, size)	(memcpy(to, from, size), 0)
#define copy_to_user(to, from, size)	(memcpy(to, from, size), 0)

#endif /* PROPERTY_LINUX_UACCESS_H */
