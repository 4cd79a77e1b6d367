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
#define FC_ZAPQ		2

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
 * @override: who alone may be
 */
static struct queue {
	bool exists;
	enum owner driver;
	enum prop_override override;
} queue[QUEUES];

/* Reserved for the host; small masks */
static unsigned int apm, aqm;
static struct apm_hostcfg last;
static struct mutex frozen;

bool world_new_bus;
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

/* Who has it decides if it is overridden, else masks do. */
static bool is_hosts(unsigned int q)
{
	if (queue[q].override == OVERRIDE_NONE || queue[q].driver == NOBODY)
		return is_reserved(q);
	return queue[q].driver == HOST;
}

/* The bus does not need to be told what it has bound to the driver. */
struct apm_mask vap_bus_host_row(unsigned int apid, const struct apm_mask *domains,
				 const struct apm_mask *bound)
{
	struct apm_mask host = *domains;
	unsigned int q;

	lockdep_assert_held(&frozen);
	for (q = 0; q < QUEUES; q++)
		if (prop_apqn(q) >> 8 == apid && !is_hosts(q))
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

static enum owner owner_of(unsigned int q)
{
	static const enum owner owner[OVERRIDES] = {
		[OVERRIDE_US] = OURS,
		[OVERRIDE_HOST] = HOST,
		[OVERRIDE_NOBODY] = NOBODY,
	};

	if (queue[q].override != OVERRIDE_NONE)
		return owner[queue[q].override];
	return is_reserved(q) ? HOST : OURS;
}

/* Nobody was asked whether the host may have it: it zeroizes it first. */
static void force_on_host(unsigned int q)
{
	u32 word = world_pqap(FC_ZAPQ, prop_apqn(q), NULL);

	queue[q].driver = HOST;
	if (apm_status_of(word).rc)
		return;
	world_pass(PROBED_NS);
	give_to_host(q);
}

static void probe(unsigned int q)
{
	enum owner owner = owner_of(q);

	if (owner == HOST)
		force_on_host(q);
	else if (owner == OURS)
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
		force_on_host(q);
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
		queue[q].override = OVERRIDE_NONE;
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

/* What was claimed is clean. */
static void apply_masks(unsigned int claimed_adapters, unsigned int claimed_domains)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		bool hosts = queue[q].driver == HOST;
		bool claimed = claimed_adapters >> q / DOMAINS & 1 &&
			       claimed_domains >> q % DOMAINS & 1;

		if (!queue[q].exists || hosts == is_reserved(q))
			continue;
		take_away(q);
		if (claimed && is_reserved(q))
			give_to_host(q);
		else
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

static bool is_any_overridden(void)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if (queue[q].override != OVERRIDE_NONE)
			return true;
	return false;
}

/**
 * world_mask() - write apmask or aqmask
 * @is_domain: aqmask
 * @n: the bit
 * @reserve: for the host
 *
 * Return: 0, -EBUSY, or -EINVAL: a queue is overridden.
 */
int world_mask(bool is_domain, unsigned int n, bool reserve)
{
	unsigned int *mask = is_domain ? &aqm : &apm;
	unsigned int other = world_new_bus ? 7 : is_domain ? apm : aqm;
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
	if (is_any_overridden())
		return -EINVAL;
	if (reserve == !!(*mask & bit))
		return 0;
	vap_bus_freeze();
	if (!reserve)
		bit = 0;
	else
		rc = is_domain ? claim(other, bit) : claim(bit, other);
	if (!rc)
		*mask = reserve ? *mask | 1U << n : *mask & ~(1U << n);
	vap_bus_thaw();
	if (!rc)
		apply_masks(is_domain ? other : bit, is_domain ? bit : other);
	return rc;
}

/**
 * world_override() - write a queue's driver_override
 * @q: the queue
 * @to: who alone may have it
 *
 * Return: 0, or -EINVAL: masks are in use.
 */
int world_override(unsigned int q, enum prop_override to)
{
	if (apm != 7 || aqm != 7)
		return -EINVAL;
	queue[q].override = to;
	return 0;
}

/* .. and move it. */
int world_steer(unsigned int q, enum prop_override to)
{
	int rc = world_override(q, to);

	if (rc)
		return rc;
	take_away(q);
	probe(q);
	return 0;
}

/* Somebody gets a queue that nobody has. */
void world_probe(unsigned int q)
{
	probe(q);
}

int world_bind(unsigned int q)
{
	return owner_of(q) == OURS ? give_to_us(q) : -ENODEV;
}

void world_unbind(unsigned int q)
{
	take_away(q);
}

bool world_is_ours(unsigned int q)
{
	return queue[q].driver == OURS;
}

/* In the end everything is zeroized, so that nobody is owed anything. */
void world_all_ours(void)
{
	unsigned int q;

	apm = 0;
	aqm = 0;
	for (q = 0; q < QUEUES; q++) {
		queue[q].override = OVERRIDE_NONE;
		if (queue[q].exists && queue[q].driver != OURS) {
			take_away(q);
			give_to_us(q);
		}
	}
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
		queue[q].override = OVERRIDE_NONE;
	}
}
