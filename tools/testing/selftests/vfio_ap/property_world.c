// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - the machine and the AP bus
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/finding.h"
#include "lib/mdev.h"
#include "lib/world.h"
#include "property.h"

/* What comes by itself does within so many of these. */
#define STEP_US		20000
#define STEPS		(SOON * 1000 / STEP_US)

/* The guest's own card, which is not there in the beginning */
#define GUEST_CARD	prop_adapter[2]

/* "An association failed" */
#define FAILED		"0x36"

/* How long something takes, in us; much less than anybody waits. */
static const unsigned int lag_us[SPEEDS] = { 0, 100000 };
static const unsigned int reset_us[SPEEDS] = { 1000, 50000 };
static const unsigned int reply_us[SPEEDS] = { 200, 100000 };

/* No ZAPQ of a queue is answered by anybody but the machine. */
void property_unstick(unsigned int q)
{
	char name[QUEUE_NAME];

	queue_name(prop_apqn(q), name);
	machine("inject %s 2 0 0", name);
}

static bool exists(unsigned int q, const char *file)
{
	char name[QUEUE_NAME], path[64];

	queue_name(prop_apqn(q), name);
	snprintf(path, sizeof(path), BUS "devices/%s/%s", name, file);
	return !access(path, F_OK);
}

static int probe(unsigned int q)
{
	char name[QUEUE_NAME];

	queue_name(prop_apqn(q), name);
	return bus_write("drivers_probe", name);
}

/* From whoever has it */
static int let_go(unsigned int q)
{
	char name[QUEUE_NAME], path[64];

	queue_name(prop_apqn(q), name);
	snprintf(path, sizeof(path), BUS "devices/%s/driver/unbind", name);
	return sysfs_write(path, name);
}

static int override(unsigned int q, enum prop_override to)
{
	const char *text = to == OVERRIDE_NONE ? "\n" : prop_overrides[to];
	char name[QUEUE_NAME], path[64];

	queue_name(prop_apqn(q), name);
	snprintf(path, sizeof(path), BUS "devices/%s/driver_override", name);
	return sysfs_write(path, text);
}

static int steer(unsigned int q, enum prop_override to)
{
	int rc = override(q, to);

	if (!rc && exists(q, "driver"))
		rc = let_go(q);
	return rc ?: probe(q);
}

/* Masks are not written while a queue has no driver: see "Known quirks". */
static void bind_all(void)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if (exists(q, "") && !exists(q, "driver"))
			probe(q);
}

/* What is owed is not for long, if all is well. */
static int write_mask(const char *file, const char *text, int want)
{
	unsigned int left = want ? 1 : STEPS;
	int rc;

	while ((rc = bus_write(file, text)) == -EBUSY && --left)
		usleep(STEP_US);
	return rc;
}

static int bind_one(unsigned int q)
{
	char name[QUEUE_NAME];

	queue_name(prop_apqn(q), name);
	return bus_write("drivers/vfio_ap/bind", name);
}

static int mask(const struct prop_cmd *cmd, int want)
{
	bool domain = cmd->op == OP_GIVE_DOMAIN || cmd->op == OP_TAKE_DOMAIN;
	bool take = cmd->op == OP_TAKE_ADAPTER || cmd->op == OP_TAKE_DOMAIN;
	unsigned int n = cmd->arg[0];
	char text[16];

	bind_all();
	snprintf(text, sizeof(text), "%c%u", take ? '+' : '-',
		 domain ? prop_domain[n] : prop_adapter[n]);
	return write_mask(domain ? "aqmask" : "apmask", text, want);
}

/**
 * property_bus() - what a person tells the AP bus
 * @cmd: the command
 * @want: what it should end with
 *
 * Return: 0 or -errno.
 */
int property_bus(const struct prop_cmd *cmd, int want)
{
	unsigned int n = cmd->arg[0];

	switch (cmd->op) {
	case OP_BIND:
		return bind_one(n);
	case OP_UNBIND:
		return let_go(n);
	case OP_PROBE:
		return probe(n);
	case OP_OVERRIDE:
		return override(n, cmd->arg[1]);
	case OP_STEER:
		return steer(n, cmd->arg[1]);
	default:
		return mask(cmd, want);
	}
}

