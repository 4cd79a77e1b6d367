// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - the guest as KVM has it
 *
 * KVM owns the CRYCB and knows its format; the driver hands it masks and is
 * called back, through the hook, when the guest executes PQAP(AQIC).
 */
#include <linux/bitmap.h>
#include <linux/cleanup.h>
#include <linux/io.h>
#include <linux/kvm_host.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>

#include <asm/uv.h>

#include "../core/hostcfg.h"
#include "../port/guest.h"

static void mask_to(const struct apm_mask *mask, unsigned long *words)
{
	unsigned int i;

	for (i = 0; i < APM_WORDS; i++)
		words[i] = mask->word[i];
}

/*
 * KVM's contract: 0 and a status word in the low half of GR1, from which it
 * takes the condition code; -EOPNOTSUPP lets user space answer.  Called with
 * pqap_hook_rwsem held for reading.
 */
static int pqap_hook(struct kvm_vcpu *vcpu)
{
	u64 *gprs = (u64 *)vcpu->run->s.regs.gprs;
	struct apm_status status;
	struct vap_guest_link *link;
	struct apm_aqic aqic;

	if (!(vcpu->arch.sie_block->eca & ECA_AIV))
		return -EOPNOTSUPP;
	link = container_of(vcpu->kvm->arch.crypto.pqap_hook,
			    struct vap_guest_link, hook);
	aqic = apm_aqic_decode(gprs[0], gprs[1], gprs[2]);
	status = vap_on_aqic(link, vcpu, &aqic);
	gprs[1] = apm_status_word(&status);
	return 0;
}

/**
 * vap_guest_attach - make a mediated device the VM's
 * @kvm: the VM; a reference is taken, see vap_guest_put()
 * @link: lives until vap_guest_detach()
 *
 * Sleeps; takes the VM's lock and hook semaphore.
 *
 * Return: 0, or -EPERM if the VM has a mediated device already.
 */
int vap_guest_attach(struct kvm *kvm, struct vap_guest_link *link)
{
	link->hook = pqap_hook;
	guard(mutex)(&kvm->lock);
	guard(rwsem_write)(&kvm->arch.crypto.pqap_hook_rwsem);
	if (kvm->arch.crypto.pqap_hook)
		return -EPERM;
	kvm->arch.crypto.pqap_hook = &link->hook;
	kvm_get_kvm(kvm);
	return 0;
}

/**
 * vap_guest_detach - the VM has no mediated device any more
 * @kvm: the VM, with its masks cleared already
 *
 * Sleeps, for as long as CPUs of this VM are in vap_on_aqic(); takes the VM's
 * lock and hook semaphore.  When it returns no vap_on_aqic() of this VM runs or
 * will run.
 */
void vap_guest_detach(struct kvm *kvm)
{
	guard(mutex)(&kvm->lock);
	guard(rwsem_write)(&kvm->arch.crypto.pqap_hook_rwsem);
	kvm->arch.crypto.pqap_hook = NULL;
}

/**
 * vap_guest_get - one more reference to a VM
 * @kvm: the VM
 */
void vap_guest_get(struct kvm *kvm)
{
	kvm_get_kvm(kvm);
}

/**
 * vap_guest_put - drop a reference that vap_guest_attach() or vap_guest_get()
 *	took
 * @kvm: the VM; it may be destroyed here, so call without any lock
 */
void vap_guest_put(struct kvm *kvm)
{
	kvm_put_kvm(kvm);
}

/**
 * vap_guest_lock - take the VM's lock
 * @kvm: the VM
 *
 * Sleeps, and for as long as the VM's user space likes.
 */
void vap_guest_lock(struct kvm *kvm)
{
	mutex_lock(&kvm->lock);
}

/**
 * vap_guest_trylock - take the VM's lock if nobody has it
 * @kvm: the VM
 *
 * Return: true if it is taken.
 */
bool vap_guest_trylock(struct kvm *kvm)
{
	return mutex_trylock(&kvm->lock);
}

/**
 * vap_guest_unlock - the end of vap_guest_lock() or vap_guest_trylock()
 * @kvm: the VM
 */
