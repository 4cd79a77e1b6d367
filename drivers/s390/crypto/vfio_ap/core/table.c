// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - one bit for every queue there can be
 *
 * Only the rows of a region's adapters are touched, each with a few word
 * operations.
 */
#include "table.h"

/* The first queue of @rect that is in @table, APM_IDS * APM_IDS: none. */
static unsigned int first_in(const struct apm_table *table,
			     const struct apm_rect *rect)
{
	unsigned int apid;

	if (apm_mask_empty(&rect->domains))
		return APM_IDS * APM_IDS;
	apm_for_each(apid, &rect->adapters) {
		struct apm_mask both;

		if (!apm_mask_meets(&table->row[apid], &rect->domains))
			continue;
		both = apm_mask_and(&table->row[apid], &rect->domains);
		return apm_apqn(apid, apm_mask_next(&both, 0));
	}
	return APM_IDS * APM_IDS;
}

/**
 * apm_table_add_region - put queues into a table
 * @table: the table
 * @region: the queues; those that are there already stay
 */
void apm_table_add_region(struct apm_table *table, const struct apm_region *region)
{
	for (unsigned int i = 0; i < 2; i++) {
		const struct apm_rect *rect = &region->part[i];
		unsigned int apid;

		apm_for_each(apid, &rect->adapters)
			table->row[apid] = apm_mask_or(&table->row[apid],
						       &rect->domains);
	}
}

/**
 * apm_table_del_region - take queues out of a table
 * @table: the table
 * @region: the queues; those that are not there do not matter
 */
void apm_table_del_region(struct apm_table *table, const struct apm_region *region)
{
	for (unsigned int i = 0; i < 2; i++) {
		const struct apm_rect *rect = &region->part[i];
		unsigned int apid;

		apm_for_each(apid, &rect->adapters)
			table->row[apid] = apm_mask_minus(&table->row[apid],
							  &rect->domains);
	}
}

/**
 * apm_table_empty - is no queue in a table?
 * @table: the table
 *
 * Return: true if there is none.
 */
bool apm_table_empty(const struct apm_table *table)
{
	for (unsigned int apid = 0; apid < APM_IDS; apid++)
		if (!apm_mask_empty(&table->row[apid]))
			return false;
	return true;
}

/**
 * apm_table_meets - is any queue of a region in a table?
 * @table: the table
 * @region: the queues
 * @first: where the lowest such APQN goes, unchanged if there is none; may be
 *	NULL
 *
 * Return: true if there is one.
 */
bool apm_table_meets(const struct apm_table *table,
		     const struct apm_region *region, u16 *first)
{
	unsigned int one = first_in(table, &region->part[0]);
	unsigned int other = first_in(table, &region->part[1]);
	unsigned int lowest = one < other ? one : other;

	if (lowest == APM_IDS * APM_IDS)
		return false;
	if (first)
		*first = lowest;
	return true;
}
