/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * hostile - a VMM that does everything wrong, at once, and is killed
 *
 *	the test	a calm guest, an administrator, a bad machine: threads
 *	  keeper	a process that starts VMMs, one after the other, and
 *			kills them
 *	    VMM		a VM, an mdev, threads that do whatever they can to both
 *	      children	that have inherited all files, and die when they like
 *
 * Files, memory and locks of a VMM go with it; what is to be known afterwards is
 * in the ledger, which all of them share.
 */
#ifndef VFIO_AP_TEST_HOSTILE_H
#define VFIO_AP_TEST_HOSTILE_H

#include <pthread.h>
#include <stdatomic.h>

#include "lib/bell.h"
#include "lib/rand.h"

/* The VMM's mdev is BELL_MDEV, with these queues; the calm guest's has adapter 6 */
#define HOSTILE_QUEUES	4
extern const unsigned int hostile_queue[HOSTILE_QUEUES];

/* Guest memory is mapped in slices; the guest needs what is before FIRST. */
#define SLICE		0x10000
#define FIRST		8
#define SLICES		(VM_SIZE / SLICE)
/* .. and there is something behind it that is mapped, but no storage. */
#define BEYOND		2

/* What is counted: that there was enough of everything */
enum tally {
	LIVES,
	KILLED,
	CHILDREN,
	OPENED,
	IN_USE,
	CLOSED,
	ARMED,
	DISARMED,
	REQUESTS,
	MAPPED,
	UNMAPPED,
	DETACHED,
	RESETS,
	CONTROLS,
	MEMORY,
	EDITS,
	FAULTS,
	TALLIES,
};

/**
 * struct ledger - what is shared by all processes
 * @seed: of all choices
 * @way: into VFIO
 * @lives: how many VMMs there are to be
 * @life_ms: the longest life of one
 * @over: the last one is gone
 * @wrong: findings of all processes but the test's
 * @count: what was done
 * @aqic: how often AQIC was answered by each response code
 */
struct ledger {
	unsigned long seed;
	enum vfio_way way;
	unsigned int lives;
	unsigned int life_ms;
	atomic_int over;
	atomic_uint wrong;
	atomic_ulong count[TALLIES];
	atomic_ulong aqic[0x100];
};

static inline void tally(struct ledger *ledger, enum tally what)
{
	atomic_fetch_add(&ledger->count[what], 1);
}

/**
 * struct vmm - one hostile VMM
 * @ledger: ...
 * @vm: its VM
 * @cpu: held by who is the CPU
 * @file: its mdev, guarded by @door.  Threads use copies of it, which may be
 *	those of files that were closed meanwhile: that is intended
 * @door: ...
 * @opening: held by who closes and opens
 * @container: read-locked by who uses a container, write-locked by who takes it
 *	out of @file.  vfio_fops_unl_ioctl() calls the type 1 driver without any
 *	lock, so what it works on is freed if the group is closed meanwhile.  And
 *	iommufd, which takes that, may need a minute: iommufd_put_object() does
 *	not wake who waits in iommufd_object_dec_wait(); so the same where that
 *	minute is a real one
 * @unmapping: held by who unmaps from a container.  vfio_notify_dma_unmap() lets
 *	go of its lock and then looks at a mapping that a second thread may have
 *	unmapped, and freed
 */
struct vmm {
	struct ledger *ledger;
	struct vm vm;
	pthread_mutex_t cpu;
	struct mdev_file file;
	pthread_mutex_t door;
	pthread_mutex_t opening;
	pthread_rwlock_t container;
	pthread_mutex_t unmapping;
};

/* hostile_vmm.c */
void vmm_live(struct ledger *ledger, struct rand rand);
struct mdev_file vmm_file(struct vmm *vmm);
int vmm_has_container(struct vmm *vmm);
void vmm_reopen(struct vmm *vmm, struct rand *rand);

/* hostile_cpu.c */
void deed_cpu(struct vmm *vmm, struct rand *rand);

/* hostile_deeds.c */
void deed_dma(struct vmm *vmm, struct rand *rand);
void deed_memory(struct vmm *vmm, struct rand *rand);
void deed_siege(struct vmm *vmm, struct rand *rand);
void dma_begin(struct vmm *vmm, const struct mdev_file *file);

/* hostile_keeper.c */
pid_t keeper_start(struct ledger *ledger);
void keeper_wait(pid_t keeper);

/* hostile_world.c */
void *admin_run(void *arg);
void *machine_run(void *arg);
void world_calms_down(void);

/* AQICs whose time is noted */
#define CALM_AQICS	20000

/**
 * struct calm - a guest that has nothing to do with all of this
 * @lodger: its mdev
 * @rand: what chooses
 * @over: it is to end
 * @rounds: interruptions that it got, with their replies
 * @took: how long its AQICs took, in microseconds
 * @aqics: how many of them are noted
 */
struct calm {
	struct lodger lodger;
	struct rand rand;
	atomic_int *over;
	unsigned long rounds;
	unsigned int took[CALM_AQICS];
	unsigned int aqics;
};

/* hostile_calm.c */
int calm_prepare(struct calm *calm, enum vfio_way way);
int calm_open(struct calm *calm);
int calm_round(struct calm *calm);
void *calm_run(void *arg);
unsigned int calm_latency(struct calm *calm, unsigned int *longest);
void calm_clean(struct calm *calm);
int calm_queue_works(struct lodger *lodger, struct rand *rand,
		     unsigned int apqn, struct calm *calm);

#endif /* VFIO_AP_TEST_HOSTILE_H */
