// SPDX-License-Identifier: GPL-2.0-only
/*
 * nthguest - the guest that is there while memory runs out
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "nthguest.h"
#include "state.h"
#include "world.h"

static bool is_bound(const char *queue)
{
	char path[128];

	snprintf(path, sizeof(path), BUS "devices/%s/driver", queue);
	return !access(path, F_OK);
}

/* The bus may bind it at the same time, and then it is busy. */
static int bind_one(const char *queue)
{
	int rc = sysfs_write(DRIVER "bind", queue);

	return rc == -EBUSY && is_bound(queue) ? 0 : rc;
}

/**
 * bind_the_rest() - bind queues of adapters 4 and 5 that have no driver
 *
 * The driver core and the AP bus go on when a queue cannot be bound; it can be
 * bound later.  The AP bus wants all to have a driver when its masks change.
 *
 * Return: 0 or -errno.
 */
int bind_the_rest(void)
{
	static const char * const queues[] = {
		"04.0004", "04.0047", "04.00ab",
		"05.0004", "05.0047", "05.00ab",
	};
	unsigned int i;
	int rc = 0;

	for (i = 0; i < sizeof(queues) / sizeof(*queues) && !rc; i++)
		if (!is_bound(queues[i]))
			rc = bind_one(queues[i]);
	return rc;
}

static void leave_nothing(void)
{
	bind_the_rest();
	mdev_remove(ONE);
	mdev_remove(TWO);
	bus_write("apmask", "+4,+5");
}

/**
 * nthguest_prepare() - a guest, whose mediated device is not open
 * @guest: filled in; nthguest_leave() it, whatever this returns
 *
 * Return: 0 or -errno.
 */
int nthguest_prepare(struct nthguest *guest)
{
	static char text[STATE_SIZE];
	int rc;

	*guest = (struct nthguest){
		.file = MDEV_CLOSED,
		.way = VFIO_BY_GROUP,
	};
	leave_nothing();
	rc = bus_write("apmask", "-4,-5");
	rc = rc ?: mdev_create(ONE);
	rc = rc ?: mdev_write(ONE, "ap_config", CONFIG_4);
	if (!rc)
		state_settled(text);
	return vm_open(&guest->vm) ?: rc;
}

/**
 * nthguest_open() - the guest gets its device
 * @guest: the guest
 *
 * Return: 0, or -errno and the device is not open.
 */
int nthguest_open(struct nthguest *guest)
{
	int rc = mdev_open(&guest->file, guest->way, ONE, &guest->vm);

	if (rc)
		mdev_close(&guest->file);
	return rc;
}

void nthguest_close(struct nthguest *guest)
{
	mdev_close(&guest->file);
}

/**
 * nthguest_sees() - the guest's TAPQ of its queue
 * @guest: the guest
 *
 * Return: the response code or -errno.
 */
int nthguest_sees(struct nthguest *guest)
{
	struct ap_call tapq = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_TAPQ | QUEUE_APQN,
	};
	int rc = vm_execute(&guest->vm, &tapq, 1);

	return rc ?: (int)ap_rc(&tapq);
}

/**
 * nthguest_leave() - whatever failed before, the guest has its queue in the
 * end, and nobody had another's; then it goes
 * @guest: the guest
 *
 * Return: 0, or how many things are wrong.
 */
int nthguest_leave(struct nthguest *guest)
{
	int wrong;

	nthguest_close(guest);
	wrong = nthguest_sees(guest) != RC_NOT_THERE;
	wrong += nthguest_open(guest) != 0;
	wrong += nthguest_sees(guest) != RC_NORMAL;
	nthguest_close(guest);
	vm_close(&guest->vm);
	leave_nothing();
	wrong += machine_stat("foreign_replies") != 0;
	wrong += machine_stat("unzeroized") != 0;
	return wrong;
}
