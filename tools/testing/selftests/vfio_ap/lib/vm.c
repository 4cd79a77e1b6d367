// SPDX-License-Identifier: GPL-2.0-only
/*
 * vm - a KVM virtual machine with one CPU that executes AP instructions
 *
 * Just enough of a VMM: the CPU model gets the AP facilities, the crypto
 * attributes get interpretive execution, and the CPU runs the table walker of
 * guest.S until its disabled wait.  A guest that is to be woken and is not has
 * its CPU's thread interrupted by a timer.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "vm.h"

#define PSW_MASK_64BIT		0x0000000180000000ULL
#define ICPT_WAIT		0x1c

/* What an I/O interruption stores in the guest's lowcore. */
#define LOWCORE_IO		0xb8
#define LOWCORE_IO_LEN		12

/* Does the simulated host have MSA extension 3? */
#define MSAX3			"/sys/module/apsim/parameters/msax3"

/* The signal that ends KVM_RUN, and how often it is repeated (nanoseconds). */
#define KICK			SIGUSR1
#define KICK_AGAIN		10000000

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id	_sigev_un._tid
#endif

/* The time of this thread's guest is up. */
static __thread atomic_int kicked;

/* KVM_DEV_VFIO_FILE, its ADD and its DEL by the names that older headers know. */
#define VFIO_FILE		KVM_DEV_VFIO_GROUP
#define VFIO_FILE_ADD		KVM_DEV_VFIO_GROUP_ADD
#define VFIO_FILE_DEL		KVM_DEV_VFIO_GROUP_DEL

static int vm_attr(struct vm *vm, unsigned long request, uint32_t group,
		   uint64_t attr, void *addr)
{
	struct kvm_device_attr at = {
		.group = group,
		.attr = attr,
		.addr = (uintptr_t)addr,
	};

	return ioctl(vm->fd, request, &at);
}

/* QCI, TAPQ with information, AQIC, and what large masks need (MSAX3). */
static int vm_facilities(struct vm *vm, int small)
{
	static const unsigned int wanted[] = { 12, 15, 65, 76 };
	unsigned int number = sizeof(wanted) / sizeof(*wanted) - !!small;
	struct kvm_s390_vm_cpu_processor cpu;
	struct kvm_s390_vm_cpu_machine host;
	uint64_t bit;
	unsigned int i;

	if (vm_attr(vm, KVM_GET_DEVICE_ATTR, KVM_S390_VM_CPU_MODEL,
		    KVM_S390_VM_CPU_MACHINE, &host) ||
	    vm_attr(vm, KVM_GET_DEVICE_ATTR, KVM_S390_VM_CPU_MODEL,
		    KVM_S390_VM_CPU_PROCESSOR, &cpu))
		return -1;

	for (i = 0; i < number; i++) {
		bit = 1ULL << (63 - wanted[i] % 64);
		if (!(host.fac_mask[wanted[i] / 64] & bit)) {
			errno = ENODEV;
			return -1;
		}
		cpu.fac_list[wanted[i] / 64] |= bit;
	}
	return vm_attr(vm, KVM_SET_DEVICE_ATTR, KVM_S390_VM_CPU_MODEL,
		       KVM_S390_VM_CPU_PROCESSOR, &cpu);
}

static int vm_memory(struct vm *vm)
{
	struct kvm_userspace_memory_region region = {
		.memory_size = VM_SIZE,
	};
	uintptr_t map;

	/* KVM wants guest storage to begin on a segment (1 MiB). */
	map = (uintptr_t)mmap(NULL, 2 * VM_SIZE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == (uintptr_t)MAP_FAILED)
		return -1;
	vm->mem = (void *)((map + VM_SIZE - 1) & -(uintptr_t)VM_SIZE);
	memcpy(vm->mem + VM_CODE, ap_guest, ap_guest_end - ap_guest);
	region.userspace_addr = (uintptr_t)vm->mem;
	return ioctl(vm->fd, KVM_SET_USER_MEMORY_REGION, &region);
}

static int vm_cpu(struct vm *vm)
{
	int size = ioctl(vm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);

	vm->vcpu = ioctl(vm->fd, KVM_CREATE_VCPU, 0);
	if (vm->vcpu < 0 || size < 0)
		return -1;
	vm->run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
		       vm->vcpu, 0);
	if (vm->run == MAP_FAILED) {
		vm->run = NULL;
		return -1;
	}
	vm->run_size = size;
	return 0;
}

