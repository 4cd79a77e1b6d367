// SPDX-License-Identifier: GPL-2.0-only
/*
 * unmap - guest memory goes while the machine may write into it
 *
 * A guest's memory is mapped in slices, its queues have notification bytes in
 * several of them, and slices are unmapped: what lies in them ends before the
 * call returns, what lies elsewhere stays as it is.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "kselftest_harness.h"
#include "lib/dma.h"
#include "lib/rand.h"
#include "lib/sim.h"

#define APMASK		"/sys/bus/ap/apmask"
#define ONE		"11111111-2222-4333-8444-555555555555"

/* Slices of guest memory; what the guest's program needs is in the first half. */
#define SLICE		0x10000
#define SLICES		(VM_SIZE / SLICE)
#define FIRST		8

/* What is done often ends earlier on a kernel that looks for races. */
#define BUSY_MS		20000
#define LIMIT_S		90

#define QUEUES		4
static const unsigned int queues[QUEUES] = { 0x0404, 0x0447, 0x0504, 0x0547 };

#define IR		0x0000800000000000ULL
#define I_BIT		0x01000000
#define ISC		3

#define RC_NORMAL	0x00
#define RC_BUSY		0x05
#define RC_BAD_NIB	0x06
#define RC_ALREADY	0x07

static void leave_nothing(void)
{
	sim("reset 1000; aqic 0");
	mdev_remove(ONE);
	sysfs_write(APMASK, "+4,+5");
}

static int prepare(void)
{
	leave_nothing();
	if (sysfs_write(APMASK, "-4,-5") || mdev_create(ONE) ||
	    mdev_write(ONE, "ap_config", "0x0c,0x080000000000000001,"))
		return -1;
	return 0;
}

/* In UML each VM that is not freed is a reference to the machine. */
static int references(void)
{
	char text[16];

	return sysfs_read("/sys/module/apsim/refcnt", text, sizeof(text)) ?
	       -1 : atoi(text);
}

static int references_become(int want)
{
	int tries;

	for (tries = 0; tries < 100 && references() != want; tries++)
		usleep(50000);
	return references() == want;
}

static uint64_t slice(unsigned int n)
{
	return (uint64_t)n * SLICE;
}

FIXTURE(unmap) {
	struct vm vm;
	int references;
	struct mdev_file file;
	struct dma dma;
	long pins;
};

FIXTURE_VARIANT(unmap) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(unmap, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(unmap, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(unmap)
{
	unsigned int i;

	self->file = MDEV_CLOSED;
	self->references = references();
	ASSERT_EQ(0, prepare());
	/* /dev/vfio/devices is not there before there is one. */
	if (!vfio_way_exists(variant->way)) {
		leave_nothing();
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	ASSERT_EQ(0, vm_open(&self->vm));
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
	ASSERT_EQ(0, dma_init(&self->dma, &self->file));
	ASSERT_EQ(0, dma_unmap(&self->dma, 0, VM_SIZE));
	for (i = 0; i < SLICES; i++)
		ASSERT_EQ(0, dma_map(&self->dma, self->vm.mem + slice(i),
				     slice(i), SLICE));
	self->pins = pins();
	ASSERT_GE(self->pins, 0);
}

FIXTURE_TEARDOWN(unmap)
{
	mdev_close(&self->file);
	EXPECT_TRUE(pins_become(self->pins));
	vm_close(&self->vm);
	leave_nothing();
	EXPECT_TRUE(references_become(self->references));
}

static int aqic(struct vm *vm, unsigned int apqn, uint64_t gr1, uint64_t nib)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC | apqn,
		.gr1 = gr1,
		.gr2 = nib,
	};
	int rc = vm_execute(vm, &call, 1);

	return rc ?: (int)ap_rc(&call);
}

/* Just after an unmapping the driver may ask to try again. */
static int enable(struct vm *vm, unsigned int apqn, uint64_t nib)
{
	int tries, rc;

	for (tries = 0; tries < 100; tries++) {
		rc = aqic(vm, apqn, IR | ISC, nib);
		if (rc != RC_BUSY)
			return rc;
		usleep(10000);
	}
	return rc;
}

/* Are interruptions on, as the machine has it?  -1: the guest is broken. */
static int is_on(struct vm *vm, unsigned int apqn)
{
	struct ap_call call = { .insn = AP_PQAP, .gr0 = AP_FC_TAPQ | apqn };

	return vm_execute(vm, &call, 1) ? -1 : !!(call.gr1 & I_BIT);
}

TEST_F(unmap, leaves_what_lies_elsewhere)
{
	unsigned int i;

	for (i = 0; i < QUEUES; i++)
		ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[i],
					    slice(FIRST + i) + 0x1000 - 1));
	ASSERT_TRUE(pins_become(self->pins + QUEUES));
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST + 1), SLICE));
	EXPECT_TRUE(pins_become(self->pins + QUEUES - 1));
	EXPECT_EQ(1, is_on(&self->vm, queues[0]));
	EXPECT_EQ(0, is_on(&self->vm, queues[1]));
	EXPECT_EQ(1, is_on(&self->vm, queues[2]));
	EXPECT_EQ(1, is_on(&self->vm, queues[3]));
	EXPECT_EQ(RC_ALREADY, aqic(&self->vm, queues[1], 0, 0));
}

