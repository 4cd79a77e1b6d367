/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - whether a lock is held is always known
 */
#ifndef PROPERTY_LINUX_LOCKDEP_H
#define PROPERTY_LINUX_LOCKDEP_H

/* Something that must not be; counted, and kept in words: sched.c */
void user_alarm(const char *what);

#define lockdep_assert_held(lock) do {					\
	if (!(lock)->held)						\
		user_alarm(#lock " is not held");			\
} while (0)

#define lockdep_assert_not_held(lock) do {				\
	if ((lock)->held)						\
		user_alarm(#lock " is held");				\
} while (0)

#endif /* PROPERTY_LINUX_LOCKDEP_H */