void vap_guest_unlock(struct kvm *kvm)
{
	mutex_unlock(&kvm->lock);
}

/**
 * vap_guest_plug - write the VM's CRYCB masks
 * @kvm: the VM, locked
 * @matrix: all that it may use from now on
 *
 * Stops the VM's CPUs for a moment.
 */
void vap_guest_plug(struct kvm *kvm, const struct apm_matrix *matrix)
{
	DECLARE_BITMAP(apm, APM_IDS);
	DECLARE_BITMAP(aqm, APM_IDS);
	DECLARE_BITMAP(adm, APM_IDS);

	mask_to(&matrix->adapters, apm);
	mask_to(&matrix->domains, aqm);
	mask_to(&matrix->controls, adm);
	kvm_arch_crypto_set_masks(kvm, apm, aqm, adm);
}

/**
 * vap_guest_unplug - clear the VM's CRYCB masks
 * @kvm: the VM, locked
 *
 * When it returns no CPU of the VM can reach a queue.
 */
void vap_guest_unplug(struct kvm *kvm)
{
	kvm_arch_crypto_clear_masks(kvm);
}

/**
 * vap_guest_limits - what the VM's CRYCB format can hold
 * @kvm: the VM
 *
 * Return: 255 and 255 with format 2, 63 and 15 with formats 0 and 1.
 */
struct apm_limits vap_guest_limits(struct kvm *kvm)
{
	u32 format = kvm->arch.crypto.crycbd & CRYCB_FORMAT_MASK;

	if (format == CRYCB_FORMAT2)
		return (struct apm_limits) { APM_IDS - 1, APM_IDS - 1 };
	return (struct apm_limits) { APM_NOAPXA_MAX_APID, APM_NOAPXA_MAX_APQI };
}

/**
 * vap_guest_has_storage - does the guest have storage there?
 * @vcpu: the CPU that asked
 * @addr: guest absolute address
 *
 * What user space maps for DMA may be more than the guest can see.  The CPU
 * holds its read lock on the memory slots while KVM handles an instruction.
 *
 * Return: true if it does.
 */
bool vap_guest_has_storage(struct kvm_vcpu *vcpu, u64 addr)
{
	struct kvm_memory_slot *slot;

	slot = __gfn_to_memslot(kvm_memslots(vcpu->kvm), gpa_to_gfn(addr));
	return slot && !(slot->flags & KVM_MEMSLOT_INVALID);
}

/**
 * vap_guest_shares - can the machine store into this page of the guest?
 * @vcpu: the CPU that asked
 * @page: the page, pinned
 *
 * The pages of a protected guest are secret, but for those that it shares.
 *
 * Return: true if it can.
 */
bool vap_guest_shares(struct kvm_vcpu *vcpu, struct page *page)
{
	return !kvm_s390_pv_cpu_is_protected(vcpu) ||
	       !uv_pin_shared(page_to_phys(page));
}

/**
 * vap_guest_of - which VM does a CPU belong to?
 * @vcpu: the CPU
 *
 * Return: the VM.
 */
struct kvm *vap_guest_of(struct kvm_vcpu *vcpu)
{
	return vcpu->kvm;
}

/**
 * vap_guest_isc_get - one more queue interrupts a guest with a subclass
 * @kvm: the VM
 * @bell: its @gisc is the subclass; @gisa and @isc are filled in on success
 *
 * Return: 0, or -ENODEV if the VM has no interruption state area.
 */
int vap_guest_isc_get(struct kvm *kvm, struct apm_bell *bell)
{
	int isc = kvm_s390_gisc_register(kvm, bell->gisc);

	if (isc < 0)
		return isc;
	bell->isc = isc;
	bell->gisa = virt_to_phys(kvm->arch.gisa_int.origin);
	return 0;
}

/**
 * vap_guest_isc_put - the end of one vap_guest_isc_get()
 * @kvm: the VM
 * @gisc: the subclass
 */
void vap_guest_isc_put(struct kvm *kvm, u8 gisc)
{
	kvm_s390_gisc_unregister(kvm, gisc);
}
