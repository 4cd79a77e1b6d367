/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * storm - many threads that do anything at any time to the same few queues
 *
 * A storm is a set of actors.  Each has a number of actions and chooses them
 * at random from a stream of its own; some have none of their own and go on
 * until the others are done.  Three adapters and three domains make nine
 * queues, three mdevs (desks) fight for them.
 */
#ifndef VFIO_AP_TEST_STORM_H
#define VFIO_AP_TEST_STORM_H

#include <pthread.h>
#include <stdatomic.h>

#include "lib/rand.h"
#include "lib/tenant.h"

#define ADAPTERS	3
#define DOMAINS		3
#define QUEUES		(ADAPTERS * DOMAINS)
#define DESKS		3

/* What an adapter or domain is called, by its place in a small mask */
extern const unsigned char storm_adapter[ADAPTERS];
extern const unsigned char storm_domain[DOMAINS];

/**
 * struct config - an assignment, as small masks
 * @adapters: bit n is storm_adapter[n]
 * @domains: bit n is storm_domain[n]
 * @controls: likewise
 */
struct config {
	unsigned int adapters;
	unsigned int domains;
	unsigned int controls;
};

/* Its text in ap_config, newline not counted */
#define CONFIG_TEXT	201

/**
 * struct desk - one mdev, and what is known of it
 * @uuid: its name
 * @sure: one actor alone edits it, so @config is what it has
 * @config: what was written last with success
 * @begun: edits that were begun
 * @ended: edits that ended; while both are equal and stay, nothing changes
 */
struct desk {
	const char *uuid;
	int sure;
	struct config config;
	atomic_uint begun;
	atomic_uint ended;
};

/* What an actor can do; each has its set of errnos. */
enum deed {
	DEED_EDIT,
	DEED_CREATE,
	DEED_REMOVE,
	DEED_UNBIND,
	DEED_BIND,
	DEED_MASK,
	DEED_OVERRIDE,
	DEED_PROBE,
	DEED_MACHINE,
	DEED_RESCAN,
	DEED_OPEN_GROUP,
	DEED_OPEN_CDEV,
	DEED_RESET,
	DEED_READ,
	DEED_UNLOAD,
};

/**
 * struct storm - what the actors of one storm share
 * @seed: of all choices
 * @scale: factor for the number of actions
 * @desk: the mdevs
 * @bus: held for writing by who changes apmask or aqmask, for reading by who
 *	leaves a queue without a driver for a moment, or makes the bus do so:
 *	the bus looks at the flags of a queue's driver without asking whether
 *	there is one
 * @vanishing: anything of vfio_ap may be gone at any time
 * @busy: actors that still have actions to do
 * @actions: what was done
 * @refused: actions that ended with an errno
 * @sent: requests of all guests
 * @got: replies
 * @foreign: the machine's foreign_replies when it began
 * @unzeroized: likewise
 */
struct storm {
	unsigned long seed;
	double scale;
	struct desk desk[DESKS];
	pthread_rwlock_t bus;
	int vanishing;
	atomic_int busy;
	atomic_ulong actions;
	atomic_ulong refused;
	atomic_ulong sent;
	atomic_ulong got;
	long foreign;
	long unzeroized;
};

struct actor;

/**
 * struct role - what an actor does
 * @act: one action
 * @actions: how many, 0: as long as others have some
 * @pause_us: the longest pause between two
 * @desk: the mdev it works on, if it works on one
 */
struct role {
	void (*act)(struct actor *actor);
	unsigned int actions;
	unsigned int pause_us;
	unsigned int desk;
};

/**
 * struct actor - a thread of a storm
 * @role: what it does
 * @storm: the storm
 * @rand: what chooses
 * @thread: ...
 */
struct actor {
	const struct role *role;
	struct storm *storm;
	struct rand rand;
	pthread_t thread;
};

/* Threads of one storm */
#define ACTORS		16

/* storm_world.c */
void storm_init(struct storm *storm);
int storm_prepare(struct storm *storm);
void storm_clean(void);
void storm_run(struct storm *storm, const struct role *roles,
	       unsigned int count);
void storm_judge(struct storm *storm, enum deed deed, int rc,
		 const char *object);
unsigned int storm_queue(unsigned int n);
int storm_override(unsigned int apqn, const char *driver);
int storm_probe(unsigned int apqn);
void config_print(char *text, const struct config *config);
int config_parse(const char *text, struct config *config);

/* storm_actors.c */
void act_edit(struct actor *actor);
void act_remove(struct actor *actor);
void act_bind(struct actor *actor);
void act_mask(struct actor *actor);
void act_override(struct actor *actor);
void act_zapq(struct actor *actor);
void act_machine(struct actor *actor);
void act_rescan(struct actor *actor);
void act_guest(struct actor *actor);
void act_read(struct actor *actor);
void act_reload(struct actor *actor);

/* storm_calm.c */
void storm_calm(struct storm *storm);

#endif /* VFIO_AP_TEST_STORM_H */
