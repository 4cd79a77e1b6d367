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
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "kselftest_harness.h"
#include "lib/finding.h"
#include "lib/tenant.h"
#include "lib/world.h"
#include "lib/zcrypt.h"

#define LIMIT		280

#define DANCER		4
#define PATIENCE_MS	"300"

enum { FIRST, SECOND, THIRD, TENANTS };

/* Who has what when nobody dances */
static const struct {
	const char *uuid;
	const char *config;
	unsigned int queue[2];
	const char *matrix;
} tenants[TENANTS] = {
	{ "11111111-2222-4333-8444-555555555555", "0x0c,0x08,",
	  { 0x0404, 0x0504 }, "04.0004\n05.0004" },
	{ "22222222-3333-4444-8555-666666666666", "0x08,0x000000000000000001,",
	  { 0x0447 }, "04.0047" },
	{ "33333333-4444-4555-8666-777777777777",
	  "0x08,0x0000000000000000000000000000000000000000001,",
	  { 0x04ab }, "04.00ab" },
};

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
};

static void clean(void)
{
	unsigned int i;

	for (i = 0; i < TENANTS; i++)
		mdev_remove(tenants[i].uuid);
	if (machine("on %u", DANCER))
		machine("card %u CEX8 A", DANCER);
	machine("domain 0x47 both");
	rescan();
	bus_write("apmask", "+0-255");
	bus_write("aqmask", "+0-255");
}

static int assign(unsigned int n)
{
	return mdev_write(tenants[n].uuid, "ap_config", tenants[n].config);
}

/* Everybody gets everything, by itself. */
static void await_all(const char *when)
{
	char path[128], text[4096];
	unsigned int i;

	for (i = 0; i < TENANTS; i++) {
		snprintf(path, sizeof(path), MATRIX "%s/guest_matrix",
			 tenants[i].uuid);
		if (!wait_for_text(path, tenants[i].matrix, text, sizeof(text)))
			finding("%s: guest %u has %s, should have %s", when, i,
				text, tenants[i].matrix);
	}
}

/*
 * 04.0004 is not the dancer's if a domain is what goes.  Guests that @poll leave
 * interrupts to those who should not have any.
 */
static int begin(struct hall *hall, int card_stays, int poll)
{
	enum vfio_way way = vfio_way_exists(VFIO_BY_CDEV) ? VFIO_BY_CDEV :
							    VFIO_BY_GROUP;
	struct tenant *tenant = hall->tenant;
	unsigned int i;
	int rc;

	clean();
	hall->rand = rand_stream(world_seed(), 0);
	pthread_mutex_init(&hall->floor, NULL);
	pthread_mutex_init(&hall->wire, NULL);
	rc = bus_write("aqmask", "-4,-0x47,-0xab");
	for (i = 0; !rc && i < TENANTS; i++) {
		rc = mdev_create(tenants[i].uuid) ?: assign(i);
		rc = rc ?: tenant_create(&tenant[i], rand_next(&hall->rand));
		tenant[i].traffic.polls = poll;
	}
	if (rc)
		return rc;
	await_all("at first");
	traffic_use(&tenant[FIRST].traffic, 0x0504, 1);
	traffic_use(&tenant[FIRST].traffic, 0x0404, card_stays);
	traffic_use(&tenant[SECOND].traffic, 0x0447, 0);
	traffic_use(&tenant[THIRD].traffic, 0x04ab, 0);
	for (i = 0; !rc && i < TENANTS; i++)
		rc = tenant_open(&tenant[i], way, tenants[i].uuid) ?:
		     tenant_run(&tenant[i]);
	return rc;
}

static void end(struct hall *hall)
{
	unsigned int i;

	for (i = 0; i < TENANTS; i++)
		tenant_destroy(&hall->tenant[i]);
	clean();
}

static void look(struct hall *hall)
{
	pthread_mutex_lock(&hall->floor);
	rescan();
	pthread_mutex_unlock(&hall->floor);
}

/*
 * A request of the host that an adapter takes with it and comes back without
 * anybody seeing that keeps zcrypt waiting for a quarter of an hour.  So it is not
 * taken; what waits because the adapter is away already goes on when the bus looks.
 */
static void wait_for_host(struct hall *hall)
{
	while (pthread_mutex_trylock(&hall->wire)) {
		look(hall);
		usleep(5000);
	}
}

/* The machine does something, and the bus looks at once or in its own time. */
static void step(struct hall *hall, const char *command, int scan)
{
	wait_for_host(hall);
	pthread_mutex_lock(&hall->floor);
	if (machine("%s", command))
		finding("the machine does not do '%s'", command);
	pthread_mutex_unlock(&hall->wire);
	if (scan)
		rescan();
	pthread_mutex_unlock(&hall->floor);
	rand_pause(&hall->rand, 30000);
}

/* One request through zcrypt, where there is one: what goes in comes out. */
static int host_request(int zcrypt, struct rand *rand)
{
	unsigned char in[128], out[128] = { 0 }, exponent[128] = { 0 };
	unsigned char modulus[128];
	struct test_rsa_modexpo request = {
		.inputdata = in,
		.inputdatalength = sizeof(in),
		.outputdata = out,
		.outputdatalength = sizeof(out),
		.b_key = exponent,
		.n_modulus = modulus,
	};
	unsigned int i;

	for (i = 0; i < sizeof(in); i++)
		in[i] = rand_next(rand);
	in[0] = 0;
	exponent[127] = 1;
	memset(modulus, 0xff, sizeof(modulus));
	if (ioctl(zcrypt, TEST_RSA_MODEXPO, &request)) {
		if (errno != ENODEV)
			finding("zcrypt: %s", strerrorname_np(errno));
		return 0;
	}
	if (memcmp(in, out, sizeof(in)))
		finding("the host got another's reply");
	return 1;
}

