/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - errno values
 *
 * The C library's <errno.h> includes this name too: nothing else goes here.
 */
#ifndef USER_LINUX_ERRNO_H
#define USER_LINUX_ERRNO_H

#include_next <linux/errno.h>

#endif /* USER_LINUX_ERRNO_H */
