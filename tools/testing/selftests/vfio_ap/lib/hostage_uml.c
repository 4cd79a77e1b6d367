// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostage_uml - lib/hostage.h for the UML bed: the stand-in for KVM does it
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "hostage.h"
#include "vm_uml.h"

int hostage_vm(struct vm *vm)
{
	return vm_open(vm);
}

static void *hold(void *arg)
{
	struct hostage *hostage = arg;

	return (void *)(long)ioctl(hostage->vm->fd, APSIM_KVM_HOLD);
}

int hostage_take_lock(struct hostage *hostage, struct vm *vm)
{
	unsigned char held = 0;
	int tries, rc;

	*hostage = (struct hostage){ .vm = vm, .uffd = -1 };
	rc = pthread_create(&hostage->thread, NULL, hold, hostage);
	if (rc)
		return -rc;
	for (tries = 0; tries < 100 && !held; tries++) {
		usleep(20000);
		if (ioctl(vm->fd, APSIM_KVM_HELD, &held))
			return -errno;
	}
	return held ? 0 : -ETIMEDOUT;
}

int hostage_let_go(struct hostage *hostage)
{
	void *result;

	if (hostage->uffd >= 0)
		return hostage_bring(hostage);
	if (ioctl(hostage->vm->fd, APSIM_KVM_LET_GO))
		return -errno;
	pthread_join(hostage->thread, &result);
	return (long)result;
}
