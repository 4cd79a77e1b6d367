/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - locks of a world in which one thing happens at a time
 */
#ifndef PROPERTY_LINUX_MUTEX_H
#define PROPERTY_LINUX_MUTEX_H

#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/types.h>

/* How many locks are held: nobody may wait with one. */
extern int user_locks;

struct mutex {
	bool held;
};

#define __MUTEX_INITIALIZER(name)	{ .held = false }

static inline void mutex_lock(struct mutex *lock)
{
	lockdep_assert_not_held(lock);
	lock->held = true;
	user_locks++;
}

static inline bool mutex_trylock(struct mutex *lock)
{
	if (lock->held)
		return false;
	mutex_lock(lock);
	return true;
}

static inline void mutex_unlock(struct mutex *lock)
{
	lockdep_assert_held(lock);
	lock->held = false;
	user_locks--;
}

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))

#endif /* PROPERTY_LINUX_MUTEX_H */
