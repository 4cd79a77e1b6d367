/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - the kernel's names for compiler attributes
 */
#ifndef USER_LINUX_COMPILER_H
#define USER_LINUX_COMPILER_H

#define __printf(fmt, first)	__attribute__((__format__(printf, fmt, first)))
#define __noreturn		__attribute__((__noreturn__))
#define __constructor		__attribute__((__constructor__))

#endif /* USER_LINUX_COMPILER_H */
