// SPDX-License-Identifier: GPL-2.0-only
/*
 * storm - the calm after it: everything is as if there had been none
 *
 * Whatever was left half done, once the machine behaves and the masks are
 * fixed, three open guests get exactly what is then assigned to their mdevs,
 * by themselves and soon, and it works.  When they go, nothing is left.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/finding.h"
#include "lib/world.h"
#include "storm.h"

#define STEP_US		20000

/* Neither 04.00ab, 05.00ab nor adapter 9 are anybody's. */
static const struct config fixed[DESKS] = {
	{ .adapters = 1, .domains = 2, .controls = 4 },
	{ .adapters = 2, .domains = 3, .controls = 7 },
	{ .adapters = 1, .domains = 1 },
};

static int has(const struct config *config, unsigned int n)
{
	return config->adapters & 1U << n / DOMAINS &&
	       config->domains & 1U << n % DOMAINS;
}

/* An attribute of the bus takes it within SOON. */
static void bus_takes(const char *file, const char *text)
{
	int left = SOON * 1000 / STEP_US;
	int rc;

	while ((rc = bus_write(file, text)) == -EBUSY && --left)
		usleep(STEP_US);
	if (rc)
		finding("calm: %s %s: %s", file, text, strerrorname_np(-rc));
}

static void bus_refuses(const char *file, const char *text)
{
	int rc = bus_write(file, text);

	if (rc != -EBUSY)
		finding("calm: %s %s ends with %d, should be EBUSY", file, text,
			rc);
}

/* The machine behaves, has everything, and the bus knows it. */
static void quiet_machine(void)
{
	char name[QUEUE_NAME];
	unsigned int i;

	machine("reset 1000");
	machine("domain 0x47 both");
	for (i = 0; i < ADAPTERS; i++)
		if (machine("on %u", storm_adapter[i]))
			machine("card %u CEX8 A", storm_adapter[i]);
	for (i = 0; i < QUEUES; i++) {
		queue_name(storm_queue(i), name);
		if (machine("inject %s 2 0 0", name))
			finding("calm: the machine has no %s", name);
	}
	rescan();
}

/* No queue is steered to a driver by name, where the kernel can do that. */
static void no_overrides(void)
{
	unsigned int i;

	for (i = 0; i < QUEUES; i++)
		if (!storm_override(storm_queue(i), "\n"))
			storm_probe(storm_queue(i));
}

static void empty_desks(struct storm *storm)
{
	unsigned int i;
	int rc;

	for (i = 0; i < DESKS; i++) {
		rc = mdev_create(storm->desk[i].uuid);
		if (rc && rc != -EEXIST)
			finding("calm: mdev %u: %s", i, strerrorname_np(-rc));
		rc = mdev_write(storm->desk[i].uuid, "ap_config", ",,");
		if (rc)
			finding("calm: clearing mdev %u: %s", i,
				strerrorname_np(-rc));
	}
}

/* All queues are bound, without anybody's help. */
static void await_queues(void)
{
	int left = SOON * 1000 / STEP_US;
	unsigned int i = 0;

	while (i < QUEUES && left) {
		if (queue_is_ours(storm_queue(i))) {
			i++;
			continue;
		}
		usleep(STEP_US);
		left--;
	}
	if (i < QUEUES)
		finding("calm: %04x is not bound", storm_queue(i));
}

static void open_guest(struct storm *storm, unsigned int n,
		       struct tenant *guest)
{
	enum vfio_way way = n && vfio_way_exists(VFIO_BY_CDEV) ? VFIO_BY_CDEV :
								 VFIO_BY_GROUP;
	unsigned int i;
	int rc;

	rc = tenant_create(guest, storm->seed + n);
	if (rc) {
		finding("calm: no guest %u: %s", n, strerrorname_np(-rc));
		exit(1);
	}
	for (i = 0; i < QUEUES; i++)
		traffic_use(&guest->traffic, storm_queue(i), 0);
	rc = tenant_open(guest, way, storm->desk[n].uuid) ?: tenant_run(guest);
	if (rc)
		finding("calm: opening mdev %u: %s", n, strerrorname_np(-rc));
}

/* What guest_matrix says of an assignment that is not empty */
static void matrix_text(char *text, const struct config *config)
{
	unsigned int i;

	for (i = 0; i < QUEUES; i++) {
		if (!has(config, i))
			continue;
		queue_name(storm_queue(i), text);
		text += QUEUE_NAME - 1;
		*text++ = '\n';
	}
	text[-1] = '\0';
}

static unsigned int count_bits(const unsigned char *bytes, unsigned int count)
{
	unsigned int sum = 0;

	while (count--)
		sum += __builtin_popcount(*bytes++);
	return sum;
}

