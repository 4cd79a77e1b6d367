// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - what a guest may see
 *
 * A queue that the guest has already need not be clean: what is on it is the
 * guest's own.  One that it does not have yet must be, whoever used it before.
 */
#include "filter.h"

/* The domains of adapter @apid whose queues may be in the guest's hands. */
static struct apm_mask usable(const struct apm_world *world, unsigned int apid,
			      const struct apm_matrix *plugged)
{
	struct apm_mask fit = world->clean->row[apid];

	if (apm_mask_test(&plugged->adapters, apid))
		fit = apm_mask_or(&fit, &plugged->domains);
	return apm_mask_and(&fit, &world->bound->row[apid]);
}

/**
 * apm_within - what is left of an assignment before its queues are looked at
 * @world: everything that matters
 * @assigned: what the administrator wants the guest to have
 *
 * Return: what the host has and the guest can address.
 */
struct apm_matrix apm_within(const struct apm_world *world,
			     const struct apm_matrix *assigned)
{
	struct apm_matrix limit = apm_matrix_upto(&world->limits);
	struct apm_matrix within = apm_matrix_and(assigned, &world->host);

	return apm_matrix_and(&within, &limit);
}

/**
 * apm_lacking_row - the queues that an adapter lacks
 * @world: everything else that matters
 * @wanted: what the guest could have
 * @plugged: what it has now
 * @apid: an adapter of @wanted
 *
 * Return: their domains, a subset of @wanted's.
 */
struct apm_mask apm_lacking_row(const struct apm_world *world,
				const struct apm_matrix *wanted,
				const struct apm_matrix *plugged,
				unsigned int apid)
{
	struct apm_mask fit = usable(world, apid, plugged);

	return apm_mask_minus(&wanted->domains, &fit);
}

/**
 * apm_awaited_row - the queues of an adapter that are worth waiting for
 * @world: everything else that matters
 * @wanted: what the guest could have
 * @plugged: what it has now
 * @apid: an adapter of @wanted
 *
 * Return: the domains that are new to the guest, if the guest has the adapter,
 * and this lacks nothing but queues of such domains, all of which are being
 * zeroized; else nothing.
 */
struct apm_mask apm_awaited_row(const struct apm_world *world,
				const struct apm_matrix *wanted,
				const struct apm_matrix *plugged,
				unsigned int apid)
{
	struct apm_mask lacks = apm_lacking_row(world, wanted, plugged, apid);
	struct apm_mask soon = apm_mask_minus(&wanted->domains, &plugged->domains);

	soon = apm_mask_and(&soon, &world->busy->row[apid]);
	if (apm_mask_test(&plugged->adapters, apid) &&
	    apm_mask_subset(&lacks, &soon))
		return lacks;
	return (struct apm_mask) {};
}

/**
 * apm_awaited - the domains that the guest does not get before a queue is clean
 * @world: everything else that matters
 * @wanted: what the guest could have
 * @plugged: what it has now
 *
 * Return: the domains, a subset of @wanted's.
 */
struct apm_mask apm_awaited(const struct apm_world *world,
			    const struct apm_matrix *wanted,
			    const struct apm_matrix *plugged)
{
	struct apm_mask both = apm_mask_and(&wanted->adapters, &plugged->adapters);
	struct apm_mask wait = {};
	unsigned int apid;

	apm_for_each(apid, &both) {
		struct apm_mask row = apm_awaited_row(world, wanted, plugged,
						      apid);

		wait = apm_mask_or(&wait, &row);
	}
	return wait;
}

/**
 * apm_visible - the largest part of an assignment that a guest may see
 * @world: everything else that matters
 * @assigned: what the administrator wants it to have
 * @plugged: what it has now, empty if there is no guest
 *
 * Adapters make way, domains do not: a domain is withheld only if the host lacks
 * it, or for a moment: one that is new to the guest waits while its queue on one
 * of the guest's adapters is being zeroized, if that is all that keeps the
 * adapter from staying; else it would leave and come back.  Without a domain
 * there is no queue that could forbid an adapter.
 *
 * Return: a subset of @assigned, of the host's and of what can be addressed,
 * every queue of which is bound and either clean or plugged, and to which no
 * assigned adapter could be added.
 */
struct apm_matrix apm_visible(const struct apm_world *world,
			      const struct apm_matrix *assigned,
			      const struct apm_matrix *plugged)
{
	struct apm_matrix guest = apm_within(world, assigned);
	struct apm_mask wait = apm_awaited(world, &guest, plugged);
	unsigned int apid;

	guest.domains = apm_mask_minus(&guest.domains, &wait);
	apm_for_each(apid, &guest.adapters) {
		struct apm_mask lacks = apm_lacking_row(world, &guest, plugged,
							apid);

		if (!apm_mask_empty(&lacks))
			apm_mask_del(&guest.adapters, apid);
	}
	return guest;
}
