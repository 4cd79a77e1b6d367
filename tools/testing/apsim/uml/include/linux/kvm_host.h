/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for linux/kvm_host.h: what a vfio_ap driver may see of KVM
 *
 * UML has no KVM.  The members are those of s390's structures that the driver
 * touches, with their names; ../../kvm.c keeps everything else to itself.
 */
#ifndef APSIM_UML_LINUX_KVM_HOST_H
#define APSIM_UML_LINUX_KVM_HOST_H

#include <linux/bits.h>
#include <linux/kvm_types.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/srcu.h>
#include <linux/types.h>

/* A slot that is about to go. */
#define KVM_MEMSLOT_INVALID	BIT(16)

/* Before a hole, the hole, behind it. */
#define KVM_MEM_SLOTS_NUM	3

/* Execution controls A: interruption virtualization, AP interpretation. */
#define ECA_AIV			0x00200000
#define ECA_APIE		0x00000008

#define CRYCB_FORMAT_MASK	0x00000003
#define CRYCB_FORMAT0		0x00000000
#define CRYCB_FORMAT1		0x00000001
#define CRYCB_FORMAT2		0x00000003

typedef int (*crypto_hook)(struct kvm_vcpu *vcpu);

/**
 * struct kvm_s390_crypto - a VM's share of the AP hardware
 * @pqap_hook_rwsem: protects @pqap_hook; read: it is being called
 * @pqap_hook: where the function for PQAP(AQIC) is found, NULL: none
 * @crycbd: CRYCB designation; only the format bits are valid here
 */
struct kvm_s390_crypto {
	struct rw_semaphore pqap_hook_rwsem;
	crypto_hook *pqap_hook;
	u32 crycbd;
};

/**
 * struct kvm_s390_gisa - guest interruption state area, format 0
 * @next_alert: unused, alerts are delivered at once
 * @ipm: pending interruptions, bit n counted from the left: subclass n
 * @reserved: reserved
 * @iam: subclasses for which the host wants an alert
 */
struct kvm_s390_gisa {
	u32 next_alert;
	u8 ipm;
	u8 reserved[2];
	u8 iam;
} __aligned(64);

struct kvm_s390_gisa_interrupt {
	struct kvm_s390_gisa *origin;
};

struct kvm_arch {
	struct kvm_s390_crypto crypto;
	struct kvm_s390_gisa_interrupt gisa_int;
};

/**
 * struct kvm_memory_slot - adjacent pages of a guest
 * @base_gfn: the first
 * @npages: how many
 * @userspace_addr: where they are in the VM's process
 * @flags: KVM_MEMSLOT_INVALID or 0
 */
struct kvm_memory_slot {
	gfn_t base_gfn;
	unsigned long npages;
	unsigned long userspace_addr;
	u32 flags;
};

/**
 * struct kvm_memslots - a guest's storage; never changed, only replaced
 * @used: how many slots there are
 * @slot: the slots
 */
struct kvm_memslots {
	unsigned int used;
	struct kvm_memory_slot slot[KVM_MEM_SLOTS_NUM];
};

/**
 * struct kvm - a VM
 * @lock: not to be taken by who reads @memslots: the VM waits for readers with
 *	it held
 * @slots_lock: inside of @lock; serialises who replaces @memslots
 * @srcu: held by readers of @memslots, and while the guest's CPU is KVM's
 * @memslots: see kvm_memslots()
 * @arch: what is s390's
 */
struct kvm {
	struct mutex lock;
	struct mutex slots_lock;
	struct srcu_struct srcu;
	struct kvm_memslots __rcu *memslots;
	struct kvm_arch arch;
};

struct kvm_s390_sie_block {
	u32 eca;
};

struct kvm_s390_pv_vcpu {
	u64 handle;
};

struct kvm_vcpu_arch {
	struct kvm_s390_sie_block *sie_block;
	struct kvm_s390_pv_vcpu pv;
};

struct kvm_sync_regs {
	__u64 gprs[16];
};

struct kvm_run {
	struct {
		struct kvm_sync_regs regs;
	} s;
};

struct kvm_vcpu {
	struct kvm *kvm;
	struct kvm_run *run;
	struct kvm_vcpu_arch arch;
};

void kvm_get_kvm(struct kvm *kvm);
void kvm_put_kvm(struct kvm *kvm);
void kvm_arch_crypto_set_masks(struct kvm *kvm, unsigned long *apm,
			       unsigned long *aqm, unsigned long *adm);
void kvm_arch_crypto_clear_masks(struct kvm *kvm);
int kvm_s390_gisc_register(struct kvm *kvm, u32 gisc);
int kvm_s390_gisc_unregister(struct kvm *kvm, u32 gisc);

static inline gfn_t gpa_to_gfn(gpa_t gpa)
{
	return (gfn_t)(gpa >> PAGE_SHIFT);
}

/* As strict as KVM's: lockdep tells who calls it without @kvm->srcu. */
static inline struct kvm_memslots *kvm_memslots(struct kvm *kvm)
{
	return srcu_dereference_check(kvm->memslots, &kvm->srcu,
				      lockdep_is_held(&kvm->slots_lock));
}

static inline struct kvm_memory_slot *
__gfn_to_memslot(struct kvm_memslots *slots, gfn_t gfn)
{
	struct kvm_memory_slot *slot = slots->slot;

	for (; slot < slots->slot + slots->used; slot++)
		if (gfn >= slot->base_gfn &&
		    gfn - slot->base_gfn < slot->npages)
			return slot;
	return NULL;
}

static inline bool kvm_s390_pv_cpu_is_protected(struct kvm_vcpu *vcpu)
{
	return vcpu->arch.pv.handle;
}

#endif /* APSIM_UML_LINUX_KVM_HOST_H */
