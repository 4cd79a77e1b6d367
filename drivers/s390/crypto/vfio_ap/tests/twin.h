/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - stupid twins of masks, assignments, regions and tables
 *
 * A twin does what a part of the core does, one number and one queue at a time,
 * and calls nothing of it.  It is slow, and nobody has to think to believe it.
 * Twins need no KUnit: the fuzzers use them, too.
 */
#ifndef APM_TWIN_H
#define APM_TWIN_H

#include "../core/table.h"

/* Number 0 is leftmost. */
static inline bool twin_in(const struct apm_mask *mask, unsigned int id)
{
	return mask->word[id / 64] << id % 64 >> 63;
}

static inline void twin_put(struct apm_mask *mask, unsigned int id, bool on)
{
	u64 bit = 0x8000000000000000ULL >> id % 64;

	if (on)
		mask->word[id / 64] |= bit;
	else
		mask->word[id / 64] &= ~bit;
}

static inline bool twin_same(const struct apm_mask *a, const struct apm_mask *b)
{
	for (unsigned int id = 0; id < 256; id++)
		if (twin_in(a, id) != twin_in(b, id))
			return false;
	return true;
}

static inline bool twin_none(const struct apm_mask *mask)
{
	for (unsigned int id = 0; id < 256; id++)
		if (twin_in(mask, id))
			return false;
	return true;
}

static inline unsigned int twin_count(const struct apm_mask *mask)
{
	unsigned int count = 0;

	for (unsigned int id = 0; id < 256; id++)
		count += twin_in(mask, id);
	return count;
}

static inline unsigned int twin_next(const struct apm_mask *mask,
				     unsigned int from)
{
	for (unsigned int id = from; id < 256; id++)
		if (twin_in(mask, id))
			return id;
	return 256;
}

static inline struct apm_mask twin_upto(unsigned int last)
{
	struct apm_mask mask = {};

	for (unsigned int id = 0; id < 256; id++)
		twin_put(&mask, id, id <= last);
	return mask;
}

static inline bool twin_has(const struct apm_mask *adapters,
			    const struct apm_mask *domains, u16 apqn)
{
	return twin_in(adapters, apqn / 256) && twin_in(domains, apqn % 256);
}

static inline bool twin_matrix_has(const struct apm_matrix *m, u16 apqn)
{
	return twin_has(&m->adapters, &m->domains, apqn);
}

static inline bool twin_matrix_same(const struct apm_matrix *a,
				    const struct apm_matrix *b)
{
	return twin_same(&a->adapters, &b->adapters) &&
	       twin_same(&a->domains, &b->domains) &&
	       twin_same(&a->controls, &b->controls);
}

static inline bool twin_region_has(const struct apm_region *region, u16 apqn)
{
	return twin_has(&region->part[0].adapters, &region->part[0].domains,
			apqn) ||
	       twin_has(&region->part[1].adapters, &region->part[1].domains,
			apqn);
}

/* Could any queue of this adapter be in the region?  Saves most of the work. */
static inline bool twin_region_on(const struct apm_region *region,
				  unsigned int apid)
{
	return twin_in(&region->part[0].adapters, apid) ||
	       twin_in(&region->part[1].adapters, apid);
}

static inline bool twin_region_none(const struct apm_region *region)
{
	for (unsigned int apid = 0; apid < 256; apid++) {
		if (!twin_region_on(region, apid))
			continue;
		for (unsigned int apqi = 0; apqi < 256; apqi++)
			if (twin_region_has(region, apid * 256 + apqi))
				return false;
	}
	return true;
}

/* Is the region what @from has and @what has not, and no queue in it twice? */
static inline bool twin_is_minus(const struct apm_region *region,
				 const struct apm_matrix *from,
				 const struct apm_matrix *what)
{
	for (unsigned int apid = 0; apid < 256; apid++) {
		if (!twin_region_on(region, apid) &&
		    !twin_in(&from->adapters, apid))
			continue;
		for (unsigned int apqi = 0; apqi < 256; apqi++) {
			u16 apqn = apid * 256 + apqi;
			bool want = twin_matrix_has(from, apqn) &&
				    !twin_matrix_has(what, apqn);
			int parts = 0;

			for (unsigned int i = 0; i < 2; i++)
				parts += twin_has(&region->part[i].adapters,
						  &region->part[i].domains,
						  apqn);
			if (parts != want)
				return false;
		}
	}
	return true;
}

static inline bool twin_table_has(const struct apm_table *table, u16 apqn)
{
	return twin_in(&table->row[apqn / 256], apqn % 256);
}

static inline void twin_table_put(struct apm_table *table,
				  const struct apm_region *region, bool on)
{
	for (unsigned int apid = 0; apid < 256; apid++) {
		if (!twin_region_on(region, apid))
			continue;
		for (unsigned int apqi = 0; apqi < 256; apqi++)
			if (twin_region_has(region, apid * 256 + apqi))
				twin_put(&table->row[apid], apqi, on);
	}
}

static inline bool twin_table_none(const struct apm_table *table)
{
	const u8 *byte = (const u8 *)table;

	for (unsigned int i = 0; i < sizeof(*table); i++)
		if (byte[i])
			return false;
	return true;
}

/* The lowest queue that both have, 65536: none. */
static inline unsigned int twin_first(const struct apm_table *table,
				      const struct apm_region *region)
{
	for (unsigned int apid = 0; apid < 256; apid++) {
		if (!twin_region_on(region, apid))
			continue;
		for (unsigned int apqi = 0; apqi < 256; apqi++) {
			u16 apqn = apid * 256 + apqi;

			if (twin_table_has(table, apqn) &&
			    twin_region_has(region, apqn))
				return apqn;
		}
	}
	return 65536;
}

#endif /* APM_TWIN_H */
