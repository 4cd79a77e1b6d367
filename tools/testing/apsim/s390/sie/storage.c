// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guest storage
 *
 * The guest's DAT is always off here, so its logical addresses are real ones.
 * Nothing here waits for memory that is not there: it ends with SIE_FAULT, as
 * the machine ends with an exception in the host's address space; sie_resolve()
 * is for those who have left SIE.
 *
 * KVM's functions are looked up by name because newer kernels export them to
 * KVM's own modules only.
 */
#include <linux/kvm_host.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/uaccess.h>
#include <linux/unaligned.h>

#include "../../core/apsim.h"
#include "../front.h"
#include "sie.h"

/* Prefixing swaps this much at address 0. */
#define PREFIX_LEN	0x2000

static struct {
	struct kvm_vcpu *(*running_vcpu)(void);
	struct kvm_memory_slot *(*slot)(struct kvm *kvm, gfn_t gfn);
	void (*dirty)(struct kvm *kvm, const struct kvm_memory_slot *slot,
		      gfn_t gfn);
} kvm;

int sie_storage_init(void)
{
	kvm.running_vcpu = apsim_lookup("kvm_get_running_vcpu");
	kvm.slot = apsim_lookup("gfn_to_memslot");
	kvm.dirty = apsim_lookup("mark_page_dirty_in_slot");
	if (!kvm.running_vcpu || !kvm.slot || !kvm.dirty)
		return -ENOENT;
	return 0;
}

struct kvm_vcpu *sie_running_vcpu(void)
{
	return kvm.running_vcpu();
}

static u64 absolute(const struct sie_guest *g, u64 real)
{
	u64 prefix = (u64)g->scb->prefix << 13;

	if (real < PREFIX_LEN)
		return real + prefix;
	if (real - prefix < PREFIX_LEN)
		return real - prefix;
	return real;
}

/* How much of @len is in the first page. */
static unsigned int piece(u64 addr, unsigned int len)
{
	return min_t(unsigned int, len, PAGE_SIZE - offset_in_page(addr));
}

/**
 * struct place - where something of a guest is, within a page
 * @slot: memory slot
 * @gfn: absolute page
 * @hva: its address in the VMM
 */
struct place {
	struct kvm_memory_slot *slot;
	gfn_t gfn;
	unsigned long hva;
};

static int find(struct sie_guest *g, u64 addr, struct place *place)
{
	u64 abs = absolute(g, addr);

	place->gfn = gpa_to_gfn(abs);
	place->slot = kvm.slot(g->vcpu->kvm, place->gfn);
	if (!place->slot || place->slot->flags & KVM_MEMSLOT_INVALID)
		return APSIM_PGM_ADDRESSING;
	place->hva = __gfn_to_hva_memslot(place->slot, place->gfn) +
		     offset_in_page(abs);
	return 0;
}

static int fault(struct sie_guest *g, const struct place *place, bool write)
{
	g->fault.hva = place->hva;
	g->fault.write = write;
	return SIE_FAULT;
}

int sie_read(struct sie_guest *g, u64 addr, void *buf, unsigned int len)
{
	struct place place;
	unsigned int n;
	int rc;

	for (; len; addr += n, buf += n, len -= n) {
		addr = sie_wrap(g, addr);
		n = piece(addr, len);
		rc = find(g, addr, &place);
		if (rc)
			return rc;
		pagefault_disable();
		rc = copy_from_user(buf, (void __user *)place.hva, n);
		pagefault_enable();
		if (rc)
			return fault(g, &place, false);
	}
	return 0;
}

static struct page *held(const struct sie_guest *g, gfn_t gfn)
{
	unsigned int i;

	for (i = 0; i < g->holds; i++) {
		if (g->hold[i].gfn == gfn)
			return g->hold[i].page;
	}
	return NULL;
}

