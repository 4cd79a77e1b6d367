// SPDX-License-Identifier: GPL-2.0-only
/*
 * race - two threads count in one place without a lock
 *
 * Does nothing else; who looks for races has to find this one.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

/* How often each of them counts; it takes a second or two. */
#define TURNS	200000

static unsigned long turns;

static int count(void *unused)
{
	unsigned int left;

	for (left = TURNS; left && !kthread_should_stop(); left--) {
		turns++;
		cond_resched();
	}
	while (!kthread_should_stop())
		msleep(20);
	return 0;
}

static int __init race_init(void)
{
	struct task_struct *one = kthread_run(count, NULL, "race/1");
	struct task_struct *two = kthread_run(count, NULL, "race/2");

	msleep(2000);
	if (!IS_ERR(one))
		kthread_stop(one);
	if (!IS_ERR(two))
		kthread_stop(two);
	return 0;
}
module_init(race_init);

static void __exit race_exit(void)
{
}
module_exit(race_exit);

MODULE_DESCRIPTION("A data race on purpose");
MODULE_LICENSE("GPL");
