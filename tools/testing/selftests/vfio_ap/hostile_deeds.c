// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - what a VMM does to its mdev and its memory while the guest runs
 *
 * Hardly anything of this has to work, and nobody looks whether it does.
 */
#include <errno.h>
#include <linux/vfio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hostile.h"
#include "lib/dma.h"

#define RW	(PROT_READ | PROT_WRITE)

/* The longest life of a child, and how much it does */
#define CHILD_US	20000
#define CHILD_DEEDS	6

static uint64_t any_slice(struct rand *rand)
{
	return (FIRST + rand_below(rand, SLICES + BEYOND - FIRST)) * SLICE;
}

static void map(struct vmm *vmm, const struct dma *dma, uint64_t from,
		uint64_t iova)
{
	if (!dma_map(dma, vmm->vm.mem + from, iova, SLICE))
		tally(vmm->ledger, MAPPED);
}

static void unmap(struct vmm *vmm, const struct dma *dma, uint64_t iova,
		  uint64_t size)
{
	int alone = dma->file->group >= 0;
	int rc;

	if (alone)
		pthread_mutex_lock(&vmm->unmapping);
	rc = dma_unmap(dma, iova, size);
	if (alone)
		pthread_mutex_unlock(&vmm->unmapping);
	if (!rc)
		tally(vmm->ledger, UNMAPPED);
}

/**
 * dma_begin() - guest memory is mapped in slices, and something behind it
 * @vmm: the VMM
 * @file: the mdev, just opened, with all memory mapped at once
 */
void dma_begin(struct vmm *vmm, const struct mdev_file *file)
{
	const struct dma dma = { .file = file, .ioas = file->ioas };
	unsigned int i;

	unmap(vmm, &dma, 0, VM_SIZE);
	dma_map(&dma, vmm->vm.mem, 0, FIRST * SLICE);
	for (i = FIRST; i < SLICES; i++)
		dma_map(&dma, vmm->vm.mem + i * SLICE, i * SLICE, SLICE);
	/* No storage, but DMA may go there. */
	dma_map(&dma, vmm->vm.mem + FIRST * SLICE, VM_SIZE, SLICE);
}

static void detach(struct vmm *vmm, const struct dma *dma, struct rand *rand)
{
	if (!dma_detach(dma))
		tally(vmm->ledger, DETACHED);
	if (rand_one_in(rand, 2))
		rand_pause(rand, 2000);
	dma_attach(dma);
}

/**
 * deed_dma() - memory in which notification bytes lie comes and goes
 * @vmm: the VMM
 * @rand: what chooses
 */
void deed_dma(struct vmm *vmm, struct rand *rand)
{
	struct mdev_file file;
	struct dma dma = { .file = &file };
	uint64_t iova = any_slice(rand);
	int locked = vmm_has_container(vmm);

	if (locked)
		pthread_rwlock_rdlock(&vmm->container);
	file = vmm_file(vmm);
	dma.ioas = file.ioas;
	switch (rand_below(rand, 16)) {
	case 0:
		unmap(vmm, &dma, FIRST * SLICE, (SLICES - FIRST) * SLICE);
		break;
	case 1:
		if (file.group < 0 && file.device >= 0)
			detach(vmm, &dma, rand);
		break;
	case 2:
		/* What is there is somewhere else, too. */
		unmap(vmm, &dma, iova, SLICE);
		map(vmm, &dma, FIRST * SLICE, iova);
		break;
	case 3:
		/* Not what was mapped, nor pages at all */
		unmap(vmm, &dma, iova + 0x1000, rand_next(rand));
		break;
	case 4:
	case 5:
	case 6:
	case 7:
		unmap(vmm, &dma, iova, SLICE);
		break;
	default:
		map(vmm, &dma, iova % VM_SIZE, iova);
	}
	if (locked)
		pthread_rwlock_unlock(&vmm->container);
}

/* Where another thread has mapped something meanwhile, it stays. */
static void renew(void *at)
{
	munmap(at, SLICE);
	mmap(at, SLICE, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE,
	     -1, 0);
}

/**
 * deed_memory() - memory is not what it was when it was mapped
 * @vmm: the VMM
 * @rand: what chooses
 */
void deed_memory(struct vmm *vmm, struct rand *rand)
{
	static const int advice[] = {
		MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_DONTFORK,
		MADV_DOFORK,
	};
	void *at = vmm->vm.mem + (FIRST + rand_below(rand, SLICES - FIRST)) *
		   SLICE;

	tally(vmm->ledger, MEMORY);
	switch (rand_below(rand, 6)) {
	case 0:
		renew(at);
		break;
	case 1:
		mprotect(at, SLICE, rand_one_in(rand, 2) ? PROT_NONE : PROT_READ);
		break;
	case 2:
	case 3:
		mprotect(at, SLICE, RW);
		break;
	default:
		madvise(at, SLICE, advice[rand_below(rand, 5)]);
	}
}

