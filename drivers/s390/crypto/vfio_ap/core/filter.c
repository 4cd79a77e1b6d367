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
 * apm_visible - the largest part of an assignment that a guest may see
 * @world: everything else that matters
 * @assigned: what the administrator wants it to have
 * @plugged: what it has now, empty if there is no guest
 *
 * Adapters make way, domains never do: a domain is withheld only if the host
 * lacks it.  Without a domain there is no queue that could forbid an adapter.
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
	unsigned int apid;

	guest = apm_matrix_and(&guest, &limit);
	apm_for_each(apid, &guest.adapters) {
		struct apm_mask fit = usable(world, apid, plugged);

		if (!apm_mask_subset(&guest.domains, &fit))
			apm_mask_del(&guest.adapters, apid);
	}
	return guest;
}
