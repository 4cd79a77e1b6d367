/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - stupid twins of the filter and its reasons
 *
 * See twin.h.  Everything is asked about single queues.
 */
#ifndef APM_TWIN_FILTER_H
#define APM_TWIN_FILTER_H

#include "../core/why.h"
#include "twin.h"

/**
 * struct twin_view - a question to the filter, and what follows from it
 * @world: everything else that matters
 * @wanted: what the guest could have
 * @plugged: what it has now
 * @waits: adapters that stay if their new queues get the time that they need
 */
struct twin_view {
	const struct apm_world *world;
	const struct apm_matrix *wanted;
	const struct apm_matrix *plugged;
	struct apm_mask waits;
};

static inline bool twin_fit(const struct twin_view *v, u16 apqn)
{
	if (!twin_table_has(v->world->bound, apqn))
		return false;
	return twin_table_has(v->world->clean, apqn) ||
	       twin_matrix_has(v->plugged, apqn);
}

/* Wanted, and not fit */
static inline bool twin_lacks(const struct twin_view *v, u16 apqn)
{
	return twin_in(&v->wanted->domains, apqn % 256) && !twin_fit(v, apqn);
}

/* Lacking, but not for long, and no domain of the guest's depends on it */
static inline bool twin_only_late(const struct twin_view *v, u16 apqn)
{
	return !twin_in(&v->plugged->domains, apqn % 256) &&
	       twin_table_has(v->world->busy, apqn);
}

static inline bool twin_adapter_waits(const struct twin_view *v,
				      unsigned int apid)
{
	if (!twin_in(&v->plugged->adapters, apid))
		return false;
	for (unsigned int apqi = 0; apqi < 256; apqi++)
		if (twin_lacks(v, apid * 256 + apqi) &&
		    !twin_only_late(v, apid * 256 + apqi))
			return false;
	return true;
}

static inline void twin_look(struct twin_view *v)
{
	for (unsigned int apid = 0; apid < 256; apid++)
		twin_put(&v->waits, apid, twin_in(&v->wanted->adapters, apid) &&
			 twin_adapter_waits(v, apid));
}

static inline bool twin_domain_waits(const struct twin_view *v,
				     unsigned int apqi)
{
	for (unsigned int apid = 0; apid < 256; apid++)
		if (twin_in(&v->waits, apid) && twin_lacks(v, apid * 256 + apqi))
			return true;
	return false;
}

static inline struct apm_matrix twin_within(const struct apm_world *world,
					    const struct apm_matrix *assigned)
{
	struct apm_matrix within = {};

	for (unsigned int id = 0; id < 256; id++) {
		twin_put(&within.adapters, id,
			 twin_in(&assigned->adapters, id) &&
			 twin_in(&world->host.adapters, id) &&
			 id <= world->limits.max_apid);
		twin_put(&within.domains, id,
			 twin_in(&assigned->domains, id) &&
			 twin_in(&world->host.domains, id) &&
			 id <= world->limits.max_apqi);
		twin_put(&within.controls, id,
			 twin_in(&assigned->controls, id) &&
			 twin_in(&world->host.controls, id) &&
			 id <= world->limits.max_apqi);
	}
	return within;
}

static inline struct apm_mask twin_awaited(const struct twin_view *v)
{
	struct apm_mask wait = {};

	for (unsigned int apqi = 0; apqi < 256; apqi++)
		if (twin_in(&v->wanted->domains, apqi))
			twin_put(&wait, apqi, twin_domain_waits(v, apqi));
	return wait;
}

static inline struct apm_mask twin_lacking_row(const struct twin_view *v,
					       unsigned int apid)
{
	struct apm_mask row = {};

	for (unsigned int apqi = 0; apqi < 256; apqi++)
		twin_put(&row, apqi, twin_lacks(v, apid * 256 + apqi));
	return row;
}

static inline bool twin_adapter_fits(const struct twin_view *v,
				     const struct apm_mask *domains,
				     unsigned int apid)
{
	for (unsigned int apqi = 0; apqi < 256; apqi++)
		if (twin_in(domains, apqi) && !twin_fit(v, apid * 256 + apqi))
			return false;
	return true;
}

static inline struct apm_matrix twin_visible(const struct apm_world *world,
					     const struct apm_matrix *assigned,
					     const struct apm_matrix *plugged)
{
	struct apm_matrix within = twin_within(world, assigned);
	struct twin_view v = {
		.world = world,
		.wanted = &within,
		.plugged = plugged,
	};
	struct apm_matrix guest = { .controls = within.controls };

	twin_look(&v);
	for (unsigned int apqi = 0; apqi < 256; apqi++)
		if (twin_in(&within.domains, apqi))
			twin_put(&guest.domains, apqi,
				 !twin_domain_waits(&v, apqi));
	for (unsigned int apid = 0; apid < 256; apid++)
		if (twin_in(&within.adapters, apid))
			twin_put(&guest.adapters, apid,
				 twin_adapter_fits(&v, &guest.domains, apid));
	return guest;
}

static inline bool twin_withheld(bool assigned, bool host, bool beyond,
				 enum apm_why why)
{
	if (why == APM_WHY_NOT_IN_HOST)
		return assigned && !host;
	if (why == APM_WHY_FORMAT_LIMIT)
		return assigned && host && beyond;
	return false;
}

static inline struct apm_matrix twin_why_matrix(const struct apm_world *world,
						const struct apm_matrix *assigned,
						enum apm_why why)
{
	const struct apm_matrix *host = &world->host;
	struct apm_matrix m = {};

	for (unsigned int id = 0; id < 256; id++) {
		twin_put(&m.adapters, id,
			 twin_withheld(twin_in(&assigned->adapters, id),
				       twin_in(&host->adapters, id),
				       id > world->limits.max_apid, why));
		twin_put(&m.domains, id,
			 twin_withheld(twin_in(&assigned->domains, id),
				       twin_in(&host->domains, id),
				       id > world->limits.max_apqi, why));
		twin_put(&m.controls, id,
			 twin_withheld(twin_in(&assigned->controls, id),
				       twin_in(&host->controls, id),
				       id > world->limits.max_apqi, why));
	}
	return m;
}

/*
 * Does a queue withhold something?  Its adapter, if the domain does not wait;
 * the domain, if its adapter waits.
 */
static inline bool twin_blamed(const struct twin_view *v, u16 apqn)
{
	if (!twin_in(&v->wanted->adapters, apqn / 256) || !twin_lacks(v, apqn))
		return false;
	return twin_in(&v->waits, apqn / 256) || !twin_domain_waits(v, apqn % 256);
}

#endif /* APM_TWIN_FILTER_H */
