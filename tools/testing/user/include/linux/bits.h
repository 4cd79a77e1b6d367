/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - single bits, numbered from the right
 */
#ifndef USER_LINUX_BITS_H
#define USER_LINUX_BITS_H

#define BIT(nr)		(1UL << (nr))
#define BIT_ULL(nr)	(1ULL << (nr))

#endif /* USER_LINUX_BITS_H */
