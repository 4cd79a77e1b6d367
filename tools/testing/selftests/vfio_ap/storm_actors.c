// SPDX-License-Identifier: GPL-2.0-only
/*
 * storm - who does what: one action of each kind of actor
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/finding.h"
#include "lib/world.h"
#include "storm.h"

static void pause_for(struct actor *actor, unsigned int us)
{
	rand_pause(&actor->rand, us);
}

static unsigned int any_queue(struct actor *actor)
{
	return storm_queue(rand_below(&actor->rand, QUEUES));
}

static struct desk *desk_of(struct actor *actor)
{
	return &actor->storm->desk[actor->role->desk];
}

/* A sure desk shows what was written last. */
static void check_desk(struct desk *desk)
{
	char path[128], text[512], want[CONFIG_TEXT];

	snprintf(path, sizeof(path), MATRIX "%s/ap_config", desk->uuid);
	config_print(want, &desk->config);
	if (sysfs_read(path, text, sizeof(text)))
		snprintf(text, sizeof(text), "unreadable");
	if (strcmp(text, want))
		finding("%s: ap_config is %s, should be %s", desk->uuid, text,
			want);
}

static int write_edit(struct actor *actor, struct config *config)
{
	static const char *const file[] = {
		"assign_adapter", "unassign_adapter",
		"assign_domain", "unassign_domain",
		"assign_control_domain", "unassign_control_domain",
	};
	unsigned int kind = rand_below(&actor->rand, 6);
	unsigned int n = rand_below(&actor->rand, 3);
	unsigned int *mask = kind < 2 ? &config->adapters :
			     kind < 4 ? &config->domains : &config->controls;
	char text[8];

	snprintf(text, sizeof(text), "%u", kind < 2 ? storm_adapter[n] :
						      storm_domain[n]);
	*mask = kind % 2 ? *mask & ~(1U << n) : *mask | 1U << n;
	return mdev_write(desk_of(actor)->uuid, file[kind], text);
}

static int write_config(struct actor *actor, struct config *config)
{
	char text[CONFIG_TEXT] = ",,";

	*config = (struct config){ };
	if (!rand_one_in(&actor->rand, 6)) {
		config->adapters = rand_below(&actor->rand, 1 << ADAPTERS);
		config->domains = 1U << rand_below(&actor->rand, DOMAINS);
		config->domains |= 1U << rand_below(&actor->rand, DOMAINS);
		config->controls = config->domains;
		config_print(text, config);
	}
	return mdev_write(desk_of(actor)->uuid, "ap_config", text);
}

/* Assign or unassign something, or replace everything. */
void act_edit(struct actor *actor)
{
	struct desk *desk = desk_of(actor);
	struct config config = desk->config;
	int rc;

	atomic_fetch_add(&desk->begun, 1);
	if (rand_one_in(&actor->rand, 3))
		rc = write_config(actor, &config);
	else
		rc = write_edit(actor, &config);
	if (!rc)
		desk->config = config;
	atomic_fetch_add(&desk->ended, 1);
	storm_judge(actor->storm, DEED_EDIT, rc, desk->uuid);
	if (desk->sure && rand_one_in(&actor->rand, 4))
		check_desk(desk);
}

/* An mdev that gets everything, if nobody else has some of it */
static void make_desk(struct storm *storm, unsigned int n)
{
	static const struct config all = { 7, 7, 0 };
	const char *uuid = storm->desk[n].uuid;
	char text[CONFIG_TEXT];

	config_print(text, &all);
	storm_judge(storm, DEED_CREATE, mdev_create(uuid), uuid);
	storm_judge(storm, DEED_EDIT, mdev_write(uuid, "ap_config", text), uuid);
}

/* Remove an mdev, whoever has it, and make it again. */
void act_remove(struct actor *actor)
{
	struct desk *desk = desk_of(actor);
	int rc;

	atomic_fetch_add(&desk->begun, 1);
	rc = mdev_write(desk->uuid, "remove", "1");
	storm_judge(actor->storm, DEED_REMOVE, rc, desk->uuid);
	pause_for(actor, 2000);
	make_desk(actor->storm, actor->role->desk);
	atomic_fetch_add(&desk->ended, 1);
}

/* Unbind a queue and bind it again. */
void act_bind(struct actor *actor)
{
	struct storm *storm = actor->storm;
	char name[QUEUE_NAME];
	int rc;

	queue_name(any_queue(actor), name);
	pthread_rwlock_rdlock(&storm->bus);
	rc = sysfs_write(DRIVER "unbind", name);
	storm_judge(storm, DEED_UNBIND, rc, name);
	pause_for(actor, 2000);
	rc = sysfs_write(DRIVER "bind", name);
	storm_judge(storm, DEED_BIND, rc, name);
	pthread_rwlock_unlock(&storm->bus);
}

