/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/bitops.h of s390: linux/bitops.h, and bits counted from the
 * most significant one of every word
 */
#include_next <linux/bitops.h>

#ifndef APSIM_UML_LINUX_BITOPS_H
#define APSIM_UML_LINUX_BITOPS_H

static inline void set_bit_inv(unsigned long nr, volatile unsigned long *addr)
{
	set_bit(nr ^ (BITS_PER_LONG - 1), addr);
}

static inline void clear_bit_inv(unsigned long nr, volatile unsigned long *addr)
{
	clear_bit(nr ^ (BITS_PER_LONG - 1), addr);
}

static inline bool test_bit_inv(unsigned long nr,
				const volatile unsigned long *addr)
{
	return test_bit(nr ^ (BITS_PER_LONG - 1), addr);
}

static inline unsigned long find_next_bit_inv(const unsigned long *addr,
					      unsigned long size,
					      unsigned long offset)
{
	while (offset < size && !test_bit_inv(offset, addr))
		offset++;
	return offset < size ? offset : size;
}

static inline unsigned long find_first_bit_inv(const unsigned long *addr,
					       unsigned long size)
{
	return find_next_bit_inv(addr, size, 0);
}

#define for_each_set_bit_inv(bit, addr, size)				\
	for ((bit) = find_first_bit_inv(addr, size); (bit) < (size);	\
	     (bit) = find_next_bit_inv(addr, size, (bit) + 1))

#endif /* APSIM_UML_LINUX_BITOPS_H */