/* A queue without interruptions has no address, and 0 is one. */
TEST_F(unmap, of_address_0_is_nothing_to_queues_without_interrupts)
{
	unsigned long asked;

	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
	asked = sim_count("pqap3");
	ASSERT_EQ(0, dma_unmap(&self->dma, 0, SLICE));
	EXPECT_EQ(asked, sim_count("pqap3"));
	EXPECT_EQ(1, is_on(&self->vm, queues[0]));
}

TEST_F(unmap, ends_all_that_lies_there)
{
	unsigned int i;

	for (i = 0; i < QUEUES; i++)
		ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[i], slice(FIRST) + i));
	/* One page each, however many bytes lie in it. */
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	EXPECT_TRUE(pins_become(self->pins));
	for (i = 0; i < QUEUES; i++)
		EXPECT_EQ(0, is_on(&self->vm, queues[i]));
}

TEST_F(unmap, of_everything_at_once)
{
	unsigned int i;

	for (i = 0; i < QUEUES; i++)
		ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[i], slice(FIRST + i)));
	ASSERT_EQ(0, dma_unmap(&self->dma, 0, VM_SIZE));
	EXPECT_TRUE(pins_become(self->pins));
	for (i = 0; i < QUEUES; i++)
		EXPECT_EQ(0, is_on(&self->vm, queues[i]));
}

TEST_F(unmap, leaves_nothing_to_enable_with)
{
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[0], slice(FIRST)));
	EXPECT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST + 1)));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[1], slice(FIRST)));
	EXPECT_TRUE(pins_become(self->pins + 1));
}

/* Nobody can pin there any more, so the guest need not try again. */
TEST_F(unmap, through_iommufd_leaves_no_doubt)
{
	if (variant->way != VFIO_BY_CDEV)
		SKIP(return, "a container asks more than once, so the guest may have to");
	/* Without a byte there nobody would tell the driver. */
	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	EXPECT_EQ(RC_BAD_NIB, aqic(&self->vm, queues[1], IR | ISC, slice(FIRST)));
}

TEST_F(unmap, and_map_again)
{
	unsigned int round;

	for (round = 0; round < 5; round++) {
		ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
		ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
		ASSERT_EQ(0, dma_map(&self->dma, self->vm.mem + slice(FIRST),
				     slice(FIRST), SLICE));
	}
	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
	EXPECT_TRUE(pins_become(self->pins + 1));
}

