/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - locks of a world in which one thing happens at a time
 */
#ifndef PROPERTY_LINUX_SPINLOCK_H
#define PROPERTY_LINUX_SPINLOCK_H

#include <linux/mutex.h>

typedef struct mutex spinlock_t;

#define DEFINE_SPINLOCK(name)	spinlock_t name

static inline void spin_lock_init(spinlock_t *lock)
{
	lock->held = false;
}

DEFINE_GUARD(spinlock, spinlock_t *, mutex_lock(_T), mutex_unlock(_T))

#endif /* PROPERTY_LINUX_SPINLOCK_H */
