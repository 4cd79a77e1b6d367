// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operation exceptions of the kernel that are AP instructions
 *
 * Without the AP facility NQAP, DQAP and PQAP are operation exceptions.  The
 * die notifiers hear of them before the exception table does, in the context
 * of the interrupted code, so nothing here sleeps.  What the machine answers
 * with a program interruption is left to the kernel, which then looks into
 * its exception table as it would on a real machine.
 */
#include <linux/kdebug.h>
#include <linux/memory.h>
#include <linux/mmzone.h>
#include <linux/notifier.h>
#include <linux/pfn.h>
#include <linux/uaccess.h>
#include <asm/ptrace.h>

#include "../kernel/machine.h"
#include "front.h"

#define OPCODE_PLO	0xee
#define PLO_TEST_BIT	0x100

/* Operands are kernel virtual addresses. */
static u8 host_fetch(void *ctx, u64 addr, void *buf, u32 len)
{
	if (copy_from_kernel_nofault(buf, (void *)addr, len))
		return APSIM_PGM_ADDRESSING;
	return 0;
}

static u8 host_store(void *ctx, u64 addr, const void *buf, u32 len)
{
	/* A wild store is as fatal as it is on a real machine. */
	memcpy((void *)addr, buf, len);
	return 0;
}

static const struct apsim_storage host_storage = {
	.fetch = host_fetch,
	.store = host_store,
};

static void set_cc(struct pt_regs *regs, u8 cc)
{
	regs->psw.mask &= ~PSW_MASK_CC;
	regs->psw.mask |= (u64)cc << 44;
}

static int ap_instruction(struct pt_regs *regs, u32 insn)
{
	struct apsim_op op = {
		.insn = insn >> 16,
		.r1 = insn >> 4 & 15,
		.r2 = insn & 15,
	};

	memcpy(op.gr, regs->gprs, sizeof(op.gr));
	op.nib_valid = op.gr[2] && pfn_valid(PHYS_PFN(op.gr[2]));
	op.gisa_valid = pfn_valid(PHYS_PFN(op.gr[1] & APSIM_GR1_GISA));
	apsim_machine_exec(&op, &host_storage);
	if (op.pgm)
		return NOTIFY_DONE;
	memcpy(regs->gprs, op.gr, sizeof(op.gr));
	set_cc(regs, op.cc);
	return NOTIFY_STOP;
}

/* KVM asks which functions PERFORM LOCKED OPERATION has; here: none. */
static int plo_instruction(struct pt_regs *regs)
{
	if (!(regs->gprs[0] & PLO_TEST_BIT))
		return NOTIFY_DONE;
	set_cc(regs, 3);
	return NOTIFY_STOP;
}

static int traps_notify(struct notifier_block *nb, unsigned long event,
			void *data)
{
	struct die_args *args = data;
	struct pt_regs *regs = args->regs;
	unsigned int ilen;
	u8 *ip;

	if (event != DIE_BPT || user_mode(regs))
		return NOTIFY_DONE;
	/* The exception suppresses, so the PSW is behind the instruction. */
	ilen = regs->int_code >> 16;
	ip = (u8 *)(regs->psw.addr - ilen);
	if (ilen == 6 && ip[0] == OPCODE_PLO)
		return plo_instruction(regs);
	if (ilen != 4)
		return NOTIFY_DONE;
	switch (*(u16 *)ip) {
	case APSIM_NQAP:
	case APSIM_DQAP:
	case APSIM_PQAP:
		return ap_instruction(regs, *(u32 *)ip);
	}
	return NOTIFY_DONE;
}

static struct notifier_block traps_nb = {
	.notifier_call = traps_notify,
};

int apsim_traps_init(void)
{
	return register_die_notifier(&traps_nb);
}

void apsim_traps_exit(void)
{
	unregister_die_notifier(&traps_nb);
}
