/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a guest's notification indicator byte be stored?
 */
#ifndef APSIM_KERNEL_INDICATOR_H
#define APSIM_KERNEL_INDICATOR_H

#include <linux/types.h>

/**
 * apsim_indicator_pinned() - is a page of storage held for hardware?
 * @nib: absolute address of a byte in it
 *
 * A page that nobody pinned may be anybody's by now.  From any context; the
 * answer is good for as long as who pinned the page does.
 *
 * Return: true if it is.
 */
bool apsim_indicator_pinned(u64 nib);

#endif /* APSIM_KERNEL_INDICATOR_H */
