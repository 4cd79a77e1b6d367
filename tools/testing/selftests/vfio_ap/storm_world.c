// SPDX-License-Identifier: GPL-2.0-only
/*
 * storm - what a storm begins with, who takes part, and what may go wrong
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/finding.h"
#include "lib/world.h"
#include "storm.h"

/* All of them accelerators, which give a request back as they got it. */
const unsigned char storm_adapter[ADAPTERS] = { 4, 5, 9 };
const unsigned char storm_domain[DOMAINS] = { 0x04, 0x47, 0xab };

static const char *const uuid[DESKS] = {
	"11111111-2222-4333-8444-555555555555",
	"22222222-3333-4444-8555-666666666666",
	"33333333-4444-4555-8666-777777777777",
};

#define WRITERS_FIRST	PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP

/* What each deed may end with, and what else if things vanish meanwhile */
static const struct {
	const char *name;
	int errnos[4];
	int vanishing[6];
} rules[] = {
	[DEED_EDIT] = { "edit", { EADDRNOTAVAIL, EADDRINUSE },
			{ ENOENT, ENODEV } },
	[DEED_CREATE] = { "create", { }, { EEXIST, ENOENT, ENODEV } },
	[DEED_REMOVE] = { "remove", { }, { ENOENT, ENODEV, EAGAIN } },
	[DEED_UNBIND] = { "unbind", { ENODEV }, { ENOENT } },
	[DEED_BIND] = { "bind", { ENODEV, EBUSY }, { ENOENT } },
	[DEED_MASK] = { "mask", { EBUSY }, { } },
	[DEED_OVERRIDE] = { "override", { }, { } },
	[DEED_PROBE] = { "probe", { ENODEV, EBUSY, EINVAL }, { } },
	[DEED_MACHINE] = { "machine", { }, { } },
	[DEED_RESCAN] = { "rescan", { }, { } },
	/* VFIO's word for a container that has lost its group */
	[DEED_OPEN_GROUP] = { "open", { EBUSY }, { ENOENT, ENODEV, EINVAL } },
	[DEED_OPEN_CDEV] = { "open", { EBUSY, EINVAL }, { ENOENT, ENODEV } },
	[DEED_RESET] = { "reset", { EIO }, { ENODEV } },
	[DEED_READ] = { "read", { ENOENT, ENODEV }, { } },
	[DEED_UNLOAD] = { "unload", { EAGAIN }, { } },
};

static int is_in(const int *errnos, int count, int error)
{
	int i;

	for (i = 0; i < count; i++)
		if (errnos[i] == error)
			return 1;
	return 0;
}

/**
 * storm_judge() - is that how a deed may end?
 * @storm: the storm
 * @deed: what was done
 * @rc: how it ended, 0 or -errno
 * @object: to what
 */
void storm_judge(struct storm *storm, enum deed deed, int rc,
		 const char *object)
{
	atomic_fetch_add(&storm->actions, 1);
	if (!rc)
		return;
	atomic_fetch_add(&storm->refused, 1);
	if (is_in(rules[deed].errnos, 4, -rc) ||
	    (storm->vanishing && is_in(rules[deed].vanishing, 6, -rc)))
		return;
	finding("%s of %s: %s", rules[deed].name, object,
		strerrorname_np(-rc) ?: "?");
}

/* The APQN of the nth queue */
unsigned int storm_queue(unsigned int n)
{
	return storm_adapter[n / DOMAINS] << 8 | storm_domain[n % DOMAINS];
}

/**
 * storm_override() - steer a queue to a driver
 * @apqn: the queue
 * @driver: its driver, or "\n": what the masks say
 *
 * Return: 0 or -errno.
 */
int storm_override(unsigned int apqn, const char *driver)
{
	char name[QUEUE_NAME], file[64];

	queue_name(apqn, name);
	snprintf(file, sizeof(file), "devices/%s/driver_override", name);
	return bus_write(file, driver);
}

/**
 * storm_probe() - take a queue from its driver, and let the bus find one
 * @apqn: the queue
 *
 * Return: 0 or -errno of the second step.
 */
int storm_probe(unsigned int apqn)
{
	char name[QUEUE_NAME], file[64];

	queue_name(apqn, name);
	snprintf(file, sizeof(file), "devices/%s/driver/unbind", name);
	bus_write(file, name);
	return bus_write("drivers_probe", name);
}

static void print_mask(char *text, unsigned int small, const unsigned char *ids,
		       unsigned int count)
{
	unsigned int digit[64] = { 0 };
	unsigned int i;

	for (i = 0; i < count; i++)
		if (small & 1U << i)
			digit[ids[i] / 4] |= 8U >> ids[i] % 4;
	text += sprintf(text, "0x");
	for (i = 0; i < 64; i++)
		text += sprintf(text, "%x", digit[i]);
}

/**
 * config_print() - an assignment as ap_config has it
 * @text: %CONFIG_TEXT bytes
 * @config: the assignment
 */
