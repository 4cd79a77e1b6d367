/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim core - the one header through which it sees its surroundings
 *
 * The machine is plain C over fixed-width integers.  In a kernel these three
 * headers are the kernel's, in user space they are the small stand-ins of
 * tools/testing/user/include.
 */
#ifndef APSIM_BASE_H
#define APSIM_BASE_H

#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#endif /* APSIM_BASE_H */
