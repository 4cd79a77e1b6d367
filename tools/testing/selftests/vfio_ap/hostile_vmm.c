// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - the life of a VMM: how it begins, what its threads do, how it ends
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hostile.h"
#include "lib/finding.h"
#include "lib/sim.h"

/* The one before may not be gone yet, or have children that are not. */
#define TRIES		20
#define TRY_US		10000

/* How long the guest sleeps, in milliseconds */
#define SLEEP_MS	20

/* The longest pause while something is being closed */
#define PAUSE_US	2000

/* What threads do all the time, and the longest pause between two times */
static const struct {
	void (*deed)(struct vmm *vmm, struct rand *rand);
	unsigned int pause_us;
} work[] = {
	{ deed_cpu, 1000 }, { deed_cpu, 1000 }, { deed_cpu, 1000 },
	{ deed_dma, 4000 }, { deed_dma, 4000 },
	{ deed_memory, 8000 },
	{ deed_siege, 4000 }, { deed_siege, 4000 },
};

#define HANDS	(sizeof(work) / sizeof(*work))

/**
 * struct hand - a thread of a VMM
 * @vmm: the VMM
 * @n: what it does
 * @rand: what chooses
 */
struct hand {
	struct vmm *vmm;
	unsigned int n;
	struct rand rand;
};

static void *hand_run(void *arg)
{
	struct hand *hand = arg;

	for (;;) {
		work[hand->n].deed(hand->vmm, &hand->rand);
		rand_pause(&hand->rand, work[hand->n].pause_us);
	}
	return NULL;
}

/* The mdev as it is now, or was a moment ago */
struct mdev_file vmm_file(struct vmm *vmm)
{
	struct mdev_file file;

	pthread_mutex_lock(&vmm->door);
	file = vmm->file;
	pthread_mutex_unlock(&vmm->door);
	return file;
}

/* Is what is mapped not to be closed by one thread while another uses it? */
int vmm_has_container(struct vmm *vmm)
{
	return vmm->ledger->way == VFIO_BY_GROUP || !sim_time_is_virtual();
}

static void set_file(struct vmm *vmm, const struct mdev_file *file)
{
	pthread_mutex_lock(&vmm->door);
	vmm->file = *file;
	pthread_mutex_unlock(&vmm->door);
}

static void close_part(struct vmm *vmm, const struct mdev_file *file,
		       unsigned int part)
{
	int fd = file->group >= 0 ? file->group : file->device;

	switch (part) {
	case 0:
		if (fd >= 0)
			vm_del_file(&vmm->vm, fd);
		break;
	case 1:
		if (file->device >= 0)
			close(file->device);
		break;
	case 2:
		if (file->group >= 0)
			close(file->group);
		break;
	default:
		if (file->iommu >= 0)
			close(file->iommu);
	}
}

/* Nobody uses it any more, and nobody begins to: it is closed before others. */
static void forget_container(struct vmm *vmm)
{
	pthread_rwlock_wrlock(&vmm->container);
	pthread_mutex_lock(&vmm->door);
	vmm->file.iommu = -1;
	pthread_mutex_unlock(&vmm->door);
	pthread_rwlock_unlock(&vmm->container);
}

/*
 * Everything of the mdev goes.  What is first may be anything, but hardly ever:
 * KVM keeps a file of which it is told too late, and the mdev stays open until
 * the VMM ends.
 */
static void close_all(struct vmm *vmm, struct rand *rand)
{
	struct mdev_file file = vmm_file(vmm);
	unsigned int first = rand_one_in(rand, 8) ? rand_below(rand, 4) : 0;
	/* Both have no factor in common with four. */
	unsigned int step = rand_one_in(rand, 2) ? 1 : 3;
	unsigned int i;

	if (vmm_has_container(vmm))
		forget_container(vmm);
	for (i = 0; i < 4; i++) {
		close_part(vmm, &file, (first + i * step) % 4);
		if (rand_one_in(rand, 4))
			rand_pause(rand, PAUSE_US);
	}
	file = MDEV_CLOSED;
	set_file(vmm, &file);
	tally(vmm->ledger, CLOSED);
}

/* Who cannot open it has an mdev that is closed. */
static void open_all(struct vmm *vmm)
{
	struct mdev_file file;
	unsigned int i;
	int rc;

	for (i = 0; i < TRIES; i++) {
		/* It may be killed before it knows. */
		tally(vmm->ledger, IN_USE);
		rc = mdev_open(&file, vmm->ledger->way, BELL_MDEV, &vmm->vm);
		if (rc != -EBUSY && rc != -EINVAL)
			atomic_fetch_sub(&vmm->ledger->count[IN_USE], 1);
		if (!rc)
			break;
		mdev_close(&file);
		usleep(TRY_US);
	}
	if (rc)
		return;
	tally(vmm->ledger, OPENED);
	dma_begin(vmm, &file);
	set_file(vmm, &file);
}

/**
 * vmm_reopen() - close the mdev and open it again, while all others go on
 * @vmm: the VMM
 * @rand: what chooses
 */
void vmm_reopen(struct vmm *vmm, struct rand *rand)
{
	if (pthread_mutex_trylock(&vmm->opening))
		return;
	close_all(vmm, rand);
	open_all(vmm);
	pthread_mutex_unlock(&vmm->opening);
}

static void hire(struct vmm *vmm, struct rand *rand)
{
	static struct hand hands[HANDS];
	pthread_t thread;
	unsigned int i;

	for (i = 0; i < HANDS; i++) {
		hands[i] = (struct hand){
			.vmm = vmm,
			.n = i,
			.rand = rand_stream(rand_next(rand), i),
		};
		if (pthread_create(&thread, NULL, hand_run, &hands[i]))
			break;
	}
}

/*
 * Some end by themselves: at once, by a signal, or step by step, the VM first
 * or the mdev, with threads that do not know of it.  Others wait for the keeper.
 */
static void end(struct vmm *vmm, struct rand *rand)
{
	unsigned int how = rand_below(rand, 8);

	if (how > 3)
		pause();
	usleep(rand_below(rand, vmm->ledger->life_ms * 1000));
	switch (how) {
	case 0:
		kill(getpid(), SIGKILL);
		break;
	case 1:
		pthread_mutex_lock(&vmm->opening);
		close_all(vmm, rand);
		break;
	case 2:
		/* Not its memory: threads would end by a signal. */
		pthread_mutex_lock(&vmm->cpu);
		close(vmm->vm.fd);
		pthread_mutex_lock(&vmm->opening);
		close_all(vmm, rand);
		break;
	}
}

/**
 * vmm_live() - the whole life of a VMM, a process of its own
 * @ledger: ...
 * @rand: what chooses
 */
void vmm_live(struct ledger *ledger, struct rand rand)
{
	static struct vmm vmm = {
		.cpu = PTHREAD_MUTEX_INITIALIZER,
		.door = PTHREAD_MUTEX_INITIALIZER,
		.opening = PTHREAD_MUTEX_INITIALIZER,
		.container = PTHREAD_RWLOCK_INITIALIZER,
		.unmapping = PTHREAD_MUTEX_INITIALIZER,
	};
	int rc;

	vmm.ledger = ledger;
	vmm.file = MDEV_CLOSED;
	rc = vm_open(&vmm.vm);
	if (rc) {
		finding("no VM: %s", strerrorname_np(-rc));
		atomic_fetch_add(&ledger->wrong, 1);
		return;
	}
	vmm.vm.patience = SLEEP_MS;
	open_all(&vmm);
	hire(&vmm, &rand);
	end(&vmm, &rand);
}
