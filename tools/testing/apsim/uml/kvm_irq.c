// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stand-in for KVM: interruptions of guests
 *
 * What the machine does with a GISA is done here, under a lock that may be
 * taken under the machine's: store the indicator, make the subclass pending.
 * There is no processor to alert, so nobody waits for one.
 */
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "../kernel/indicator.h"
#include "../kernel/machine.h"
#include "front.h"
#include "vm.h"

static_assert(sizeof_field(struct apsim_kvm_state, armed) ==
	      APSIM_ISCS * sizeof(u32));

static LIST_HEAD(gisas);
/* Protects the list, every GISA's bytes and every VM's gisc_refs. */
static DEFINE_SPINLOCK(gisas_lock);

/**
 * apsim_vm_irq_init - give a VM a GISA
 * @vm: not known to anybody yet
 *
 * Return: 0 or -ENOMEM.
 */
int apsim_vm_irq_init(struct vm *vm)
{
	vm->gisa = kzalloc(sizeof(*vm->gisa), GFP_KERNEL);
	if (!vm->gisa)
		return -ENOMEM;
	vm->kvm.arch.gisa_int.origin = vm->gisa;
	guard(spinlock_irqsave)(&gisas_lock);
	list_add(&vm->gisa_node, &gisas);
	return 0;
}

/**
 * apsim_vm_irq_exit - take the GISA away
 * @vm: not known to anybody any more; may have none
 */
void apsim_vm_irq_exit(struct vm *vm)
{
	u32 armed[APSIM_ISCS];
	unsigned int isc;

	if (!vm->gisa)
		return;
	apsim_machine_armed(virt_to_phys(vm->gisa), armed);
	for (isc = 0; isc < APSIM_ISCS; isc++) {
		WARN(vm->gisc_refs[isc], "VM %u: ISC %u left behind\n",
		     vm->guest.tenant, isc);
		WARN(armed[isc], "VM %u: %u queues with ISC %u left behind\n",
		     vm->guest.tenant, armed[isc], isc);
	}
	scoped_guard(spinlock_irqsave, &gisas_lock)
		list_del(&vm->gisa_node);
	kfree(vm->gisa);
}

/**
 * kvm_s390_gisc_register - alerts are wanted for a guest's subclass
 * @kvm: the VM
 * @gisc: guest interruption subclass
 *
 * Return: the host's subclass for alerts, -ENODEV (no GISA) or -ERANGE.
 */
int kvm_s390_gisc_register(struct kvm *kvm, u32 gisc)
{
	struct vm *vm = to_vm(kvm);

	if (!vm->gisa)
		return -ENODEV;
	if (gisc >= APSIM_ISCS)
		return -ERANGE;
	guard(spinlock_irqsave)(&gisas_lock);
	vm->gisc_refs[gisc]++;
	vm->gisc_registered++;
	vm->gisa->iam |= 0x80 >> gisc;
	return GAL_ISC;
}
EXPORT_SYMBOL_GPL(kvm_s390_gisc_register);

/*
 * Nobody wants alerts for @gisc: no queue may ask for them.  Without a
 * registration since @registered none was allowed to begin with that.
 */
static void check_unregistered(struct vm *vm, u32 gisc, u64 registered)
{
	u32 armed[APSIM_ISCS];

	apsim_machine_armed(virt_to_phys(vm->gisa), armed);
	guard(spinlock_irqsave)(&gisas_lock);
	if (vm->gisc_registered == registered)
		WARN(armed[gisc], "VM %u: %u queues with ISC %u, unregistered\n",
		     vm->guest.tenant, armed[gisc], gisc);
}

/**
 * kvm_s390_gisc_unregister - undo one kvm_s390_gisc_register()
 * @kvm: the VM
 * @gisc: guest interruption subclass
 *
 * KVM only answers -EINVAL to one too many; here it is a bug, and so is the last
 * one while a queue may still interrupt the guest.
 *
 * Return: 0, -ENODEV (no GISA), -ERANGE or -EINVAL.
 */
int kvm_s390_gisc_unregister(struct kvm *kvm, u32 gisc)
{
	struct vm *vm = to_vm(kvm);
	u64 registered;

	if (!vm->gisa)
		return -ENODEV;
	if (gisc >= APSIM_ISCS)
		return -ERANGE;
	scoped_guard(spinlock_irqsave, &gisas_lock) {
		if (WARN_ON_ONCE(!vm->gisc_refs[gisc]))
			return -EINVAL;
		if (--vm->gisc_refs[gisc])
			return 0;
		vm->gisa->iam &= ~(0x80 >> gisc);
		registered = vm->gisc_registered;
	}
	check_unregistered(vm, gisc, registered);
	return 0;
}
EXPORT_SYMBOL_GPL(kvm_s390_gisc_unregister);

