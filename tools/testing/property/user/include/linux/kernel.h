/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - printing, without <stdio.h>, whose names the driver has
 */
#ifndef PROPERTY_LINUX_KERNEL_H
#define PROPERTY_LINUX_KERNEL_H

#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/types.h>
#include <stdarg.h>

#define BIT(nr)		(1UL << (nr))
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))

int snprintf(char *buf, size_t size, const char *format, ...);
int vsnprintf(char *buf, size_t size, const char *format, va_list args);
int sscanf(const char *text, const char *format, ...);

/* Like snprintf(), but says how much is really there. */
__printf(3, 4)
static inline int scnprintf(char *buf, size_t size, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(buf, size, format, args);
	va_end(args);
	if (len < 0 || !size)
		return 0;
	return (size_t)len < size ? len : (int)size - 1;
}

#endif /* PROPERTY_LINUX_KERNEL_H */