/* What the guest sees is what is assigned, bit by bit. */
static void check_masks(struct tenant *guest, unsigned int n)
{
	const struct config *config = &fixed[n];
	unsigned int small[3] = {
		config->adapters, config->domains, config->controls,
	};
	unsigned char mask[TENANT_MASKS];
	unsigned int kind, i;

	if (tenant_masks(guest, mask)) {
		finding("calm: guest %u does not execute QCI", n);
		return;
	}
	for (kind = 0; kind < 3; kind++) {
		unsigned int bits = 0;

		for (i = 0; i < 3; i++) {
			unsigned int id = kind ? storm_domain[i] :
						 storm_adapter[i];

			if (mask[32 * kind + id / 8] & 0x80 >> id % 8)
				bits |= 1U << i;
		}
		if (bits != small[kind] ||
		    count_bits(mask + 32 * kind, 32) !=
		    (unsigned int)__builtin_popcount(bits))
			finding("calm: guest %u has %x in mask %u, should be %x",
				n, bits, kind, small[kind]);
	}
}

/* Soon the guest has what is assigned, no more and no less, and it works. */
static void check_guest(struct storm *storm, struct tenant *guest,
			unsigned int n)
{
	char path[128], want[256], got[4096];
	unsigned int i;

	matrix_text(want, &fixed[n]);
	snprintf(path, sizeof(path), MATRIX "%s/guest_matrix",
		 storm->desk[n].uuid);
	if (!wait_for_text(path, want, got, sizeof(got)))
		finding("calm: guest %u has %s, should have %s", n, got, want);
	tenant_halt(guest);
	check_masks(guest, n);
	for (i = 0; i < QUEUES; i++) {
		if (has(&fixed[n], i) &&
		    !traffic_works(&guest->traffic, storm_queue(i)))
			finding("calm: guest %u: %04x does not answer", n,
				storm_queue(i));
	}
}

static void check_status(const struct config *config)
{
	char text[64], want[64];
	unsigned int i, n;

	for (i = 0; i < QUEUES; i++) {
		snprintf(want, sizeof(want), "unassigned");
		for (n = 0; config && n < DESKS; n++)
			if (has(&config[n], i))
				snprintf(want, sizeof(want), "in use");
		if (queue_read(storm_queue(i), "status", text, sizeof(text)))
			snprintf(text, sizeof(text), "unreadable");
		if (strcmp(text, want))
			finding("calm: %04x is %s, should be %s",
				storm_queue(i), text, want);
	}
}

/* What is assigned the host does not get, anything else it does. */
static void check_veto(void)
{
	bus_refuses("apmask", "+4");
	bus_refuses("apmask", "+5");
	bus_refuses("apmask", "+4,+5,+9");
	bus_takes("apmask", "+9");
	bus_takes("apmask", "-9");
	bus_takes("aqmask", "-0xab");
	bus_takes("aqmask", "+0xab");
	await_queues();
}

/* Everything goes back to the host. */
static void check_nothing_is_left(struct storm *storm)
{
	char path[128], text[64];
	unsigned int i;
	int rc;

	for (i = 0; i < DESKS; i++) {
		rc = mdev_write(storm->desk[i].uuid, "remove", "1");
		snprintf(path, sizeof(path), MATRIX "%s", storm->desk[i].uuid);
		if (rc || !access(path, F_OK))
			finding("calm: mdev %u is there, %d", i, rc);
	}
	check_status(NULL);
	bus_takes("apmask", "+4,+5,+9");
	for (i = 0; i < QUEUES; i++)
		if (queue_is_ours(storm_queue(i)))
			finding("calm: %04x is still bound", storm_queue(i));
	if (!wait_for_text(BUS "bindings", "15/15 (complete)", text,
			   sizeof(text)))
		finding("calm: bindings are %s", text);
}

static void check_counters(struct storm *storm)
{
	long foreign = machine_stat("foreign_replies") - storm->foreign;
	long unzeroized = machine_stat("unzeroized") - storm->unzeroized;

	if (foreign)
		finding("%ld replies went to another guest", foreign);
	if (unzeroized)
		finding("%ld queues were not zeroized", unzeroized);
}

/**
 * storm_calm() - what has to be true after any storm
 * @storm: the storm, over
 *
 * Nothing of vfio_ap is left in use afterwards.
 */
void storm_calm(struct storm *storm)
{
	struct tenant *guest = calloc(DESKS, sizeof(*guest));
	char text[CONFIG_TEXT];
	unsigned int i;
	int rc;

	if (!guest)
		return;
	quiet_machine();
	empty_desks(storm);
	no_overrides();
	bus_takes("aqmask", "+0-255");
	bus_takes("apmask", "-4,-5,-9");
	await_queues();
	for (i = 0; i < DESKS; i++)
		open_guest(storm, i, &guest[i]);
	for (i = 0; i < DESKS; i++) {
		config_print(text, &fixed[i]);
		rc = mdev_write(storm->desk[i].uuid, "ap_config", text);
		if (rc)
			finding("calm: assigning to mdev %u: %s", i,
				strerrorname_np(-rc));
	}
	for (i = 0; i < DESKS; i++)
		check_guest(storm, &guest[i], i);
	check_status(fixed);
	check_veto();
	for (i = 0; i < DESKS; i++) {
		tenant_close(&guest[i]);
		tenant_destroy(&guest[i]);
	}
	free(guest);
	/* Not used any more, but assigned. */
	check_veto();
	check_nothing_is_left(storm);
	check_counters(storm);
}