static int hold_page(struct sie_guest *g, u64 addr)
{
	struct place place;
	struct page *page;
	int rc;

	rc = find(g, addr, &place);
	if (rc || held(g, place.gfn))
		return rc;
	if (WARN_ON_ONCE(g->holds == ARRAY_SIZE(g->hold)))
		return APSIM_PGM_ADDRESSING;
	if (!get_user_page_fast_only(place.hva, FOLL_WRITE, &page))
		return fault(g, &place, true);
	g->hold[g->holds].gfn = place.gfn;
	g->hold[g->holds++].page = page;
	return 0;
}

int sie_hold(struct sie_guest *g, u64 addr, unsigned int len)
{
	unsigned int n;
	int rc;

	for (; len; addr += n, len -= n) {
		addr = sie_wrap(g, addr);
		n = piece(addr, len);
		rc = hold_page(g, addr);
		if (rc)
			return rc;
	}
	return 0;
}

void *sie_held(struct sie_guest *g, u64 addr)
{
	struct place place;
	struct page *page;

	if (find(g, sie_wrap(g, addr), &place))
		return NULL;
	page = held(g, place.gfn);
	if (!page)
		return NULL;
	set_page_dirty(page);
	kvm.dirty(g->vcpu->kvm, place.slot, place.gfn);
	return page_address(page) + offset_in_page(place.hva);
}

void sie_release(struct sie_guest *g)
{
	while (g->holds)
		put_page(g->hold[--g->holds].page);
}

/* What the VMM has taken away since it was held is written all the same. */
static int write_page(struct sie_guest *g, u64 addr, const void *buf,
		      unsigned int len)
{
	struct place place;
	void *page;
	int rc;

	rc = find(g, addr, &place);
	if (rc)
		return rc;
	pagefault_disable();
	rc = copy_to_user((void __user *)place.hva, buf, len);
	pagefault_enable();
	if (rc) {
		page = sie_held(g, addr);
		if (!page)
			return fault(g, &place, true);
		memcpy(page, buf, len);
	}
	kvm.dirty(g->vcpu->kvm, place.slot, place.gfn);
	return 0;
}

int sie_write(struct sie_guest *g, u64 addr, const void *buf, unsigned int len)
{
	unsigned int n;
	int rc;

	/* All or nothing. */
	if (len > piece(addr, len)) {
		rc = sie_hold(g, addr, len);
		if (rc)
			return rc;
	}
	for (; len; addr += n, buf += n, len -= n) {
		addr = sie_wrap(g, addr);
		n = piece(addr, len);
		rc = write_page(g, addr, buf, n);
		if (rc)
			return rc;
	}
	return 0;
}

/* A kernel's own fault handler does no more for the VMM itself. */
int sie_resolve(const struct sie_guest *g)
{
	unsigned int flags = FAULT_FLAG_DEFAULT;
	vm_flags_t wanted = VM_READ;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	vm_fault_t rc;

	if (g->fault.write) {
		flags |= FAULT_FLAG_WRITE;
		wanted = VM_WRITE;
	}
	if (mmap_read_lock_killable(mm))
		return 0;
	vma = vma_lookup(mm, g->fault.hva);
	if (!vma || !(vma->vm_flags & wanted)) {
		mmap_read_unlock(mm);
		return -EFAULT;
	}
	rc = handle_mm_fault(vma, g->fault.hva, flags, NULL);
	/* Either way the lock is gone already. */
	if (rc & (VM_FAULT_RETRY | VM_FAULT_COMPLETED))
		return 0;
	mmap_read_unlock(mm);
	return rc & VM_FAULT_ERROR ? -EFAULT : 0;
}

int sie_load(struct sie_guest *g, u64 addr, unsigned int size, u64 *value)
{
	u8 buf[8] = {};
	int rc;

	rc = sie_read(g, addr, buf + 8 - size, size);
	if (!rc)
		*value = get_unaligned_be64(buf);
	return rc;
}

int sie_store(struct sie_guest *g, u64 addr, unsigned int size, u64 value)
{
	u8 buf[8];

	put_unaligned_be64(value, buf);
	return sie_write(g, addr, buf + 8 - size, size);
}
