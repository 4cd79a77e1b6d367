/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * faultmatrix - every answer to every AP instruction of the driver, at every place
 */
#ifndef VFIO_AP_TEST_FAULTMATRIX_H
#define VFIO_AP_TEST_FAULTMATRIX_H

#include <stdbool.h>

#include "lib/bell.h"
#include "lib/luck.h"

/* Nobody waits longer for a zeroize; the machine for the end of interruptions. */
#define PATIENCE_MS	100
#define QUIET_MS	1000

/* What waits for a page that is being unmapped. */
#define UNMAP_MS	2100

/**
 * struct scene - two guests, all of whose queues ring, and a fault
 * @luck: the guests, the fault, what is wrong
 * @pages: pages that were pinned before there was a guest
 * @machines: references to VMs before there was one, -1: nobody tells
 * @rc: what the guest's AQIC was answered with, -1: there was none
 */
struct scene {
	struct luck luck;
	long pages;
	long machines;
	int rc;
};

/**
 * struct place - where it happens
 * @before: makes the situation; all is well yet
 * @act: what happens while it is not
 * @after: what makes good, as soon as the fault is gone
 * @given: mdev TWO is given the queue afterwards; else it is ONE's, as before
 * @guest: the guest asks for it, and is told what the machine answers
 * @normal: and that without a fault
 * @extra_ms: how much longer than elsewhere it may take
 */
struct place {
	void (*before)(struct scene *scene);
	void (*act)(struct scene *scene);
	void (*after)(struct scene *scene);
	bool given;
	bool guest;
	int normal;
	long extra_ms;
};

/* Queue 04.0004 and its neighbours, as the guests have them. */
extern const struct bell own;
extern const struct bell next;
extern const struct bell other;

/* faultmatrix_places.c */
extern const struct place places[];
bool place_rings(struct scene *scene, struct lodger *lodger,
		 const struct bell *bell);

enum place_nr {
	OPEN, CLOSE, ASSIGN_ADAPTER, ASSIGN_DOMAIN, UNASSIGN_ADAPTER,
	UNASSIGN_DOMAIN, CONFIG_DROPS, CONFIG_ADDS, BIND, BIND_UNUSED, UNBIND,
	SCAN, CARD_OFF_AND_ON, STANDBY_AND_ON, CHECKSTOP_AND_ON, AQIC_ON,
	AQIC_OFF, AQIC_AGAIN, DEVICE_RESET, REMOVE, REMOVE_OPEN, UNMAP,
};

#endif /* VFIO_AP_TEST_FAULTMATRIX_H */
