// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine as a singleton: lock, timer, worker
 *
 * Instructions come from wherever the kernel executes them, also with
 * bottom halves disabled.  So one spin lock serialises the machine, memory is
 * taken atomically, and only the worker, which has a context of its own,
 * does what takes long.  It is not a raw lock because the machine allocates
 * under it; nothing in hard interrupt context takes it: the timer only kicks
 * the worker.
 */
#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "compat/hrtimer.h"

#include "alarm.h"
#include "debugfs.h"
#include "machine.h"
#include "params.h"

/* The machine is not woken more often; what is late is caught up with. */
#define MACHINE_TICK_NS		(10 * NSEC_PER_USEC)

/* A bounce buffer; preempted programs keep theirs, so have some to spare. */
struct bounce {
	struct list_head list;
	u8 data[APSIM_MSG_MAX];
};

/**
 * struct machine - all there is
 * @core: the simulated machine, under @lock
 * @lock: serialises @core, @stopping, @armed and @spare
 * @stopping: the timer is not to be set any more
 * @armed: when @timer will fire, U64_MAX: it will not
 * @timer: fires when something is to be done
 * @workers: runs @work
 * @work: does it
 * @job: the worker's, too large for a stack
 * @spare: bounce buffers nobody uses
 * @report: tells the operating system that a rule changed the machine
 */
struct machine {
	struct apsim *core;
	spinlock_t lock;	/* see above */
	bool stopping;
	u64 armed;
	struct hrtimer timer;
	struct workqueue_struct *workers;
	struct work_struct work;
	struct apsim_job job;
	struct list_head spare;
	struct work_struct report;
};

static struct machine *machine;
/* Keeps the machine alive for commands and statistics, and orders commands. */
static DEFINE_MUTEX(machine_mutex);

static atomic64_t mask_writes;
static atomic64_t mask_kicks;

static void *env_alloc(size_t size)
{
	return kzalloc(size, GFP_ATOMIC);
}

static void env_free(void *mem)
{
	kfree(mem);
}

static const struct apsim_env env = {
	.alloc = env_alloc,
	.free = env_free,
	.alarm = apsim_alarm_raised,
};

/* After whatever changed the machine: hand out what it wants, set the timer. */
static void machine_settle(struct machine *m)
{
	u64 now = ktime_get_ns(), next;
	struct apsim_irq irq;

	lockdep_assert_held(&m->lock);
	while (apsim_irq(m->core, now, &irq)) {
		enum apsim_alarm_kind wrong = apsim_front_interrupt(&irq);

		if (wrong != APSIM_ALARM_NONE)
			apsim_raise(m->core, wrong, irq.apqn);
	}

	next = apsim_next(m->core);
	if (next >= m->armed || m->stopping)
		return;
	m->armed = max(next, now + MACHINE_TICK_NS);
	hrtimer_start(&m->timer, ns_to_ktime(m->armed), HRTIMER_MODE_ABS_HARD);
}

static enum hrtimer_restart machine_timer(struct hrtimer *timer)
{
	struct machine *m = container_of(timer, struct machine, timer);

	queue_work(m->workers, &m->work);
	return HRTIMER_NORESTART;
}

static void machine_report(struct work_struct *work)
{
	apsim_front_changed();
}

static bool machine_take_job(struct machine *m)
{
	guard(spinlock_irqsave)(&m->lock);
	return apsim_job(m->core, ktime_get_ns(), &m->job);
}

static void machine_work(struct work_struct *work)
{
	struct machine *m = container_of(work, struct machine, work);

	while (machine_take_job(m)) {
		apsim_compute(&m->job);
		guard(spinlock_irqsave)(&m->lock);
		apsim_job_done(m->core, ktime_get_ns(), &m->job);
		machine_settle(m);
	}

	guard(spinlock_irqsave)(&m->lock);
	m->armed = U64_MAX;
	machine_settle(m);
}

static struct bounce *machine_get_bounce(struct machine *m)
{
	struct bounce *bounce;

	scoped_guard(spinlock_irqsave, &m->lock) {
		bounce = list_first_entry_or_null(&m->spare, struct bounce,
						  list);
		if (bounce) {
			list_del(&bounce->list);
			return bounce;
		}
	}
	return kmalloc(sizeof(*bounce), GFP_ATOMIC | __GFP_NOWARN);
}

static void machine_put_bounce(struct machine *m, struct bounce *bounce)
{
	guard(spinlock_irqsave)(&m->lock);
	list_add(&bounce->list, &m->spare);
}

/*
 * As long as a queue may interrupt a guest that has to be possible.  Who has
 * taken back too early what it needs is found when he asks whether I is off.
 */
