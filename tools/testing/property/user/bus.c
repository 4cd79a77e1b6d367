// SPDX-License-Identifier: GPL-2.0-only
/*
 * property, user space - an AP bus of nine queues, and the port bus
 *
 * As the kernel's: what a scan has made is bound when the scan is over.  And what
 * the host gets it uses, so that the machine can tell whether it was clean.
 */
#include <stdio.h>

#include "../../../../drivers/s390/crypto/vfio_ap/port/bus.h"
#include "world.h"

#define FC_RAPQ		1

/* After so long what was just bound is clean, if it can be. */
#define PROBED_NS	1000000000ULL

enum owner {
	NOBODY,
	HOST,
	OURS,
	EXPECTED,
};

/**
 * struct queue - a queue's device
 * @exists: there is one
 * @driver: who is bound to it
 */
static struct queue {
	bool exists;
	enum owner driver;
} queue[QUEUES];

/* Reserved for the host; small masks */
static unsigned int apm, aqm;
static struct apm_hostcfg last;
static struct mutex frozen;

bool world_whole_masks;
struct device world_queue_device[QUEUES];

int vap_bus_register(const struct attribute_group **groups)
{
	return 0;
}

static void take_away(unsigned int q)
{
	enum owner driver = queue[q].driver;

	queue[q].driver = NOBODY;
	if (driver == OURS)
		vap_on_unbind(&world_queue_device[q], prop_apqn(q));
	else if (driver == EXPECTED)
		vap_on_unexpect(prop_apqn(q));
}

void vap_bus_unregister(void)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		take_away(q);
}

void vap_bus_freeze(void)
{
	mutex_lock(&frozen);
}

void vap_bus_thaw(void)
{
	mutex_unlock(&frozen);
}

static bool is_reserved(unsigned int q)
{
	return apm >> q / DOMAINS & 1 && aqm >> q % DOMAINS & 1;
}

struct apm_mask vap_bus_host_row(unsigned int apid, const struct apm_mask *domains)
{
	struct apm_mask host = *domains;
	unsigned int q;

	lockdep_assert_held(&frozen);
	for (q = 0; q < QUEUES; q++)
		if (prop_apqn(q) >> 8 == apid && !is_reserved(q))
			apm_mask_del(&host, prop_apqn(q) & 0xff);
	return host;
}

static void give_to_host(unsigned int q)
{
	u16 apqn = prop_apqn(q);

	queue[q].driver = HOST;
	if (apm_status_of(world_nqap(apqn, 0, NULL)).rc)
		return;
	world_pqap(FC_RAPQ, apqn, NULL);
}

static int give_to_us(unsigned int q)
{
	int rc = vap_on_bind(&world_queue_device[q], prop_apqn(q));

	queue[q].driver = rc ? NOBODY : OURS;
	return rc;
}

static void probe(unsigned int q)
{
	if (is_reserved(q))
		give_to_host(q);
	else
		give_to_us(q);
}

static bool is_there(unsigned int q, const struct apm_hostcfg *cfg)
{
	return apm_matrix_has(&cfg->has, prop_apqn(q));
}

static void make(unsigned int q)
{
	queue[q].exists = true;
	if (is_reserved(q)) {
		give_to_host(q);
		return;
	}
	queue[q].driver = EXPECTED;
	vap_on_expect(prop_apqn(q));
}

/* The bus looks at the machine. */
void world_scan(void)
{
	struct apm_hostcfg cfg = world_qci();
	bool changed = !apm_matrix_equal(&cfg.has, &last.has);
	unsigned int q;

	last = cfg;
	if (changed)
		vap_on_host_changed(&cfg);
	for (q = 0; q < QUEUES; q++) {
		if (!queue[q].exists || is_there(q, &cfg))
			continue;
		take_away(q);
		queue[q].exists = false;
	}
	for (q = 0; q < QUEUES; q++)
		if (!queue[q].exists && is_there(q, &cfg))
			make(q);
	if (changed)
		vap_on_host_scanned(&cfg);
	for (q = 0; q < QUEUES; q++)
		if (queue[q].driver == EXPECTED)
			give_to_us(q);
}

static void apply_masks(void)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		bool hosts = queue[q].driver == HOST;

		if (!queue[q].exists || hosts == is_reserved(q))
			continue;
		take_away(q);
		probe(q);
	}
}

static struct apm_mask large(const unsigned char *ids, unsigned int small)
{
	struct apm_mask mask = {};
	unsigned int i;

	for (i = 0; i < 3; i++)
		if (small >> i & 1)
			apm_mask_add(&mask, ids[i]);
	return mask;
}

static int claim(unsigned int adapters, unsigned int domains)
{
	struct apm_rect rect = {
		.adapters = large(prop_adapter, adapters),
		.domains = large(prop_domain, domains),
	};

	return vap_on_claim(&rect) ? -EBUSY : 0;
}

/**
 * world_mask() - write apmask or aqmask
 * @is_domain: aqmask
 * @n: the bit
 * @reserve: for the host
 *
 * Return: 0 or -EBUSY.
 */
int world_mask(bool is_domain, unsigned int n, bool reserve)
{
	unsigned int *mask = is_domain ? &aqm : &apm;
	unsigned int other = world_whole_masks ? 7 : is_domain ? apm : aqm;
	unsigned int q, bit = 1U << n;
	bool any = false;
	int rc = 0;

	for (q = 0; q < QUEUES; q++) {
		if (!queue[q].exists || queue[q].driver != NOBODY)
			continue;
		probe(q);
		any = true;
	}
	if (any)
		world_pass(PROBED_NS);
	vap_bus_freeze();
	if (reserve && !(*mask & bit))
		rc = is_domain ? claim(other, bit) : claim(bit, other);
	if (!rc)
		*mask = reserve ? *mask | bit : *mask & ~bit;
	vap_bus_thaw();
	if (!rc)
		apply_masks();
	return rc;
}

int world_bind(unsigned int q)
{
	return is_reserved(q) ? -ENODEV : give_to_us(q);
}

void world_unbind(unsigned int q)
{
	take_away(q);
}

bool world_is_ours(unsigned int q)
{
	return queue[q].driver == OURS;
}

void world_bus_begin(void)
{
	unsigned int q;

	apm = 7;
	aqm = 7;
	last = world_qci();
	for (q = 0; q < QUEUES; q++) {
		snprintf(world_queue_device[q].name,
			 sizeof(world_queue_device[q].name), "%02x.%04x",
			 prop_apqn(q) >> 8, prop_apqn(q) & 0xff);
		queue[q].exists = is_there(q, &last);
		queue[q].driver = queue[q].exists ? HOST : NOBODY;
	}
}
