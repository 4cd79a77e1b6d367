// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - the guest as KVM has it
 *
 * KVM owns the CRYCB and knows its format; the driver hands it masks and is
 * called back, through the hook, when the guest executes PQAP(AQIC).
 */
#include <linux/bitmap.h>
#include <linux/cleanup.h>
#include <linux/kvm_host.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>

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
	status = vap_on_aqic(link, &aqic);
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
 * Sleeps; takes the VM's lock and hook semaphore.  When it returns no
 * vap_on_aqic() of this VM runs or will run.
 */
void vap_guest_detach(struct kvm *kvm)
{
	guard(mutex)(&kvm->lock);
	guard(rwsem_write)(&kvm->arch.crypto.pqap_hook_rwsem);
	kvm->arch.crypto.pqap_hook = NULL;
}

/**
 * vap_guest_put - drop the reference that vap_guest_attach() took
 * @kvm: the VM; it may be destroyed here, so call without any lock
 */
void vap_guest_put(struct kvm *kvm)
{
	kvm_put_kvm(kvm);
}

/**
 * vap_guest_plug - write the VM's CRYCB masks
 * @kvm: the VM
 * @matrix: all that it may use from now on
 *
 * Stops the VM's CPUs for a moment.  Sleeps; takes the VM's lock.
 */
void vap_guest_plug(struct kvm *kvm, const struct apm_matrix *matrix)
{
	DECLARE_BITMAP(apm, APM_IDS);
	DECLARE_BITMAP(aqm, APM_IDS);
	DECLARE_BITMAP(adm, APM_IDS);

	mask_to(&matrix->adapters, apm);
	mask_to(&matrix->domains, aqm);
	mask_to(&matrix->controls, adm);
	guard(mutex)(&kvm->lock);
	kvm_arch_crypto_set_masks(kvm, apm, aqm, adm);
}

/**
 * vap_guest_unplug - clear the VM's CRYCB masks
 * @kvm: the VM
 *
 * When it returns no CPU of the VM can reach a queue.  Sleeps; takes the VM's
 * lock.
 */
void vap_guest_unplug(struct kvm *kvm)
{
	guard(mutex)(&kvm->lock);
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
