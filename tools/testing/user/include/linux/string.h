/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - memcpy() and friends, as the kernel has them
 */
#ifndef USER_LINUX_STRING_H
#define USER_LINUX_STRING_H

#include <linux/errno.h>
#include <linux/types.h>
#include <string.h>

static inline ssize_t strscpy(char *dst, const char *src, size_t size)
{
	size_t len = strnlen(src, size);

	if (!size)
		return -E2BIG;
	if (len == size) {
		memcpy(dst, src, size - 1);
		dst[size - 1] = '\0';
		return -E2BIG;
	}
	memcpy(dst, src, len + 1);
	return len;
}

static inline size_t strlcat(char *dst, const char *src, size_t size)
{
	size_t len = strnlen(dst, size);

	if (len < size)
		strscpy(dst + len, src, size - len);
	return len + strlen(src);
}

#endif /* USER_LINUX_STRING_H */