static struct vm *vm_of_gisa(u64 gisa)
{
	struct vm *vm;

	lockdep_assert_held(&gisas_lock);
	list_for_each_entry(vm, &gisas, gisa_node)
		if (virt_to_phys(vm->gisa) == gisa)
			return vm;
	return NULL;
}

/**
 * apsim_vm_before_enable - a queue is about to be let interrupt a guest
 * @irq: how; its GISA is not 0
 *
 * What the machine will use has to be there before that, and to stay.
 */
void apsim_vm_before_enable(const struct apsim_irq *irq)
{
	bool registered;
	struct vm *vm;

	if (!apsim_indicator_pinned(irq->nib))
		apsim_machine_raise(APSIM_ALARM_UNPINNED, irq->apqn);
	WARN(irq->isc != GAL_ISC, "queue %04x: alerts on ISC %u\n", irq->apqn,
	     irq->isc);
	scoped_guard(spinlock_irqsave, &gisas_lock) {
		vm = vm_of_gisa(irq->gisa);
		registered = vm && vm->gisc_refs[irq->gisc];
	}
	if (!WARN(!vm, "queue %04x: no VM has this GISA\n", irq->apqn) &&
	    !registered)
		apsim_machine_raise(APSIM_ALARM_UNREGISTERED, irq->apqn);
}

static enum apsim_alarm_kind wrong_with(const struct vm *vm,
					const struct apsim_irq *irq)
{
	lockdep_assert_held(&gisas_lock);
	if (!apsim_indicator_pinned(irq->nib))
		return APSIM_ALARM_UNPINNED;
	if (vm && !vm->gisc_refs[irq->gisc])
		return APSIM_ALARM_UNREGISTERED;
	return APSIM_ALARM_NONE;
}

/**
 * apsim_front_may_interrupt - is what an interruption needs held for it?
 * @irq: whose GISA is not 0
 *
 * Return: what is wrong with it.
 */
enum apsim_alarm_kind apsim_front_may_interrupt(const struct apsim_irq *irq)
{
	guard(spinlock_irqsave)(&gisas_lock);
	return wrong_with(vm_of_gisa(irq->gisa), irq);
}

/**
 * apsim_vm_interrupt - a queue has a reply for a guest
 * @irq: whose GISA is not 0
 *
 * Return: what is wrong with it.
 */
enum apsim_alarm_kind apsim_vm_interrupt(const struct apsim_irq *irq)
{
	enum apsim_alarm_kind wrong;
	struct vm *vm;

	guard(spinlock_irqsave)(&gisas_lock);
	vm = vm_of_gisa(irq->gisa);
	if (WARN_ONCE(!vm, "queue %04x interrupts a VM that is gone\n",
		      irq->apqn))
		return APSIM_ALARM_NONE;
	wrong = wrong_with(vm, irq);
	if (wrong != APSIM_ALARM_NONE)
		return wrong;
	WRITE_ONCE(*(u8 *)phys_to_virt(irq->nib), 1);
	vm->gisa->ipm |= 0x80 >> irq->gisc;
	return APSIM_ALARM_NONE;
}

/**
 * apsim_vm_take_irqs - the guest takes all its interruptions
 * @vm: the guest's VM
 *
 * Return: the subclasses, bit 0 the leftmost.
 */
u8 apsim_vm_take_irqs(struct vm *vm)
{
	u8 ipm;

	if (!vm->gisa)
		return 0;
	guard(spinlock_irqsave)(&gisas_lock);
	ipm = vm->gisa->ipm;
	vm->gisa->ipm = 0;
	return ipm;
}
EXPORT_SYMBOL_GPL(apsim_vm_take_irqs);

/**
 * apsim_vm_irq_state - who may interrupt the guest
 * @vm: the guest's VM; may have no GISA
 * @state: its part about interruptions is filled in
 */
void apsim_vm_irq_state(struct vm *vm, struct apsim_kvm_state *state)
{
	unsigned int isc;

	if (!vm->gisa)
		return;
	apsim_machine_armed(virt_to_phys(vm->gisa), state->armed);
	guard(spinlock_irqsave)(&gisas_lock);
	state->iam = vm->gisa->iam;
	for (isc = 0; isc < APSIM_ISCS; isc++)
		state->registered[isc] = vm->gisc_refs[isc];
}
