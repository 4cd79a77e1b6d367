// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stand-in for KVM: storage, pages that are shared, interruptions
 *
 * They need the default machine, and nobody else on it: no AP bus yet.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/mm.h>
#include <linux/uaccess.h>

#include <asm/ap.h>
#include <asm/uv.h>

#include "vm.h"

#define OWN		AP_MKQID(4, 0x47)

/* The guest's storage, and pages of it. */
#define PAGES		8
#define MEM_SIZE	(PAGES * PAGE_SIZE)
#define AT(page)	((page) * PAGE_SIZE)

#define GISC		3
#define GISC_BIT	(0x80 >> GISC)

/**
 * struct guest - a VM and where its storage is in this process
 * @vm: the VM, NULL: closed
 * @addr: the storage
 */
struct guest {
	struct vm *vm;
	unsigned long addr;
};

static struct vm *open_vm(struct kunit *test, u32 flags)
{
	struct guest *g = test->priv;
	struct apsim_kvm_create create = {
		.mem_addr = g->addr,
		.mem_size = MEM_SIZE,
		.crycb_format = 2,
		.flags = flags,
	};

	g->vm = apsim_vm_create(&create);
	KUNIT_ASSERT_FALSE(test, IS_ERR(g->vm));
	return g->vm;
}

static void close_vm(struct kunit *test)
{
	struct guest *g = test->priv;

	apsim_vm_close(g->vm);
	g->vm = NULL;
}

static int init(struct kunit *test)
{
	struct guest *g = kunit_kzalloc(test, sizeof(*g), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, g);
	g->addr = kunit_vm_mmap(test, NULL, 0, MEM_SIZE, PROT_READ | PROT_WRITE,
				MAP_ANONYMOUS | MAP_PRIVATE, 0);
	KUNIT_ASSERT_NE(test, g->addr, 0);
	/*
	 * KUnit gave this thread its storage with kthread_use_mm(), and forgets
	 * the reference that kthread_unuse_mm() would drop.  There are others
	 * as long as the thread lives.
	 */
	mmdrop(current->mm);
	test->priv = g;
	return 0;
}

static void end(struct kunit *test)
{
	struct guest *g = test->priv;

	if (g && !IS_ERR_OR_NULL(g->vm))
		apsim_vm_close(g->vm);
}

/* The flags of the slot that has a page, -1: none has. */
static long slot_of(struct vm *vm, gfn_t gfn)
{
	struct kvm_memory_slot *slot;

	guard(srcu)(&vm->kvm.srcu);
	slot = __gfn_to_memslot(kvm_memslots(&vm->kvm), gfn);
	return slot ? slot->flags : -1;
}

static void slots_are(struct kunit *test, const char *want)
{
	struct guest *g = test->priv;
	char got[PAGES + 2] = {};
	unsigned int i;

	for (i = 0; i <= PAGES; i++) {
		switch (slot_of(g->vm, i)) {
		case 0:
			got[i] = 'x';
			break;
		case KVM_MEMSLOT_INVALID:
			got[i] = '?';
			break;
		default:
			got[i] = '.';
		}
	}
	KUNIT_EXPECT_STREQ(test, got, want);
}

static int hole(struct vm *vm, unsigned int from, unsigned int pages, u32 flags)
{
	struct apsim_kvm_hole hole = {
		.addr = AT(from),
		.size = AT(pages),
		.flags = flags,
	};

	return apsim_vm_set_hole(vm, &hole);
}

static void a_hole_is_in_no_slot(struct kunit *test)
{
	struct vm *vm = open_vm(test, 0);

	slots_are(test, "xxxxxxxx.");
	KUNIT_EXPECT_EQ(test, hole(vm, 2, 3, 0), 0);
	slots_are(test, "xx...xxx.");
	KUNIT_EXPECT_EQ(test, hole(vm, 0, 1, 0), 0);
	slots_are(test, ".xxxxxxx.");
	KUNIT_EXPECT_EQ(test, hole(vm, 7, 1, APSIM_KVM_HOLE_INVALID), 0);
	slots_are(test, "xxxxxxx?.");
	KUNIT_EXPECT_EQ(test, hole(vm, 0, PAGES, 0), 0);
	slots_are(test, ".........");
	KUNIT_EXPECT_EQ(test, hole(vm, 4, 0, 0), 0);
	slots_are(test, "xxxxxxxx.");
}

