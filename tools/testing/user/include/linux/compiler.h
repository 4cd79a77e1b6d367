/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - the kernel's names for compiler attributes
 */
#ifndef USER_LINUX_COMPILER_H
#define USER_LINUX_COMPILER_H

#define __aligned(bytes)	__attribute__((__aligned__(bytes)))
#define __constructor		__attribute__((__constructor__))
#define __noreturn		__attribute__((__noreturn__))
#define __printf(fmt, first)	__attribute__((__format__(printf, fmt, first)))

#endif /* USER_LINUX_COMPILER_H */