/* The host wants an adapter or a domain, or gives it up. */
void act_mask(struct actor *actor)
{
	unsigned int n = rand_below(&actor->rand, 3);
	int adapter = rand_one_in(&actor->rand, 2);
	char text[8];
	int rc;

	snprintf(text, sizeof(text), "%c%u",
		 rand_one_in(&actor->rand, 2) ? '+' : '-',
		 adapter ? storm_adapter[n] : storm_domain[n]);
	pthread_rwlock_wrlock(&actor->storm->bus);
	rc = bus_write(adapter ? "apmask" : "aqmask", text);
	pthread_rwlock_unlock(&actor->storm->bus);
	storm_judge(actor->storm, DEED_MASK, rc, text);
}

/* A queue is steered to one driver or the other, whoever has it. */
void act_override(struct actor *actor)
{
	unsigned int apqn = any_queue(actor);
	const char *driver = rand_one_in(&actor->rand, 3) ? "cex4queue" :
							    "vfio_ap";
	struct storm *storm = actor->storm;

	storm_judge(storm, DEED_OVERRIDE, storm_override(apqn, driver), driver);
	pause_for(actor, 2000);
	storm_judge(storm, DEED_PROBE, storm_probe(apqn), driver);
}

/* A command after which the bus may make and remove devices */
static void machine_and_scan(struct actor *actor, const char *format,
			     unsigned int n)
{
	char command[64];
	int rc;

	snprintf(command, sizeof(command), format, n);
	pthread_rwlock_rdlock(&actor->storm->bus);
	rc = machine("%s", command);
	if (rand_one_in(&actor->rand, 2))
		rescan();
	pthread_rwlock_unlock(&actor->storm->bus);
	storm_judge(actor->storm, DEED_MACHINE, rc, command);
}

/* An adapter or a domain goes and comes back. */
static void away_and_back(struct actor *actor)
{
	static const char *const away[] = {
		"off %u", "standby %u", "checkstop %u", "nocard %u",
	};
	unsigned int kind = rand_below(&actor->rand, 5);
	unsigned int n = storm_adapter[rand_below(&actor->rand, ADAPTERS)];

	if (kind == 4) {
		machine_and_scan(actor, "nodomain %u", 0x47);
		pause_for(actor, 5000);
		machine_and_scan(actor, "domain %u both", 0x47);
		return;
	}
	machine_and_scan(actor, away[kind], n);
	pause_for(actor, 5000);
	machine_and_scan(actor, kind == 3 ? "card %u CEX8 A" : "on %u", n);
}

/*
 * One ZAPQ, or two, that do not end as they should.  Not 01, 03 and 04: they
 * say that nothing is left on the queue, and it would not be true.
 */
void act_zapq(struct actor *actor)
{
	static const unsigned char code[] = {
		0x02, 0x05, 0x06, 0x07, 0x09, 0x0a, 0x0b, 0x35, 0x36, 0xff,
	};
	unsigned int rc = code[rand_below(&actor->rand, sizeof(code))];
	char name[QUEUE_NAME];

	queue_name(any_queue(actor), name);
	/* The machine remembers so many only, and some queues are never reset. */
	if (rand_one_in(&actor->rand, 4))
		storm_judge(actor->storm, DEED_MACHINE,
			    machine("inject %s 2 0 0", name), "inject");
	storm_judge(actor->storm, DEED_MACHINE,
		    machine("inject %s 2 0x%02x %u", name, rc,
			    1 + rand_below(&actor->rand, 2)), "inject");
}

/* The machine takes its time, gives strange answers, loses and gets things. */
void act_machine(struct actor *actor)
{
	static const unsigned int reset_us[] = { 0, 500, 2000, 10000, 500000 };
	unsigned int n = rand_below(&actor->rand, 5);

	if (rand_one_in(&actor->rand, 3)) {
		away_and_back(actor);
		return;
	}
	if (rand_one_in(&actor->rand, 2)) {
		act_zapq(actor);
		return;
	}
	storm_judge(actor->storm, DEED_MACHINE,
		    machine("reset %u", reset_us[n]), "reset");
	pause_for(actor, 20000);
	if (n == 4)
		storm_judge(actor->storm, DEED_MACHINE, machine("reset 1000"),
			    "reset");
}

void act_rescan(struct actor *actor)
{
	pthread_rwlock_rdlock(&actor->storm->bus);
	storm_judge(actor->storm, DEED_RESCAN, rescan(), "the bus");
	pthread_rwlock_unlock(&actor->storm->bus);
}

static void live(struct actor *actor, struct tenant *guest)
{
	unsigned int left;

	for (left = rand_below(&actor->rand, 4); left; left--) {
		usleep(rand_below(&actor->rand, 40000));
		if (rand_one_in(&actor->rand, 2))
			storm_judge(actor->storm, DEED_RESET,
				    tenant_reset(guest), "a guest");
	}
}

