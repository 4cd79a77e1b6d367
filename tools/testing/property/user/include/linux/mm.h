/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - pages of guests
 */
#ifndef PROPERTY_LINUX_MM_H
#define PROPERTY_LINUX_MM_H

#include <linux/types.h>

#undef PAGE_SIZE
#define PAGE_SIZE		4096UL
#define PAGE_MASK		(~(PAGE_SIZE - 1))
#define offset_in_page(addr)	((addr) & ~PAGE_MASK)

typedef u64 phys_addr_t;

struct page {
	phys_addr_t addr;
	int pins;
	int refs;
};

#define page_to_phys(page)	((page)->addr)

static inline void get_page(struct page *page)
{
	page->refs++;
}

static inline void put_page(struct page *page)
{
	page->refs--;
}

#endif /* PROPERTY_LINUX_MM_H */
