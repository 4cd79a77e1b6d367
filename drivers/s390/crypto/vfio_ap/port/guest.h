/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap port - the guest behind a mediated device
 *
 * Calls down (vap_guest_*) are made by the shell and defined by the adapter;
 * vap_on_aqic() is the call up.
 */
#ifndef VAP_PORT_GUEST_H
#define VAP_PORT_GUEST_H

#include "../core/aqic.h"
#include "../core/matrix.h"

struct kvm;
struct kvm_vcpu;
struct page;

/**
 * struct vap_guest_link - how a guest finds its mediated device
 * @hook: KVM keeps the address of this member and calls through it when the
 *	guest executes PQAP(AQIC); set by vap_guest_attach()
 */
struct vap_guest_link {
	int (*hook)(struct kvm_vcpu *vcpu);
};

/*
 * Attach: -EPERM if the VM has a mediated device already.  A reference to the
 * VM is held from attach to detach.  Detach waits for the guest's CPUs that are
 * in vap_on_aqic(), and so for the guest's memory: no lock may be held around
 * either that others need.
 */
int vap_guest_attach(struct kvm *kvm, struct vap_guest_link *link);
void vap_guest_detach(struct kvm *kvm);
void vap_guest_get(struct kvm *kvm);
void vap_guest_put(struct kvm *kvm);

/*
 * The VM's own lock.  Its user space can keep it for as long as it likes (KVM
 * reads that program's memory under it), so who holds a lock that others need
 * may only try.
 */
void vap_guest_lock(struct kvm *kvm);
bool vap_guest_trylock(struct kvm *kvm);
void vap_guest_unlock(struct kvm *kvm);

/* With the VM's lock held.  Both stop the guest's CPUs for a moment. */
void vap_guest_plug(struct kvm *kvm, const struct apm_matrix *matrix);
void vap_guest_unplug(struct kvm *kvm);

/* What the VM's CRYCB format can hold. */
struct apm_limits vap_guest_limits(struct kvm *kvm);

/* On the CPU that asked, in vap_on_aqic(). */
bool vap_guest_has_storage(struct kvm_vcpu *vcpu, u64 addr);
bool vap_guest_shares(struct kvm_vcpu *vcpu, struct page *page);
struct kvm *vap_guest_of(struct kvm_vcpu *vcpu);

/* Interruption subclasses of the guest, counted by KVM.  Neither sleeps. */
int vap_guest_isc_get(struct kvm *kvm, struct apm_bell *bell);
void vap_guest_isc_put(struct kvm *kvm, u8 gisc);

/*
 * A CPU of the guest behind @link asks.  Called with the VM's hook semaphore
 * held for reading; may sleep, and may wait for the guest's own memory.
 */
struct apm_status vap_on_aqic(struct vap_guest_link *link,
			      struct kvm_vcpu *vcpu,
			      const struct apm_aqic *aqic);

#endif /* VAP_PORT_GUEST_H */
