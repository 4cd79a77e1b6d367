// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stand-in for KVM: the life of VMs, and their CRYCB masks
 *
 * It is as strict as KVM can be: a driver that leaves something behind in a VM
 * which goes away is told so.
 */
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/unaligned.h>
#include <linux/vfio.h>

#include "../kernel/machine.h"
#include "vm.h"

/* VMs whose file is open; the list and their files. */
static LIST_HEAD(vms);
static DEFINE_MUTEX(vms_lock);
static u32 last_tenant;

static const u32 crycb_format[] = {
	CRYCB_FORMAT0, CRYCB_FORMAT1, CRYCB_FORMAT2,
};

#define CREATE_FLAGS	(APSIM_KVM_NO_GISA | APSIM_KVM_PROTECTED)

static struct vm *vm_alloc(const struct apsim_kvm_create *create)
{
	struct vm *vm = kzalloc(sizeof(*vm), GFP_KERNEL);

	if (!vm)
		return NULL;
	vm->mem_addr = create->mem_addr;
	vm->mem_size = create->mem_size;
	vm->protected = create->flags & APSIM_KVM_PROTECTED;
	mutex_init(&vm->kvm.lock);
	if (apsim_vm_mem_init(vm))
		goto free;
	if (!(create->flags & APSIM_KVM_NO_GISA) && apsim_vm_irq_init(vm))
		goto free_mem;
	return vm;

free_mem:
	apsim_vm_mem_exit(vm);
free:
	kfree(vm);
	return NULL;
}

/**
 * apsim_vm_create - a VM for the current process
 * @create: what it is like
 *
 * Return: the VM, whose only reference is the caller's, or an ERR_PTR().
 */
struct vm *apsim_vm_create(const struct apsim_kvm_create *create)
{
	struct vm *vm;

	if (create->crycb_format >= ARRAY_SIZE(crycb_format) ||
	    create->flags & ~CREATE_FLAGS ||
	    (create->mem_addr | create->mem_size) & ~PAGE_MASK)
		return ERR_PTR(-EINVAL);
	vm = vm_alloc(create);
	if (!vm)
		return ERR_PTR(-ENOMEM);
	init_rwsem(&vm->kvm.arch.crypto.pqap_hook_rwsem);
	vm->kvm.arch.crypto.crycbd = crycb_format[create->crycb_format];
	refcount_set(&vm->users, 1);
	init_rwsem(&vm->sie);
	init_waitqueue_head(&vm->let_go);
	vm->mm = current->mm;
	mmgrab(vm->mm);
	/* So everybody can see how many VMs there are: the module's refcnt. */
	__module_get(THIS_MODULE);

	guard(mutex)(&vms_lock);
	vm->guest.tenant = ++last_tenant;
	list_add(&vm->node, &vms);
	apsim_machine_enter(&vm->guest);
	return vm;
}
EXPORT_SYMBOL_GPL(apsim_vm_create);

static bool all_clear(const struct apsim_view *view)
{
	return !memchr_inv(view, 0, sizeof(*view));
}

static void vm_free(struct vm *vm)
{
	WARN(vm->kvm.arch.crypto.pqap_hook, "VM %u: hook left behind\n",
	     vm->guest.tenant);
	WARN(!all_clear(&vm->guest.view), "VM %u: masks left behind\n", vm->guest.tenant);
	apsim_machine_leave(&vm->guest);
	apsim_vm_irq_exit(vm);
	apsim_vm_mem_exit(vm);
	mmdrop(vm->mm);
	kfree(vm);
	module_put(THIS_MODULE);
}

/**
 * kvm_get_kvm - one more reference
 * @kvm: the VM
 */
void kvm_get_kvm(struct kvm *kvm)
{
	refcount_inc(&to_vm(kvm)->users);
}
EXPORT_SYMBOL_GPL(kvm_get_kvm);

/**
 * kvm_put_kvm - one reference less
 * @kvm: the VM; sleeps, and is freed with the last one
 */
void kvm_put_kvm(struct kvm *kvm)
{
	struct vm *vm = to_vm(kvm);

	might_sleep();
	if (refcount_dec_and_test(&vm->users))
		vm_free(vm);
}
EXPORT_SYMBOL_GPL(kvm_put_kvm);

/**
 * apsim_vm_close - nobody can name the VM any more
 * @vm: the VM; gives up the creator's reference
 */
void apsim_vm_close(struct vm *vm)
{
	unsigned int i;

	scoped_guard(mutex, &vms_lock)
		list_del_init(&vm->node);
	for (i = 0; i < VM_FILES; i++)
		if (vm->files[i])
			fput(vm->files[i]);
	kvm_put_kvm(&vm->kvm);
}
EXPORT_SYMBOL_GPL(apsim_vm_close);

/**
 * apsim_vm_add_file - a VFIO group or device is the VM's
 * @vm: the VM
 * @file: the group or device, not opened yet; gets a reference
 *
 * Return: 0, -EINVAL (no such file) or -E2BIG.
 */
