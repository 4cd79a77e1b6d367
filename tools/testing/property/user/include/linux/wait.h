/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - who waits lets others go on, and time pass
 */
#ifndef PROPERTY_LINUX_WAIT_H
#define PROPERTY_LINUX_WAIT_H

#include <linux/jiffies.h>

typedef struct {
	int unused;
} wait_queue_head_t;

/* Until somebody is woken, or it is so late; in sched.c */
void user_wait(u64 until);
void user_wake(void);

#define USER_FOR_EVER	(~0ULL)

static inline void init_waitqueue_head(wait_queue_head_t *queue)
{
	queue->unused = 0;
}

static inline void wake_up(wait_queue_head_t *queue)
{
	user_wake();
}

#define wake_up_all(queue)	wake_up(queue)

#define user_wait_event(condition, until) ({				\
	bool __true;							\
									\
	while (!(__true = (condition)) && user_now < (until))		\
		user_wait(until);					\
	__true;								\
})

#define wait_event(queue, condition)					\
	((void)&(queue), (void)user_wait_event(condition, USER_FOR_EVER))
#define wait_event_timeout(queue, condition, timeout) ({		\
	u64 __end = user_now + (timeout) * NSEC_PER_MSEC;		\
									\
	(void)&(queue);							\
	user_wait_event(condition, __end) ? 1L : 0L;			\
})
#define wait_event_killable_timeout(queue, condition, timeout)		\
	wait_event_timeout(queue, condition, timeout)
#define wait_event_hrtimeout(queue, condition, time) ({			\
	u64 __end = user_now + (time);					\
									\
	(void)&(queue);							\
	user_wait_event(condition, __end) ? 0 : -ETIME;			\
})

#endif /* PROPERTY_LINUX_WAIT_H */
