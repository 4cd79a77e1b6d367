/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property - the reference model: what is true when everything has settled
 *
 * Settled means: no queue is being zeroized that could be, nothing is on its way
 * to or from a guest, and the machine has turned on or off the interruptions that
 * it was told to.
 */
#ifndef PROPERTY_MODEL_H
#define PROPERTY_MODEL_H

#include "prop.h"

/**
 * enum prop_flaw - a mistake that the model makes, so that it has to be found
 * @FLAW_NONE: none
 * @FLAW_FILTER: adapters stay in a guest whatever their queues are
 * @FLAW_CLEAN: what was given to the driver is taken to be clean at once
 * @FLAW_STAYS: a queue that a guest has needs to be clean, too
 * @FLAW_OWED: the host gets what is owed
 * @FLAW_HOST: what the host has is not looked at
 * @FLAW_TAKEN: assignments may overlap
 * @FLAW_RESET: the reset of a device leaves replies where they are
 * @FLAW_PIN: unmapped memory stays pinned
 * @FLAW_FORMAT: a guest gets what its masks have no room for
 * @FLAW_REMOVE: what is removed while a guest has it stays with the guest
 * @FLAW_OVERRIDE: masks decide, whatever a queue's driver_override says
 * @FLAW_ASYNC: a reset does not end an asynchronous error
 * @FLAW_SLOW: nobody waits for a reset that is slow
 * @FLAW_REPLY: a message is lost if its reply will be late
 * @FLAWS: how many there are
 */
enum prop_flaw {
	FLAW_NONE,
	FLAW_FILTER,
	FLAW_CLEAN,
	FLAW_STAYS,
	FLAW_OWED,
	FLAW_HOST,
	FLAW_TAKEN,
	FLAW_RESET,
	FLAW_PIN,
	FLAW_FORMAT,
	FLAW_REMOVE,
	FLAW_OVERRIDE,
	FLAW_ASYNC,
	FLAW_SLOW,
	FLAW_REPLY,
	FLAWS,
};

enum model_owner {
	BY_NOBODY,
	BY_HOST,
	BY_US,
};

enum model_card_state {
	CARD_GONE,
	CARD_ON,
	CARD_OFF,
	CARD_STANDBY,
	CARD_CHECKSTOP,
};

/**
 * struct model_matrix - small masks
 * @adapters: bit n is prop_adapter[n]
 * @domains: bit n is prop_domain[n]
 * @controls: likewise
 */
struct model_matrix {
	unsigned int adapters;
	unsigned int domains;
	unsigned int controls;
};

/**
 * struct model_queue - one queue
 * @device: the AP bus has a device for it
 * @driver: who is bound to that
 * @override: who alone may be
 * @clean: proven clean, and in no guest since
 * @owed: a guest has had it, and it was not proven clean since
 * @busy: it has just been found not to be clean, and is looked at
 * @stuck: a ZAPQ always finds it busy
 * @async: an asynchronous error is pending
 * @late: its guest keeps it, and its reset has not ended
 * @messages: on the queue
 * @first: the number of the first of them
 * @next: the number of the next one
 * @armed: its interruptions are on
 * @pinned: its notification byte is pinned
 * @hazy: it may interrupt for a message that came when it could not yet
 * @listener: the VM that turned its interruptions on
 */
struct model_queue {
	bool device;
	enum model_owner driver;
	enum prop_override override;
	bool clean;
	bool owed;
	bool busy;
	bool stuck;
	bool async;
	bool late;
	unsigned int messages;
	unsigned int first;
	unsigned int next;
	bool armed;
	bool pinned;
	bool hazy;
	unsigned int listener;
};

/**
 * struct model_mdev - a mediated device
 * @exists: it does
 * @leaving: it was removed, and its guest has not let go yet
 * @assigned: what the administrator wants
 * @plugged: what its guest has
 * @vm: which guest, -1: none
 */
struct model_mdev {
	bool exists;
	bool leaving;
	struct model_matrix assigned;
	struct model_matrix plugged;
	int vm;
};

/**
 * struct model - the whole world
 * @flaw: what it does wrong
 * @new_bus: new bits of a mask are claimed whatever the other mask is, and queues
 *	have a driver_override
 * @small_vm: %SMALL_VM has small masks
 * @card: adapters
 * @host: what the AP bus has told of the host
 * @usage: domains
 * @control: domains
 * @apm: adapters that are reserved for the host
 * @aqm: domains, likewise
 * @resets: how long resets take
 * @replies: from a message to its reply
 * @queue: queues
 * @mdev: mediated devices
 * @mapped: the VM's memory can be reached through its mediated device
 * @rung: by VM and queue: what the last command has set, see struct prop_seen
 */
struct model {
	enum prop_flaw flaw;
	bool new_bus;
	bool small_vm;
	enum model_card_state card[ADAPTERS];
	struct model_matrix host;
	unsigned int usage;
	unsigned int control;
	unsigned int apm;
	unsigned int aqm;
	enum prop_speed resets;
	enum prop_speed replies;
	struct model_queue queue[QUEUES];
	struct model_mdev mdev[MDEVS];
	bool mapped[VMS];
	int rung[VMS][QUEUES];
};

/* What model_do() returns for a command that makes no sense now. */
#define MODEL_SKIP	(-100000)

struct prop_bed;
void model_init(struct model *m, enum prop_flaw flaw, const struct prop_bed *bed);
int model_do(struct model *m, const struct prop_cmd *cmd);
void model_see(const struct model *m, struct prop_seen *seen);

/* model_machine.c */
int model_machine(struct model *m, const struct prop_cmd *cmd);
int model_bus(struct model *m, const struct prop_cmd *cmd);

/* model_guest.c */
int model_guest(struct model *m, const struct prop_cmd *cmd);
int model_vfio(struct model *m, const struct prop_cmd *cmd);
int model_code(const struct model *m, unsigned int vm, unsigned int q);

/* model_settle.c */
void model_settle(struct model *m);
void model_prove(struct model *m);
struct model_matrix model_room(const struct model *m, unsigned int n);
struct model_matrix model_wanted(const struct model *m, unsigned int n);
bool model_lacks(const struct model *m, unsigned int n, unsigned int q);
bool model_can_prove(const struct model *m, unsigned int q);
void model_empty(const struct model *m, struct model_queue *queue);
void model_silence(struct model_queue *queue);

static inline bool model_has(const struct model_matrix *matrix, unsigned int q)
{
	return matrix->adapters >> q / DOMAINS & 1 &&
	       matrix->domains >> q % DOMAINS & 1;
}

static inline bool model_reserved(const struct model *m, unsigned int q)
{
	return m->apm >> q / DOMAINS & 1 && m->aqm >> q % DOMAINS & 1;
}

/* Who is bound to an overridden queue has it; else masks decide. */
static inline bool model_is_hosts(const struct model *m, unsigned int q)
{
	const struct model_queue *queue = &m->queue[q];

	if (queue->override == OVERRIDE_NONE || queue->driver == BY_NOBODY)
		return model_reserved(m, q);
	return queue->driver == BY_HOST;
}

/* The mediated device that a queue is assigned to, -1: none */
static inline int model_taken(const struct model *m, unsigned int q)
{
	int n;

	for (n = 0; n < MDEVS; n++)
		if (m->mdev[n].exists && model_has(&m->mdev[n].assigned, q))
			return n;
	return -1;
}

#endif /* PROPERTY_MODEL_H */
