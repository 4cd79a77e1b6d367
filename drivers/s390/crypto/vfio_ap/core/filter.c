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

/*
 * The domains to wait for: new to the guest, and an adapter that it has lacks
 * nothing but queues of such domains, all of which are being zeroized.
 */
static struct apm_mask awaited(const struct apm_world *world,
			       const struct apm_matrix *wanted,
			       const struct apm_matrix *plugged)
{
	struct apm_mask has = apm_mask_and(&wanted->adapters, &plugged->adapters);
	struct apm_mask fresh = apm_mask_minus(&wanted->domains, &plugged->domains);
	struct apm_mask wait = {};
	unsigned int apid;

	apm_for_each(apid, &has) {
		struct apm_mask fit = usable(world, apid, plugged);
		struct apm_mask soon = apm_mask_and(&world->busy->row[apid],
						    &world->bound->row[apid]);
		struct apm_mask lacks = apm_mask_minus(&wanted->domains, &fit);

		soon = apm_mask_and(&soon, &fresh);
		if (apm_mask_subset(&lacks, &soon))
			wait = apm_mask_or(&wait, &lacks);
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
	struct apm_matrix limit = apm_matrix_upto(&world->limits);
	struct apm_matrix guest = apm_matrix_and(assigned, &world->host);
	struct apm_mask wait;
	unsigned int apid;

	guest = apm_matrix_and(&guest, &limit);
	wait = awaited(world, &guest, plugged);
	guest.domains = apm_mask_minus(&guest.domains, &wait);
	apm_for_each(apid, &guest.adapters) {
		struct apm_mask fit = usable(world, apid, plugged);

		if (!apm_mask_subset(&guest.domains, &fit))
			apm_mask_del(&guest.adapters, apid);
	}
	return guest;
}
