/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - assumptions that the compiler checks
 */
#ifndef USER_LINUX_BUILD_BUG_H
#define USER_LINUX_BUILD_BUG_H

/* glibc's assert.h has the same name for the form with two arguments. */
#undef static_assert
#define static_assert(expr, ...)	_Static_assert(expr, #expr)

#endif /* USER_LINUX_BUILD_BUG_H */
