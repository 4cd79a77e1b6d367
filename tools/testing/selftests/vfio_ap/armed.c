// SPDX-License-Identifier: GPL-2.0-only
/*
 * armed - what becomes of a guest's interruptions when its queues go
 *
 * They are taken away, reset, lost by the machine; the guest is closed, or killed.
 * It is not woken by what it does not have any more, the machine does not write to
 * its memory, and no page stays pinned.  What comes back can be armed again.
 */
#include <errno.h>
#include <linux/vfio.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include "kselftest_harness.h"
#include "lib/bell.h"
#include "lib/finding.h"
#include "lib/sim.h"

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_DECONFIGURED	0x03
#define RC_CHANGING	0x07

#define ARRIVAL_MS	6000
#define A_MOMENT	50000

static const struct bell own = { BELL_OWN, 3, BELL_NIB(0) };
static const struct bell next = { BELL_NEXT, 5, BELL_NIB(1) };
static const struct bell other = { BELL_OTHER, 6, BELL_NIB(2) };

/* A guest with three armed queues, two of them of one adapter */
FIXTURE(guest) {
	struct lodger lodger;
	long pages;
};

FIXTURE_VARIANT(guest) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(guest, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(guest, cdev) {
	.way = VFIO_BY_CDEV,
};

static int arm(struct lodger *lodger, const struct bell *bell)
{
	int rc = bell_arm(lodger, bell);

	if (!rc && !bell_becomes(lodger, bell->apqn, true))
		rc = -ETIMEDOUT;
	return rc;
}

static int arm_all(struct lodger *lodger)
{
	return arm(lodger, &own) ?: arm(lodger, &next) ?: arm(lodger, &other);
}

FIXTURE_SETUP(guest)
{
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, bell_prepare(&self->lodger, variant->way));
	if (!vfio_way_exists(variant->way)) {
		bell_clean(&self->lodger);
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	self->pages = bell_pages();
	ASSERT_EQ(0, bell_move_in(&self->lodger));
	ASSERT_EQ(0, arm_all(&self->lodger));
	ASSERT_TRUE(bell_pages_become(self->pages + 3));
}

FIXTURE_TEARDOWN(guest)
{
	lodger_close(&self->lodger);
	EXPECT_TRUE(bell_pages_become(self->pages));
	EXPECT_TRUE(bell_machine_quiet());
	EXPECT_EQ(0, findings());
	EXPECT_EQ(0, bell_clean(&self->lodger));
}

#define PAGES(count)							\
	EXPECT_TRUE(bell_pages_become(self->pages + (count)))

#define WORKS(bell)							\
	EXPECT_EQ(0, bell_works(&self->lodger, bell))

/* The guest has the queue again, with interruptions off; they can be turned on. */
#define CAN_BE_ARMED(bell)						\
	do {								\
		EXPECT_TRUE(bell_becomes(&self->lodger, (bell)->apqn,	\
					 false));			\
		EXPECT_EQ(RC_CHANGING,					\
			  bell_disarm(&self->lodger, (bell)->apqn));	\
		EXPECT_EQ(0, arm(&self->lodger, bell));			\
		WORKS(bell);						\
	} while (0)

/* The guest does not have the queue, whatever it asks. */
#define IS_GONE(bell)							\
	do {								\
		EXPECT_EQ(RC_NOT_THERE, bell_arm(&self->lodger, bell));	\
		EXPECT_EQ(RC_NOT_THERE,					\
			  bell_disarm(&self->lodger, (bell)->apqn));	\
	} while (0)

TEST_F(guest, is_woken_by_all_its_queues)
{
	WORKS(&own);
	WORKS(&next);
	WORKS(&other);
}

TEST_F(guest, is_not_woken_by_what_it_lost)
{
	ASSERT_EQ(0, sim("latency 800000"));
	EXPECT_EQ(RC_NORMAL, lodger_send(&self->lodger, BELL_OWN, 1));
	ASSERT_EQ(0, mdev_write(BELL_MDEV, "unassign_domain", "4"));
	PAGES(1);
	ASSERT_EQ(0, sim("latency 200"));
	IS_GONE(&own);
	IS_GONE(&other);
	usleep(A_MOMENT);
	EXPECT_TRUE(bell_silent(&self->lodger));
	EXPECT_EQ(0, self->lodger.vm.mem[own.nib]);
	WORKS(&next);

	ASSERT_EQ(0, mdev_write(BELL_MDEV, "assign_domain", "4"));
	ASSERT_TRUE(lodger_gets(&self->lodger, BELL_OWN, ARRIVAL_MS));
	CAN_BE_ARMED(&own);
	PAGES(2);
}

/**
 * struct sleeper - a CPU of a guest that sends two requests and falls asleep
 * @lodger: the guest
 * @calls: what it does
 * @result: how that ended
 */
struct sleeper {
	struct lodger *lodger;
	struct ap_call calls[3];
	int result;
};

static void *sleep_in(void *arg)
{
	struct sleeper *sleeper = arg;

	sleeper->result = bell_ask(sleeper->lodger, sleeper->calls, 3);
	return NULL;
}

/* Both requests are under way when it falls asleep, one queue stays. */
TEST_F(guest, sleeps_on_while_a_queue_is_taken)
{
	struct sleeper sleeper = {
		.lodger = &self->lodger,
		.calls = { bell_request(&own, 1), bell_request(&other, 2),
			   bell_sleep() },
	};
	unsigned long sent = sim_count("nqap");
	pthread_t cpu;
	int left;

	ASSERT_EQ(0, sim("latency 800000"));
	ASSERT_EQ(0, pthread_create(&cpu, NULL, sleep_in, &sleeper));
	for (left = 500; left && sim_count("nqap") < sent + 2; left--)
		usleep(2000);
	usleep(2000);
	EXPECT_EQ(0, mdev_write(BELL_MDEV, "unassign_adapter", "4"));
	pthread_join(cpu, NULL);
	ASSERT_EQ(0, sleeper.result);
	EXPECT_EQ(0, bell_woke(&self->lodger, &other, &sleeper.calls[2]));
	EXPECT_EQ(RC_NORMAL, lodger_receive(&self->lodger, BELL_OTHER, 2, 0));
	usleep(A_MOMENT);
	EXPECT_TRUE(bell_silent(&self->lodger));
	EXPECT_EQ(0, self->lodger.vm.mem[own.nib]);
	IS_GONE(&own);
	IS_GONE(&next);
	PAGES(1);
}

static void *unassign(void *nothing)
{
	(void)nothing;
	mdev_write(BELL_MDEV, "unassign_domain", "4");
	return NULL;
}

/* Its queues are another's as soon as they are clean: not before that. */
TEST_F(guest, has_its_queues_reset_when_they_are_silent)
{
	unsigned long before = sim_count("pqap2");
	unsigned long meanwhile;
	pthread_t thread;
	long began;

	ASSERT_EQ(0, sim("aqic 900000"));
	began = now_ms();
	ASSERT_EQ(0, pthread_create(&thread, NULL, unassign, NULL));
	usleep(100000);
	meanwhile = sim_count("pqap2");
	/* Where time is real, that may have taken too long. */
	if (now_ms() - began < 700)
		EXPECT_EQ(before, meanwhile);
	pthread_join(thread, NULL);
	EXPECT_LE(before + 2, sim_count("pqap2"));
	PAGES(1);
	ASSERT_EQ(0, sim("aqic 0"));
}

TEST_F(guest, arms_an_adapter_that_came_back)
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		ASSERT_EQ(0, mdev_write(BELL_MDEV, "unassign_adapter", "4"));
		PAGES(1);
		ASSERT_EQ(0, mdev_write(BELL_MDEV, "assign_adapter", "4"));
		ASSERT_TRUE(lodger_gets(&self->lodger, BELL_OWN, ARRIVAL_MS));
		CAN_BE_ARMED(&own);
		CAN_BE_ARMED(&next);
		PAGES(3);
	}
	WORKS(&other);
}

