// SPDX-License-Identifier: GPL-2.0-only
/*
 * A stand-in for KVM: a guest executes an AP instruction
 *
 * The machine interprets all of them against the guest's masks, but PQAP(AQIC)
 * is intercepted, and KVM asks the driver.
 */
#include <linux/cleanup.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "../kernel/machine.h"
#include "vm.h"

/* PQAP's GR0: function code; T bit; bits that must be 0; large numbers. */
#define GR0_FC			0xff000000u
#define GR0_FC_AQIC		0x03000000u
#define GR0_MUST_BE_ZERO	0x007f0000u
#define GR0_NEEDS_APXA		0x0000c0f0u

/* Status word: the response code; code 01 alone. */
#define STATUS_RC		0x00ff0000u
#define STATUS_NOT_AVAILABLE	0x00010000u

#define CRYCBD_APXA		0x2u

static u8 guest_fetch(void *ctx, u64 addr, void *buf, u32 len)
{
	struct vm *vm = ctx;

	if (!apsim_vm_has(vm, addr, len) ||
	    copy_from_user(buf, u64_to_user_ptr(vm->mem_addr + addr), len))
		return APSIM_PGM_ADDRESSING;
	return 0;
}

static u8 guest_store(void *ctx, u64 addr, const void *buf, u32 len)
{
	struct vm *vm = ctx;

	if (!apsim_vm_has(vm, addr, len) ||
	    copy_to_user(u64_to_user_ptr(vm->mem_addr + addr), buf, len))
		return APSIM_PGM_ADDRESSING;
	return 0;
}

static void interpret(struct vm *vm, struct apsim_kvm_exec *exec)
{
	const struct apsim_storage storage = {
		.fetch = guest_fetch,
		.store = guest_store,
		.ctx = vm,
	};
	struct apsim_op op = {
		.insn = exec->insn,
		.r1 = exec->r1,
		.r2 = exec->r2,
		.problem = exec->problem,
		.view = &vm->guest.view,
		.tenant = vm->guest.tenant,
	};

	memcpy(op.gr, exec->gr, sizeof(op.gr));
	scoped_guard(rwsem_read, &vm->sie)
		apsim_machine_exec(&op, &storage);
	memcpy(exec->gr, op.gr, sizeof(op.gr));
	exec->cc = op.cc;
	exec->pgm = op.pgm;
}

static int call_hook(struct vm *vm, u64 *gr)
{
	struct kvm_s390_sie_block sie_block = {
		.eca = ECA_APIE | (vm->gisa ? ECA_AIV : 0),
	};
	struct kvm_run run = {};
	struct kvm_vcpu vcpu = {
		.kvm = &vm->kvm,
		.run = &run,
		.arch.sie_block = &sie_block,
		.arch.pv.handle = vm->protected,
	};
	struct kvm_s390_crypto *crypto = &vm->kvm.arch.crypto;
	int rc;

	memcpy(run.s.regs.gprs, gr, sizeof(run.s.regs.gprs));
	guard(srcu)(&vm->kvm.srcu);
	guard(rwsem_read)(&crypto->pqap_hook_rwsem);
	if (!crypto->pqap_hook) {
		gr[1] = STATUS_NOT_AVAILABLE;
		return 0;
	}
	rc = (*crypto->pqap_hook)(&vcpu);
	memcpy(gr, run.s.regs.gprs, sizeof(run.s.regs.gprs));
	return rc;
}

static void intercept_aqic(struct vm *vm, struct apsim_kvm_exec *exec)
{
	u32 gr0 = exec->gr[0];

	exec->intercepted = 1;
	if (exec->problem) {
		exec->pgm = APSIM_PGM_PRIVILEGED;
		return;
	}
	if (gr0 & GR0_MUST_BE_ZERO ||
	    (gr0 & GR0_NEEDS_APXA &&
	     !(vm->kvm.arch.crypto.crycbd & CRYCBD_APXA))) {
		exec->pgm = APSIM_PGM_SPECIFICATION;
		return;
	}
	exec->error = call_hook(vm, exec->gr);
	if (!exec->error)
		exec->cc = exec->gr[1] & STATUS_RC ? 3 : 0;
}

/**
 * apsim_vm_exec - one instruction
 * @vm: the guest's VM
 * @exec: the instruction and its result
 *
 * In the context of the VM's process; sleeps.
 */
void apsim_vm_exec(struct vm *vm, struct apsim_kvm_exec *exec)
{
	exec->cc = 0;
	exec->pgm = 0;
	exec->error = 0;
	exec->intercepted = 0;
	if (exec->insn == APSIM_PQAP && (exec->gr[0] & GR0_FC) == GR0_FC_AQIC)
		intercept_aqic(vm, exec);
	else
		interpret(vm, exec);
}
EXPORT_SYMBOL_GPL(apsim_vm_exec);
