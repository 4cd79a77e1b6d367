// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - what happens to a VMM's mdev meanwhile: administrator and machine
 *
 * Neither does anything to the calm guest but by what all have in common: how
 * long the machine takes.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "hostile.h"
#include "lib/finding.h"
#include "lib/sim.h"
#include "lib/world.h"

/* The longest pauses between two actions */
#define ADMIN_US	200000
#define MACHINE_US	100000

/* Adapters 4 and 5, domains 4 and 0x47; less of them; nothing */
static const char *const config[] = {
	"0x0c,0x080000000000000001,", "0x0c,0x080000000000000001,",
	"0x0c,0x080000000000000001,", "0x0c,0x080000000000000001,",
	"0x08,0x080000000000000001,", "0x0c,0x08,", ",,",
};

#define CONFIGS	(sizeof(config) / sizeof(*config))

static void name_of_any(struct rand *rand, char *name)
{
	queue_name(hostile_queue[rand_below(rand, HOSTILE_QUEUES)], name);
}

/* There is nobody else who has these queues, nor may the mdev be gone. */
static void judge(const char *what, int rc)
{
	if (rc && rc != -ENODEV && rc != -EBUSY)
		finding("%s: %s", what, strerrorname_np(-rc) ?: "?");
}

static void edit(struct rand *rand)
{
	static const struct {
		const char *file;
		const char *id[2];
	} kind[] = {
		{ "assign_adapter", { "4", "5" } },
		{ "assign_domain", { "4", "0x47" } },
		{ "unassign_adapter", { "4", "5" } },
		{ "unassign_domain", { "4", "0x47" } },
	};
	unsigned int n = rand_below(rand, 4), which = rand_below(rand, 2);

	if (rand_one_in(rand, 2))
		judge("ap_config", mdev_write(BELL_MDEV, "ap_config",
					      config[rand_below(rand, CONFIGS)]));
	else
		judge(kind[n].file, mdev_write(BELL_MDEV, kind[n].file,
					       kind[n].id[which]));
}

static void unbind_and_bind(struct rand *rand)
{
	char name[QUEUE_NAME];

	name_of_any(rand, name);
	judge("unbind", bus_unbind(name));
	if (rand_one_in(rand, 2))
		rand_pause(rand, 5000);
	judge("bind", bus_bind(name));
}

/* Waits until the VMM, which is asked, lets go of it, or is killed. */
static void remove_and_create(void)
{
	judge("remove", mdev_write(BELL_MDEV, "remove", "1"));
	judge("create", mdev_create(BELL_MDEV));
	judge("ap_config", mdev_write(BELL_MDEV, "ap_config", config[0]));
}

/**
 * admin_run() - the thread of the administrator of the VMM's mdev
 * @arg: the ledger
 *
 * Return: NULL.
 */
void *admin_run(void *arg)
{
	struct ledger *ledger = arg;
	struct rand rand = rand_stream(ledger->seed, 0xad);

	while (!atomic_load(&ledger->over)) {
		tally(ledger, EDITS);
		if (rand_one_in(&rand, 24))
			remove_and_create();
		else if (rand_one_in(&rand, 3))
			unbind_and_bind(&rand);
		else
			edit(&rand);
		rand_pause(&rand, ADMIN_US);
	}
	return NULL;
}

/* What is slow for everybody */
static void be_slow(struct rand *rand)
{
	static const unsigned int aqic_us[] = { 0, 500, 5000, 50000 };
	static const unsigned int reset_us[] = { 0, 500, 1000, 20000 };

	if (rand_one_in(rand, 2))
		judge("aqic", sim("aqic %u", aqic_us[rand_below(rand, 4)]));
	else
		judge("reset", sim("reset %u", reset_us[rand_below(rand, 4)]));
}

/*
 * A code that says nothing of the queue's state which is not true: whoever is
 * told that it is gone, or that it is done, has no reason to be careful.
 */
static void answer_strangely(struct rand *rand, const char *name)
{
	static const struct {
		const char *insn;
		unsigned char code[6];
	} answer[] = {
		{ "0", { 0x02, 0x05, 0x02, 0x05, 0x02, 0x05 } },
		{ "1", { 0x02, 0x05, 0x06, 0x07, 0x0a, 0xff } },
		{ "2", { 0x02, 0x05, 0x06, 0x07, 0x0a, 0xff } },
		{ "3", { 0x02, 0x05, 0x06, 0x07, 0x0a, 0xff } },
		{ "3", { 0x02, 0x05, 0x06, 0x07, 0x0a, 0xff } },
		{ "3", { 0x02, 0x05, 0x06, 0x07, 0x0a, 0xff } },
		{ "3", { 0x02, 0x05, 0x06, 0x07, 0x0a, 0xff } },
		{ "nqap", { 0x02, 0x05, 0x10, 0x0a, 0x05, 0x02 } },
		{ "dqap", { 0x02, 0x05, 0x10, 0x0a, 0x05, 0x02 } },
	};
	unsigned int n = rand_below(rand, 9);

	judge("inject", sim("inject %s %s 0x%02x %u", name, answer[n].insn,
			    answer[n].code[rand_below(rand, 6)],
			    1 + rand_below(rand, 3)));
}

/**
 * machine_run() - the thread that lets the machine misbehave
 * @arg: the ledger
 *
 * Return: NULL.
 */
void *machine_run(void *arg)
{
	static const unsigned int lag_us[] = { 0, 5000, 50000, 300000 };
	struct ledger *ledger = arg;
	struct rand rand = rand_stream(ledger->seed, 0xfa);
	char name[QUEUE_NAME];

	while (!atomic_load(&ledger->over)) {
		tally(ledger, FAULTS);
		name_of_any(&rand, name);
		if (rand_one_in(&rand, 4))
			be_slow(&rand);
		else if (rand_one_in(&rand, 4))
			judge("lag", sim("lag %s %u", name,
					 lag_us[rand_below(&rand, 4)]));
		else
			answer_strangely(&rand, name);
		rand_pause(&rand, MACHINE_US);
	}
	return NULL;
}

static void no_faults(const char *name)
{
	static const char *const insn[] = { "0", "1", "2", "3", "nqap", "dqap" };
	unsigned int i;

	for (i = 0; i < 6; i++)
		sim("inject %s %s 0 0", name, insn[i]);
	sim("lag %s 0", name);
}

/**
 * world_calms_down() - the machine behaves, and the mdev has all its queues
 *
 * Whatever was left half done.
 */
void world_calms_down(void)
{
	char name[QUEUE_NAME];
	unsigned int i;

	sim("latency 200; reset 1000; aqic 0");
	for (i = 0; i < HOSTILE_QUEUES; i++) {
		queue_name(hostile_queue[i], name);
		no_faults(name);
	}
	bus_scan();
	for (i = 0; i < HOSTILE_QUEUES; i++) {
		queue_name(hostile_queue[i], name);
		if (!bus_has_bound(name))
			bus_bind(name);
	}
	if (!mdev_exists(BELL_MDEV))
		mdev_create(BELL_MDEV);
	mdev_write(BELL_MDEV, "ap_config", config[0]);
}
