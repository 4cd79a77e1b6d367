// SPDX-License-Identifier: GPL-2.0-only
/*
 * vm_uml - lib/vm.h for the UML bed, whose VMs have no processor
 *
 * /dev/apsim_kvm executes one instruction a call, so the table is walked here
 * and not by a guest; who sleeps looks again and again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vm_uml.h"

#define FORMAT_64_BITS	1
#define FORMAT_256_BITS	2

/* Between two looks of a guest that sleeps. */
#define LOOK_MS		1

/* The interruption word of an adapter; its subclass is in bits 2-4. */
#define WORD_ADAPTER	0x80000000U
#define WORD_ISC_SHIFT	27

static const uint16_t opcode[] = {
	[AP_PQAP] = 0xb2af,
	[AP_NQAP] = 0xb2ad,
	[AP_DQAP] = 0xb2ae,
};

/**
 * vm_open_as() - create a machine
 * @vm: filled in; vm_close() it, whatever this returns
 * @crycb_format: 0, 1 or 2
 * @flags: APSIM_KVM_*
 *
 * Return: 0 or -errno.
 */
int vm_open_as(struct vm *vm, unsigned int crycb_format, unsigned int flags)
{
	struct apsim_kvm_create create = {
		.mem_size = VM_SIZE,
		.crycb_format = crycb_format,
		.flags = flags,
	};
	void *mem;

	*vm = (struct vm){ .kvm = -1, .fd = -1, .vcpu = -1, .files = -1,
			   .patience = VM_PATIENCE };
	vm->fd = open("/dev/apsim_kvm", O_RDWR | O_CLOEXEC);
	if (vm->fd < 0)
		return -errno;
	mem = mmap(NULL, VM_SIZE, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED)
		return -errno;
	vm->mem = mem;
	create.mem_addr = (uintptr_t)mem;
	return ioctl(vm->fd, APSIM_KVM_CREATE, &create) ? -errno : 0;
}

int vm_open(struct vm *vm)
{
	return vm_open_as(vm, FORMAT_256_BITS, 0);
}

/* Its masks have room for 64 adapters and 16 domains. */
int vm_open_small(struct vm *vm)
{
	return vm_open_as(vm, FORMAT_64_BITS, 0);
}

void vm_close(struct vm *vm)
{
	if (vm->mem)
		munmap(vm->mem, VM_SIZE);
	if (vm->fd >= 0)
		close(vm->fd);
	vm->mem = NULL;
	vm->fd = -1;
}

int vm_add_file(struct vm *vm, int fd)
{
	return ioctl(vm->fd, APSIM_KVM_ADD_FILE, &fd) ? -errno : 0;
}

int vm_del_file(struct vm *vm, int fd)
{
	return ioctl(vm->fd, APSIM_KVM_DEL_FILE, &fd) ? -errno : 0;
}

/**
 * vm_state() - what was done to the machine
 * @vm: the machine
 * @state: filled in
 *
 * Return: 0 or -errno.
 */
int vm_state(struct vm *vm, struct apsim_kvm_state *state)
{
	return ioctl(vm->fd, APSIM_KVM_STATE, state) ? -errno : 0;
}

/**
 * vm_hole() - take pages out of the guest's storage, or put them back
 * @vm: the machine
 * @addr: guest address of the first
 * @size: how long they are, whole pages; 0: there is no hole any more
 * @flags: APSIM_KVM_HOLE_*
 *
 * The machine has one hole at most.  What was mapped for VFIO stays.
 *
 * Return: 0 or -errno.
 */
int vm_hole(struct vm *vm, uint64_t addr, uint64_t size, unsigned int flags)
{
	struct apsim_kvm_hole hole = {
		.addr = addr,
		.size = size,
		.flags = flags,
	};

	return ioctl(vm->fd, APSIM_KVM_HOLE, &hole) ? -errno : 0;
}

/**
 * vm_share() - a protected guest shares a page with its host
 * @vm: the machine, opened with %APSIM_KVM_PROTECTED
 * @addr: guest address in the page
 *
 * Return: 0 or -errno (-EINVAL: not protected, -EFAULT: no such page).
 */
int vm_share(struct vm *vm, uint64_t addr)
{
	return ioctl(vm->fd, APSIM_KVM_SHARE, &addr) ? -errno : 0;
}

/**
 * vm_unshare() - undo vm_share()
 * @vm: the machine
 * @addr: guest address in the page
 *
 * Return: 0 or -errno (-ENOENT: it is not shared).
 */
int vm_unshare(struct vm *vm, uint64_t addr)
{
	return ioctl(vm->fd, APSIM_KVM_UNSHARE, &addr) ? -errno : 0;
}

