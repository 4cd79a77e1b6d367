// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vectors in the box: with real instructions by the kernel, and by a guest of KVM
 */
#include <linux/io.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/asm-extable.h>

#include "../vectors/front.h"
#include "front.h"
#include "guest.h"

static u8 *buffer;
static u8 *nib;
static struct box_guest guest;

/* The bus would take the queues, so it must not look for any: its own lock. */
static struct mutex *bus;

/* An instruction with register fields; one that traps leaves @pgm as it is. */
#define INSN(code)							\
	asm volatile(							\
		"	lmg	0,2,0(%[gr])\n"				\
		"	lmg	4,7,32(%[gr])\n"			\
		"	lhi	%[pgm],1\n"				\
		"0:	.long	" #code "\n"				\
		"1:	lhi	%[pgm],0\n"				\
		"2:	ipm	%[cc]\n"				\
		"	srl	%[cc],28\n"				\
		"	stmg	0,2,0(%[gr])\n"				\
		"	stmg	4,7,32(%[gr])\n"			\
		EX_TABLE(0b, 2b)					\
		EX_TABLE(1b, 2b)					\
		: [pgm] "=&d" (pgm), [cc] "=&d" (cc)			\
		: [gr] "a" (regs->gr)					\
		: "cc", "memory", "0", "1", "2", "4", "5", "6", "7")

static void host_execute(const struct vec_step *step, struct vec_regs *regs)
{
	u32 fields = (step->r1 ?: 4) << 4 | (step->r2 ?: 6);
	unsigned int pgm = 0, cc = 0;

	switch (step->insn << 8 | (step->insn == APSIM_PQAP ? 0 : fields)) {
	case 0xb2af00:
		INSN(0xb2af0000);
		break;
	case 0xb2ad46:
		INSN(0xb2ad0046);
		break;
	case 0xb2ad56:
		INSN(0xb2ad0056);
		break;
	case 0xb2ad47:
		INSN(0xb2ad0047);
		break;
	case 0xb2ae46:
		INSN(0xb2ae0046);
		break;
	case 0xb2ae56:
		INSN(0xb2ae0056);
		break;
	case 0xb2ae47:
		INSN(0xb2ae0047);
		break;
	}
	regs->cc = cc;
	regs->pgm = pgm;
}

/* There are no others above. */
static bool host_can(const struct vec_step *step)
{
	return (!step->r1 && !step->r2) || (step->r1 == 5 && step->r2 == 6) ||
	       (step->r1 == 4 && step->r2 == 7);
}

static const u8 *host_peek(u32 len)
{
	return buffer;
}

static int begin(void)
{
	buffer = kzalloc(VEC_BUF_SIZE, GFP_KERNEL);
	nib = kzalloc(1, GFP_KERNEL);
	if (!buffer || !nib) {
		kfree(buffer);
		kfree(nib);
		return -ENOMEM;
	}
	bus = apsim_lookup("ap_scan_bus_mutex");
	if (bus)
		mutex_lock(bus);
	return 0;
}

static void end(void)
{
	if (bus)
		mutex_unlock(bus);
	kfree(buffer);
	kfree(nib);
}

static int host_init(struct vec_front *front)
{
	int rc = begin();

	if (rc)
		return rc;
	front->buf = (unsigned long)buffer;
	front->nib = virt_to_phys(nib);
	return 0;
}

static void host_clear(void)
{
	memset(buffer, 0, VEC_BUF_SIZE);
}

static void guest_execute(const struct vec_step *step, struct vec_regs *regs)
{
	u32 fields = (step->r1 ?: 4) << 4 | (step->r2 ?: 6);
	struct box_op op = {
		.insn = step->insn << 16 | (step->insn == APSIM_PQAP ? 0 : fields),
		.times = 1,
	};

	memcpy(op.gr, regs->gr, sizeof(op.gr));
	box_guest_execute(&guest, &op);
	memcpy(regs->gr, op.gr, sizeof(op.gr));
	regs->cc = op.cc;
	regs->pgm = op.pgm;
}

static void __user *guest_buffer(void)
{
	return (void __user *)(guest.storage + BOX_GUEST_FREE);
}

static const u8 *guest_peek(u32 len)
{
	if (copy_from_user(buffer, guest_buffer(), len))
		memset(buffer, 0xee, len);
	return buffer;
}

static void guest_clear(void)
{
	if (clear_user(guest_buffer(), VEC_BUF_SIZE))
		pr_err("apsim: the guest has lost its storage\n");
}

static void guest_exit(void)
{
	box_guest_close(&guest);
	end();
}

static int guest_init(struct vec_front *front)
{
	struct apsim_view view;
	int rc = begin();

	if (rc)
		return rc;
	rc = box_guest_open(&guest);
	if (rc) {
		guest_exit();
		return rc;
	}
	vec_guest_view(&view);
	box_guest_masks(&guest, &view);
	front->buf = BOX_GUEST_FREE;
	return 0;
}

struct vec_program vec_programs[] = {
	{
		.name = "host",
		.init = host_init,
		.exit = end,
		.clear = host_clear,
		.front = {
			.execute = host_execute,
			.peek = host_peek,
			.can = host_can,
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
