// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine's alarms in a kernel, provoked; here they are only counted
 *
 * They need the default machine, and nobody else on it: no AP bus yet.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/mman.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include <asm/ap.h>

#include "../kernel/alarm.h"
#include "../kernel/machine.h"
#include "vm.h"

#define OWN		AP_MKQID(4, 0x47)
#define GISC		3

/* Somebody who is no VM; his storage is the kernel's. */
#define ME		0x1234

static u8 fetch(void *ctx, u64 addr, void *buf, u32 len)
{
	memcpy(buf, (const void *)(uintptr_t)addr, len);
	return 0;
}

static u8 store(void *ctx, u64 addr, const void *buf, u32 len)
{
	memcpy((void *)(uintptr_t)addr, buf, len);
	return 0;
}

/* NQAP as @tenant, with everything in reach. */
static unsigned int send_as(u32 tenant, u8 *msg, u32 len)
{
	const struct apsim_storage storage = { .fetch = fetch, .store = store };
	struct apsim_op op = {
		.insn = APSIM_NQAP,
		.tenant = tenant,
		.r1 = 4,
		.r2 = 6,
		.gr[0] = 0x40000000 | OWN,
		.gr[6] = (uintptr_t)msg,
		.gr[7] = len,
	};

	apsim_machine_exec(&op, &storage);
	return op.gr[1] >> 16 & 0xff;
}

static u64 count_of(enum apsim_alarm_kind kind)
{
	struct apsim_alarms alarms;

	return apsim_machine_alarms(&alarms, NULL) ? ~0ULL : alarms.count[kind];
}

static struct vm *open_vm(struct kunit *test)
{
	const struct apsim_kvm_create create = { .crycb_format = 2 };
	struct vm *vm = apsim_vm_create(&create);

	KUNIT_ASSERT_FALSE(test, IS_ERR(vm));
	return vm;
}

/* All of adapter 4, or nothing */
static void write_masks(struct vm *vm, bool all)
{
	unsigned long apm[4] = { all ? 1ul << (63 - 4) : 0 };
	unsigned long aqm[4] = { ~0ul, ~0ul, ~0ul, ~0ul };
	unsigned long adm[4] = {};

	guard(mutex)(&vm->kvm.lock);
	if (all)
		kvm_arch_crypto_set_masks(&vm->kvm, apm, aqm, adm);
	else
		kvm_arch_crypto_clear_masks(&vm->kvm);
}

static void look(struct vm *vm)
{
	struct apsim_kvm_exec exec = { .insn = APSIM_PQAP, .gr[0] = OWN };

	apsim_vm_exec(vm, &exec);
}

/* Nobody's any more, and ready for who comes next */
static void zeroize(void)
{
	unsigned int tries = 500;

	ap_zapq(OWN, 0);
	while (ap_tapq(OWN, NULL).response_code && --tries)
		usleep_range(1000, 2000);
}

static void a_queue_of_two_guests(struct kunit *test)
{
	struct vm *one = open_vm(test);
	struct vm *two = open_vm(test);
	u64 masks, kicks, was;
	u8 msg[16] = {};

	apsim_machine_written(&was, &kicks);
	write_masks(one, true);
	look(one);
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_SHARED), 0);
	write_masks(two, true);
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_SHARED), 0);
	look(one);
	look(two);
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_SHARED), 2);
	write_masks(one, false);
	look(one);
	look(two);
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_SHARED), 2);
	/* Nor is the host to use what a guest has. */
	ap_tapq(OWN, NULL);
	zeroize();
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_SHARED), 2);
	ap_nqap(OWN, 1, msg, sizeof(msg));
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_SHARED), 3);
	write_masks(two, false);
	apsim_machine_written(&masks, &kicks);
	KUNIT_EXPECT_EQ(test, masks - was, 4);
	apsim_vm_close(one);
	apsim_vm_close(two);
}

static void a_message_and_a_reply_of_others(struct kunit *test)
{
	unsigned long psmid;
	unsigned int tries = 500;
	struct ap_queue_status status;
	u8 msg[16] = {};

	KUNIT_ASSERT_EQ(test, send_as(ME, msg, sizeof(msg)), 0);
	do {
		usleep_range(1000, 2000);
		status = ap_dqap(OWN, &psmid, msg, sizeof(msg), NULL, NULL, NULL);
	} while (status.response_code == 0x10 && --tries);
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_FOREIGN), 1);
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_UNZEROIZED), 0);
	ap_nqap(OWN, 1, msg, sizeof(msg));
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_UNZEROIZED), 1);
}

/* Nobody pinned the page, nor registered the subclass. */
static void an_indicator_that_is_not_held(struct kunit *test)
{
	u8 *page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	union ap_qirq_ctrl control = { .ir = 1, .gisc = GISC, .isc = GAL_ISC };
	struct vm *vm = open_vm(test);

	KUNIT_ASSERT_NOT_NULL(test, page);
	control.value |= virt_to_phys(vm->gisa);
	ap_aqic(OWN, control, virt_to_phys(page));
	KUNIT_EXPECT_EQ(test, count_of(APSIM_ALARM_UNREGISTERED), 1);
	KUNIT_EXPECT_GE(test, count_of(APSIM_ALARM_UNPINNED), 1);
	zeroize();
	apsim_vm_close(vm);
}

/* A VM wants a process; KUnit's thread becomes one, see kvm_kunit.c. */
static int begin(struct kunit *test)
{
	unsigned long addr = kunit_vm_mmap(test, NULL, 0, PAGE_SIZE, PROT_READ,
					   MAP_ANONYMOUS | MAP_PRIVATE, 0);

	KUNIT_ASSERT_NE(test, addr, 0);
	mmdrop(current->mm);
	return apsim_alarms_count(true);
}

/* And nobody who comes later finds any of it. */
static void end(struct kunit *test)
{
	zeroize();
	apsim_alarms_count(false);
	for (int kind = 0; kind < APSIM_ALARM_KINDS; kind++)
		KUNIT_EXPECT_EQ(test, count_of(kind), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(a_queue_of_two_guests),
	KUNIT_CASE(a_message_and_a_reply_of_others),
	KUNIT_CASE(an_indicator_that_is_not_held),
	{}
};

static struct kunit_suite suite = {
	.name = "apsim-uml-alarm",
	.init = begin,
	.exit = end,
	.test_cases = cases,
};

kunit_test_suite(suite);
