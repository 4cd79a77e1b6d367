// SPDX-License-Identifier: GPL-2.0-only
/*
 * tenant - a guest that has an mdev and uses its queues all the time
 *
 *	tenant_create, tenant_run	a VM, and its CPU runs
 *	tenant_open			it gets an mdev, while it runs
 *	tenant_reset			VFIO_DEVICE_RESET
 *	tenant_close			it has no mdev any more
 *	tenant_halt			its CPU stops
 *	tenant_destroy			all that is left
 *
 * Close, halt and destroy can come in any order, and more than once.
 */
#include <errno.h>
#include <linux/vfio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "finding.h"
#include "tenant.h"

static void *cpu(void *arg)
{
	struct tenant *tenant = arg;
	int rc = 0;

	while (!rc && !atomic_load(&tenant->stop)) {
		pthread_mutex_lock(&tenant->turn);
		rc = traffic_round(&tenant->traffic, &tenant->rand);
		pthread_mutex_unlock(&tenant->turn);
		rand_pause(&tenant->rand, tenant->pause_us);
	}
	return NULL;
}

/**
 * tenant_create() - a VM without mdev
 * @tenant: filled in
 * @seed: of what it does
 *
 * Tell it by traffic_use() which queues to use, then tenant_run().
 *
 * Return: 0 or -errno.
 */
int tenant_create(struct tenant *tenant, uint64_t seed)
{
	int rc;

	tenant->file = MDEV_CLOSED;
	tenant->rand = rand_stream(seed, 0x99);
	tenant->pause_us = 1000;
	tenant->running = 0;
	atomic_init(&tenant->stop, 0);
	pthread_mutex_init(&tenant->turn, NULL);
	traffic_init(&tenant->traffic, &tenant->vm);
	rc = vm_open(&tenant->vm);
	if (rc)
		vm_close(&tenant->vm);
	return rc;
}

/**
 * tenant_run() - the CPU begins to execute
 * @tenant: a VM
 *
 * Return: 0 or -errno.
 */
int tenant_run(struct tenant *tenant)
{
	int rc;

	atomic_store(&tenant->stop, 0);
	rc = pthread_create(&tenant->cpu, NULL, cpu, tenant);
	tenant->running = !rc;
	return -rc;
}

/**
 * tenant_open() - give an mdev to a VM
 * @tenant: the VM, running or not
 * @way: through which of VFIO's doors
 * @uuid: the mdev
 *
 * Return: 0 or -errno, and then it has none.
 */
int tenant_open(struct tenant *tenant, enum vfio_way way, const char *uuid)
{
	int rc = mdev_open(&tenant->file, way, uuid, &tenant->vm);

	if (rc)
		tenant_close(tenant);
	return rc;
}

/**
 * tenant_reset() - VFIO_DEVICE_RESET
 * @tenant: a VM with an mdev
 *
 * The CPU waits meanwhile, and knows that nothing is left of what it sent.
 *
 * Return: 0 or -errno.
 */
int tenant_reset(struct tenant *tenant)
{
	int rc;

	pthread_mutex_lock(&tenant->turn);
	rc = ioctl(tenant->file.device, VFIO_DEVICE_RESET) ? -errno : 0;
	if (!rc)
		traffic_forget(&tenant->traffic);
	pthread_mutex_unlock(&tenant->turn);
	return rc;
}

/* The CPU stops; tenant->traffic is free for the caller. */
void tenant_halt(struct tenant *tenant)
{
	if (!tenant->running)
		return;
	atomic_store(&tenant->stop, 1);
	pthread_join(tenant->cpu, NULL);
	tenant->running = 0;
}

/* Give the mdev back; the CPU may run on. */
void tenant_close(struct tenant *tenant)
{
	mdev_close(&tenant->file);
}

/**
 * tenant_destroy() - end a VM, whatever it still has
 * @tenant: the VM
 *
 * If it has its mdev still, the VM goes first.
 */
void tenant_destroy(struct tenant *tenant)
{
	tenant_halt(tenant);
	vm_close(&tenant->vm);
	tenant->vm = (struct vm){ .kvm = -1, .fd = -1, .vcpu = -1, .files = -1 };
	/* The VM's numbers may be somebody else's by now. */
	tenant->file.vm = NULL;
	tenant_close(tenant);
	pthread_mutex_destroy(&tenant->turn);
}

/**
 * tenant_masks() - what the guest sees of its configuration
 * @tenant: a VM whose CPU does not run
 * @masks: %TENANT_MASKS bytes, as QCI has them
 *
 * Return: 0 or -errno.
 */
int tenant_masks(struct tenant *tenant, unsigned char *masks)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_QCI,
		.gr2 = VM_BLOCK,
	};
	int rc = vm_execute(&tenant->vm, &call, 1);

	if (!rc)
		memcpy(masks, tenant->vm.mem + VM_BLOCK + 16, TENANT_MASKS);
	return rc;
}
