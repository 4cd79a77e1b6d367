/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - work is done when somebody waits
 */
#ifndef PROPERTY_LINUX_WORKQUEUE_H
#define PROPERTY_LINUX_WORKQUEUE_H

#include <linux/container_of.h>
#include <linux/types.h>

struct work_struct {
	void (*func)(struct work_struct *work);
	bool pending;
	bool running;
};

/* Work that begins later: @at, in nanoseconds */
struct delayed_work {
	struct work_struct work;
	u64 at;
};

struct workqueue_struct;

#define DECLARE_WORK(name, fn)	struct work_struct name = { .func = (fn) }
#define INIT_WORK(work, fn)						\
	(*(work) = (struct work_struct) { .func = (fn) })

#define INIT_DELAYED_WORK(later, fn)	INIT_WORK(&(later)->work, fn)
#define to_delayed_work(ptr)						\
	container_of(ptr, struct delayed_work, work)

#define WQ_UNBOUND	1
#define WQ_MAX_ACTIVE	1

/* All work is in one queue; in sched.c */
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
void user_drain(void);
void flush_work(struct work_struct *work);
void cancel_work_sync(struct work_struct *work);
bool schedule_delayed_work(struct delayed_work *later, unsigned long delay);
void cancel_delayed_work_sync(struct delayed_work *later);

static inline struct workqueue_struct *user_wq(void)
{
	static int one;

	return (void *)&one;
}

#define alloc_ordered_workqueue(name, flags)	user_wq()
#define alloc_workqueue(name, flags, active)	user_wq()
#define destroy_workqueue(wq)	((void)(wq), user_drain())

#endif /* PROPERTY_LINUX_WORKQUEUE_H */
