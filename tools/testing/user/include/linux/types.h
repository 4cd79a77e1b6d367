/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - the kernel's integer types
 *
 * 64 bit is long long, as in every kernel, so that formats agree.
 */
#ifndef USER_LINUX_TYPES_H
#define USER_LINUX_TYPES_H

#include_next <linux/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef unsigned int gfp_t;

typedef struct {
	int counter;
} atomic_t;

#endif /* USER_LINUX_TYPES_H */