/* A guest comes, gets the mdev while it runs, lives, and goes. */
void act_guest(struct actor *actor)
{
	enum vfio_way way = rand_below(&actor->rand, 2);
	struct storm *storm = actor->storm;
	struct tenant *guest;
	unsigned int i;
	int rc;

	if (!vfio_way_exists(way))
		way = VFIO_BY_GROUP;
	guest = malloc(sizeof(*guest));
	if (!guest || tenant_create(guest, rand_next(&actor->rand))) {
		finding("no guest");
		free(guest);
		return;
	}
	for (i = 0; i < QUEUES; i++)
		traffic_use(&guest->traffic, storm_queue(i), 0);
	if (tenant_run(guest))
		finding("no CPU");
	rc = tenant_open(guest, way, desk_of(actor)->uuid);
	storm_judge(storm, way == VFIO_BY_CDEV ? DEED_OPEN_CDEV :
						 DEED_OPEN_GROUP, rc,
		    desk_of(actor)->uuid);
	if (!rc)
		live(actor, guest);
	if (rand_one_in(&actor->rand, 3))
		tenant_halt(guest);
	if (!rand_one_in(&actor->rand, 3))
		tenant_close(guest);
	tenant_halt(guest);
	for (i = 0; i < QUEUES; i++) {
		atomic_fetch_add(&storm->sent, guest->traffic.queue[i].sent);
		atomic_fetch_add(&storm->got, guest->traffic.queue[i].got);
	}
	tenant_destroy(guest);
	free(guest);
}

static int read_config(struct desk *desk, struct config *config)
{
	char path[128], text[512];
	int rc;

	snprintf(path, sizeof(path), MATRIX "%s/ap_config", desk->uuid);
	rc = sysfs_read(path, text, sizeof(text));
	if (!rc && config_parse(text, config))
		finding("%s: ap_config is %s", desk->uuid, text);
	return rc;
}

/* Two assignments that were there at the same time have no queue in common. */
static void compare_desks(struct actor *actor)
{
	unsigned int n = rand_below(&actor->rand, DESKS);
	struct desk *one = &actor->storm->desk[n];
	struct desk *two = &actor->storm->desk[(n + 1) % DESKS];
	unsigned int ended[2] = {
		atomic_load(&one->ended), atomic_load(&two->ended),
	};
	struct config a, b;

	if (read_config(one, &a) || read_config(two, &b))
		return;
	if (atomic_load(&one->begun) != ended[0] ||
	    atomic_load(&two->begun) != ended[1])
		return;
	if (a.adapters & b.adapters && a.domains & b.domains)
		finding("two mdevs have a queue: adapters %x and %x, domains %x and %x",
			a.adapters, b.adapters, a.domains, b.domains);
}

static void read_status(struct actor *actor)
{
	unsigned int apqn = any_queue(actor);
	char text[64];
	int rc;

	rc = queue_read(apqn, "status", text, sizeof(text));
	storm_judge(actor->storm, DEED_READ, rc, "status");
	if (!rc && strcmp(text, "unassigned") && strcmp(text, "assigned") &&
	    strcmp(text, "in use"))
		finding("%04x: status is '%s'", apqn, text);
}

/* Look at something. */
void act_read(struct actor *actor)
{
	static const char *const file[] = {
		"matrix", "guest_matrix", "control_domains",
	};
	const char *name = file[rand_below(&actor->rand, 3)];
	char path[128], text[4096];

	switch (rand_below(&actor->rand, 4)) {
	case 0:
		read_status(actor);
		return;
	case 1:
		snprintf(path, sizeof(path), MATRIX "%s/%s",
			 actor->storm->desk[rand_below(&actor->rand, DESKS)].uuid,
			 name);
		storm_judge(actor->storm, DEED_READ,
			    sysfs_read(path, text, sizeof(text)), name);
		return;
	default:
		compare_desks(actor);
	}
}

/* The driver goes, with all mdevs, and comes back. */
void act_reload(struct actor *actor)
{
	struct storm *storm = actor->storm;
	unsigned int i;
	int rc;

	pthread_rwlock_rdlock(&storm->bus);
	rc = syscall(SYS_delete_module, "vfio_ap", O_NONBLOCK) ? -errno : 0;
	storm_judge(storm, DEED_UNLOAD, rc, "vfio_ap");
	if (!rc) {
		pause_for(actor, 5000);
		if (system(getenv("VFIO_AP_LOAD")))
			finding("vfio_ap does not load");
	}
	pthread_rwlock_unlock(&storm->bus);
	for (i = 0; !rc && i < DESKS; i++)
		make_desk(storm, i);
}