/* Off and on again is the machine's doing, and resets the adapter's queues. */
TEST_F(guest, arms_an_adapter_that_the_machine_took)
{
	ASSERT_EQ(0, sim("off 4"));
	PAGES(1);
	IS_GONE(&own);
	ASSERT_EQ(0, sim("on 4"));
	ASSERT_TRUE(lodger_gets(&self->lodger, BELL_OWN, ARRIVAL_MS));
	CAN_BE_ARMED(&own);
	CAN_BE_ARMED(&next);
	PAGES(3);
}

TEST_F(guest, keeps_an_adapter_that_is_deconfigured)
{
	struct bell moved = { BELL_OWN, 2, BELL_NIB(3) };

	ASSERT_EQ(0, sim("standby 4"));
	EXPECT_EQ(RC_DECONFIGURED, bell_arm(&self->lodger, &moved));
	EXPECT_EQ(RC_DECONFIGURED, bell_disarm(&self->lodger, BELL_NEXT));
	ASSERT_EQ(0, sim("on 4"));
	EXPECT_TRUE(bell_becomes(&self->lodger, BELL_OWN, false));
	EXPECT_EQ(0, arm(&self->lodger, &moved));
	WORKS(&moved);
	CAN_BE_ARMED(&next);
	WORKS(&other);
	PAGES(3);
}

