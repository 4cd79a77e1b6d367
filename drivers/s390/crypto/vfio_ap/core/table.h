/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - one bit for every queue there can be
 *
 * 256 rows, one per adapter, of 256 bits, one per domain: 8 KiB.  The driver
 * keeps a handful of them (assigned, bound, proven clean, being reset), so a
 * question about a whole product is a few word operations per adapter, however
 * many queues and mediated devices there are.
 */
#ifndef APM_TABLE_H
#define APM_TABLE_H

#include "matrix.h"

/**
 * struct apm_table - a set of queues without any structure
 * @row: by adapter, the set of domains
 */
struct apm_table {
	struct apm_mask row[APM_IDS];
};

static inline bool apm_table_test(const struct apm_table *table, u16 apqn)
{
	return apm_mask_test(&table->row[apm_apid(apqn)], apm_apqi(apqn));
}

static inline void apm_table_add(struct apm_table *table, u16 apqn)
{
	apm_mask_add(&table->row[apm_apid(apqn)], apm_apqi(apqn));
}

static inline void apm_table_del(struct apm_table *table, u16 apqn)
{
	apm_mask_del(&table->row[apm_apid(apqn)], apm_apqi(apqn));
}

void apm_table_add_region(struct apm_table *table, const struct apm_region *region);
void apm_table_del_region(struct apm_table *table, const struct apm_region *region);
bool apm_table_empty(const struct apm_table *table);
bool apm_table_meets(const struct apm_table *table,
		     const struct apm_region *region, u16 *first);

#endif /* APM_TABLE_H */
