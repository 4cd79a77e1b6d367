// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stand-in for KVM: the storage of guests
 *
 * All of it is what user space gave at creation, less a hole.  VFIO maps what
 * it is told to, so a page in the hole can be pinned and is not the guest's.
 * A protected guest shares single pages with its host.
 */
#include <linux/cleanup.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include <asm/uv.h>

#include "vm.h"

/**
 * struct shared - a page that a protected guest shares
 * @node: on the list of all
 * @vm: the guest's VM
 * @gfn: the guest's name of the page
 * @page: the page, with a reference
 */
struct shared {
	struct list_head node;
	struct vm *vm;
	gfn_t gfn;
	struct page *page;
};

static LIST_HEAD(shared_pages);
/* Protects the list; a leaf. */
static DEFINE_SPINLOCK(shared_lock);

static void add_slot(const struct vm *vm, struct kvm_memslots *slots,
		     gfn_t from, gfn_t to, u32 flags)
{
	if (from == to)
		return;
	slots->slot[slots->used++] = (struct kvm_memory_slot) {
		.base_gfn = from,
		.npages = to - from,
		.userspace_addr = vm->mem_addr + (from << PAGE_SHIFT),
		.flags = flags,
	};
}

static struct kvm_memslots *make_slots(const struct vm *vm,
				       const struct apsim_kvm_hole *hole)
{
	struct kvm_memslots *slots = kzalloc(sizeof(*slots), GFP_KERNEL);
	gfn_t begin = gpa_to_gfn(hole->addr);
	gfn_t end = gpa_to_gfn(hole->addr + hole->size);

	if (!slots)
		return NULL;
	add_slot(vm, slots, 0, begin, 0);
	if (hole->flags & APSIM_KVM_HOLE_INVALID)
		add_slot(vm, slots, begin, end, KVM_MEMSLOT_INVALID);
	add_slot(vm, slots, end, gpa_to_gfn(vm->mem_size), 0);
	return slots;
}

/**
 * apsim_vm_mem_init - give a VM its storage
 * @vm: not known to anybody yet; address, size and lock are set
 *
 * As with every hole lockdep learns who waits here for whom.
 *
 * Return: 0 or -ENOMEM.
 */
int apsim_vm_mem_init(struct vm *vm)
{
	const struct apsim_kvm_hole none = {};

	mutex_init(&vm->kvm.slots_lock);
	if (init_srcu_struct(&vm->kvm.srcu))
		return -ENOMEM;
	if (!apsim_vm_set_hole(vm, &none))
		return 0;
	cleanup_srcu_struct(&vm->kvm.srcu);
	return -ENOMEM;
}

/**
 * apsim_vm_mem_exit - take it away
 * @vm: not known to anybody any more
 */
void apsim_vm_mem_exit(struct vm *vm)
{
	struct shared *s, *next;
	LIST_HEAD(gone);

	scoped_guard(spinlock, &shared_lock)
		list_for_each_entry_safe(s, next, &shared_pages, node)
			if (s->vm == vm)
				list_move(&s->node, &gone);
	list_for_each_entry_safe(s, next, &gone, node) {
		put_page(s->page);
		kfree(s);
	}
	cleanup_srcu_struct(&vm->kvm.srcu);
	kfree(rcu_dereference_protected(vm->kvm.memslots, true));
}

/**
 * apsim_vm_set_hole - take pages out of a guest's storage
 * @vm: the VM
 * @hole: which ones; those of before are back
 *
 * Waits for who looks at the storage, with the VM's lock held, as KVM may.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int apsim_vm_set_hole(struct vm *vm, const struct apsim_kvm_hole *hole)
{
	struct kvm_memslots *slots;

	if ((hole->addr | hole->size) & ~PAGE_MASK ||
	    hole->addr > vm->mem_size ||
	    hole->size > vm->mem_size - hole->addr ||
	    hole->flags & ~APSIM_KVM_HOLE_INVALID || hole->reserved)
		return -EINVAL;
	slots = make_slots(vm, hole);
	if (!slots)
		return -ENOMEM;

	guard(mutex)(&vm->kvm.lock);
	guard(mutex)(&vm->kvm.slots_lock);
	slots = rcu_replace_pointer(vm->kvm.memslots, slots,
				    lockdep_is_held(&vm->kvm.slots_lock));
	synchronize_srcu(&vm->kvm.srcu);
	kfree(slots);
	return 0;
}
EXPORT_SYMBOL_GPL(apsim_vm_set_hole);

/**
 * apsim_vm_has - is it all the guest's storage?
 * @vm: the VM
 * @addr: guest address
 * @len: from there on
 *
 * Return: true if it is.
 */
