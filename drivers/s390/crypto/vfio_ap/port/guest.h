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

/**
 * struct vap_guest_link - how a guest finds its mediated device
 * @hook: KVM keeps the address of this member and calls through it when the
 *	guest executes PQAP(AQIC); set by vap_guest_attach()
 */
struct vap_guest_link {
	int (*hook)(struct kvm_vcpu *vcpu);
};

/*
 * Sleeping calls; each takes and releases the VM's own locks.  Attach: -EPERM
 * if the VM has a mediated device already.  A reference to the VM is held from
 * attach to detach.
 */
int vap_guest_attach(struct kvm *kvm, struct vap_guest_link *link);
void vap_guest_detach(struct kvm *kvm);
void vap_guest_put(struct kvm *kvm);
void vap_guest_plug(struct kvm *kvm, const struct apm_matrix *matrix);
void vap_guest_unplug(struct kvm *kvm);

/* What the VM's CRYCB format can hold. */
struct apm_limits vap_guest_limits(struct kvm *kvm);

/*
 * The guest behind @link asks.  Called with the VM's hook semaphore held:
 * must not take any lock that is held around the calls above.
 */
struct apm_status vap_on_aqic(struct vap_guest_link *link,
			      const struct apm_aqic *aqic);

#endif /* VAP_PORT_GUEST_H */
