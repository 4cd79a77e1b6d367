// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest of KVM for tests that are modules
 *
 * KVM wants a process, so it is that of the process that loads the test.  All is
 * done as a VMM does it, but for the masks, which are a driver's to write.  The guest
 * has neither a system nor a program: an instruction is put into its storage, and
 * what comes behind it, or behind its interruption, gives control back.
 */
#include <linux/align.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kvm_host.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "front.h"
#include "guest.h"

/* Where things are in its storage */
#define LOWCORE_PGM_CODE	0x8e
#define LOWCORE_PGM_NEW		0x1d0
#define CODE			0x2000
#define CAUGHT			0x2100

#define PSW_64BIT		(PSW_MASK_EA | PSW_MASK_BA)
#define BRCTG_8_BACK		0xa787fffe
#define DIAG			0x83000500

static long call(struct file *file, unsigned int what, unsigned long arg)
{
	return file->f_op->unlocked_ioctl(file, what, arg);
}

/* What KVM makes are numbers of this process's files. */
static struct file *take(long fd)
{
	struct file *file;

	if (fd < 0)
		return ERR_PTR(fd);
	file = fget(fd);
	close_fd(fd);
	return file ?: ERR_PTR(-EBADF);
}

static bool put(struct box_guest *guest, u64 addr, const void *from, size_t len)
{
	return !copy_to_user((void __user *)(guest->storage + addr), from, len);
}

static bool get(struct box_guest *guest, void *to, u64 addr, size_t len)
{
	return !copy_from_user(to, (void __user *)(guest->storage + addr), len);
}

/* What KVM is told is in user storage: that of the guest, as long as it is free. */
static long tell(struct box_guest *guest, unsigned int what, const void *arg,
		 size_t len)
{
	if (!put(guest, BOX_GUEST_FREE, arg, len))
		return -EFAULT;
	return call(guest->vm, what, guest->storage + BOX_GUEST_FREE);
}

static long make_storage(struct box_guest *guest)
{
	struct kvm_userspace_memory_region region = {
		.memory_size = BOX_GUEST_SIZE,
	};
	unsigned long map;

	/* KVM wants it to begin on a segment. */
	map = vm_mmap(NULL, 0, 2 * BOX_GUEST_SIZE, PROT_READ | PROT_WRITE,
		      MAP_ANONYMOUS | MAP_PRIVATE, 0);
	if (IS_ERR_VALUE(map))
		return map;
	guest->map = map;
	guest->storage = ALIGN(map, BOX_GUEST_SIZE);
	region.userspace_addr = guest->storage;
	return tell(guest, KVM_SET_USER_MEMORY_REGION, &region, sizeof(region));
}

static long make_cpu(struct box_guest *guest)
{
	const struct kvm_device_attr apie = {
		.group = KVM_S390_VM_CRYPTO,
		.attr = KVM_S390_VM_CRYPTO_ENABLE_APIE,
	};
	struct kvm *kvm = box_guest_kvm(guest);
	long rc;

	if ((kvm->arch.crypto.crycbd & CRYCB_FORMAT_MASK) != CRYCB_FORMAT2)
		return -ENODEV;
	rc = tell(guest, KVM_SET_DEVICE_ATTR, &apie, sizeof(apie));
	if (rc)
		return rc;
	guest->cpu = take(call(guest->vm, KVM_CREATE_VCPU, 0));
	return PTR_ERR_OR_ZERO(guest->cpu);
}

static long lay_out(struct box_guest *guest)
{
	const u64 psw[] = { PSW_64BIT, CAUGHT };
	const u32 diag = DIAG;

	return put(guest, LOWCORE_PGM_NEW, psw, sizeof(psw)) &&
	       put(guest, CAUGHT, &diag, sizeof(diag)) ? 0 : -EFAULT;
}

static long make_all(struct box_guest *guest)
{
	struct file *kvm;

	/* KVM would execute an instruction that this machine does not have. */
	if (!apsim_lookup("sie_loop"))
		return -ENODEV;
	kvm = filp_open("/dev/kvm", O_RDWR, 0);
	if (IS_ERR(kvm))
		return PTR_ERR(kvm);
	guest->vm = take(call(kvm, KVM_CREATE_VM, 0));
	fput(kvm);
	if (IS_ERR(guest->vm))
		return PTR_ERR(guest->vm);
	return make_storage(guest) ?: make_cpu(guest) ?: lay_out(guest);
}

int box_guest_open(struct box_guest *guest)
{
	*guest = (struct box_guest){};
	return make_all(guest);
}
EXPORT_SYMBOL_GPL(box_guest_open);

void box_guest_close(struct box_guest *guest)
{
	if (!IS_ERR_OR_NULL(guest->cpu))
		fput(guest->cpu);
	if (!IS_ERR_OR_NULL(guest->vm))
		fput(guest->vm);
	if (guest->map)
		vm_munmap(guest->map, 2 * BOX_GUEST_SIZE);
	*guest = (struct box_guest){};
}
EXPORT_SYMBOL_GPL(box_guest_close);

struct kvm *box_guest_kvm(const struct box_guest *guest)
{
	return guest->vm->private_data;
}
EXPORT_SYMBOL_GPL(box_guest_kvm);

void box_guest_masks(struct box_guest *guest, const struct apsim_view *view)
{
	struct kvm *kvm = box_guest_kvm(guest);
	unsigned long apm[4], aqm[4], adm[4];

	guard(mutex)(&kvm->lock);
	if (!view) {
		kvm_arch_crypto_clear_masks(kvm);
		return;
	}
	memcpy(apm, &view->apm, sizeof(apm));
	memcpy(aqm, &view->aqm, sizeof(aqm));
	memcpy(adm, &view->adm, sizeof(adm));
	kvm_arch_crypto_set_masks(kvm, apm, aqm, adm);
}
EXPORT_SYMBOL_GPL(box_guest_masks);

/* Until it gives control back */
static bool run(struct box_guest *guest)
{
	struct kvm_vcpu *cpu = guest->cpu->private_data;
	long rc;

	cpu->run->psw_mask = PSW_64BIT;
	cpu->run->psw_addr = CODE;
	do {
		rc = call(guest->cpu, KVM_RUN, 0);
	} while (!signal_pending(current) &&
		 (rc == -EAGAIN ||
		  (!rc && cpu->run->exit_reason == KVM_EXIT_INTR)));
	return !rc && cpu->run->exit_reason == KVM_EXIT_S390_SIEIC &&
	       cpu->run->s390_sieic.ipa == DIAG >> 16;
}

void box_guest_execute(struct box_guest *guest, struct box_op *op)
{
	struct kvm_vcpu *cpu = guest->cpu->private_data;
	const u32 code[] = { op->insn, BRCTG_8_BACK, DIAG };
	u64 *gprs = cpu->run->s.regs.gprs;
	u16 pgm = BOX_GUEST_LOST;

	memcpy(gprs, op->gr, sizeof(op->gr));
	gprs[BOX_GUEST_GRS] = op->times;
	op->pgm = BOX_GUEST_LOST;
	if (!put(guest, CODE, code, sizeof(code)) || !run(guest))
		return;
	memcpy(op->gr, gprs, sizeof(op->gr));
	op->cc = cpu->run->psw_mask >> 44 & 3;
	if (cpu->run->psw_addr < CAUGHT)
		op->pgm = 0;
	else if (get(guest, &pgm, LOWCORE_PGM_CODE, sizeof(pgm)))
		op->pgm = pgm;
}
EXPORT_SYMBOL_GPL(box_guest_execute);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A guest for tests of the simulated Crypto Express adapters");
