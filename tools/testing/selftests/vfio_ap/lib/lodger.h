/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lodger - an mdev, its guest, and what the guest can do with a queue
 */
#ifndef VFIO_AP_TEST_LODGER_H
#define VFIO_AP_TEST_LODGER_H

#include "mdev.h"

/* A type that no adapter knows: the reply is an error, but it is a reply. */
#define LODGER_REQUEST_LEN	16

/**
 * struct lodger - an mdev and its guest
 * @uuid: the mdev
 * @way: through which of VFIO's doors, if this kernel has it
 * @vm: the guest
 * @file: the open mdev
 * @open: the guest is there and has it
 */
struct lodger {
	const char *uuid;
	enum vfio_way way;
	struct vm vm;
	struct mdev_file file;
	int open;
};

int lodger_open(struct lodger *lodger);
int lodger_close(struct lodger *lodger);
int lodger_reset(struct lodger *lodger);
int lodger_sees(const struct lodger *lodger, unsigned int apqn);
int lodger_gets(const struct lodger *lodger, unsigned int apqn, int ms);

int lodger_tapq(struct lodger *lodger, unsigned int apqn);
int lodger_aqic(struct lodger *lodger, unsigned int apqn);
int lodger_send(struct lodger *lodger, unsigned int apqn, unsigned int id);
int lodger_receive(struct lodger *lodger, unsigned int apqn, unsigned int id,
		   int ms);

#endif /* VFIO_AP_TEST_LODGER_H */
