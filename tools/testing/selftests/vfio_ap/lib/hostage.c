// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostage - a VM of which something is in the hands of its user space: KVM
 *
 * The CPU model of a VM without CPUs is set from a page that does not come.
 */
#include <errno.h>
#include <linux/kvm.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hostage.h"

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
	return hostage_hold(hostage, set_cpu_model);
}

/**
 * hostage_let_go() - the end of hostage_take_lock() and hostage_take_cpu()
 * @hostage: the same
 *
 * Return: 0 when nothing is held any more, or -errno.
 */
int hostage_let_go(struct hostage *hostage)
{
	return hostage_bring(hostage);
}
