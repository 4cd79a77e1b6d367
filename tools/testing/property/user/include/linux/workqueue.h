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

struct workqueue_struct;

#define DECLARE_WORK(name, fn)	struct work_struct name = { .func = (fn) }
#define INIT_WORK(work, fn)						\
	(*(work) = (struct work_struct) { .func = (fn) })

#define WQ_UNBOUND	1
#define WQ_MAX_ACTIVE	1

/* All work is in one queue; in sched.c */
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
void user_drain(void);
void flush_work(struct work_struct *work);
void cancel_work_sync(struct work_struct *work);

static inline struct workqueue_struct *user_wq(void)
{
	static int one;

	return (void *)&one;
}

#define alloc_ordered_workqueue(name, flags)	user_wq()
#define alloc_workqueue(name, flags, active)	user_wq()
#define destroy_workqueue(wq)	((void)(wq), user_drain())

#endif /* PROPERTY_LINUX_WORKQUEUE_H */
