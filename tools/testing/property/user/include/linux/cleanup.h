/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - what ends by itself at the end of a block
 */
#ifndef PROPERTY_LINUX_CLEANUP_H
#define PROPERTY_LINUX_CLEANUP_H

#include <stdlib.h>

#define __cleanup(fn)	__attribute__((__cleanup__(fn)))

#define DEFINE_FREE(_name, _type, _free)				\
	static inline void __free_##_name(void *p)			\
	{								\
		_type _T = *(_type *)p;					\
									\
		_free;							\
	}
#define __free(_name)	__cleanup(__free_##_name)

DEFINE_FREE(kfree, void *, free(_T))
DEFINE_FREE(kvfree, void *, free(_T))

#define no_free_ptr(p) ({						\
	__auto_type __ptr = (p);					\
									\
	(p) = NULL;							\
	__ptr;								\
})

/* A guard of something is a pointer to it while it is held. */
#define DEFINE_GUARD(_name, _type, _lock, _unlock)			\
	typedef _type guard_##_name##_t;				\
	static inline _type guard_##_name##_begin(_type _T)		\
	{								\
		_lock;							\
		return _T;						\
	}								\
	static inline void guard_##_name##_end(_type *p)		\
	{								\
		_type _T = *p;						\
									\
		_unlock;						\
	}

#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock)			\
	typedef int guard_##_name##_t;					\
	static inline int guard_##_name##_begin(void)			\
	{								\
		_lock;							\
		return 1;						\
	}								\
	static inline void guard_##_name##_end(int *p)			\
	{								\
		_unlock;						\
	}

#define __GUARD_NAME2(line)	__guard_##line
#define __GUARD_NAME(line)	__GUARD_NAME2(line)

#define __guard(_name, var)						\
	guard_##_name##_t var						\
		__attribute__((__cleanup__(guard_##_name##_end), __unused__)) = \
		guard_##_name##_begin

#define guard(_name)	__guard(_name, __GUARD_NAME(__LINE__))
#define scoped_guard(_name, ...)					\
	for (int __once = 1; __once; )					\
		for (__guard(_name, __scope)(__VA_ARGS__); __once; __once = 0)

#endif /* PROPERTY_LINUX_CLEANUP_H */
