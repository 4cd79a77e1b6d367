/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - nanoseconds
 */
#ifndef PROPERTY_LINUX_KTIME_H
#define PROPERTY_LINUX_KTIME_H

#include <linux/jiffies.h>

typedef s64 ktime_t;

#define KTIME_MAX	((s64)(~0ULL >> 1))

#define NSEC_PER_USEC	1000UL
#define USEC_PER_MSEC	1000U

static inline ktime_t ns_to_ktime(u64 ns)
{
	return ns;
}

static inline ktime_t ktime_get(void)
{
	return user_now;
}

static inline ktime_t ktime_add_us(ktime_t time, u64 us)
{
	return time + us * NSEC_PER_USEC;
}

static inline ktime_t ktime_sub(ktime_t a, ktime_t b)
{
	return a - b;
}

static inline bool ktime_before(ktime_t a, ktime_t b)
{
	return a < b;
}

#endif /* PROPERTY_LINUX_KTIME_H */
