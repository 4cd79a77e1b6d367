/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bell - a guest is woken by its queues
 */
#ifndef VFIO_AP_TEST_BELL_H
#define VFIO_AP_TEST_BELL_H

#include "lodger.h"

/* The lodger's mdev has adapters 4 and 5 with domains 4 and 0x47. */
#define BELL_MDEV	"11111111-2222-4333-8444-555555555555"
#define BELL_OWN	0x0404
#define BELL_NEXT	0x0447
#define BELL_OTHER	0x0504
#define BELL_LAST	0x0547

/* A notification byte may be anywhere; these are in a page each. */
#define BELL_NIB(n)	(VM_NIBS + (n) * 0x1000 + (n) * 7 + 1)

/**
 * struct bell - what a queue does when a reply is there
 * @apqn: the queue
 * @isc: the guest's subclass
 * @nib: the notification byte
 */
struct bell {
	unsigned int apqn;
	unsigned int isc;
	uint64_t nib;
};

int bell_prepare(struct lodger *lodger, enum vfio_way way);
int bell_move_in(struct lodger *lodger);
int bell_clean(struct lodger *lodger);

int bell_arm(struct lodger *lodger, const struct bell *bell);
int bell_disarm(struct lodger *lodger, unsigned int apqn);
int bell_becomes(struct lodger *lodger, unsigned int apqn, int on);
int bell_ask(struct lodger *lodger, struct ap_call *calls, unsigned int count);

struct ap_call bell_request(const struct bell *bell, unsigned int id);
struct ap_call bell_sleep(void);
struct ap_call bell_reply(const struct bell *bell);
int bell_woke(struct lodger *lodger, const struct bell *bell,
	      const struct ap_call *call);
int bell_works(struct lodger *lodger, const struct bell *bell);
int bell_silent(struct lodger *lodger);

int bell_machine_quiet(void);
long bell_pages(void);
int bell_pages_become(long want);
int bell_pages_fall(long most);

#endif /* VFIO_AP_TEST_BELL_H */