TEST_F(guest, may_be_reset)
{
	ASSERT_EQ(0, sim("latency 800000"));
	EXPECT_EQ(RC_NORMAL, lodger_send(&self->lodger, BELL_OWN, 1));
	ASSERT_EQ(0, lodger_reset(&self->lodger));
	PAGES(0);
	ASSERT_EQ(0, sim("latency 200"));
	EXPECT_TRUE(bell_silent(&self->lodger));
	CAN_BE_ARMED(&own);
	CAN_BE_ARMED(&next);
	CAN_BE_ARMED(&other);
	PAGES(3);
}

TEST_F(guest, may_be_closed)
{
	EXPECT_EQ(RC_NORMAL, lodger_send(&self->lodger, BELL_OWN, 1));
	lodger_close(&self->lodger);
	EXPECT_EQ(self->pages, bell_pages());
	ASSERT_EQ(0, bell_move_in(&self->lodger));
	CAN_BE_ARMED(&own);
	CAN_BE_ARMED(&next);
	CAN_BE_ARMED(&other);
}

/* What the last guest's end was waited for does not concern the next. */
TEST_F(guest, may_be_closed_and_opened_at_once)
{
	unsigned int i;

	for (i = 0; i < 5; i++) {
		lodger_close(&self->lodger);
		ASSERT_EQ(0, lodger_open(&self->lodger));
		EXPECT_EQ(RC_NORMAL, bell_arm(&self->lodger, &own));
	}
	PAGES(1);
}

/* The VM first: what it has is still open, but nobody executes any more. */
TEST_F(guest, may_end_before_its_mdev)
{
	vm_close(&self->lodger.vm);
	self->lodger.vm = (struct vm){ -1, -1, -1, -1, .run = NULL };
	self->lodger.file.vm = NULL;
	lodger_close(&self->lodger);
	PAGES(0);
	ASSERT_EQ(0, bell_move_in(&self->lodger));
	CAN_BE_ARMED(&own);
}

static void be_killed(struct lodger *lodger, int ready)
{
	if (bell_move_in(lodger) || arm_all(lodger) ||
	    lodger_send(lodger, BELL_OWN, 1) || write(ready, "", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

TEST_F(guest, may_be_killed)
{
	int status, ready[2];
	char byte;
	pid_t pid;

	lodger_close(&self->lodger);
	ASSERT_EQ(0, pipe(ready));
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid)
		be_killed(&self->lodger, ready[1]);
	close(ready[1]);
	ASSERT_EQ(1, read(ready[0], &byte, 1));
	EXPECT_TRUE(bell_pages_become(self->pages + 3));
	ASSERT_EQ(0, kill(pid, SIGKILL));
	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	ASSERT_TRUE(WIFSIGNALED(status));
	PAGES(0);
	ASSERT_EQ(0, bell_move_in(&self->lodger));
	CAN_BE_ARMED(&own);
	CAN_BE_ARMED(&other);
}

static void *remover(void *arg)
{
	atomic_bool *removed = arg;

	mdev_remove(BELL_MDEV);
	atomic_store(removed, true);
	return NULL;
}

/* A process of its own would have the mdev open, too, and wait for itself. */
TEST_F(guest, loses_all_when_the_mdev_is_removed)
{
	atomic_bool removed = false;
	pthread_t thread;
	int left;

	ASSERT_EQ(0, pthread_create(&thread, NULL, remover, &removed));
	for (left = 500; left; left--) {
		if (lodger_tapq(&self->lodger, BELL_OWN) == RC_NOT_THERE)
			break;
		usleep(10000);
	}
	IS_GONE(&own);
	IS_GONE(&other);
	PAGES(0);
	EXPECT_FALSE(atomic_load(&removed));
	lodger_close(&self->lodger);
	pthread_join(thread, NULL);
	EXPECT_FALSE(mdev_exists(BELL_MDEV));
}

TEST_HARNESS_MAIN
