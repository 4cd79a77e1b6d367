/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The KVM stand-in's own idea of a virtual machine
 */
#ifndef APSIM_UML_VM_H
#define APSIM_UML_VM_H

#include <linux/kvm_host.h>
#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/wait.h>

#include <asm/isc.h>

#include "../core/apsim.h"
#include "apsim_kvm.h"

#define VM_FILES	4

/**
 * struct vm - a VM
 * @kvm: what the driver sees
 * @users: references
 * @node: on the list of open VMs, empty: closed
 * @mm: whose VM this is
 * @files: VFIO groups and devices that belong to it, NULL: none
 * @mem_addr: the guest's storage in @mm
 * @mem_size: its size
 * @protected: it runs in Secure Execution
 * @pin_ms: how long uv_pin_shared() takes for its pages, in milliseconds
 * @sie: read: the guest executes; write: its masks change
 * @guest: the masks, under @sie, as the machine knows them
 * @sets: calls of kvm_arch_crypto_set_masks(), under @sie
 * @clears: calls of kvm_arch_crypto_clear_masks(), under @sie
 * @gisa: interruption state, NULL: none; its bytes are under kvm_irq.c's lock
 * @gisc_refs: registrations of each subclass, under the same lock
 * @gisc_registered: how often any was registered, under the same lock
 * @gisa_node: on the list of all GISAs, under the same lock
 * @held: user space keeps the VM's lock
 * @let_go: whoever keeps it waits here
 */
struct vm {
	struct kvm kvm;
	refcount_t users;
	struct list_head node;
	struct mm_struct *mm;
	struct file *files[VM_FILES];
	u64 mem_addr;
	u64 mem_size;
	bool protected;
	u32 pin_ms;
	struct rw_semaphore sie;
	struct apsim_guest guest;
	u64 sets;
	u64 clears;
	struct kvm_s390_gisa *gisa;
	unsigned int gisc_refs[APSIM_ISCS];
	u64 gisc_registered;
	struct list_head gisa_node;
	bool held;
	wait_queue_head_t let_go;
};

static inline struct vm *to_vm(struct kvm *kvm)
{
	return container_of(kvm, struct vm, kvm);
}

struct vfio_device;

struct vm *apsim_vm_create(const struct apsim_kvm_create *create);
void apsim_vm_close(struct vm *vm);
int apsim_vm_add_file(struct vm *vm, struct file *file);
int apsim_vm_del_file(struct vm *vm, struct file *file);
struct vm *apsim_vm_of_device(struct vfio_device *vdev);
void apsim_vm_exec(struct vm *vm, struct apsim_kvm_exec *exec);
int apsim_vm_mem_init(struct vm *vm);
void apsim_vm_mem_exit(struct vm *vm);
int apsim_vm_set_hole(struct vm *vm, const struct apsim_kvm_hole *hole);
bool apsim_vm_has(struct vm *vm, u64 addr, u32 len);
int apsim_vm_share(struct vm *vm, u64 addr);
int apsim_vm_unshare(struct vm *vm, u64 addr);
int apsim_vm_irq_init(struct vm *vm);
void apsim_vm_irq_exit(struct vm *vm);
u8 apsim_vm_take_irqs(struct vm *vm);
void apsim_vm_irq_state(struct vm *vm, struct apsim_kvm_state *state);
void apsim_vm_state(struct vm *vm, struct apsim_kvm_state *state);

#endif /* APSIM_UML_VM_H */
