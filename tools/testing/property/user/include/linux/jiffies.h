/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - time passes when everybody waits
 */
#ifndef PROPERTY_LINUX_JIFFIES_H
#define PROPERTY_LINUX_JIFFIES_H

#include <linux/types.h>

#define HZ		1000UL

/* Nanoseconds since the world began */
extern u64 user_now;

#define NSEC_PER_MSEC	1000000ULL
#define jiffies		((unsigned long)(user_now / NSEC_PER_MSEC))

#define time_after(a, b)	((long)((b) - (a)) < 0)
#define time_before(a, b)	time_after(b, a)

static inline unsigned long msecs_to_jiffies(unsigned int ms)
{
	return ms;
}

#endif /* PROPERTY_LINUX_JIFFIES_H */
