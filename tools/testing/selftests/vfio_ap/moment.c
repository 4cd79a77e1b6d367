// SPDX-License-Identifier: GPL-2.0-only
/*
 * moment - an enablement whose page or queue goes at the last moment
 *
 * A guest's CPU has pinned the page of a notification byte, and is about to tell
 * the machine.  To look whether a protected guest shares the page takes a while
 * here, and meanwhile something happens.
 */
#include <pthread.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "lib/dma.h"
#include "lib/sim.h"
#include "lib/vm_uml.h"

#define APMASK		"/sys/bus/ap/apmask"
#define ONE		"11111111-2222-4333-8444-555555555555"
#define OWN		0x0404
#define ISC		3

#define PQAP		0xb2af
#define AQIC_ON		0x0000800000000000ULL

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_BUSY		0x05

/* How long it takes to look, and when something happens, in milliseconds */
#define LOOK_MS		300
#define THEN_MS		100
#define SLACK_MS	50

FIXTURE(moment) {
	struct vm vm;
	struct mdev_file file;
	struct dma dma;
	long pins;
};

FIXTURE_VARIANT(moment) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(moment, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(moment, cdev) {
	.way = VFIO_BY_CDEV,
};

static void leave_nothing(void)
{
	mdev_remove(ONE);
	sysfs_write(APMASK, "+4");
}

FIXTURE_SETUP(moment)
{
	self->file = MDEV_CLOSED;
	leave_nothing();
	ASSERT_EQ(0, sysfs_write(APMASK, "-4"));
	ASSERT_EQ(0, mdev_create(ONE));
	ASSERT_EQ(0, mdev_write(ONE, "ap_config", "0x08,0x08,"));
	ASSERT_EQ(0, vm_open_as(&self->vm, 2, APSIM_KVM_PROTECTED));
	ASSERT_EQ(0, mdev_open(&self->file, variant->way, ONE, &self->vm));
	ASSERT_EQ(0, dma_init(&self->dma, &self->file));
	ASSERT_EQ(0, vm_share(&self->vm, VM_BLOCK));
	self->pins = pins();
	ASSERT_GE(self->pins, 0);
}

FIXTURE_TEARDOWN(moment)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
}

/**
 * struct question - what a CPU asks, and what happens meanwhile
 * @vm: its machine
 * @answer: the response code
 * @took: how long that took which happened, in milliseconds
 */
struct question {
	struct vm *vm;
	int answer;
	long took;
};

static void *enable(void *arg)
{
	struct question *question = arg;
	struct apsim_kvm_exec exec = {
		.gr = { AP_FC_AQIC | OWN, AQIC_ON | ISC, VM_BLOCK },
		.insn = PQAP,
	};

	question->answer = vm_exec(question->vm, &exec);
	if (!question->answer)
		question->answer = exec.gr[1] >> 16 & 0xff;
	return NULL;
}

/* @deed is done at that moment. */
static int ask(struct question *question, struct dma *dma,
	       int (*deed)(struct dma *dma))
{
	pthread_t thread;
	long began;
	int rc;

	rc = vm_pin_ms(question->vm, LOOK_MS) ?:
	     -pthread_create(&thread, NULL, enable, question);
	if (rc)
		return rc;
	usleep(THEN_MS * 1000);
	began = now_ms();
	rc = deed(dma);
	question->took = now_ms() - began;
	pthread_join(thread, NULL);
	return rc;
}

#define ANSWER_IF(want, deed)						\
	struct question question = { .vm = &self->vm };			\
									\
	ASSERT_EQ(0, ask(&question, &self->dma, deed));			\
	EXPECT_EQ(want, question.answer)

static int do_nothing(struct dma *dma)
{
	(void)dma;
	return 0;
}

static int unmap(struct dma *dma)
{
	return dma_unmap(dma, 0, VM_SIZE);
}

static int detach(struct dma *dma)
{
	return dma_detach(dma);
}

static int unassign(struct dma *dma)
{
	(void)dma;
	return mdev_write(ONE, "unassign_adapter", "4");
}

/* Registered, armed and pinned: all or nothing */
#define HOLDS(want)							\
	do {								\
		unsigned int __registered, __armed;			\
									\
		ASSERT_EQ(0, vm_isc(&self->vm, ISC, &__registered, &__armed)); \
		EXPECT_EQ(want, __registered);				\
		EXPECT_EQ(want, __armed);				\
		EXPECT_TRUE(pins_become(self->pins + (want)));		\
	} while (0)

/* Nobody goes on while a page is still pinned. */
#define WAITS()								\
	EXPECT_LE(LOOK_MS - THEN_MS - SLACK_MS, question.took)

TEST_F(moment, passes)
{
	ANSWER_IF(RC_NORMAL, do_nothing);
	HOLDS(1);
}

TEST_F(moment, takes_the_memory)
{
	ANSWER_IF(RC_BUSY, unmap);
	WAITS();
	HOLDS(0);
}

TEST_F(moment, takes_all_memory)
{
	if (variant->way != VFIO_BY_CDEV)
		SKIP(return, "a container cannot be left while the device is open");
	ANSWER_IF(RC_BUSY, detach);
	WAITS();
	HOLDS(0);
}

TEST_F(moment, takes_the_queue)
{
	ANSWER_IF(RC_NOT_THERE, unassign);
	HOLDS(0);
}

TEST_HARNESS_MAIN
