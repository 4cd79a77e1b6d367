// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostage_page - a page that does not come before this program says so
 *
 * Whoever asks for it waits (userfaultfd).  A CPU of the guest does if a
 * notification byte lies in it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hostage.h"

/* How long the kernel may take to ask for the page, in milliseconds */
#define SOON	5000

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

/**
 * hostage_hold() - somebody asks for the page, and has to wait
 * @hostage: its page is not there
 * @run: asks for it
 *
 * Return: 0 when it waits, or -errno: -EOPNOTSUPP if this kernel cannot.
 */
int hostage_hold(struct hostage *hostage, void *(*run)(void *hostage))
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
 * hostage_bring() - the page comes
 * @hostage: that of hostage_hold()
 *
 * Return: what who asked for it ends with, or -errno.
 */
int hostage_bring(struct hostage *hostage)
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

static void *enable_interrupts(void *arg)
{
	struct hostage *hostage = arg;

	return (void *)(long)vm_execute(hostage->vm, &hostage->call, 1);
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
	return hostage_hold(hostage, enable_interrupts);
}