void config_print(char *text, const struct config *config)
{
	print_mask(text, config->adapters, storm_adapter, ADAPTERS);
	text[66] = ',';
	print_mask(text + 67, config->domains, storm_domain, DOMAINS);
	text[133] = ',';
	print_mask(text + 134, config->controls, storm_domain, DOMAINS);
}

static unsigned int parse_mask(const char *text, const unsigned char *ids,
			       unsigned int count)
{
	unsigned int i, small = 0;

	for (i = 0; i < count; i++) {
		char digit[2] = { text[2 + ids[i] / 4] };

		if (strtoul(digit, NULL, 16) & 8U >> ids[i] % 4)
			small |= 1U << i;
	}
	return small;
}

/**
 * config_parse() - an assignment from what ap_config says
 * @text: the text, without newline
 * @config: the assignment
 *
 * Return: 0, or -1 if it is not the text of what a storm can assign.
 */
int config_parse(const char *text, struct config *config)
{
	char again[CONFIG_TEXT];

	if (strlen(text) != CONFIG_TEXT - 1)
		return -1;
	config->adapters = parse_mask(text, storm_adapter, ADAPTERS);
	config->domains = parse_mask(text + 67, storm_domain, DOMAINS);
	config->controls = parse_mask(text + 134, storm_domain, DOMAINS);
	config_print(again, config);
	return strcmp(text, again) ? -1 : 0;
}

/**
 * storm_init() - a storm in which everything stays where it is
 * @storm: filled in
 */
void storm_init(struct storm *storm)
{
	pthread_rwlockattr_t attr;
	unsigned int i;

	memset(storm, 0, sizeof(*storm));
	storm->seed = world_seed();
	storm->scale = world_scale();
	for (i = 0; i < DESKS; i++)
		storm->desk[i].uuid = uuid[i];
	storm->foreign = machine_stat("foreign_replies");
	storm->unzeroized = machine_stat("unzeroized");
	/* Who writes gets its turn among so many readers. */
	pthread_rwlockattr_init(&attr);
	pthread_rwlockattr_setkind_np(&attr, WRITERS_FIRST);
	pthread_rwlock_init(&storm->bus, &attr);
}

/**
 * storm_prepare() - give three adapters up, make three empty mdevs
 * @storm: the storm
 *
 * Return: 0 or -errno.
 */
int storm_prepare(struct storm *storm)
{
	unsigned int i;
	int rc;

	storm_clean();
	rc = bus_write("apmask", "-4,-5,-9");
	rc = rc ?: machine("card 9 CEX8 A");
	for (i = 0; !rc && i < DESKS; i++)
		rc = mdev_create(storm->desk[i].uuid);
	return rc;
}

/* Nothing that a storm leaves behind, even one that was cut off */
void storm_clean(void)
{
	unsigned int i;

	machine("reset 1000");
	for (i = 0; i < DESKS; i++)
		mdev_remove(uuid[i]);
	for (i = 0; i < ADAPTERS; i++)
		machine("on %u", storm_adapter[i]);
	machine("domain 0x47 both");
	machine("nocard 9");
	rescan();
	for (i = 0; i < QUEUES; i++)
		if (!storm_override(storm_queue(i), "\n"))
			storm_probe(storm_queue(i));
	bus_write("aqmask", "+0-255");
	bus_write("apmask", "+0-255");
}

static void *actor_thread(void *arg)
{
	struct actor *actor = arg;
	const struct role *role = actor->role;
	struct storm *storm = actor->storm;
	unsigned int left = role->actions * storm->scale + 1;

	while (role->actions ? left-- : atomic_load(&storm->busy)) {
		role->act(actor);
		rand_pause(&actor->rand, role->pause_us);
	}
	if (role->actions)
		atomic_fetch_sub(&storm->busy, 1);
	return NULL;
}

/**
 * storm_run() - let all actors act at once, until all are done
 * @storm: the storm
 * @roles: what they do
 * @count: how many there are, at most %ACTORS
 */
void storm_run(struct storm *storm, const struct role *roles,
	       unsigned int count)
{
	struct actor actors[ACTORS];
	unsigned int i;

	for (i = 0; i < count; i++) {
		actors[i].role = &roles[i];
		actors[i].storm = storm;
		actors[i].rand = rand_stream(storm->seed, i + 1);
		if (roles[i].actions)
			atomic_fetch_add(&storm->busy, 1);
	}
	for (i = 0; i < count; i++) {
		if (pthread_create(&actors[i].thread, NULL, actor_thread,
				   &actors[i])) {
			finding("no thread %u", i);
			exit(1);
		}
	}
	for (i = 0; i < count; i++)
		pthread_join(actors[i].thread, NULL);
	note("%lu actions, %lu refused; %lu requests, %lu replies",
	     atomic_load(&storm->actions), atomic_load(&storm->refused),
	     atomic_load(&storm->sent), atomic_load(&storm->got));
}
