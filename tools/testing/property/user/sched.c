// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - who waits lets others go on
 *
 * There is one thread.  Work has a stack of its own and runs until it waits; the
 * program runs until it waits.  When all of them wait, time passes, up to the
 * next moment at which one of them, or the machine, has something to do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "world.h"

#define TASKS		16
#define STACK		(256 * 1024)

/**
 * struct task - work that has begun
 * @work: which; NULL: none
 * @until: when it goes on, whatever happens
 * @woken: it goes on at once
 * @context: where it is
 * @stack: its stack
 */
struct task {
	struct work_struct *work;
	u64 until;
	bool woken;
	ucontext_t context;
	char *stack;
};

static struct task tasks[TASKS];
static struct work_struct *pending[TASKS];
static struct delayed_work *timers[TASKS];
static struct task *running;
static ucontext_t program;

u64 user_now;
int user_locks;
unsigned int user_alarms;
const char *user_alarm_text = "";

void user_alarm(const char *what)
{
	if (!user_alarms++)
		user_alarm_text = what;
}

void user_wake(void)
{
	unsigned int i;

	for (i = 0; i < TASKS; i++)
		tasks[i].woken = true;
}

static void task_main(void)
{
	running->work->func(running->work);
	running->work->running = false;
	running->work = NULL;
}

static void go_on(struct task *task)
{
	running = task;
	task->woken = false;
	swapcontext(&program, &task->context);
	running = NULL;
	/* Who waits for it to end looks again. */
	if (!task->work)
		user_wake();
}

static struct task *idle_task(void)
{
	struct task *task = tasks;

	while (task->work)
		if (++task == tasks + TASKS)
			abort();
	if (!task->stack)
		task->stack = malloc(STACK);
	return task;
}

static void prepare(struct task *task)
{
	getcontext(&task->context);
	task->context.uc_stack.ss_sp = task->stack;
	task->context.uc_stack.ss_size = STACK;
	task->context.uc_link = &program;
	makecontext(&task->context, task_main, 0);
}

static void start(struct work_struct *work)
{
	struct task *task = idle_task();

	prepare(task);
	task->work = work;
	work->pending = false;
	work->running = true;
	go_on(task);
}

static bool start_one(void)
{
	unsigned int i;

	for (i = 0; i < TASKS; i++) {
		struct work_struct *work = pending[i];

		if (!work || work->running)
			continue;
		pending[i] = NULL;
		start(work);
		return true;
	}
	return false;
}

/* Everybody who can go on does, once. */
static bool run_all(void)
{
	bool any = start_one();
	unsigned int i;

	for (i = 0; i < TASKS; i++) {
		if (!tasks[i].work ||
		    (!tasks[i].woken && tasks[i].until > user_now))
			continue;
		go_on(&tasks[i]);
		any = true;
	}
	return any;
}

static void add_pending(struct work_struct *work)
{
	unsigned int i;

	for (i = 0; pending[i]; i++)
		if (i == TASKS - 1)
			abort();
	pending[i] = work;
}

/* What was to begin later, and now is that later */
static void run_timers(void)
{
	unsigned int i;

	for (i = 0; i < TASKS; i++) {
		if (!timers[i] || timers[i]->at > user_now)
			continue;
		add_pending(&timers[i]->work);
		timers[i] = NULL;
	}
}

static void pass_time(u64 until)
{
	unsigned int i;
	u64 next = world_next();

	if (next > until)
		next = until;
	for (i = 0; i < TASKS; i++) {
		if (tasks[i].work && tasks[i].until < next)
			next = tasks[i].until;
		if (timers[i] && timers[i]->at < next)
			next = timers[i]->at;
	}
	if (next == USER_FOR_EVER) {
		fprintf(stderr, "# everybody waits for ever\n");
		abort();
	}
	if (next > user_now)
		user_now = next;
	run_timers();
	world_tick();
}

void user_wait(u64 until)
{
	if (user_locks)
		user_alarm("somebody waits with a lock");
	if (running) {
		running->until = until;
		swapcontext(&running->context, &program);
		return;
	}
	if (!run_all())
		pass_time(until);
}

bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	if (work->pending)
		return false;
	add_pending(work);
	work->pending = true;
	return true;
}

bool schedule_delayed_work(struct delayed_work *later, unsigned long delay)
{
	unsigned int i;

	if (later->work.pending)
		return false;
	for (i = 0; timers[i]; i++)
		if (i == TASKS - 1)
			abort();
	timers[i] = later;
	later->at = user_now + delay * NSEC_PER_MSEC;
	later->work.pending = true;
	return true;
}

void flush_work(struct work_struct *work)
{
	user_wait_event(!work->pending && !work->running, USER_FOR_EVER);
}

void cancel_work_sync(struct work_struct *work)
{
	unsigned int i;

	for (i = 0; i < TASKS; i++)
		if (pending[i] == work)
			pending[i] = NULL;
	work->pending = false;
	flush_work(work);
}

void cancel_delayed_work_sync(struct delayed_work *later)
{
	unsigned int i;

	for (i = 0; i < TASKS; i++)
		if (timers[i] == later)
			timers[i] = NULL;
	cancel_work_sync(&later->work);
}

static bool any_work(void)
{
	unsigned int i;

	for (i = 0; i < TASKS; i++)
		if (pending[i] || tasks[i].work)
			return true;
	return false;
}

/* All that was begun ends. */
void user_drain(void)
{
	user_wait_event(!any_work(), USER_FOR_EVER);
}
