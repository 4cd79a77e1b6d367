/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property - sequences of commands, a reference model, and what both come to
 *
 * A command is something that a person, a guest, the host or the hardware can
 * do.  The model says what it ends with, and what can be seen once everything
 * has settled.  A bed does it for real.  Where the two differ, the sequence is
 * made as short as it can be, and printed.
 *
 * The model is stupid on purpose: three adapters, three domains, nine queues,
 * three mediated devices, three VMs, one thing after the other.
 */
#ifndef PROPERTY_H
#define PROPERTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../selftests/vfio_ap/lib/rand.h"

#define ADAPTERS	3
#define DOMAINS		3
#define QUEUES		(ADAPTERS * DOMAINS)
#define MDEVS		3
#define VMS		3

/* A queue holds so many messages. */
#define DEPTH		8

/* The one of them whose masks may have 64 adapters and 16 domains only */
#define SMALL_VM	2

/* What adapters and domains are called, by their place in a small mask. */
extern const unsigned char prop_adapter[ADAPTERS];
extern const unsigned char prop_domain[DOMAINS];

enum prop_op {
	OP_CREATE,
	OP_REMOVE,
	OP_ASSIGN_ADAPTER,
	OP_UNASSIGN_ADAPTER,
	OP_ASSIGN_DOMAIN,
	OP_UNASSIGN_DOMAIN,
	OP_ASSIGN_CONTROL,
	OP_UNASSIGN_CONTROL,
	OP_CONFIG,
	OP_WRONG,
	OP_GIVE_ADAPTER,
	OP_TAKE_ADAPTER,
	OP_GIVE_DOMAIN,
	OP_TAKE_DOMAIN,
	OP_BIND,
	OP_UNBIND,
	OP_PROBE,
	OP_OVERRIDE,
	OP_STEER,
	OP_PLUG,
	OP_UNPLUG,
	OP_ON,
	OP_OFF,
	OP_STANDBY,
	OP_CHECKSTOP,
	OP_DOMAIN,
	OP_NODOMAIN,
	OP_STUCK,
	OP_UNSTUCK,
	OP_BUSY,
	OP_ASYNC,
	OP_LAG,
	OP_RESETS,
	OP_REPLIES,
	OP_OPEN,
	OP_CLOSE,
	OP_RESET,
	OP_NQAP,
	OP_DQAP,
	OP_RAPQ,
	OP_ZAPQ,
	OP_AQIC_ON,
	OP_AQIC_OFF,
	OP_MAP,
	OP_UNMAP,
	OPS,
};

/* Arguments a command can have. */
#define ARGS		4

/**
 * struct prop_cmd - one command
 * @op: enum prop_op
 * @arg: indexes and small masks, see prop_ops
 */
struct prop_cmd {
	unsigned char op;
	unsigned char arg[ARGS];
};

/**
 * struct prop_op_info - a command in general
 * @name: its word
 * @args: a letter for each argument: m mdev, v VM, A adapter, D domain, q queue,
 *	o whom an override
 *	names, x small mask, k kind of domain, w wrong text, s speed, n number
 * @weight: how often it is drawn
 */
struct prop_op_info {
	const char *name;
	const char *args;
	unsigned int weight;
};

extern const struct prop_op_info prop_ops[OPS];

/* Whom a queue's driver_override names */
enum prop_override {
	OVERRIDE_NONE,
	OVERRIDE_US,
	OVERRIDE_HOST,
	OVERRIDE_NOBODY,
	OVERRIDES,
};

extern const char *const prop_overrides[OVERRIDES];

/* How long something takes: no time, or a while that is known to end */
enum prop_speed {
	SPEED_FAST,
	SPEED_SLOW,
	SPEEDS,
};

/* A sequence that is longer cannot be kept. */
#define SEQ_MAX		4096

/**
 * struct prop_seq - commands in a row
 * @len: how many
 * @cmd: the commands
 */
struct prop_seq {
	unsigned int len;
	struct prop_cmd cmd[SEQ_MAX];
};

/* What user space writes that is wrong. */
#define WRONGS		7

/**
 * struct prop_wrong - a write that is refused before anything is looked at
 * @file: the attribute
 * @text: what is written
 * @error: its errno
 */
struct prop_wrong {
	const char *file;
	const char *text;
	int error;
};

extern const struct prop_wrong prop_wrongs[WRONGS];

#define SEEN_TEXT	256

/**
 * struct prop_seen_mdev - what can be seen of a mediated device
 * @exists: it does, and is not being removed; else nothing else is valid
 * @matrix: that attribute, blanks for newlines
 * @guest_matrix: likewise
 * @controls: control_domains, likewise
 * @withheld: likewise, with semicolons
 */
struct prop_seen_mdev {
	bool exists;
	char matrix[SEEN_TEXT];
	char guest_matrix[SEEN_TEXT];
	char controls[SEEN_TEXT];
	char withheld[SEEN_TEXT];
};

/* A queue that is not bound to vfio_ap has no status. */
enum prop_status {
	STATUS_NONE,
	STATUS_UNASSIGNED,
	STATUS_ASSIGNED,
	STATUS_IN_USE,
};

/* PROP_UNKNOWN: this bed cannot see it.  PROP_ANY: the model cannot know it. */
#define PROP_UNKNOWN	-1
#define PROP_ANY	-2

/**
 * struct prop_seen - what can be seen of everything
 * @mdev: the mediated devices
 * @status: by queue
 * @tapq: by VM and queue, for VMs with a mediated device: the response code,
 *	with 0x100 if there are interruptions, and 0x200 if nothing is on it; else
 *	%PROP_UNKNOWN
 * @rung: by VM and queue: its notification byte was set meanwhile
 * @woken: by VM: it was interrupted meanwhile; %PROP_UNKNOWN likewise
 * @armed: queues of the machine that may interrupt a guest
 * @pins: pages that are pinned for the machine to write
 * @breaches: the machine's foreign_replies, unzeroized and unpinned
 */
struct prop_seen {
	struct prop_seen_mdev mdev[MDEVS];
	int status[QUEUES];
	int tapq[VMS][QUEUES];
	int rung[VMS][QUEUES];
	int woken[VMS];
	int armed;
	int pins;
	int breaches;
};

/* text.c */
int prop_print(char *text, size_t size, const struct prop_cmd *cmd);
bool prop_parse(const char *line, struct prop_cmd *cmd);
const char *prop_parse_all(const char *text, struct prop_seq *seq);

/* Three masks of 0x and 64 digits, two commas, the end */
#define PROP_CONFIG_LEN	(3 * 66 + 2 + 1)

void prop_config(char *text, const unsigned char *arg);
unsigned int prop_apqn(unsigned int q);

/* gen.c */
void prop_draw(struct prop_seq *seq, unsigned int len, struct rand *rand);

/* seen.c */
bool prop_seen_differ(const struct prop_seen *want, const struct prop_seen *got,
		      char *what, size_t size);

#endif /* PROPERTY_H */
