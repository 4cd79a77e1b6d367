/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - worlds drawn at random, and what a single queue is in them
 */
#ifndef APM_WORLDS_H
#define APM_WORLDS_H

#include "../core/filter.h"
#include "testlib.h"

/* Most queues are fit, else hardly an adapter would ever be seen. */
static inline void draw_table(u64 *seed, struct apm_table *table)
{
	for (unsigned int apid = 0; apid < APM_IDS; apid++) {
		struct apm_mask holes = {};

		if (draw_below(seed, 2))
			holes = draw_mask(seed);
		table->row[apid] = ids("0-255");
		table->row[apid] = apm_mask_minus(&table->row[apid], &holes);
	}
}

static inline void draw_world(u64 *seed, struct apm_world *world,
			      struct apm_table *bound, struct apm_table *clean,
			      struct apm_table *busy)
{
	draw_table(seed, bound);
	draw_table(seed, clean);
	draw_table(seed, busy);
	/* In half of the worlds all is bound, and dirt is being removed. */
	if (draw_below(seed, 2)) {
		for (unsigned int apid = 0; apid < APM_IDS; apid++) {
			bound->row[apid] = ids("0-255");
			busy->row[apid] = ids("0-255");
		}
	}
	world->host = draw_matrix(seed);
	world->limits.max_apid = draw_below(seed, 4) ? 255 : draw_below(seed, 256);
	world->limits.max_apqi = draw_below(seed, 4) ? 255 : draw_below(seed, 256);
	world->bound = bound;
	world->clean = clean;
	world->busy = busy;
}

static inline bool fit(const struct apm_world *world,
		       const struct apm_matrix *plugged, u16 apqn)
{
	return apm_table_test(world->bound, apqn) &&
	       (apm_table_test(world->clean, apqn) ||
		apm_matrix_has(plugged, apqn));
}

#endif /* APM_WORLDS_H */