static int open_without_cpu(struct vm *vm, int small)
{
	struct kvm_create_device files = { .type = KVM_DEV_TYPE_VFIO };

	*vm = (struct vm){ .kvm = -1, .fd = -1, .vcpu = -1, .files = -1,
			   .patience = VM_PATIENCE };
	vm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (vm->kvm < 0)
		return -errno;
	vm->fd = ioctl(vm->kvm, KVM_CREATE_VM, 0);
	if (vm->fd < 0)
		return -errno;
	if (vm_facilities(vm, small) ||
	    vm_attr(vm, KVM_SET_DEVICE_ATTR, KVM_S390_VM_CRYPTO,
		    KVM_S390_VM_CRYPTO_ENABLE_APIE, NULL) ||
	    vm_memory(vm) || ioctl(vm->fd, KVM_CREATE_DEVICE, &files))
		return -errno;
	vm->files = files.fd;
	return 0;
}

/**
 * vm_open_without_cpu() - create a machine that executes nothing
 * @vm: filled in; vm_close() it, whatever this returns
 *
 * Return: 0, or -errno (-ENODEV: the host has no AP facilities to give).
 */
int vm_open_without_cpu(struct vm *vm)
{
	return open_without_cpu(vm, 0);
}

/**
 * vm_open() - create a machine that may execute AP instructions
 * @vm: filled in; vm_close() it, whatever this returns
 *
 * Return: 0, or -errno (-ENODEV: the host has no AP facilities to give).
 */
int vm_open(struct vm *vm)
{
	int rc = vm_open_without_cpu(vm);

	return rc ?: vm_cpu(vm) ? -errno : 0;
}

/* The simulated host gets MSA extension 3, or loses it. */
static int host_msax3(char on)
{
	int fd = open(MSAX3, O_WRONLY | O_CLOEXEC);
	int rc = fd < 0 || write(fd, &on, 1) != 1;

	if (fd >= 0)
		close(fd);
	return rc;
}

/**
 * vm_open_small() - .. whose masks have room for 64 adapters and 16 domains
 * @vm: filled in; vm_close() it, whatever this returns
 *
 * KVM looks at the host when it makes a machine; what its user space says of the CPU
 * comes too late.  So the host has to be another one for a moment, which only the
 * simulated one can be.
 *
 * Return: 0, or -errno (-EOPNOTSUPP: a host that stays as it is).
 */
int vm_open_small(struct vm *vm)
{
	int rc;

	*vm = (struct vm){ .kvm = -1, .fd = -1, .vcpu = -1, .files = -1 };
	if (host_msax3('0'))
		return -EOPNOTSUPP;
	rc = open_without_cpu(vm, 1);
	if (host_msax3('1'))
		return -EIO;
	return rc ?: vm_cpu(vm) ? -errno : 0;
}

/**
 * vm_close() - give everything back
 * @vm: a machine vm_open() has seen
 *
 * Guest storage stays mapped: its place inside the mapping is not kept, and
 * test processes are short.
 */
void vm_close(struct vm *vm)
{
	if (vm->run)
		munmap(vm->run, vm->run_size);
	if (vm->files >= 0)
		close(vm->files);
	if (vm->vcpu >= 0)
		close(vm->vcpu);
	if (vm->fd >= 0)
		close(vm->fd);
	if (vm->kvm >= 0)
		close(vm->kvm);
}

static int vm_file(struct vm *vm, uint64_t attr, int fd)
{
	struct kvm_device_attr at = {
		.group = VFIO_FILE,
		.attr = attr,
		.addr = (uintptr_t)&fd,
	};

	return ioctl(vm->files, KVM_SET_DEVICE_ATTR, &at) ? -errno : 0;
}

/**
 * vm_add_file() - tell KVM of a VFIO group or device, and VFIO of the KVM
 * @vm: the machine
 * @fd: an open VFIO group or device
 *
 * Return: 0 or -errno.
 */
int vm_add_file(struct vm *vm, int fd)
{
	return vm_file(vm, VFIO_FILE_ADD, fd);
}