int apsim_vm_add_file(struct vm *vm, struct file *file)
{
	unsigned int i;

	if (!vfio_file_is_valid(file))
		return -EINVAL;
	guard(mutex)(&vms_lock);
	for (i = 0; i < VM_FILES; i++) {
		if (vm->files[i])
			continue;
		vm->files[i] = get_file(file);
		return 0;
	}
	return -E2BIG;
}

/**
 * apsim_vm_del_file - a VFIO group or device is not the VM's any more
 * @vm: the VM
 * @file: the group or device; loses a reference
 *
 * Return: 0 or -ENOENT.
 */
int apsim_vm_del_file(struct vm *vm, struct file *file)
{
	unsigned int i;

	guard(mutex)(&vms_lock);
	for (i = 0; i < VM_FILES; i++) {
		if (vm->files[i] != file)
			continue;
		vm->files[i] = NULL;
		fput(file);
		return 0;
	}
	return -ENOENT;
}

static bool is_of(struct file *file, struct vfio_device *vdev)
{
	dev_t devt = file_inode(file)->i_rdev;

	return vfio_file_has_dev(file, vdev) || devt == vdev->device.devt;
}

/**
 * apsim_vm_of_device - the VM for which a device is being opened
 * @vdev: the device
 *
 * Return: the VM, with a reference, or NULL.
 */
struct vm *apsim_vm_of_device(struct vfio_device *vdev)
{
	struct vm *vm;
	unsigned int i;

	guard(mutex)(&vms_lock);
	list_for_each_entry(vm, &vms, node) {
		for (i = 0; i < VM_FILES; i++) {
			if (!vm->files[i] || !is_of(vm->files[i], vdev))
				continue;
			kvm_get_kvm(&vm->kvm);
			return vm;
		}
	}
	return NULL;
}

static struct apsim_mask mask_of(const unsigned long *words, unsigned int bits)
{
	struct apsim_mask mask;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(mask.byte) / sizeof(u64); i++)
		put_unaligned_be64(words[i], mask.byte + i * sizeof(u64));
	memset(mask.byte + bits / 8, 0, sizeof(mask.byte) - bits / 8);
	return mask;
}

/* An instruction that is being executed is waited for: that is the kick. */
static void write_view(struct vm *vm, const struct apsim_view *view, u64 *count)
{
	bool kick = !down_write_trylock(&vm->sie);

	if (kick) {
		apsim_machine_kick();
		down_write(&vm->sie);
	}
	apsim_machine_view(&vm->guest, view);
	apsim_machine_masks();
	++*count;
	up_write(&vm->sie);
}

/**
 * kvm_arch_crypto_set_masks - write the masks of the CRYCB
 * @kvm: the VM, locked
 * @apm: adapters, four words, bit 0 the leftmost
 * @aqm: usage domains
 * @adm: control domains
 *
 * Waits until the guest does not execute an instruction.  Formats 0 and 1 hold
 * 64 adapters and 16 domains.
 */
void kvm_arch_crypto_set_masks(struct kvm *kvm, unsigned long *apm,
			       unsigned long *aqm, unsigned long *adm)
{
	struct vm *vm = to_vm(kvm);
	bool large = (kvm->arch.crypto.crycbd & CRYCB_FORMAT_MASK) ==
		     CRYCB_FORMAT2;
	struct apsim_view view;

	lockdep_assert_held(&kvm->lock);
	view.apm = mask_of(apm, large ? 256 : 64);
	view.aqm = mask_of(aqm, large ? 256 : 16);
	view.adm = mask_of(adm, large ? 256 : 16);
	write_view(vm, &view, &vm->sets);
}
EXPORT_SYMBOL_GPL(kvm_arch_crypto_set_masks);

/**
 * kvm_arch_crypto_clear_masks - clear the masks of the CRYCB
 * @kvm: the VM, locked
 *
 * Waits until the guest does not execute an instruction.
 */
void kvm_arch_crypto_clear_masks(struct kvm *kvm)
{
	const struct apsim_view view = {};
	struct vm *vm = to_vm(kvm);

	lockdep_assert_held(&kvm->lock);
	write_view(vm, &view, &vm->clears);
}
EXPORT_SYMBOL_GPL(kvm_arch_crypto_clear_masks);

/**
 * apsim_vm_state - what was done to a VM
 * @vm: the VM
 * @state: filled in
 */
void apsim_vm_state(struct vm *vm, struct apsim_kvm_state *state)
{
	guard(mutex)(&vm->kvm.lock);
	*state = (struct apsim_kvm_state) {
		.sets = vm->sets,
		.clears = vm->clears,
	};
	memcpy(state->apm, vm->guest.view.apm.byte, sizeof(state->apm));
	memcpy(state->aqm, vm->guest.view.aqm.byte, sizeof(state->aqm));
	memcpy(state->adm, vm->guest.view.adm.byte, sizeof(state->adm));
	guard(rwsem_read)(&vm->kvm.arch.crypto.pqap_hook_rwsem);
	state->hook = !!vm->kvm.arch.crypto.pqap_hook;
	apsim_vm_irq_state(vm, state);
}
EXPORT_SYMBOL_GPL(apsim_vm_state);
