/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - numbers of a world in which one thing happens at a time
 */
#ifndef PROPERTY_LINUX_ATOMIC_H
#define PROPERTY_LINUX_ATOMIC_H

#include <linux/types.h>

static inline void atomic_or(int bits, atomic_t *number)
{
	number->counter |= bits;
}

static inline int atomic_xchg(atomic_t *number, int value)
{
	int old = number->counter;

	number->counter = value;
	return old;
}

#endif /* PROPERTY_LINUX_ATOMIC_H */
