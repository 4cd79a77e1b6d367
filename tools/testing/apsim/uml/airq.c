// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adapter interruptions of the host
 *
 * The machine reports one under its lock, where no handler may run, so the
 * indicator is stored at once and the handler is called by a worker, with
 * interruptions off as a handler may expect.
 */
#include <linux/cleanup.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include <asm/airq.h>
#include <asm/isc.h>

#include "../kernel/machine.h"
#include "front.h"

static HLIST_HEAD(handlers);
static DEFINE_SPINLOCK(handlers_lock);
/* Subclasses with something to handle, bit n: subclass n. */
static unsigned long pending;

static void airq_work(struct work_struct *work)
{
	unsigned long todo = xchg(&pending, 0);
	struct airq_struct *airq;

	guard(spinlock_irqsave)(&handlers_lock);
	hlist_for_each_entry(airq, &handlers, list) {
		struct tpi_info info = { .isc = airq->isc };

		if (test_bit(airq->isc, &todo) && READ_ONCE(*airq->lsi_ptr))
			airq->handler(airq, &info);
	}
}

static DECLARE_WORK(work, airq_work);

/**
 * register_adapter_interrupt - handle the interruptions of a subclass
 * @airq: handler; stays until unregister_adapter_interrupt()
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int register_adapter_interrupt(struct airq_struct *airq)
{
	if (!airq->handler || airq->isc > MAX_ISC)
		return -EINVAL;
	if (!airq->lsi_ptr) {
		airq->lsi_ptr = kzalloc(sizeof(*airq->lsi_ptr), GFP_KERNEL);
		if (!airq->lsi_ptr)
			return -ENOMEM;
		airq->flags |= AIRQ_PTR_ALLOCATED;
	}
	guard(spinlock_irqsave)(&handlers_lock);
	hlist_add_head(&airq->list, &handlers);
	return 0;
}
EXPORT_SYMBOL_GPL(register_adapter_interrupt);

/**
 * unregister_adapter_interrupt - undo register_adapter_interrupt()
 * @airq: the same; its handler does not run any more afterwards
 *
 * The machine may have no queue enabled with the summary byte as indicator.
 */
void unregister_adapter_interrupt(struct airq_struct *airq)
{
	scoped_guard(spinlock_irqsave, &handlers_lock)
		hlist_del_init(&airq->list);
	if (airq->flags & AIRQ_PTR_ALLOCATED) {
		kfree(airq->lsi_ptr);
		airq->lsi_ptr = NULL;
		airq->flags &= ~AIRQ_PTR_ALLOCATED;
	}
}
EXPORT_SYMBOL_GPL(unregister_adapter_interrupt);

/* The AP bus may be gone, and its byte with it, while its queue is enabled. */
static bool store_indicator(const struct apsim_irq *irq)
{
	struct airq_struct *airq;

	guard(spinlock_irqsave)(&handlers_lock);
	hlist_for_each_entry(airq, &handlers, list) {
		if (airq->isc != irq->isc ||
		    virt_to_phys(airq->lsi_ptr) != irq->nib)
			continue;
		WRITE_ONCE(*airq->lsi_ptr, 1);
		return true;
	}
	return false;
}

enum apsim_alarm_kind apsim_front_interrupt(const struct apsim_irq *irq)
{
	if (irq->gisa)
		return apsim_vm_interrupt(irq);
	if (!store_indicator(irq))
		return APSIM_ALARM_NONE;
	set_bit(irq->isc, &pending);
	queue_work(system_highpri_wq, &work);
	return APSIM_ALARM_NONE;
}

/**
 * apsim_airq_exit - wait for handlers that run
 */
void apsim_airq_exit(void)
{
	cancel_work_sync(&work);
}
