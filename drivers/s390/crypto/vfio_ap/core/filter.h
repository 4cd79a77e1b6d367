/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - what a guest may see
 *
 * A guest is given adapters and domains, and gets every queue where they
 * cross.  One queue can therefore not be withheld: if any of an adapter's is
 * not usable, the whole adapter is.
 */
#ifndef APM_FILTER_H
#define APM_FILTER_H

#include "matrix.h"
#include "table.h"

/**
 * struct apm_world - everything the filter's answer depends on
 * @host: what the host has and has finished scanning
 * @limits: what the guest's CRYCB format can hold
 * @bound: queues whose device is bound to the driver
 * @clean: queues proven empty and zeroized since anybody could use them
 * @busy: queues that are being zeroized, or about to be bound, and will most
 *	probably be clean soon
 */
struct apm_world {
	struct apm_matrix host;
	struct apm_limits limits;
	const struct apm_table *bound;
	const struct apm_table *clean;
	const struct apm_table *busy;
};

struct apm_matrix apm_within(const struct apm_world *world,
			     const struct apm_matrix *assigned);
struct apm_mask apm_lacking_row(const struct apm_world *world,
				const struct apm_matrix *wanted,
				const struct apm_matrix *plugged,
				unsigned int apid);
struct apm_mask apm_awaited_row(const struct apm_world *world,
				const struct apm_matrix *wanted,
				const struct apm_matrix *plugged,
				unsigned int apid);
struct apm_mask apm_awaited(const struct apm_world *world,
			    const struct apm_matrix *wanted,
			    const struct apm_matrix *plugged);
struct apm_matrix apm_visible(const struct apm_world *world,
			      const struct apm_matrix *assigned,
			      const struct apm_matrix *plugged);

#endif /* APM_FILTER_H */
