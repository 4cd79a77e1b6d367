/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hostage - a VM of which something is in the hands of its user space
 *
 * KVM reads its caller's memory with the VM's lock held, and VFIO pins guest
 * memory on behalf of a CPU of the guest.  If that memory does not come, lock or
 * CPU are kept for as long as user space likes.
 */
#ifndef VFIO_AP_TEST_HOSTAGE_H
#define VFIO_AP_TEST_HOSTAGE_H

#include <pthread.h>

#include "vm.h"

/**
 * struct hostage - a VM, held
 * @vm: the VM
 * @call: what its CPU executes, if that is what is held
 * @thread: holds it
 * @page: what the kernel waits for
 * @uffd: where it is asked for, -1: it is not
 */
struct hostage {
	struct vm *vm;
	struct ap_call call;
	pthread_t thread;
	void *page;
	int uffd;
};

int hostage_vm(struct vm *vm);
int hostage_take_lock(struct hostage *hostage, struct vm *vm);
int hostage_take_cpu(struct hostage *hostage, struct vm *vm,
		     unsigned int apqn, uint64_t nib);
int hostage_let_go(struct hostage *hostage);

int hostage_hold(struct hostage *hostage, void *(*run)(void *hostage));
int hostage_bring(struct hostage *hostage);

#endif /* VFIO_AP_TEST_HOSTAGE_H */
