// SPDX-License-Identifier: GPL-2.0-only
/*
 * carddance - what happens in the hall
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#include "carddance.h"
#include "lib/finding.h"
#include "lib/world.h"
#include "lib/zcrypt.h"

#define DANCER		4

/* What the host has now and then */
#define HOSTS		0x04ab

/* Seconds; a reply needs milliseconds */
#define HOST_PATIENCE	8

/* Who has what when nobody dances */
static const struct {
	const char *uuid;
	const char *config;
	unsigned int queue[HALL_QUEUES];
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
 * hall_queue() - a queue of a guest
 * @tenant: the guest
 * @n: which, below %HALL_QUEUES
 *
 * Return: its APQN, 0: the guest has no such queue.
 */
unsigned int hall_queue(unsigned int tenant, unsigned int n)
{
	return tenants[tenant].queue[n];
}

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

/**
 * hall_await_all() - everybody gets everything, by itself
 * @when: for the finding if not
 */
void hall_await_all(const char *when)
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

/**
 * hall_begin() - guests move in and use their queues
 * @hall: where
 * @card_stays: a domain is what goes, so 04.0004 does not dance
 * @poll: guests leave interrupts to those who should not have any
 *
 * Return: 0 or -errno.
 */
int hall_begin(struct hall *hall, int card_stays, int poll)
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
	hall_await_all("at first");
	traffic_use(&tenant[FIRST].traffic, 0x0504, 1);
	traffic_use(&tenant[FIRST].traffic, 0x0404, card_stays);
	traffic_use(&tenant[SECOND].traffic, 0x0447, 0);
	traffic_use(&tenant[THIRD].traffic, 0x04ab, 0);
	for (i = 0; !rc && i < TENANTS; i++)
		rc = tenant_open(&tenant[i], way, tenants[i].uuid) ?:
		     tenant_run(&tenant[i]);
	return rc;
}

/**
 * hall_end() - everybody leaves
 * @hall: where
 */
void hall_end(struct hall *hall)
{
	unsigned int i;

	for (i = 0; i < TENANTS; i++)
		tenant_destroy(&hall->tenant[i]);
	clean();
}

static long seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/*
 * The bus waits for ever for the I bit it has asked for if the adapter goes and
 * comes back before it is there, and nobody sees that.  No request gets further.
 */
static int bus_waits(void)
{
	char text[64] = "";

	queue_read(HOSTS, "interrupt", text, sizeof(text));
	return !strcmp(text, "Enable Interrupt pending.");
}

/* The host does not wait as long as zcrypt would: see wait_for_host(). */
static void hurry_host(struct hall *hall)
{
	long asked = atomic_load(&hall->asked);

	if (!asked || seconds() - asked <= HOST_PATIENCE)
		return;
	atomic_store(&hall->host_stuck, bus_waits());
	pthread_kill(hall->host, SIGUSR1);
}

/**
 * hall_look() - the bus looks what there is
 * @hall: where
 */
void hall_look(struct hall *hall)
{
	hurry_host(hall);
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
		hall_look(hall);
		usleep(5000);
	}
}

/**
 * hall_step() - the machine does something
 * @hall: where
 * @command: what
 * @scan: the bus looks at once, else in its own time
 */
void hall_step(struct hall *hall, const char *command, int scan)
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
static void host_request(struct hall *hall, int zcrypt, struct rand *rand)
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
	int rc;

	for (i = 0; i < sizeof(in); i++)
		in[i] = rand_next(rand);
	in[0] = 0;
	exponent[127] = 1;
	memset(modulus, 0xff, sizeof(modulus));
	atomic_store(&hall->asked, seconds());
	rc = ioctl(zcrypt, TEST_RSA_MODEXPO, &request) ? errno : 0;
	atomic_store(&hall->asked, 0);
	if (rc == EINTR && !atomic_load(&hall->host_stuck))
		hall->host_lost++;
	else if (rc && rc != EINTR && rc != ENODEV)
		finding("zcrypt: %s", strerrorname_np(rc));
	if (!rc && memcmp(in, out, sizeof(in)))
		finding("the host got another's reply");
	if (!rc)
		hall->host_replies++;
}

static void use_as_host(struct hall *hall, struct rand *rand)
{
	int zcrypt = open(TEST_ZCRYPT, O_RDWR | O_CLOEXEC);
	unsigned int i;

	atomic_fetch_add(&hall->host_turns, 1);
	for (i = 0; i < 8; i++) {
		pthread_mutex_lock(&hall->wire);
		if (zcrypt >= 0)
			host_request(hall, zcrypt, rand);
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

/* Its only effect is that an ioctl ends. */
static void be_hurried(int signal)
{
}

/**
 * hall_turns() - a thread that lets the host have 04.00ab now and then
 * @arg: struct hall; ends after @over is set, and sets @turned
 *
 * Return: NULL.
 */
void *hall_turns(void *arg)
{
	struct sigaction hurried = { .sa_handler = be_hurried };
	struct hall *hall = arg;
	struct rand rand = rand_stream(hall->rand.state, 77);

	sigaction(SIGUSR1, &hurried, NULL);
	hall->host = pthread_self();
	while (!atomic_load(&hall->over)) {
		take_turn(hall, &rand);
		rand_pause(&rand, 30000);
	}
	atomic_store(&hall->turned, 1);
	return NULL;
}

/**
 * hall_check_tenants() - when all is calm, what was lost and does all work?
 * @hall: where
 */
void hall_check_tenants(struct hall *hall)
{
	struct tenant *tenant = hall->tenant;
	unsigned int i, n, lost;

	hall_await_all("after the dance");
	for (i = 0; i < TENANTS; i++) {
		tenant_halt(&tenant[i]);
		lost = traffic_drain(&tenant[i].traffic);
		if (lost)
			finding("guest %u: %u requests have no reply", i, lost);
		for (n = 0; n < HALL_QUEUES && tenants[i].queue[n]; n++)
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
	if (hall->host_lost > 1)
		finding("zcrypt has lost %u requests", hall->host_lost);
	note("the host: %u turns, %u replies, %u lost by zcrypt",
	     atomic_load(&hall->host_turns), hall->host_replies,
	     hall->host_lost);
}
