/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - the largest values of the kernel's integer types
 */
#ifndef USER_LINUX_LIMITS_H
#define USER_LINUX_LIMITS_H

#include_next <linux/limits.h>

#include <limits.h>

#define U8_MAX		((u8)~0U)
#define U16_MAX		((u16)~0U)
#define U32_MAX		((u32)~0U)
#define U64_MAX		((u64)~0ULL)

#endif /* USER_LINUX_LIMITS_H */
