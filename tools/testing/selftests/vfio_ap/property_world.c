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
#define GUEST_CARD	9

/* No ZAPQ of a queue is answered by anybody but the machine. */
void property_unstick(unsigned int q)
{
	char name[QUEUE_NAME];

	queue_name(prop_apqn(q), name);
	machine("inject %s 2 0 0", name);
}

/* Masks are not written while a queue has no driver: see "Known quirks". */
static void bind_all(void)
{
	char name[QUEUE_NAME], path[64];
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		queue_name(prop_apqn(q), name);
		snprintf(path, sizeof(path), BUS "devices/%s", name);
		if (access(path, F_OK))
			continue;
		snprintf(path, sizeof(path), BUS "devices/%s/driver", name);
		if (access(path, F_OK))
			bus_write("drivers_probe", name);
	}
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

static int bind_one(unsigned int q, const char *file)
{
	char name[QUEUE_NAME], path[64];

	queue_name(prop_apqn(q), name);
	snprintf(path, sizeof(path), "drivers/vfio_ap/%s", file);
	return bus_write(path, name);
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
	bool domain = cmd->op == OP_GIVE_DOMAIN || cmd->op == OP_TAKE_DOMAIN;
	bool take = cmd->op == OP_TAKE_ADAPTER || cmd->op == OP_TAKE_DOMAIN;
	unsigned int n = cmd->arg[0];
	char text[16];

	if (cmd->op == OP_BIND)
		return bind_one(n, "bind");
	if (cmd->op == OP_UNBIND)
		return bind_one(n, "unbind");
	bind_all();
	snprintf(text, sizeof(text), "%c%u", take ? '+' : '-',
		 domain ? prop_domain[n] : prop_adapter[n]);
	return write_mask(domain ? "aqmask" : "apmask", text, want);
}

static int disturb(const struct prop_cmd *cmd)
{
	unsigned int count = cmd->op == OP_STUCK ? 0xffffffff : cmd->arg[1];
	char name[QUEUE_NAME];

	property_unstick(cmd->arg[0]);
	if (cmd->op == OP_UNSTUCK)
		return 0;
	queue_name(prop_apqn(cmd->arg[0]), name);
	return machine("inject %s 2 5 %u", name, count);
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

	switch (cmd->op) {
	case OP_STUCK:
	case OP_UNSTUCK:
	case OP_BUSY:
		return disturb(cmd);
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
		property_unstick(i);
	rescan();
	/* Queues that are new go round once. */
	usleep(10 * STEP_US);
	bind_all();
	rc = write_mask("apmask", "+0-255", 0) ?: write_mask("aqmask", "+0-255", 0);
	machine("nocard %u", GUEST_CARD);
	return rescan() ?: rc;
}