static void a_hole_is_pages_of_the_guest(struct kunit *test)
{
	struct vm *vm = open_vm(test, 0);
	struct apsim_kvm_hole odd = { .addr = 1, .size = PAGE_SIZE };

	KUNIT_EXPECT_EQ(test, hole(vm, 0, PAGES + 1, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, hole(vm, PAGES + 1, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, hole(vm, 1, 1, 2), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_vm_set_hole(vm, &odd), -EINVAL);
	odd = (struct apsim_kvm_hole) { .size = 1 };
	KUNIT_EXPECT_EQ(test, apsim_vm_set_hole(vm, &odd), -EINVAL);
	odd = (struct apsim_kvm_hole) { .size = PAGE_SIZE, .reserved = 1 };
	KUNIT_EXPECT_EQ(test, apsim_vm_set_hole(vm, &odd), -EINVAL);
	slots_are(test, "xxxxxxxx.");
}

/* NQAP of a message at @addr: the program interruption code */
static u8 nqap(struct vm *vm, u64 addr, u64 len)
{
	struct apsim_kvm_exec exec = {
		.gr = { 0x40000000 | OWN, [6] = addr, [7] = len },
		.insn = APSIM_NQAP,
		.r1 = 4,
		.r2 = 6,
	};

	apsim_vm_exec(vm, &exec);
	return exec.pgm;
}

static void an_instruction_cannot_reach_into_a_hole(struct kunit *test)
{
	struct vm *vm = open_vm(test, 0);
	u32 flags;

	KUNIT_EXPECT_EQ(test, nqap(vm, AT(3), 16), 0);
	for (flags = 0; flags <= APSIM_KVM_HOLE_INVALID; flags++) {
		KUNIT_ASSERT_EQ(test, hole(vm, 3, 2, flags), 0);
		KUNIT_EXPECT_EQ(test, nqap(vm, AT(3) - 16, 16), 0);
		KUNIT_EXPECT_EQ(test, nqap(vm, AT(3) - 16, 17),
				APSIM_PGM_ADDRESSING);
		KUNIT_EXPECT_EQ(test, nqap(vm, AT(3), 16),
				APSIM_PGM_ADDRESSING);
		KUNIT_EXPECT_EQ(test, nqap(vm, AT(5) - 1, 1),
				APSIM_PGM_ADDRESSING);
		KUNIT_EXPECT_EQ(test, nqap(vm, AT(5), 16), 0);
		KUNIT_EXPECT_EQ(test, nqap(vm, AT(2), AT(3)),
				APSIM_PGM_ADDRESSING);
	}
	KUNIT_EXPECT_EQ(test, nqap(vm, MEM_SIZE - 16, 17),
			APSIM_PGM_ADDRESSING);
	KUNIT_EXPECT_EQ(test, nqap(vm, ~0ULL, 16), APSIM_PGM_ADDRESSING);
}

/* The page at a guest's address, pinned as VFIO does. */
static struct page *pin(struct kunit *test, u64 addr)
{
	struct guest *g = test->priv;
	struct page *page;

	KUNIT_ASSERT_EQ(test, pin_user_pages_fast(g->addr + addr, 1,
						  FOLL_WRITE | FOLL_LONGTERM,
						  &page), 1);
	return page;
}

static void only_what_is_shared_may_be_used(struct kunit *test)
{
	struct vm *vm = open_vm(test, APSIM_KVM_PROTECTED);
	struct page *own = pin(test, AT(1)), *other = pin(test, AT(2));

	KUNIT_EXPECT_EQ(test, uv_pin_shared(page_to_phys(own)), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, AT(1) + 8), 0);
	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, AT(1)), 0);
	KUNIT_EXPECT_EQ(test, uv_pin_shared(page_to_phys(own)), 0);
	KUNIT_EXPECT_EQ(test, uv_pin_shared(page_to_phys(own) + 8), -EINVAL);
	KUNIT_EXPECT_EQ(test, uv_pin_shared(page_to_phys(other)), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_vm_unshare(vm, AT(1)), 0);
	KUNIT_EXPECT_EQ(test, apsim_vm_unshare(vm, AT(1)), -ENOENT);
	KUNIT_EXPECT_EQ(test, uv_pin_shared(page_to_phys(own)), -EINVAL);

	/* It ends with the VM. */
	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, AT(1)), 0);
	close_vm(test);
	KUNIT_EXPECT_EQ(test, uv_pin_shared(page_to_phys(own)), -EINVAL);
	unpin_user_page(own);
	unpin_user_page(other);
}

static void only_a_protected_guest_shares_only_its_storage(struct kunit *test)
{
	struct vm *vm = open_vm(test, 0);

	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, AT(1)), -EINVAL);
	close_vm(test);
	vm = open_vm(test, APSIM_KVM_PROTECTED);
	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, MEM_SIZE), -EFAULT);
	KUNIT_ASSERT_EQ(test, hole(vm, 1, 1, 0), 0);
	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, AT(1)), -EFAULT);
	KUNIT_EXPECT_EQ(test, apsim_vm_share(vm, AT(2)), 0);
}

/* What the hook found: is its CPU protected, has page 0 a slot? */
static bool hook_protected;
static bool hook_slot;

static int hook_function(struct kvm_vcpu *vcpu)
{
	hook_protected = kvm_s390_pv_cpu_is_protected(vcpu);
	hook_slot = __gfn_to_memslot(kvm_memslots(vcpu->kvm), 0);
	return 0;
}

