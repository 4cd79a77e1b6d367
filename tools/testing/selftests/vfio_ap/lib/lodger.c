// SPDX-License-Identifier: GPL-2.0-only
/*
 * lodger - an mdev, its guest, and what the guest can do with a queue
 */
#include <errno.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lodger.h"

/* A queue comes when it is clean, a reply when it is computed. */
#define QUEUE_POLL_US	50000
#define REPLY_POLL_US	2000

#define RC_NORMAL	0x00
#define RC_NO_REPLY	0x10

/**
 * lodger_open() - a new guest gets the mdev
 * @lodger: whose @uuid is set, and @way
 *
 * Return: 0 or -errno, the driver's own if it was asked.
 */
int lodger_open(struct lodger *lodger)
{
	enum vfio_way way = lodger->way;
	int rc = vm_open(&lodger->vm);

	if (!vfio_way_exists(way))
		way = way == VFIO_BY_GROUP ? VFIO_BY_CDEV : VFIO_BY_GROUP;
	if (rc) {
		vm_close(&lodger->vm);
		return rc;
	}
	lodger->open = 1;
	rc = mdev_open(&lodger->file, way, lodger->uuid, &lodger->vm);
	if (rc)
		lodger_close(lodger);
	return rc;
}

/* The guest ends; nothing happens if there is none. */
int lodger_close(struct lodger *lodger)
{
	if (!lodger->open)
		return 0;
	lodger->open = 0;
	mdev_close(&lodger->file);
	vm_close(&lodger->vm);
	return 0;
}

int lodger_reset(struct lodger *lodger)
{
	return ioctl(lodger->file.device, VFIO_DEVICE_RESET) ? -errno : 0;
}

/**
 * lodger_sees() - is the queue in the guest's matrix, says the driver?
 * @lodger: the lodger, with or without a guest
 * @apqn: the queue
 *
 * Return: 1 or 0; -errno if there is no such mdev.
 */
int lodger_sees(const struct lodger *lodger, unsigned int apqn)
{
	char path[256], text[4096], line[16];
	int rc;

	snprintf(path, sizeof(path), MATRIX "%s/guest_matrix", lodger->uuid);
	snprintf(line, sizeof(line), "%02x.%04x", apqn >> 8, apqn & 0xff);
	rc = sysfs_read(path, text, sizeof(text));
	return rc ?: !!strstr(text, line);
}

/**
 * lodger_gets() - wait until the queue is in the guest's matrix
 * @lodger: the lodger
 * @apqn: the queue
 * @ms: how long
 *
 * Return: 1 if it came, else 0.
 */
int lodger_gets(const struct lodger *lodger, unsigned int apqn, int ms)
{
	int left = ms * 1000;

	while (lodger_sees(lodger, apqn) != 1) {
		if (left <= 0)
			return 0;
		usleep(QUEUE_POLL_US);
		left -= QUEUE_POLL_US;
	}
	return 1;
}

/* One instruction; the response code, or -errno. */
static int execute(struct lodger *lodger, struct ap_call *call)
{
	int rc;

	if (!lodger->open)
		return -ENODEV;
	rc = vm_execute(&lodger->vm, call, 1);
	return rc ?: (int)ap_rc(call);
}

/**
 * lodger_tapq() - the guest looks at a queue
 * @lodger: the lodger
 * @apqn: the queue
 *
 * Return: the response code; -EBUSY if the queue is not empty; -errno.
 */
int lodger_tapq(struct lodger *lodger, unsigned int apqn)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_TAPQ | apqn };
	int rc = execute(lodger, &call);

	return rc || ap_queue_empty(&call) ? rc : -EBUSY;
}

/* The guest asks for interrupts; it is an answer that counts, not which. */
int lodger_aqic(struct lodger *lodger, unsigned int apqn)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC | apqn,
		.gr1 = AP_AQIC_ON | 3,
		.gr2 = VM_BLOCK,
	};
	int rc = execute(lodger, &call);

	return rc < 0 ? rc : 0;
}

/**
 * lodger_send() - the guest puts a request onto a queue
 * @lodger: the lodger
 * @apqn: the queue
 * @id: the request's name
 *
 * Return: the response code, or -errno.
 */
int lodger_send(struct lodger *lodger, unsigned int apqn, unsigned int id)
{
	struct ap_call call = {
		.insn = AP_NQAP,
		.gr0 = AP_NQAP_LAST | apqn,
		.gr5 = id,
		.gr6 = VM_REQUEST,
		.gr7 = LODGER_REQUEST_LEN,
	};

	return execute(lodger, &call);
}

/**
 * lodger_receive() - the guest waits for the reply
 * @lodger: the lodger
 * @apqn: the queue
 * @id: the request's name
 * @ms: how long
 *
 * Return: the last response code; -EBADMSG if it is another's; -errno.
 */
int lodger_receive(struct lodger *lodger, unsigned int apqn, unsigned int id,
		   int ms)
{
	int left = ms * 1000;

	for (;;) {
		struct ap_call call = {
			.insn = AP_DQAP,
			.gr0 = AP_DQAP_FIRST | apqn,
			.gr6 = VM_REPLY,
			.gr7 = 4096,
		};
		int rc = execute(lodger, &call);

		if (rc == RC_NORMAL)
			return call.gr5 == id ? 0 : -EBADMSG;
		if (rc != RC_NO_REPLY || left <= 0)
			return rc;
		usleep(REPLY_POLL_US);
		left -= REPLY_POLL_US;
	}
}