/**
 * vm_del_file() - undo vm_add_file()
 * @vm: the machine, which may be closed already
 * @fd: the same group or device; KVM keeps it open until now
 *
 * Return: 0 or -errno.
 */
int vm_del_file(struct vm *vm, int fd)
{
	return vm_file(vm, VFIO_FILE_DEL, fd);
}

static void on_kick(int signal)
{
	(void)signal;
	atomic_store(&kicked, 1);
}

/* One that came just before KVM_RUN would be missed, so it comes again. */
static int kick_later(timer_t *timer, unsigned int ms)
{
	struct sigaction action = { .sa_handler = on_kick };
	struct sigevent event = {
		.sigev_notify = SIGEV_THREAD_ID,
		.sigev_signo = KICK,
		.sigev_notify_thread_id = gettid(),
	};
	struct itimerspec when = {
		.it_value = { ms / 1000, ms % 1000 * 1000000 },
		.it_interval = { .tv_nsec = KICK_AGAIN },
	};

	atomic_store(&kicked, 0);
	if (sigaction(KICK, &action, NULL) ||
	    timer_create(CLOCK_MONOTONIC, &event, timer))
		return -errno;
	timer_settime(*timer, 0, &when, NULL);
	return 0;
}

/* EAGAIN: KVM found the memory that it wanted changing, as while forking. */
static int run(struct vm *vm)
{
	int rc;

	do {
		rc = ioctl(vm->vcpu, KVM_RUN, 0) ? -errno : 0;
		if (rc && rc != -EINTR && rc != -EAGAIN)
			return rc;
		if (atomic_load(&kicked))
			return -ETIMEDOUT;
	} while (rc || vm->run->exit_reason == KVM_EXIT_INTR);
	return 0;
}

static int run_with_limit(struct vm *vm)
{
	timer_t timer;
	int rc = kick_later(&timer, vm->patience);

	if (rc)
		return rc;
	rc = run(vm);
	timer_delete(timer);
	atomic_store(&kicked, 0);
	return rc;
}

static int any_wait(const struct ap_call *calls, unsigned int count)
{
	while (count--)
		if (calls[count].insn == AP_WAIT)
			return 1;
	return 0;
}

/**
 * vm_execute() - let the guest execute AP instructions
 * @vm: the machine
 * @calls: the instructions; registers and condition codes come back in it
 * @count: how many, at most 64
 *
 * Return: 0 when the guest went through all of them, -EIO when it ended
 * otherwise (an exception, for instance), -ETIMEDOUT if it is not woken in
 * time, or KVM_RUN's -errno.
 */
int vm_execute(struct vm *vm, struct ap_call *calls, unsigned int count)
{
	struct ap_call *table = (struct ap_call *)(vm->mem + VM_TABLE);
	int rc;

	memcpy(table, calls, count * sizeof(*calls));
	table[count].insn = AP_END;
	memset(vm->mem + LOWCORE_IO, 0xff, LOWCORE_IO_LEN);
	vm->run->psw_mask = PSW_MASK_64BIT;
	vm->run->psw_addr = VM_CODE;
	rc = any_wait(calls, count) ? run_with_limit(vm) : run(vm);
	if (rc)
		return rc;

	if (vm->run->exit_reason != KVM_EXIT_S390_SIEIC ||
	    vm->run->s390_sieic.icptcode != ICPT_WAIT)
		return -EIO;
	memcpy(calls, table, count * sizeof(*calls));
	return 0;
}

/**
 * vm_count() - how many VMs there are, anybody's
 *
 * Return: those that are not destroyed.
 */
long vm_count(void)
{
	DIR *dir = opendir("/sys/kernel/debug/kvm");
	struct dirent *entry;
	long count = 0;

	if (!dir)
		return -1;
	while ((entry = readdir(dir)))
		count += !!isdigit(entry->d_name[0]);
	closedir(dir);
	return count;
}

/**
 * vm_mask_writes() - how often the guest's CPUs were stopped for new masks
 * @vm: the machine
 * @sets: unchanged
 * @clears: unchanged
 *
 * Return: -ENOTSUP, KVM does not tell.
 */
int vm_mask_writes(struct vm *vm, uint64_t *sets, uint64_t *clears)
{
	(void)vm;
	(void)sets;
	(void)clears;
	return -ENOTSUP;
}
