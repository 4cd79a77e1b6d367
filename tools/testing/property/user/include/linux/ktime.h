/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - nanoseconds
 */
#ifndef PROPERTY_LINUX_KTIME_H
#define PROPERTY_LINUX_KTIME_H

#include <linux/jiffies.h>

typedef s64 ktime_t;

#define NSEC_PER_USEC	1000UL
#define USEC_PER_MSEC	1000U

static inline ktime_t ns_to_ktime(u64 ns)
{
	return ns;
}

/* How long something took interests nobody. */
static inline ktime_t ktime_get(void)
{
	return 0;
}

#endif /* PROPERTY_LINUX_KTIME_H */