static void machine_check_armed(struct machine *m, const struct apsim_op *op)
{
	enum apsim_alarm_kind wrong;
	struct apsim_irq irq;

	lockdep_assert_held(&m->lock);
	if (op->insn != APSIM_PQAP ||
	    !apsim_may_interrupt(m->core, op->gr[0] & 0xffff, &irq))
		return;
	wrong = apsim_front_may_interrupt(&irq);
	if (wrong != APSIM_ALARM_NONE)
		apsim_raise(m->core, wrong, irq.apqn);
}

static void machine_exec(struct machine *m, struct apsim_op *op,
			 const struct apsim_storage *storage)
{
	scoped_guard(spinlock_irqsave, &m->lock)
		apsim_prepare(m->core, op);
	if (op->pgm)
		return;

	if (op->fetch_len)
		op->pgm = storage->fetch(storage->ctx, op->fetch_addr, op->buf,
					 op->fetch_len);
	if (op->pgm)
		return;

	scoped_guard(spinlock_irqsave, &m->lock) {
		apsim_execute(m->core, ktime_get_ns(), op);
		machine_settle(m);
		machine_check_armed(m, op);
	}
	if (op->changed)
		schedule_work(&m->report);
	if (!op->pgm && op->store_len)
		op->pgm = storage->store(storage->ctx, op->store_addr, op->buf,
					 op->store_len);
}

void apsim_machine_exec(struct apsim_op *op,
			const struct apsim_storage *storage)
{
	struct machine *m = machine;
	u8 block[APSIM_QCI_LEN];
	struct bounce *bounce;

	op->pgm = 0;
	op->cc = 0;
	op->fetch_len = 0;
	op->store_len = 0;
	if (op->insn == APSIM_PQAP) {
		op->buf = block;
		op->buf_len = sizeof(block);
		machine_exec(m, op, storage);
		op->buf = NULL;
		return;
	}

	bounce = machine_get_bounce(m);
	if (!bounce) {
		op->cc = 2;
		return;
	}
	op->buf = bounce->data;
	op->buf_len = sizeof(bounce->data);
	machine_exec(m, op, storage);
	op->buf = NULL;
	machine_put_bounce(m, bounce);
}
EXPORT_SYMBOL_GPL(apsim_machine_exec);

static int machine_line(const char *line)
{
	struct machine *m = machine;
	int rc;

	lockdep_assert_held(&machine_mutex);
	if (!m)
		return -ENODEV;
	guard(spinlock_irqsave)(&m->lock);
	rc = apsim_command(m->core, ktime_get_ns(), line);
	machine_settle(m);
	return rc;
}

/* What the machine's control program would be told about. */
static void machine_view(struct apsim_view *view)
{
	memset(view, 0, sizeof(*view));
	if (!machine)
		return;
	guard(spinlock_irqsave)(&machine->lock);
	apsim_get_view(machine->core, view);
}

int apsim_machine_command(const char *lines, bool *changed)
{
	char *copy __free(kfree) = kstrdup(lines, GFP_KERNEL);
	struct apsim_view before, after;
	char *next = copy, *line;
	int rc = 0;

	if (!copy)
		return -ENOMEM;

	guard(mutex)(&machine_mutex);
	machine_view(&before);
	while (!rc && (line = strsep(&next, ";\n"))) {
		line = strim(line);
		if (!*line)
			continue;
		rc = machine_line(line);
		if (rc)
			pr_err("apsim: \"%s\" failed with %d\n", line, rc);
	}
	machine_view(&after);
	if (changed)
		*changed = memcmp(&before, &after, sizeof(after));
	return rc;
}
EXPORT_SYMBOL_GPL(apsim_machine_command);

int apsim_machine_with(apsim_machine_fn fn, void *ctx, bool *changed)
{
	struct apsim_view before, after;
	int rc;

	guard(mutex)(&machine_mutex);
	if (!machine)
		return -ENODEV;
	guard(spinlock_irqsave)(&machine->lock);
	if (changed)
		apsim_get_view(machine->core, &before);
	rc = fn(machine->core, ktime_get_ns(), ctx);
	machine_settle(machine);
	if (changed) {
		apsim_get_view(machine->core, &after);
		*changed = memcmp(&before, &after, sizeof(after));
	}
	return rc;
}

int apsim_machine_stats(struct apsim_stats *stats)
{
	guard(mutex)(&machine_mutex);
	if (!machine)
		return -ENODEV;
	guard(spinlock_irqsave)(&machine->lock);
	machine_settle(machine);
	apsim_get_stats(machine->core, stats);
	return 0;
}

u32 apsim_machine_answers(unsigned int insn, unsigned int rc)
{
	guard(mutex)(&machine_mutex);
	if (!machine)
		return 0;
	guard(spinlock_irqsave)(&machine->lock);
	return apsim_get_answers(machine->core, insn, rc);
}