/**
 * vm_pin_ms() - how long is looked whether the host may use a shared page?
 * @vm: the machine
 * @ms: milliseconds, 0 to begin with
 *
 * Return: 0 or -errno.
 */
int vm_pin_ms(struct vm *vm, uint32_t ms)
{
	return ioctl(vm->fd, APSIM_KVM_PIN_MS, &ms) ? -errno : 0;
}

/**
 * vm_take_irqs() - the guest takes all its interruptions
 * @vm: the machine
 *
 * Return: the subclasses, 0x80 is subclass 0; or -errno.
 */
int vm_take_irqs(struct vm *vm)
{
	__u8 mask;

	return ioctl(vm->fd, APSIM_KVM_TAKE_IRQS, &mask) ? -errno : mask;
}

/**
 * vm_isc() - who uses an interruption subclass of the guest
 * @vm: the machine
 * @isc: the subclass, 0..7
 * @registered: how often it is registered with KVM
 * @armed: how many queues may interrupt the guest on it, now or soon
 *
 * Return: 0 or -errno.
 */
int vm_isc(struct vm *vm, unsigned int isc, unsigned int *registered,
	   unsigned int *armed)
{
	struct apsim_kvm_state state;
	int rc = vm_state(vm, &state);

	if (rc)
		return rc;
	*registered = state.registered[isc];
	*armed = state.armed[isc];
	return 0;
}

/**
 * vm_exec() - one instruction, with all that can become of it
 * @vm: the machine
 * @exec: the instruction and its result
 *
 * Return: 0 or -errno.
 */
int vm_exec(struct vm *vm, struct apsim_kvm_exec *exec)
{
	return ioctl(vm->fd, APSIM_KVM_EXEC, exec) ? -errno : 0;
}

static int execute_one(struct vm *vm, struct ap_call *call)
{
	struct apsim_kvm_exec exec = {
		.gr = { call->gr0, call->gr1, call->gr2, 0,
			call->gr4, call->gr5, call->gr6, call->gr7 },
		.insn = opcode[call->insn],
		.r1 = 4,
		.r2 = 6,
	};
	int rc;

	rc = vm_exec(vm, &exec);
	if (rc)
		return rc;
	if (exec.pgm || exec.error)
		return -EIO;
	call->gr0 = exec.gr[0];
	call->gr1 = exec.gr[1];
	call->gr2 = exec.gr[2];
	call->gr4 = exec.gr[4];
	call->gr5 = exec.gr[5];
	call->gr6 = exec.gr[6];
	call->gr7 = exec.gr[7];
	call->cc = exec.cc;
	return 0;
}

/* The subclass with the lowest number comes first. */
static int take_one(struct vm *vm, struct ap_call *call)
{
	uint8_t wanted = call->gr0 >> 24, fresh;
	unsigned int isc;

	if (ioctl(vm->fd, APSIM_KVM_TAKE_IRQS, &fresh))
		return -errno;
	vm->pending |= fresh;
	call->gr1 = 0;
	call->gr2 = 0;
	for (isc = 0; isc < 8; isc++) {
		if (!(vm->pending & wanted & 0x80 >> isc))
			continue;
		vm->pending &= ~(0x80 >> isc);
		call->gr1 = WORD_ADAPTER | isc << WORD_ISC_SHIFT;
		break;
	}
	return 0;
}

static int wait_for_one(struct vm *vm, struct ap_call *call)
{
	unsigned int left = vm->patience / LOOK_MS;
	int rc;

	for (;;) {
		rc = take_one(vm, call);
		if (rc || ap_interrupted(call))
			return rc;
		if (!left--)
			return -ETIMEDOUT;
		usleep(LOOK_MS * 1000);
	}
}

int vm_execute(struct vm *vm, struct ap_call *calls, unsigned int count)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; !rc && i < count && calls[i].insn != AP_END; i++) {
		if (calls[i].insn == AP_WAIT)
			rc = wait_for_one(vm, &calls[i]);
		else if (calls[i].insn == AP_TAKE)
			rc = take_one(vm, &calls[i]);
		else
			rc = execute_one(vm, &calls[i]);
	}
	return rc;
}

/* Each of them has its module. */
long vm_count(void)
{
	char text[32] = "";
	int fd = open("/sys/module/apsim/refcnt", O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) < 0)
		return -1;
	close(fd);
	return strtol(text, NULL, 10);
}

int vm_mask_writes(struct vm *vm, uint64_t *sets, uint64_t *clears)
{
	struct apsim_kvm_state state;
	int rc = vm_state(vm, &state);

	if (rc)
		return rc;
	*sets = state.sets;
	*clears = state.clears;
	return 0;
}