static crypto_hook hook = hook_function;

static void a_hook_may_look_at_storage_and_protection(struct kunit *test)
{
	struct apsim_kvm_exec exec = {
		.gr = { 0x03000000 | OWN },
		.insn = APSIM_PQAP,
	};
	u32 flags;

	for (flags = 0; flags <= APSIM_KVM_PROTECTED;
	     flags += APSIM_KVM_PROTECTED) {
		struct vm *vm = open_vm(test, flags);

		hook_slot = false;
		vm->kvm.arch.crypto.pqap_hook = &hook;
		apsim_vm_exec(vm, &exec);
		vm->kvm.arch.crypto.pqap_hook = NULL;
		KUNIT_EXPECT_EQ(test, exec.intercepted, 1);
		KUNIT_EXPECT_TRUE(test, hook_slot);
		KUNIT_EXPECT_EQ(test, hook_protected, !!flags);
		close_vm(test);
	}
}

static void interrupts_are(struct kunit *test, u32 registered, u32 armed)
{
	struct guest *g = test->priv;
	struct apsim_kvm_state state;
	unsigned int isc;

	apsim_vm_state(g->vm, &state);
	for (isc = 0; isc < APSIM_KVM_ISCS; isc++) {
		KUNIT_EXPECT_EQ(test, state.registered[isc],
				isc == GISC ? registered : 0);
		KUNIT_EXPECT_EQ(test, state.armed[isc],
				isc == GISC ? armed : 0);
	}
	KUNIT_EXPECT_EQ(test, state.iam, registered ? GISC_BIT : 0);
}

static unsigned int enable(struct vm *vm, phys_addr_t nib)
{
	union ap_qirq_ctrl on = {
		.ir = 1,
		.isc = GAL_ISC,
		.gisc = GISC,
		.gisa = virt_to_phys(vm->kvm.arch.gisa_int.origin) >> 4,
	};
	struct ap_queue_status status = ap_aqic(OWN, on, nib);

	return status.response_code;
}

/* A request that is none; its reply says so. */
static void send(void)
{
	u8 msg[16] = {};

	ap_nqap(OWN, 1, msg, sizeof(msg));
	msleep(20);
}

static void a_reply_interrupts_the_guest(struct kunit *test)
{
	struct vm *vm = open_vm(test, 0);
	struct guest *g = test->priv;
	struct page *page = pin(test, AT(1));
	u8 byte = 0xff;

	KUNIT_EXPECT_EQ(test, kvm_s390_gisc_register(&vm->kvm, GISC), GAL_ISC);
	KUNIT_EXPECT_EQ(test, kvm_s390_gisc_register(&vm->kvm, GISC), GAL_ISC);
	interrupts_are(test, 2, 0);
	KUNIT_EXPECT_EQ(test, enable(vm, page_to_phys(page) + 5), 0);
	interrupts_are(test, 2, 1);
	KUNIT_EXPECT_EQ(test, apsim_vm_take_irqs(vm), 0);
	send();
	KUNIT_EXPECT_EQ(test, apsim_vm_take_irqs(vm), GISC_BIT);
	KUNIT_EXPECT_EQ(test, apsim_vm_take_irqs(vm), 0);
	KUNIT_EXPECT_EQ(test, copy_from_user(&byte, (u8 __user *)g->addr +
					     AT(1) + 5, 1), 0);
	KUNIT_EXPECT_EQ(test, byte, 1);

	/* A reset ends it, and nothing has to stay. */
	ap_zapq(OWN, 0);
	msleep(20);
	interrupts_are(test, 2, 0);
	unpin_user_page(page);
	send();
	KUNIT_EXPECT_EQ(test, apsim_vm_take_irqs(vm), 0);
	KUNIT_EXPECT_EQ(test, kvm_s390_gisc_unregister(&vm->kvm, GISC), 0);
	interrupts_are(test, 1, 0);
	KUNIT_EXPECT_EQ(test, kvm_s390_gisc_unregister(&vm->kvm, GISC), 0);
	interrupts_are(test, 0, 0);
	ap_zapq(OWN, 0);
	msleep(20);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(a_hole_is_in_no_slot),
	KUNIT_CASE(a_hole_is_pages_of_the_guest),
	KUNIT_CASE(an_instruction_cannot_reach_into_a_hole),
	KUNIT_CASE(only_what_is_shared_may_be_used),
	KUNIT_CASE(only_a_protected_guest_shares_only_its_storage),
	KUNIT_CASE(a_hook_may_look_at_storage_and_protection),
	KUNIT_CASE(a_reply_interrupts_the_guest),
	{}
};

static struct kunit_suite suite = {
	.name = "apsim-uml-kvm",
	.init = init,
	.exit = end,
	.test_cases = cases,
};

kunit_test_suite(suite);
