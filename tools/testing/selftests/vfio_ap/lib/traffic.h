/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * traffic - a guest's requests, each with its name on it, and their replies
 */
#ifndef VFIO_AP_TEST_TRAFFIC_H
#define VFIO_AP_TEST_TRAFFIC_H

#include <stdint.h>

#include "rand.h"
#include "vm.h"

/* Queues of one guest; three instructions for each fit into one table. */
#define TRAFFIC_QUEUES	16

/* Requests that are remembered. */
#define TRAFFIC_RING	4096

/**
 * struct traffic_queue - what one queue saw
 * @apqn: which
 * @steady: the guest has it all the time and loses nothing
 * @sent: requests that were accepted
 * @got: replies
 */
struct traffic_queue {
	unsigned int apqn;
	int steady;
	unsigned long sent;
	unsigned long got;
};

/**
 * struct traffic - what one guest sends and gets
 * @vm: the guest
 * @id: its name, which no other guest ever has
 * @next: number of the next request
 * @floor: a reply to a request before this one must not come any more
 * @queue: queues to use
 * @queues: how many
 * @polls: it wants no interrupts
 * @ring: by number, the queue of a request that has no reply yet, else 0
 */
struct traffic {
	struct vm *vm;
	uint32_t id;
	uint32_t next;
	uint32_t floor;
	struct traffic_queue queue[TRAFFIC_QUEUES];
	unsigned int queues;
	int polls;
	uint16_t ring[TRAFFIC_RING];
};

void traffic_init(struct traffic *traffic, struct vm *vm);
void traffic_use(struct traffic *traffic, unsigned int apqn, int steady);
int traffic_round(struct traffic *traffic, struct rand *rand);
int traffic_drain(struct traffic *traffic);
int traffic_works(struct traffic *traffic, unsigned int apqn);
void traffic_forget(struct traffic *traffic);

#endif /* VFIO_AP_TEST_TRAFFIC_H */
