/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tenant - a guest that has an mdev and uses its queues all the time
 */
#ifndef VFIO_AP_TEST_TENANT_H
#define VFIO_AP_TEST_TENANT_H

#include <pthread.h>
#include <stdatomic.h>

#include "mdev.h"
#include "traffic.h"

/**
 * struct tenant - a VM, its mdev, and a thread that is its CPU
 * @vm: the machine
 * @file: the mdev
 * @traffic: what the CPU does; guarded by @turn while @cpu runs
 * @rand: what chooses; the CPU's
 * @pause_us: the longest pause of the CPU
 * @turn: held by the CPU while it executes
 * @cpu: the thread
 * @stop: the CPU is to stop
 * @running: there is such a thread
 */
struct tenant {
	struct vm vm;
	struct mdev_file file;
	struct traffic traffic;
	struct rand rand;
	unsigned int pause_us;
	pthread_mutex_t turn;
	pthread_t cpu;
	atomic_bool stop;
	int running;
};

int tenant_create(struct tenant *tenant, uint64_t seed);
int tenant_run(struct tenant *tenant);
int tenant_open(struct tenant *tenant, enum vfio_way way, const char *uuid);
int tenant_reset(struct tenant *tenant);
void tenant_halt(struct tenant *tenant);
void tenant_close(struct tenant *tenant);
void tenant_destroy(struct tenant *tenant);
int tenant_masks(struct tenant *tenant, unsigned char *masks);

/* Adapters, domains and control domains, 32 bytes each */
#define TENANT_MASKS	96

#endif /* VFIO_AP_TEST_TENANT_H */