/* A request that is right but for one thing, or not even that */
static void set_irqs(int device, struct rand *rand)
{
	static const uint32_t size[] = { 0, 19, 20, 23, 24, 24, 24, 24, 100, -1 };
	static const uint32_t kind[] = {
		VFIO_IRQ_SET_DATA_NONE, VFIO_IRQ_SET_DATA_BOOL,
		VFIO_IRQ_SET_DATA_EVENTFD, VFIO_IRQ_SET_DATA_EVENTFD,
	};
	static const uint32_t index[] = { 0, 0, 1, 1, 2, -1 };
	static const uint32_t count[] = { 0, 1, 1, 1, 2, -1 };
	struct {
		struct vfio_irq_set set;
		int32_t data;
	} request = {
		.set = {
			.argsz = size[rand_below(rand, 10)],
			.flags = VFIO_IRQ_SET_ACTION_TRIGGER |
				 kind[rand_below(rand, 4)],
			.index = index[rand_below(rand, 6)],
			.start = rand_one_in(rand, 8),
			.count = count[rand_below(rand, 6)],
		},
		.data = (int)rand_below(rand, 8) - 2,
	};
	int event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

	if (rand_one_in(rand, 8))
		request.set.flags = rand_next(rand);
	if (rand_one_in(rand, 2))
		request.data = event;
	ioctl(device, VFIO_DEVICE_SET_IRQS, &request);
	/* The device has it still, if it has taken it. */
	close(event);
}

static void ask(int device, struct rand *rand)
{
	struct vfio_device_info device_info = {
		.argsz = rand_below(rand, 2 * sizeof(device_info)),
	};
	struct vfio_irq_info irq_info = {
		.argsz = rand_below(rand, 2 * sizeof(irq_info)),
		.index = rand_below(rand, 4),
	};

	switch (rand_below(rand, 4)) {
	case 0:
		ioctl(device, VFIO_DEVICE_GET_INFO, &device_info);
		break;
	case 1:
		ioctl(device, VFIO_DEVICE_GET_IRQ_INFO, &irq_info);
		break;
	case 2:
		/* Not 105: it may be a group by now, see vmm.container. */
		ioctl(device, _IO(';', 100 + 6 + rand_below(rand, 4)), 1);
		break;
	default:
		ioctl(device, _IO(';', 100 + 7 + rand_below(rand, 4)), NULL);
	}
}

static void control(struct vmm *vmm, int device, struct rand *rand)
{
	if (device >= 0)
		tally(vmm->ledger, CONTROLS);
	if (rand_one_in(rand, 2))
		set_irqs(device, rand);
	else
		ask(device, rand);
}

static void reset(struct vmm *vmm, int device)
{
	if (!ioctl(device, VFIO_DEVICE_RESET))
		tally(vmm->ledger, RESETS);
}

/* What a child that was forked in the middle of everything can do */
static void child_lives(struct vmm *vmm, struct rand rand)
{
	struct mdev_file file = vmm->file;
	const struct dma dma = { .file = &file, .ioas = file.ioas };
	unsigned int left = rand_below(&rand, CHILD_DEEDS);
	uint64_t iova;

	while (left--) {
		switch (rand_below(&rand, 4)) {
		case 0:
			reset(vmm, file.device);
			break;
		case 1:
			control(vmm, file.device, &rand);
			break;
		case 2:
			/* Its own memory, which goes when it does */
			iova = any_slice(&rand);
			map(vmm, &dma, iova % VM_SIZE, iova);
			break;
		default:
			usleep(rand_below(&rand, CHILD_US));
		}
	}
	usleep(rand_below(&rand, CHILD_US));
	if (rand_one_in(&rand, 2))
		kill(getpid(), SIGKILL);
	_exit(0);
}

static void give_birth(struct vmm *vmm, struct rand *rand)
{
	struct rand its = rand_stream(rand_next(rand), 1);
	pid_t pid = fork();

	if (!pid)
		child_lives(vmm, its);
	if (pid > 0)
		tally(vmm->ledger, CHILDREN);
}

/*
 * KVM forgets the mdev and hears of it again.  If it is reopened meanwhile, KVM
 * keeps the file of the old one, and nobody can open it in this life.
 */
static void leave_kvm(struct vmm *vmm, struct rand *rand)
{
	int careful = !rand_one_in(rand, 8);
	struct mdev_file file;
	int fd;

	if (careful && pthread_mutex_trylock(&vmm->opening))
		return;
	file = vmm_file(vmm);
	fd = file.group >= 0 ? file.group : file.device;
	vm_del_file(&vmm->vm, fd);
	if (rand_one_in(rand, 2))
		rand_pause(rand, 2000);
	vm_add_file(&vmm->vm, fd);
	if (careful)
		pthread_mutex_unlock(&vmm->opening);
}

/**
 * deed_siege() - use the mdev in every wrong way
 * @vmm: the VMM
 * @rand: what chooses
 */
void deed_siege(struct vmm *vmm, struct rand *rand)
{
	struct mdev_file file = vmm_file(vmm);

	switch (rand_below(rand, 64)) {
	case 0:
		vmm_reopen(vmm, rand);
		break;
	case 1:
		leave_kvm(vmm, rand);
		break;
	case 2:
		give_birth(vmm, rand);
		break;
	case 3:
	case 4:
	case 5:
	case 6:
		reset(vmm, file.device);
		break;
	default:
		control(vmm, file.device, rand);
	}
}