static int disturb(const struct prop_cmd *cmd)
{
	unsigned int count = cmd->op == OP_STUCK ? 0xffffffff : cmd->arg[1];
	char name[QUEUE_NAME];

	queue_name(prop_apqn(cmd->arg[0]), name);
	if (cmd->op == OP_ASYNC)
		return machine("async %s " FAILED, name);
	if (cmd->op == OP_LAG)
		return machine("lag %s %u", name, lag_us[cmd->arg[1]]);
	property_unstick(cmd->arg[0]);
	if (cmd->op == OP_UNSTUCK)
		return 0;
	return machine("inject %s 2 5 %u", name, count);
}

/* The bus does not forget an override with its queue: see "Known quirks". */
static void forget_overrides(bool domain, unsigned int n)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if ((domain ? q % DOMAINS : q / DOMAINS) == n)
			override(q, OVERRIDE_NONE);
}

/**
 * property_machine() - what happens to the machine, and the bus sees it
 * @cmd: the command
 *
 * Return: 0 or -errno.
 */
int property_machine(const struct prop_cmd *cmd)
{
	static const char *const kinds[] = { "usage", "control", "both" };
	unsigned int n = cmd->arg[0];
	int rc;

	if (cmd->op == OP_UNPLUG || cmd->op == OP_OFF)
		forget_overrides(false, n);
	if (cmd->op == OP_NODOMAIN || (cmd->op == OP_DOMAIN && cmd->arg[1] == 1))
		forget_overrides(true, n);
	switch (cmd->op) {
	case OP_STUCK:
	case OP_UNSTUCK:
	case OP_BUSY:
	case OP_ASYNC:
	case OP_LAG:
		return disturb(cmd);
	case OP_RESETS:
		return machine("reset %u", reset_us[n]);
	case OP_REPLIES:
		return machine("latency %u", reply_us[n]);
	case OP_PLUG:
		rc = machine("card %u CEX8 A 8", prop_adapter[n]);
		break;
	case OP_UNPLUG:
		rc = machine("nocard %u", prop_adapter[n]);
		break;
	case OP_DOMAIN:
		rc = machine("domain %u %s", prop_domain[n], kinds[cmd->arg[1]]);
		break;
	case OP_NODOMAIN:
		rc = machine("nodomain %u", prop_domain[n]);
		break;
	default:
		rc = machine("%s %u", prop_ops[cmd->op].name, prop_adapter[n]);
	}
	return rc ?: rescan();
}

static void calm_queue(unsigned int q)
{
	char name[QUEUE_NAME];

	property_unstick(q);
	queue_name(prop_apqn(q), name);
	machine("async %s 0", name);
	machine("lag %s 0", name);
}

/**
 * property_calm() - the machine and the bus are as they were when they began
 *
 * All queues have to be there and zeroized before the host gets them.
 *
 * Return: 0 or -errno.
 */
int property_calm(void)
{
	unsigned int i;
	int rc;

	for (i = 0; i < DOMAINS; i++)
		machine("domain %u both", prop_domain[i]);
	for (i = 0; i < ADAPTERS; i++)
		if (machine("on %u", prop_adapter[i]))
			machine("card %u CEX8 A 8", prop_adapter[i]);
	for (i = 0; i < QUEUES; i++)
		calm_queue(i);
	machine("reset %u", reset_us[SPEED_FAST]);
	machine("latency %u", reply_us[SPEED_FAST]);
	rescan();
	/* Queues that are new go round once. */
	usleep(10 * STEP_US);
	for (i = 0; i < QUEUES; i++)
		override(i, OVERRIDE_NONE);
	bind_all();
	rc = write_mask("apmask", "+0-255", 0) ?: write_mask("aqmask", "+0-255", 0);
	/* Masks that did not change have not moved what was steered. */
	for (i = 0; i < QUEUES; i++)
		if (queue_is_ours(prop_apqn(i)))
			steer(i, OVERRIDE_NONE);
	machine("nocard %u", GUEST_CARD);
	return rescan() ?: rc;
}