int apsim_machine_alarms(struct apsim_alarms *get,
			 const struct apsim_alarms *set)
{
	guard(mutex)(&machine_mutex);
	if (!machine)
		return -ENODEV;
	guard(spinlock_irqsave)(&machine->lock);
	if (get)
		apsim_get_alarms(machine->core, get);
	if (set)
		apsim_set_alarms(machine->core, set);
	return 0;
}
EXPORT_SYMBOL_GPL(apsim_machine_alarms);

void apsim_machine_raise(enum apsim_alarm_kind kind, unsigned int apqn)
{
	guard(spinlock_irqsave)(&machine->lock);
	apsim_raise(machine->core, kind, apqn);
}

void apsim_machine_enter(struct apsim_guest *guest)
{
	guard(spinlock_irqsave)(&machine->lock);
	apsim_guest_enter(machine->core, guest);
}
EXPORT_SYMBOL_GPL(apsim_machine_enter);

void apsim_machine_leave(struct apsim_guest *guest)
{
	guard(spinlock_irqsave)(&machine->lock);
	apsim_guest_leave(guest);
}
EXPORT_SYMBOL_GPL(apsim_machine_leave);

void apsim_machine_view(struct apsim_guest *guest, const struct apsim_view *view)
{
	guard(spinlock_irqsave)(&machine->lock);
	guest->view = *view;
}

void apsim_machine_masks(void)
{
	atomic64_inc(&mask_writes);
}
EXPORT_SYMBOL_GPL(apsim_machine_masks);

void apsim_machine_kick(void)
{
	atomic64_inc(&mask_kicks);
}
EXPORT_SYMBOL_GPL(apsim_machine_kick);

void apsim_machine_written(u64 *masks, u64 *kicks)
{
	*masks = atomic64_read(&mask_writes);
	*kicks = atomic64_read(&mask_kicks);
}
EXPORT_SYMBOL_GPL(apsim_machine_written);

int apsim_machine_rule(u64 *after, char *line, size_t size)
{
	guard(mutex)(&machine_mutex);
	if (!machine)
		return -ENODEV;
	guard(spinlock_irqsave)(&machine->lock);
	return apsim_rule_next(machine->core, after, line, size) ? 0 : -ENOENT;
}

void apsim_machine_armed(u64 gisa, u32 count[APSIM_ISCS])
{
	struct machine *m = machine;

	guard(spinlock_irqsave)(&m->lock);
	machine_settle(m);
	apsim_get_armed(m->core, gisa, count);
}

static void machine_free(struct machine *m)
{
	struct bounce *bounce, *next;

	if (!m)
		return;
	if (m->workers)
		destroy_workqueue(m->workers);
	list_for_each_entry_safe(bounce, next, &m->spare, list)
		kfree(bounce);
	apsim_free(m->core);
	kfree(m);
}

DEFINE_FREE(machine, struct machine *, machine_free(_T))

static struct machine *machine_new(void)
{
	struct machine *m __free(machine) = kzalloc(sizeof(*m), GFP_KERNEL);
	struct bounce *bounce;
	unsigned int i;

	if (!m)
		return NULL;
	spin_lock_init(&m->lock);
	INIT_LIST_HEAD(&m->spare);
	INIT_WORK(&m->work, machine_work);
	INIT_WORK(&m->report, machine_report);
	m->armed = U64_MAX;
	hrtimer_setup(&m->timer, machine_timer, CLOCK_MONOTONIC,
		      HRTIMER_MODE_ABS_HARD);
	m->workers = alloc_ordered_workqueue("apsim", WQ_HIGHPRI);
	m->core = apsim_new(&env);
	if (!m->workers || !m->core)
		return NULL;
	for (i = 0; i < 2 * num_possible_cpus() + 2; i++) {
		bounce = kmalloc(sizeof(*bounce), GFP_KERNEL);
		if (!bounce)
			return NULL;
		list_add(&bounce->list, &m->spare);
	}
	return no_free_ptr(m);
}

int apsim_machine_init(void)
{
	int rc;

	machine = machine_new();
	if (!machine)
		return -ENOMEM;
	rc = apsim_machine_command(apsim_machine_description(), NULL);
	if (rc)
		apsim_machine_exit();
	else
		apsim_debugfs_init();
	return rc;
}

void apsim_machine_exit(void)
{
	struct machine *m;

	apsim_debugfs_exit();
	scoped_guard(mutex, &machine_mutex) {
		m = machine;
		machine = NULL;
	}
	if (!m)
		return;
	scoped_guard(spinlock_irqsave, &m->lock)
		m->stopping = true;
	hrtimer_cancel(&m->timer);
	cancel_work_sync(&m->report);
	machine_free(m);
}
