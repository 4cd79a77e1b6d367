// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adapter interruptions, for the host and for guests
 *
 * For the host: the indicator byte is set and an interruption made pending on
 * its subclass.  For a guest: the indicator byte is set, the subclass becomes
 * pending in the guest's interruption state area (GISA); if that asks for an
 * alert it is put on the list of the guest information block (GIB) and the
 * host gets the interruption instead.  KVM changes the same words at the same
 * time, so everything there is interlocked.
 */
#include <linux/atomic.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/kvm_host.h>
#include <linux/uaccess.h>
#include <asm/irq.h>
#include <asm/irq_regs.h>
#include <asm/isc.h>
#include <asm/ptrace.h>

#include "../kernel/indicator.h"
#include "../kernel/machine.h"
#include "front.h"

/* The first doubleword of a GISA: next alert, pending, reserved, alert. */
#define GISA_NEXT_SHIFT		32
#define GISA_IPM_SHIFT		24
#define GISA_IAM_MASK		0xffULL

/* Subclasses with a pending interruption, bit 0x80 is subclass 0. */
static atomic_t pending;

/* As the I/O interruption handler does it, in interrupt context. */
static void present(struct irq_work *work)
{
	unsigned int mask = atomic_xchg(&pending, 0), isc;
	struct pt_regs *old, regs;

	for (isc = 0; isc <= MAX_ISC; isc++) {
		if (!(mask & 0x80 >> isc))
			continue;
		memset(&regs, 0, sizeof(regs));
		regs.psw.mask = PSW_KERNEL_BITS;
		regs.tpi_info.adapter_IO = 1;
		regs.tpi_info.isc = isc;
		old = set_irq_regs(&regs);
		generic_handle_irq(THIN_INTERRUPT);
		set_irq_regs(old);
	}
}

static struct irq_work present_work = IRQ_WORK_INIT_HARD(present);

static bool gisa_listed(u64 word, u32 gisa)
{
	return word >> GISA_NEXT_SHIFT != gisa;
}

/*
 * Put an area that is not on the list yet in front of it.  Only the machine
 * does that, and under its lock; KVM takes the whole list away.
 */
static bool gisa_push(u64 *word, u32 gisa, u32 *origin)
{
	u32 head = READ_ONCE(*origin);

	do {
		WRITE_ONCE(*(u32 *)word, head);
	} while (!try_cmpxchg(origin, &head, gisa));

	/* Not empty, or being processed: KVM knows already. */
	return !head;
}

/* Make the guest's interruption pending.  Is the host to be interrupted? */
static bool gisa_pend(u32 gisa, unsigned int gisc)
{
	u64 *word = phys_to_virt(gisa), old, new;
	u8 bit = 0x80 >> gisc;
	u32 gib = apsim_gib();
	bool alert;

	old = READ_ONCE(*word);
	do {
		alert = gib && (old & bit) && !gisa_listed(old, gisa);
		new = old | (u64)bit << GISA_IPM_SHIFT;
		/*
		 * Claimed: no alert mask, and with another's address in front
		 * nobody will set it before KVM takes it off the list.
		 */
		if (alert) {
			new &= ~GISA_IAM_MASK;
			new &= U32_MAX;
		}
	} while (!try_cmpxchg(word, &old, new));

	return alert && gisa_push(word, gisa, phys_to_virt(gib));
}

/*
 * Is the guest's subclass one that KVM has registered?  The area lies in a page
 * that says whose it is.  That may be gone if somebody was wrong, so nothing
 * here relies on it.
 */
static bool gisc_registered(const struct apsim_irq *irq)
{
	struct sie_page2 *page = phys_to_virt(irq->gisa & PAGE_MASK);
	struct kvm *kvm;
	u8 mask;

	return !get_kernel_nofault(kvm, &page->kvm) &&
	       !get_kernel_nofault(mask, &kvm->arch.gisa_int.alert.mask) &&
	       mask & 0x80 >> irq->gisc;
}

enum apsim_alarm_kind apsim_front_may_interrupt(const struct apsim_irq *irq)
{
	if (!apsim_indicator_pinned(irq->nib))
		return APSIM_ALARM_UNPINNED;
	if (!gisc_registered(irq))
		return APSIM_ALARM_UNREGISTERED;
	return APSIM_ALARM_NONE;
}

enum apsim_alarm_kind apsim_front_interrupt(const struct apsim_irq *irq)
{
	enum apsim_alarm_kind wrong = APSIM_ALARM_NONE;

	if (irq->gisa)
		wrong = apsim_front_may_interrupt(irq);
	if (wrong != APSIM_ALARM_NONE)
		return wrong;
	WRITE_ONCE(*(u8 *)phys_to_virt(irq->nib), 1);
	if (irq->gisa && !gisa_pend(irq->gisa, irq->gisc))
		return APSIM_ALARM_NONE;
	atomic_or(0x80 >> irq->isc, &pending);
	irq_work_queue(&present_work);
	return APSIM_ALARM_NONE;
}

void apsim_interrupt_exit(void)
{
	irq_work_sync(&present_work);
}
