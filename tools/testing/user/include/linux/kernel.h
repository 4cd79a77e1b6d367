/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - the few things every kernel file takes for granted
 */
#ifndef USER_LINUX_KERNEL_H
#define USER_LINUX_KERNEL_H

#include <linux/types.h>
#include <linux/limits.h>
#include <linux/array_size.h>
#include <linux/compiler.h>
#include <stdarg.h>
#include <stdio.h>

/* Like snprintf(), but says how much is really there. */
__printf(3, 4)
static inline int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, size, fmt, args);
	va_end(args);
	if (len < 0 || !size)
		return 0;
	return (size_t)len < size ? len : (int)size - 1;
}

#endif /* USER_LINUX_KERNEL_H */
