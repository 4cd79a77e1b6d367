// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vectors under User Mode Linux: by the host, and by a guest of the stand-in
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "../kernel/machine.h"
#include "front.h"
#include "vm.h"
#include "../vectors/front.h"

/* Where the guest has its buffer. */
#define GUEST_BUF	0x1000
#define GUEST_SIZE	(GUEST_BUF + VEC_BUF_SIZE)

/* The bus would take the queues, so its lock is kept meanwhile. */
static u8 *buffer;
static struct vm *vm;
static unsigned long storage;

static u8 host_fetch(void *ctx, u64 addr, void *buf, u32 len)
{
	memcpy(buf, (const void *)(uintptr_t)addr, len);
	return 0;
}

static u8 host_store(void *ctx, u64 addr, const void *buf, u32 len)
{
	memcpy((void *)(uintptr_t)addr, buf, len);
	return 0;
}

static void host_execute(const struct vec_step *step, struct vec_regs *regs)
{
	const struct apsim_storage memory = {
		.fetch = host_fetch,
		.store = host_store,
	};
	struct apsim_op op = {
		.insn = step->insn,
		.r1 = step->r1 ?: 4,
		.r2 = step->r2 ?: 6,
		.nib_valid = true,
		.gisa_valid = true,
	};

	memcpy(op.gr, regs->gr, sizeof(regs->gr));
	apsim_machine_exec(&op, &memory);
	memcpy(regs->gr, op.gr, sizeof(regs->gr));
	regs->cc = op.cc;
	regs->pgm = op.pgm;
}

static const u8 *host_peek(u32 len)
{
	return buffer;
}

static int host_init(struct vec_front *front)
{
	buffer = kzalloc(VEC_BUF_SIZE, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	mutex_lock(apsim_scan_bus_mutex());
	front->buf = (uintptr_t)buffer;
	front->nib = 0x12345;
	return 0;
}

static void host_exit(void)
{
	mutex_unlock(apsim_scan_bus_mutex());
	kfree(buffer);
}

static void host_clear(void)
{
	memset(buffer, 0, VEC_BUF_SIZE);
}

static void guest_execute(const struct vec_step *step, struct vec_regs *regs)
{
	struct apsim_kvm_exec exec = {
		.insn = step->insn,
		.r1 = step->r1 ?: 4,
		.r2 = step->r2 ?: 6,
	};

	memcpy(exec.gr, regs->gr, sizeof(regs->gr));
	apsim_vm_exec(vm, &exec);
	memcpy(regs->gr, exec.gr, sizeof(regs->gr));
	regs->cc = exec.cc;
	regs->pgm = exec.pgm;
}

static const u8 *guest_peek(u32 len)
{
	if (copy_from_user(buffer, (void __user *)(storage + GUEST_BUF), len))
		memset(buffer, 0xee, len);
	return buffer;
}

static void guest_masks(bool on)
{
	unsigned long apm[4] = {}, aqm[4] = {}, adm[4] = {};

	if (on) {
		apm[3] = BIT_ULL(63 - (0xc8 - 192));
		aqm[0] = BIT_ULL(63 - 4);
		aqm[1] = BIT_ULL(63 - (0x47 - 64));
		aqm[3] = BIT_ULL(63 - (0xc9 - 192));
	}
	guard(mutex)(&vm->kvm.lock);
	if (on)
		kvm_arch_crypto_set_masks(&vm->kvm, apm, aqm, adm);
	else
		kvm_arch_crypto_clear_masks(&vm->kvm);
}

static void guest_exit(void)
{
	if (!IS_ERR_OR_NULL(vm)) {
		guest_masks(false);
		apsim_vm_close(vm);
	}
	vm_munmap(storage, GUEST_SIZE);
	kfree(buffer);
	mutex_unlock(apsim_scan_bus_mutex());
}

static int guest_init(struct vec_front *front)
{
	struct apsim_kvm_create create = {
		.mem_size = GUEST_SIZE,
		.crycb_format = 2,
	};

	buffer = kzalloc(VEC_BUF_SIZE, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	storage = vm_mmap(NULL, 0, GUEST_SIZE, PROT_READ | PROT_WRITE,
			  MAP_ANONYMOUS | MAP_PRIVATE, 0);
	if (IS_ERR_VALUE(storage)) {
		kfree(buffer);
		return storage;
	}
	mutex_lock(apsim_scan_bus_mutex());
	create.mem_addr = storage;
	vm = apsim_vm_create(&create);
	if (IS_ERR(vm)) {
		guest_exit();
		return PTR_ERR(vm);
	}
	guest_masks(true);
	front->buf = GUEST_BUF;
	return 0;
}

static void guest_clear(void)
{
	if (clear_user((void __user *)(storage + GUEST_BUF), VEC_BUF_SIZE))
		pr_err("apsim: the guest has lost its storage\n");
}

struct vec_program vec_programs[] = {
	{
		.name = "host",
		.init = host_init,
		.exit = host_exit,
		.clear = host_clear,
		.front = {
			.execute = host_execute,
			.peek = host_peek,
			.codes = true,
		},
	},
	{
		.name = "guest",
		.init = guest_init,
		.exit = guest_exit,
		.clear = guest_clear,
		.front = {
			.execute = guest_execute,
			.peek = guest_peek,
			.can = vec_guest_can,
			.codes = true,
		},
	},
	{}
};
