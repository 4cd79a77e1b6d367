/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * carddance - the hall: guests, the host, and the adapter that dances
 */
#ifndef VFIO_AP_TEST_CARDDANCE_H
#define VFIO_AP_TEST_CARDDANCE_H

#include <pthread.h>
#include <stdatomic.h>

#include "lib/rand.h"
#include "lib/tenant.h"

enum { FIRST, SECOND, THIRD, TENANTS };

/* Queues of one guest */
#define HALL_QUEUES	2

/**
 * struct hall - all that dances
 * @tenant: the guests
 * @rand: what chooses
 * @floor: held by who makes the bus make and remove devices, or moves queues
 *	between drivers: the bus does not expect both at once
 * @wire: held by the host while it waits for a reply, and by who takes adapters
 *	or brings them back
 * @over: the dance is
 * @turned: and so are the turns
 * @host_turns: how often the host had its turn
 * @host_replies: what it got meanwhile
 * @host_lost: requests that zcrypt would have waited for much longer
 * @host_stuck: the last of those it gave up were not lost, the bus was stuck
 * @host: the thread that asks zcrypt
 * @asked: when it began to, in seconds, 0: it does not
 */
struct hall {
	struct tenant tenant[TENANTS];
	struct rand rand;
	pthread_mutex_t floor;
	pthread_mutex_t wire;
	atomic_bool over;
	atomic_bool turned;
	atomic_uint host_turns;
	unsigned int host_replies;
	unsigned int host_lost;
	atomic_bool host_stuck;
	pthread_t host;
	atomic_long asked;
};

unsigned int hall_queue(unsigned int tenant, unsigned int n);
int hall_begin(struct hall *hall, int card_stays, int poll);
void hall_end(struct hall *hall);
void hall_await_all(const char *when);
void hall_step(struct hall *hall, const char *command, int scan);
void hall_look(struct hall *hall);
void *hall_turns(void *arg);
void hall_check_tenants(struct hall *hall);

#endif /* VFIO_AP_TEST_CARDDANCE_H */