static void use_as_host(struct hall *hall, struct rand *rand)
{
	int zcrypt = open(TEST_ZCRYPT, O_RDWR | O_CLOEXEC);
	unsigned int i;

	atomic_fetch_add(&hall->host_turns, 1);
	for (i = 0; i < 8; i++) {
		pthread_mutex_lock(&hall->wire);
		if (zcrypt >= 0)
			hall->host_replies += host_request(zcrypt, rand);
		pthread_mutex_unlock(&hall->wire);
		rand_pause(rand, 3000);
	}
	if (zcrypt >= 0)
		close(zcrypt);
}

static int move_domain(struct hall *hall, const char *text)
{
	int rc;

	pthread_mutex_lock(&hall->floor);
	rc = bus_write("aqmask", text);
	pthread_mutex_unlock(&hall->floor);
	if (rc && rc != -EBUSY)
		finding("aqmask %s: %s", text, strerrorname_np(-rc));
	return rc;
}

/*
 * The host gets what the third guest gives up, as soon as it is clean; if the
 * adapter is away for long the guest may have it back.
 */
static void take_turn(struct hall *hall, struct rand *rand)
{
	unsigned int tries = 50;
	int rc;

	if (mdev_write(tenants[THIRD].uuid, "ap_config", ",,"))
		finding("nothing cannot be assigned");
	while ((rc = move_domain(hall, "+0xab")) && --tries)
		usleep(2000);
	if (!rc) {
		if (!assign(THIRD))
			finding("what is the host's was assigned");
		use_as_host(hall, rand);
		if (move_domain(hall, "-0xab"))
			finding("the host does not give the domain back");
	}
	if (assign(THIRD))
		finding("what the host gave back cannot be assigned");
}

static void *turns(void *arg)
{
	struct hall *hall = arg;
	struct rand rand = rand_stream(hall->rand.state, 77);

	while (!atomic_load(&hall->over)) {
		take_turn(hall, &rand);
		rand_pause(&rand, 30000);
	}
	atomic_store(&hall->turned, 1);
	return NULL;
}

static void check_tenants(struct hall *hall)
{
	struct tenant *tenant = hall->tenant;
	unsigned int i, n, lost;

	await_all("after the dance");
	for (i = 0; i < TENANTS; i++) {
		tenant_halt(&tenant[i]);
		lost = traffic_drain(&tenant[i].traffic);
		if (lost)
			finding("guest %u: %u requests have no reply", i, lost);
		for (n = 0; n < 2 && tenants[i].queue[n]; n++)
			if (!traffic_works(&tenant[i].traffic,
					   tenants[i].queue[n]))
				finding("guest %u: %04x does not answer", i,
					tenants[i].queue[n]);
		for (n = 0; n < tenant[i].traffic.queues; n++)
			note("%04x: %lu requests, %lu replies",
			     tenant[i].traffic.queue[n].apqn,
			     tenant[i].traffic.queue[n].sent,
			     tenant[i].traffic.queue[n].got);
	}
	note("the host: %u turns, %u replies", atomic_load(&hall->host_turns),
	     hall->host_replies);
}

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
	ASSERT_EQ(0, begin(&self->hall, variant->card_stays, 0));
	ASSERT_EQ(0, findings());
}

FIXTURE_TEARDOWN(dance)
{
	end(&self->hall);
	sysfs_write(PATIENCE, self->before.patience);
}

TEST_F_TIMEOUT(dance, everybody_gets_only_own_replies, LIMIT)
{
	struct hall *hall = &self->hall;
	int steps = 6 * world_scale() + 1;
	pthread_t partner;
	int i;

	ASSERT_EQ(0, pthread_create(&partner, NULL, turns, hall));
	/* On a slow machine the host may need longer for a turn. */
	for (i = 0; i < steps ||
	     (!atomic_load(&hall->host_turns) && i < 50 * steps); i++) {
		step(hall, variant->away, variant->scan);
		/* What the host lost waits until the bus looks. */
		step(hall, variant->back, variant->scan ||
		     rand_one_in(&hall->rand, 3));
	}
	usleep(100000);
	atomic_store(&hall->over, 1);
	while (!atomic_load(&hall->turned)) {
		look(hall);
		usleep(20000);
	}
	pthread_join(partner, NULL);
	check_tenants(hall);
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
			for (n = 0; n < 2 && tenants[i].queue[n]; n++) {
				text[0] = '\0';
				queue_read(tenants[i].queue[n], "interrupt",
					   text, sizeof(text));
				if (strcmp(text, "Interrupts disabled."))
					finding("%s: %04x: %s", when,
						tenants[i].queue[n], text);
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
	ASSERT_EQ(0, begin(&self->hall, 0, 1));
	ASSERT_EQ(0, findings());
}

FIXTURE_TEARDOWN(bus)
{
	end(&self->hall);
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
		step(&self->hall, figure[i][0], 1);
		step(&self->hall, figure[i][1], 1);
		await_all(figure[i][0]);
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

	step(hall, "off 4", 1);
	step(hall, "on 4", 1);
	await_all("later");
	usleep(300000);
	before = machine_stat("pqap1");
	step(hall, "standby 4", 1);
	step(hall, "on 4", 1);
	step(hall, "checkstop 4", 1);
	step(hall, "on 4", 1);
	usleep(300000);
	EXPECT_EQ(before, machine_stat("pqap1"));
	await_all("in the end");
	EXPECT_EQ(0, findings());
}

TEST_HARNESS_MAIN
