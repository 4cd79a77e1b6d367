// SPDX-License-Identifier: GPL-2.0-only
/*
 * carddance - an adapter leaves and comes back while everybody uses it
 *
 * Adapter 4 dances.  04.0004 and 05.0004 belong to one guest, which is to
 * lose nothing on adapter 5; 04.0047 to another; for 04.00ab a third one and
 * the host take turns.  Each of them knows its own replies.
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STORM	factor for the number of steps
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "kselftest_harness.h"
#include "carddance.h"
#include "lib/finding.h"
#include "lib/world.h"

#define LIMIT		280

#define PATIENCE_MS	"300"

/*
 * The driver looks once a second whether a queue that was away can be zeroized
 * now.  If the host had bad luck all the time, the dancer stays longer than that.
 */
#define BREAK_MS	3000
#define BREAKS		5
#define LOOK_MS		20

/**
 * struct before - what was before the dance
 * @patience: reset_timeout_ms
 * @foreign: the machine's counter foreign_replies
 * @unzeroized: likewise
 */
struct before {
	char patience[32];
	long foreign;
	long unzeroized;
};

static int remember(struct before *before)
{
	before->foreign = machine_stat("foreign_replies");
	before->unzeroized = machine_stat("unzeroized");
	return sysfs_read(PATIENCE, before->patience,
			  sizeof(before->patience)) ?:
	       sysfs_write(PATIENCE, PATIENCE_MS);
}

static void dance(struct hall *hall, const char *away, const char *back,
		  int scan)
{
	hall_step(hall, away, scan);
	/* What the host lost waits until the bus looks. */
	hall_step(hall, back, scan || rand_one_in(&hall->rand, 3));
}

/* Has the host had its turn, at last? */
static int have_break(struct hall *hall)
{
	int left = BREAK_MS / LOOK_MS;

	while (!atomic_load(&hall->host_turns) && left--) {
		hall_look(hall);
		usleep(LOOK_MS * 1000);
	}
	return atomic_load(&hall->host_turns);
}

FIXTURE(dance) {
	struct hall hall;
	struct before before;
};

FIXTURE_VARIANT(dance) {
	const char *away;
	const char *back;
	int scan;
	int card_stays;
};

/* The bus is told of these. */
FIXTURE_VARIANT_ADD(dance, off) {
	.away = "off 4", .back = "on 4",
};

FIXTURE_VARIANT_ADD(dance, unplugged) {
	.away = "nocard 4", .back = "card 4 CEX8 A",
};

FIXTURE_VARIANT_ADD(dance, without_a_domain) {
	.away = "nodomain 0x47", .back = "domain 0x47 both", .card_stays = 1,
};

/* These it sees when it looks. */
FIXTURE_VARIANT_ADD(dance, standby) {
	.away = "standby 4", .back = "on 4",
};

FIXTURE_VARIANT_ADD(dance, standby_seen) {
	.away = "standby 4", .back = "on 4", .scan = 1,
};

FIXTURE_VARIANT_ADD(dance, checkstop) {
	.away = "checkstop 4", .back = "on 4",
};

FIXTURE_VARIANT_ADD(dance, checkstop_seen) {
	.away = "checkstop 4", .back = "on 4", .scan = 1,
};

FIXTURE_SETUP(dance)
{
	if (access(MACHINE, F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, remember(&self->before));
	ASSERT_EQ(0, hall_begin(&self->hall, variant->card_stays, 0));
	ASSERT_EQ(0, findings());
}

FIXTURE_TEARDOWN(dance)
{
	hall_end(&self->hall);
	sysfs_write(PATIENCE, self->before.patience);
}

TEST_F_TIMEOUT(dance, everybody_gets_only_own_replies, LIMIT)
{
	struct hall *hall = &self->hall;
	int steps = 6 * world_scale() + 1;
	pthread_t partner;
	int i;

	ASSERT_EQ(0, pthread_create(&partner, NULL, hall_turns, hall));
	for (i = 0; i < steps; i++)
		dance(hall, variant->away, variant->back, variant->scan);
	for (i = 0; i < BREAKS && !have_break(hall); i++)
		dance(hall, variant->away, variant->back, variant->scan);
	usleep(100000);
	atomic_store(&hall->over, 1);
	while (!atomic_load(&hall->turned)) {
		hall_look(hall);
		usleep(LOOK_MS * 1000);
	}
	pthread_join(partner, NULL);
	hall_check_tenants(hall);
	EXPECT_EQ(0, findings());
	EXPECT_LT(0, atomic_load(&hall->host_turns));
	EXPECT_EQ(self->before.foreign, machine_stat("foreign_replies"));
	EXPECT_EQ(self->before.unzeroized, machine_stat("unzeroized"));
}

/* The bus asks every 40 ms how its own start of a queue goes. */
static void check_interrupts(const char *when)
{
	unsigned int i, n, look;
	char text[64];

	for (look = 0; look < 10; look++) {
		for (i = 0; i < TENANTS; i++) {
			for (n = 0; n < HALL_QUEUES && hall_queue(i, n); n++) {
				text[0] = '\0';
				queue_read(hall_queue(i, n), "interrupt",
					   text, sizeof(text));
				if (strcmp(text, "Interrupts disabled."))
					finding("%s: %04x: %s", when,
						hall_queue(i, n), text);
			}
		}
		usleep(20000);
	}
}

FIXTURE(bus) {
	struct hall hall;
	struct before before;
};

FIXTURE_SETUP(bus)
{
	if (access(MACHINE, F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, remember(&self->before));
	ASSERT_EQ(0, hall_begin(&self->hall, 0, 1));
	ASSERT_EQ(0, findings());
}

FIXTURE_TEARDOWN(bus)
{
	hall_end(&self->hall);
	sysfs_write(PATIENCE, self->before.patience);
}

TEST_F_TIMEOUT(bus, gets_no_interrupts_of_guests, LIMIT)
{
	static const char *const figure[][2] = {
		{ "off 4", "on 4" }, { "nocard 4", "card 4 CEX8 A" },
		{ "nodomain 0x47", "domain 0x47 both" },
		{ "standby 4", "on 4" }, { "checkstop 4", "on 4" },
	};
	unsigned int i;

	check_interrupts("at first");
	for (i = 0; i < sizeof(figure) / sizeof(*figure); i++) {
		hall_step(&self->hall, figure[i][0], 1);
		hall_step(&self->hall, figure[i][1], 1);
		hall_await_all(figure[i][0]);
		check_interrupts(figure[i][0]);
	}
	EXPECT_EQ(0, findings());
}

/*
 * A queue that the bus has found itself, be it for a guest, is reset by the
 * bus when its adapter comes back, unless it has let go of it.
 */
TEST_F_TIMEOUT(bus, resets_nothing_of_guests, LIMIT)
{
	struct hall *hall = &self->hall;
	long before;

	hall_step(hall, "off 4", 1);
	hall_step(hall, "on 4", 1);
	hall_await_all("later");
	usleep(300000);
	before = machine_stat("pqap1");
	hall_step(hall, "standby 4", 1);
	hall_step(hall, "on 4", 1);
	hall_step(hall, "checkstop 4", 1);
	hall_step(hall, "on 4", 1);
	usleep(300000);
	EXPECT_EQ(before, machine_stat("pqap1"));
	hall_await_all("in the end");
	EXPECT_EQ(0, findings());
}

TEST_HARNESS_MAIN