/* Mapped for DMA, but the guest has no storage there. */
TEST_F(unmap, a_byte_outside_of_the_guest_is_not_written)
{
	void *more = mmap(NULL, SLICE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ASSERT_NE(MAP_FAILED, more);
	ASSERT_EQ(0, dma_map(&self->dma, more, VM_SIZE, SLICE));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[0], VM_SIZE));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[0], VM_SIZE + SLICE - 1));
	EXPECT_EQ(RC_NORMAL, enable(&self->vm, queues[0], VM_SIZE - 1));
	EXPECT_TRUE(pins_become(self->pins + 1));
	munmap(more, SLICE);
}

/* Readable memory is not enough. */
TEST_F(unmap, a_byte_that_cannot_be_written_is_refused)
{
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	ASSERT_EQ(0, mprotect(self->vm.mem + slice(FIRST), SLICE, PROT_READ));
	ASSERT_EQ(0, dma_map(&self->dma, self->vm.mem + slice(FIRST),
			     slice(FIRST), SLICE));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[0], slice(FIRST)));
	EXPECT_TRUE(pins_become(self->pins));
}

/* The memory could be written, but the mapping is to be read only. */
TEST_F(unmap, a_byte_that_is_mapped_to_be_read_is_refused)
{
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	ASSERT_EQ(0, dma_map_as(&self->dma, self->vm.mem + slice(FIRST),
				slice(FIRST), SLICE, 0));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[0], slice(FIRST)));
	EXPECT_TRUE(pins_become(self->pins));
}

TEST_F(unmap, waits_for_an_enablement_that_is_under_way)
{
	static const unsigned int us[] = { 200000, 400000 };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		ASSERT_EQ(0, sim("aqic %u", us[i]));
		ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[i], slice(FIRST + i)));
		EXPECT_EQ(0, is_on(&self->vm, queues[i]));
		ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST + i), SLICE));
		EXPECT_TRUE(pins_become(self->pins));
		usleep(500000);
		EXPECT_EQ(0, is_on(&self->vm, queues[i]));
	}
}

/* The machine does not do as it is told: the page is let go of all the same. */
TEST_F(unmap, ends_although_interrupts_do_not)
{
	long began = now_ms();
	int log = log_open();

	ASSERT_GE(log, 0);
	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[1], slice(FIRST + 1)));
	ASSERT_EQ(0, sim("aqic 100000000"));
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	EXPECT_LT(now_ms() - began, 5000);
	EXPECT_EQ(1, log_count(log, "04.0004", "interruptions do not end"));
	EXPECT_TRUE(pins_become(self->pins + 1));
	EXPECT_EQ(1, is_on(&self->vm, queues[0]));
	EXPECT_EQ(1, is_on(&self->vm, queues[1]));
	/* A reset ends it. */
	mdev_close(&self->file);
	EXPECT_TRUE(pins_become(self->pins));
	close(log);
}

static void *heal(void *arg)
{
	usleep(300000);
	sim("%s", (char *)arg);
	return NULL;
}

/* With an asynchronous error a queue answers resets only. */
TEST_F(unmap, is_not_put_off_by_an_error_that_passes)
{
	long unpinned = sim_count("unpinned");
	int log = log_open();
	pthread_t thread;

	ASSERT_GE(log, 0);
	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
	ASSERT_EQ(0, sim("async 04.0004 0x36"));
	ASSERT_EQ(0, pthread_create(&thread, NULL, heal, "async 04.0004 0"));
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	pthread_join(thread, NULL);
	EXPECT_TRUE(pins_become(self->pins));
	EXPECT_EQ(0, is_on(&self->vm, queues[0]));
	EXPECT_EQ(0, log_count(log, "04.0004", "interruptions do not end"));
	EXPECT_EQ(unpinned, sim_count("unpinned"));
	close(log);
}

TEST_F(unmap, ends_although_the_queue_has_an_error)
{
	long unpinned = sim_count("unpinned");
	long began = now_ms();
	int log = log_open();

	ASSERT_GE(log, 0);
	ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
	ASSERT_EQ(0, sim("async 04.0004 0x36"));
	ASSERT_EQ(0, dma_unmap(&self->dma, slice(FIRST), SLICE));
	EXPECT_LT(now_ms() - began, 5000);
	EXPECT_TRUE(pins_become(self->pins));
	EXPECT_EQ(1, log_count(log, "04.0004", "interruptions do not end"));
	EXPECT_EQ(unpinned, sim_count("unpinned"));
	/* Closing resets the queue, which ends the error, too. */
	mdev_close(&self->file);
	EXPECT_EQ(unpinned, sim_count("unpinned"));
	close(log);
}