bool apsim_vm_has(struct vm *vm, u64 addr, u32 len)
{
	struct kvm_memory_slot *slot;
	gfn_t gfn;

	if (addr > vm->mem_size || len > vm->mem_size - addr)
		return false;
	guard(srcu)(&vm->kvm.srcu);
	for (gfn = gpa_to_gfn(addr); gfn << PAGE_SHIFT < addr + len; gfn++) {
		slot = __gfn_to_memslot(kvm_memslots(&vm->kvm), gfn);
		if (!slot || slot->flags & KVM_MEMSLOT_INVALID)
			return false;
	}
	return true;
}

static struct shared *find_shared(const struct vm *vm, gfn_t gfn)
{
	struct shared *s;

	lockdep_assert_held(&shared_lock);
	list_for_each_entry(s, &shared_pages, node)
		if (s->vm == vm && s->gfn == gfn)
			return s;
	return NULL;
}

/* Takes what @s has, unless the page is shared already. */
static bool keep_shared(struct shared *s)
{
	guard(spinlock)(&shared_lock);
	if (find_shared(s->vm, s->gfn))
		return false;
	list_add(&s->node, &shared_pages);
	return true;
}

/**
 * apsim_vm_share - a protected guest shares a page
 * @vm: its VM, whose process this is
 * @addr: guest address in the page
 *
 * It has to be in a slot, and stays shared until it is unshared or the VM is
 * gone.
 *
 * Return: 0, -EINVAL (not protected), -EFAULT (no such page) or -ENOMEM.
 */
int apsim_vm_share(struct vm *vm, u64 addr)
{
	struct shared *s;

	if (!vm->protected)
		return -EINVAL;
	if (!apsim_vm_has(vm, addr, 1))
		return -EFAULT;
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->vm = vm;
	s->gfn = gpa_to_gfn(addr);
	if (get_user_pages_fast(vm->mem_addr + (addr & PAGE_MASK), 1,
				FOLL_WRITE, &s->page) != 1) {
		kfree(s);
		return -EFAULT;
	}
	if (keep_shared(s))
		return 0;
	put_page(s->page);
	kfree(s);
	return 0;
}
EXPORT_SYMBOL_GPL(apsim_vm_share);

/**
 * apsim_vm_unshare - a protected guest does not share a page any more
 * @vm: its VM
 * @addr: guest address in the page
 *
 * Return: 0 or -ENOENT.
 */
int apsim_vm_unshare(struct vm *vm, u64 addr)
{
	struct shared *s;

	scoped_guard(spinlock, &shared_lock) {
		s = find_shared(vm, gpa_to_gfn(addr));
		if (s)
			list_del(&s->node);
	}
	if (!s)
		return -ENOENT;
	put_page(s->page);
	kfree(s);
	return 0;
}
EXPORT_SYMBOL_GPL(apsim_vm_unshare);

/**
 * uv_pin_shared - may the host go on to use a guest's page?
 * @paddr: absolute address of the page
 *
 * Takes as long as the VM says (APSIM_KVM_PIN_MS).
 *
 * Return: 0 if it is one that a protected guest shares, else -EINVAL.
 */
int uv_pin_shared(unsigned long paddr)
{
	unsigned int ms = 0;
	bool is_shared = false;
	struct shared *s;

	scoped_guard(spinlock, &shared_lock) {
		list_for_each_entry(s, &shared_pages, node) {
			if (page_to_phys(s->page) != paddr)
				continue;
			is_shared = true;
			ms = READ_ONCE(s->vm->pin_ms);
			break;
		}
	}
	if (ms)
		msleep(ms);
	return is_shared ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(uv_pin_shared);
