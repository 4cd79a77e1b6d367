/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nthguest - the guest that is there while memory runs out: it has adapter 4
 * with domains 4 and 0x47; adapter 5 is to spare
 */
#ifndef VFIO_AP_TEST_NTHGUEST_H
#define VFIO_AP_TEST_NTHGUEST_H

#include "mdev.h"

#define ONE		"11111111-2222-4333-8444-555555555555"
#define TWO		"22222222-3333-4444-8555-666666666666"

/* The queue that is looked at, and what the guest's TAPQ of it says. */
#define QUEUE		"04.0004"
#define QUEUE_APQN	0x0404
#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01

/* What ap_config shows: the first 32 of the adapters' bits are @top. */
#define ZEROES		"00000000"
#define CONFIG(top)	"0x" top ZEROES ZEROES ZEROES ZEROES ZEROES ZEROES	\
			ZEROES							\
			",0x08000000" ZEROES "01000000" ZEROES ZEROES ZEROES	\
			ZEROES ZEROES						\
			",0x" ZEROES ZEROES ZEROES ZEROES ZEROES "00100000"	\
			ZEROES ZEROES
#define CONFIG_4	CONFIG("08000000")
#define CONFIG_5	CONFIG("04000000")
#define CONFIG_4_5	CONFIG("0c000000")

/**
 * struct nthguest - a guest and its mediated device
 * @vm: the machine
 * @file: the device, if it is open
 * @way: by which of VFIO's doors it is opened
 */
struct nthguest {
	struct vm vm;
	struct mdev_file file;
	enum vfio_way way;
};

int nthguest_prepare(struct nthguest *guest);
int nthguest_open(struct nthguest *guest);
void nthguest_close(struct nthguest *guest);
int nthguest_sees(struct nthguest *guest);
int nthguest_leave(struct nthguest *guest);
int bind_the_rest(void);

#endif /* VFIO_AP_TEST_NTHGUEST_H */
