// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostage - a VM of which something is in the hands of its user space: KVM
 *
 * The CPU model of a VM without CPUs is set from a page, or a notification byte
 * lies in one, that is not there and does not come before this program says so
 * (userfaultfd).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hostage.h"

/* How long KVM may take to ask for the page, in milliseconds */
#define SOON	5000

/* A VM whose lock can be held */
int hostage_vm(struct vm *vm)
{
	return vm_open_without_cpu(vm);
}

static void *set_cpu_model(void *arg)
{
	struct hostage *hostage = arg;
	struct kvm_device_attr attr = {
		.group = KVM_S390_VM_CPU_MODEL,
		.attr = KVM_S390_VM_CPU_PROCESSOR,
		.addr = (uintptr_t)hostage->page,
	};

	ioctl(hostage->vm->fd, KVM_SET_DEVICE_ATTR, &attr);
	return NULL;
}

static void *enable_interrupts(void *arg)
{
	struct hostage *hostage = arg;

	return (void *)(long)vm_execute(hostage->vm, &hostage->call, 1);
}

static int watch_page(struct hostage *hostage)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = {
		.range = { (uintptr_t)hostage->page, sysconf(_SC_PAGESIZE) },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};

	hostage->uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	if (hostage->uffd < 0)
		return -EOPNOTSUPP;
	if (ioctl(hostage->uffd, UFFDIO_API, &api) ||
	    ioctl(hostage->uffd, UFFDIO_REGISTER, &range))
		return -errno;
	return 0;
}

/* Somebody asks for the page, and has to wait. */
static int hold(struct hostage *hostage, void *(*run)(void *hostage))
{
	struct pollfd event = { .events = POLLIN };
	int rc = watch_page(hostage);

	rc = rc ?: -pthread_create(&hostage->thread, NULL, run, hostage);
	if (rc)
		return rc;
	event.fd = hostage->uffd;
	if (poll(&event, 1, SOON) != 1 || event.revents != POLLIN)
		return -ETIMEDOUT;
	return 0;
}

/**
 * hostage_take_lock() - have a VM's lock held
 * @hostage: filled in
 * @vm: a VM of hostage_vm()
 *
 * Return: 0 when it is held, or -errno: -EOPNOTSUPP if this kernel cannot.
 */
int hostage_take_lock(struct hostage *hostage, struct vm *vm)
{
	*hostage = (struct hostage){ .vm = vm, .uffd = -1 };
	hostage->page = mmap(NULL, sysconf(_SC_PAGESIZE), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (hostage->page == MAP_FAILED)
		return -errno;
	return hold(hostage, set_cpu_model);
}

/**
 * hostage_take_cpu() - have a guest's CPU wait for a page that is to be pinned
 * @hostage: filled in
 * @vm: a VM with a CPU, which executes nothing meanwhile; its mdev is open
 *	through iommufd (type 1 does not wait for userfaultfd, but fails)
 * @apqn: a queue of the guest
 * @nib: an address in a page whose contents do not matter
 *
 * Return: 0 when it waits, or -errno: -EOPNOTSUPP if this kernel cannot.
 */
int hostage_take_cpu(struct hostage *hostage, struct vm *vm,
		     unsigned int apqn, uint64_t nib)
{
	*hostage = (struct hostage){
		.vm = vm,
		.uffd = -1,
		.page = vm->mem + (nib & -sysconf(_SC_PAGESIZE)),
		.call = {
			.insn = AP_PQAP,
			.gr0 = AP_FC_AQIC | apqn,
			.gr1 = AP_AQIC_ON | 3,
			.gr2 = nib,
		},
	};
	/* It may be there, be it as part of a huge one. */
	if (madvise(hostage->page, sysconf(_SC_PAGESIZE), MADV_DONTNEED))
		return -errno;
	return hold(hostage, enable_interrupts);
}

/**
 * hostage_let_go() - the end of hostage_take_lock() and hostage_take_cpu()
 * @hostage: the same
 *
 * Return: 0 when nothing is held any more, or -errno.
 */
int hostage_let_go(struct hostage *hostage)
{
	struct uffdio_zeropage zero = {
		.range = { (uintptr_t)hostage->page, sysconf(_SC_PAGESIZE) },
	};
	void *result = NULL;

	if (ioctl(hostage->uffd, UFFDIO_ZEROPAGE, &zero))
		return -errno;
	pthread_join(hostage->thread, &result);
	close(hostage->uffd);
	hostage->uffd = -1;
	return (long)result;
}
