// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim_sie.ko: SIE for machines without it
 *
 * __sie64a(), the kernel's function around the SIE instruction, is made to
 * jump here.  Its caller then believes to have run the guest.  To be loaded
 * after kvm.ko.
 */
#include <linux/entry-common.h>
#include <linux/kvm_host.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/stop_machine.h>
#include <linux/sysfs.h>
#include <linux/unaligned.h>
#include <linux/wait.h>

#include "../front.h"
#include "entry.h"
#include "sie.h"

/* BRCL with mask 15, which goes 4 GiB in either direction */
#define JG_OPCODE	0xc0f4
#define JG_LEN		6

static struct {
	void *(*write)(void *dst, const void *src, size_t len);
	u8 *entry;
	u8 text[JG_LEN];
} patched;

/* How many tasks are in sie_entered(), and who waits for none to be. */
static atomic_t inside;
static DECLARE_WAIT_QUEUE_HEAD(outside);

static DEFINE_PER_CPU(u64[SIE_COUNTERS], counters);

void sie_count(enum sie_counter what)
{
	this_cpu_inc(counters[what]);
}

/*
 * In place of __sie64a().  Newer kernels call it with interrupts off, after
 * telling everybody that the guest runs; so tell that it does not.
 */
static noinstr int sie_entered(phys_addr_t phys,
			       struct kvm_s390_sie_block *scb, u64 *gprs,
			       unsigned long gasce)
{
	bool off = irqs_disabled();

	if (off)
		guest_state_exit_irqoff();
	instrumentation_begin();
	if (off)
		local_irq_enable();
	atomic_inc(&inside);
	sie_loop(scb, gprs);
	if (atomic_dec_and_test(&inside))
		wake_up(&outside);
	if (off)
		local_irq_disable();
	instrumentation_end();
	if (off)
		guest_state_enter_irqoff();
	return 0;
}

static int patch_entry(void *text)
{
	patched.write(patched.entry, text, JG_LEN);
	return 0;
}

static int patch_in(void)
{
	s64 halfwords = ((s64)sie_entered - (s64)patched.entry) / 2;
	u8 text[JG_LEN];

	if (halfwords != (s32)halfwords)
		return -ERANGE;
	put_unaligned_be16(JG_OPCODE, text);
	put_unaligned_be32(halfwords, text + 2);
	memcpy(patched.text, patched.entry, JG_LEN);
	return stop_machine(patch_entry, text, NULL);
}

static void patch_out(void)
{
	stop_machine(patch_entry, patched.text, NULL);
	/* Who has jumped arrives; all who arrived leave; and return. */
	synchronize_rcu_tasks();
	wait_event(outside, !atomic_read(&inside));
	synchronize_rcu_tasks();
}

static int stats_get(char *buf, const struct kernel_param *kp)
{
	static const char * const names[] = {
		[SIE_ENTRIES] = "entries",
		[SIE_INSTRUCTIONS] = "instructions",
		[SIE_INTERCEPTIONS] = "interceptions",
		[SIE_FAULTS] = "faults",
	};
	int i, cpu, len = 0;
	u64 sum;

	for (i = 0; i < SIE_COUNTERS; i++) {
		sum = 0;
		for_each_possible_cpu(cpu)
			sum += per_cpu(counters[i], cpu);
		len += sysfs_emit_at(buf, len, "%s %llu\n", names[i], sum);
	}
	return len;
}

static const struct kernel_param_ops stats_ops = {
	.get = stats_get,
};

module_param_cb(stats, &stats_ops, NULL, 0444);
MODULE_PARM_DESC(stats, "Entries, instructions, interceptions, host page faults so far");

/* Nothing here works without KVM, so do not let it go. */
static void (*const needs_kvm)(struct kvm *kvm) __used =
	kvm_arch_crypto_clear_masks;

static int __init sie_init(void)
{
	int rc;

	rc = sie_storage_init();
	if (rc)
		return rc;
	patched.entry = (u8 *)__sie64a;
	patched.write = apsim_lookup("s390_kernel_write");
	if (!patched.write)
		return -ENOENT;
	sie_decode_init();
	rc = sie_masks_init();
	if (rc)
		return rc;
	rc = patch_in();
	if (rc)
		sie_masks_exit();
	return rc;
}

static void __exit sie_exit_module(void)
{
	patch_out();
	sie_masks_exit();
}

module_init(sie_init);
module_exit(sie_exit_module);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Start Interpretive Execution in software");
