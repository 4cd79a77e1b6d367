/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - the one header through which it sees its surroundings
 *
 * Fixed-width types, errno values, memcpy() and friends, static assertions;
 * nothing else.  The core compiles unchanged for s390x, User Mode Linux and
 * user space.
 */
#ifndef APM_BASE_H
#define APM_BASE_H

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#endif /* APM_BASE_H */