TEST_F(unmap, detaching_ends_everything)
{
	unsigned int i;

	if (variant->way != VFIO_BY_CDEV)
		SKIP(return, "a container cannot be left while the device is open");
	for (i = 0; i < QUEUES; i++)
		ASSERT_EQ(RC_NORMAL, enable(&self->vm, queues[i], slice(FIRST + i)));
	ASSERT_EQ(0, dma_detach(&self->dma));
	EXPECT_TRUE(pins_become(self->pins));
	EXPECT_EQ(RC_BAD_NIB, enable(&self->vm, queues[0], slice(FIRST)));
	ASSERT_EQ(0, dma_attach(&self->dma));
	EXPECT_EQ(RC_NORMAL, enable(&self->vm, queues[0], slice(FIRST)));
}

/**
 * struct mapper - a thread that unmaps and maps a slice all the time
 * @dma: of this mdev
 * @mem: the guest's memory
 * @first: its slices
 * @stop: it is to end
 * @wrong: what went wrong
 * @rounds: how often it did
 */
struct mapper {
	const struct dma *dma;
	unsigned char *mem;
	unsigned int first;
	atomic_bool *stop;
	int wrong;
	unsigned int rounds;
};

static void *mapper_run(void *arg)
{
	struct mapper *m = arg;
	struct rand rand = rand_stream(m->first, 7);

	while (!atomic_load(m->stop) && !m->wrong) {
		uint64_t at = slice(m->first + rand_below(&rand, 2));

		m->wrong = dma_unmap(m->dma, at, SLICE);
		if (!m->wrong)
			m->wrong = dma_map(m->dma, m->mem + at, at, SLICE);
		m->rounds++;
		rand_pause(&rand, 2000);
	}
	return NULL;
}

/* Two that unmap, and a CPU that enables in all of their memory. */
TEST_F_TIMEOUT(unmap, by_two_at_once_while_the_guest_enables, LIMIT_S)
{
	atomic_bool stop = false;
	struct mapper mapper[2];
	struct rand rand = { 1 };
	pthread_t thread[2];
	unsigned int i, round;
	long began = now_ms();
	int rc;

	for (i = 0; i < 2; i++) {
		mapper[i] = (struct mapper){
			.dma = &self->dma,
			.mem = self->vm.mem,
			.first = FIRST + 2 * i,
			.stop = &stop,
		};
		ASSERT_EQ(0, pthread_create(&thread[i], NULL, mapper_run,
					    &mapper[i]));
	}
	for (round = 0; round < 2000 && now_ms() - began < BUSY_MS; round++) {
		unsigned int apqn = queues[rand_below(&rand, QUEUES)];
		uint64_t at = slice(FIRST + rand_below(&rand, 4)) +
			      rand_below(&rand, SLICE);

		rc = aqic(&self->vm, apqn, rand_one_in(&rand, 4) ? 0 : IR | ISC, at);
		ASSERT_GE(rc, 0);
		ASSERT_TRUE(rc == RC_NORMAL || rc == RC_BUSY || rc == RC_BAD_NIB ||
			    rc == RC_ALREADY) {
			TH_LOG("AQIC ends with %02x", rc);
		}
		rand_pause(&rand, 200);
	}
	atomic_store(&stop, true);
	for (i = 0; i < 2; i++) {
		pthread_join(thread[i], NULL);
		EXPECT_EQ(0, mapper[i].wrong);
		EXPECT_GT(mapper[i].rounds, 10);
	}
	ASSERT_EQ(0, dma_unmap(&self->dma, 0, VM_SIZE));
	EXPECT_TRUE(pins_become(self->pins));
}

TEST_HARNESS_MAIN
