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
#include "front.h"
#include "vm.h"

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
	unsigned int isc;

	if (!vm->gisa)
		return;
	for (isc = 0; isc <= MAX_ISC; isc++)
		WARN(vm->gisc_refs[isc], "VM %u: ISC %u left behind\n",
		     vm->tenant, isc);
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
	if (gisc > MAX_ISC)
		return -ERANGE;
	guard(spinlock_irqsave)(&gisas_lock);
	vm->gisc_refs[gisc]++;
	vm->gisa->iam |= 0x80 >> gisc;
	return GAL_ISC;
}
EXPORT_SYMBOL_GPL(kvm_s390_gisc_register);

/**
 * kvm_s390_gisc_unregister - undo one kvm_s390_gisc_register()
 * @kvm: the VM
 * @gisc: guest interruption subclass
 *
 * KVM only answers -EINVAL to one too many; here it is a bug.
 *
 * Return: 0, -ENODEV (no GISA), -ERANGE or -EINVAL.
 */
int kvm_s390_gisc_unregister(struct kvm *kvm, u32 gisc)
{
	struct vm *vm = to_vm(kvm);

	if (!vm->gisa)
		return -ENODEV;
	if (gisc > MAX_ISC)
		return -ERANGE;
	guard(spinlock_irqsave)(&gisas_lock);
	if (WARN_ON_ONCE(!vm->gisc_refs[gisc]))
		return -EINVAL;
	if (!--vm->gisc_refs[gisc])
		vm->gisa->iam &= ~(0x80 >> gisc);
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
 * apsim_vm_interrupt - a queue has a reply for a guest
 * @irq: whose GISA is not 0
 *
 * Return: false if the indicator's page is not pinned.
 */
bool apsim_vm_interrupt(const struct apsim_irq *irq)
{
	struct vm *vm;

	guard(spinlock_irqsave)(&gisas_lock);
	vm = vm_of_gisa(irq->gisa);
	if (WARN_ONCE(!vm, "queue %04x interrupts a VM that is gone\n",
		      irq->apqn))
		return true;
	if (WARN_ONCE(!vm->gisc_refs[irq->gisc],
		      "queue %04x uses ISC %u, not registered\n", irq->apqn,
		      irq->gisc))
		return true;
	if (!apsim_indicator_pinned(irq->nib))
		return false;
	WRITE_ONCE(*(u8 *)phys_to_virt(irq->nib), 1);
	vm->gisa->ipm |= 0x80 >> irq->gisc;
	return true;
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
