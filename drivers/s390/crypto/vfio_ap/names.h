/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap - queues by name, for one line of the log
 */
#ifndef VAP_NAMES_H
#define VAP_NAMES_H

#include "core/text.h"
#include "vap.h"

/**
 * struct vap_queue_names - some queues, compressed, as text
 * @text: such as "05.0004-0007,06.0004", "..." where there is no more room
 */
struct vap_queue_names {
	char text[64];
};

/**
 * vap_name_common - name the queues of a region that are assigned to somebody
 * @names: where to
 * @region: the queues
 * @owner: to whom
 *
 * Call with vap.config held.
 */
static inline void vap_name_common(struct vap_queue_names *names,
				   const struct apm_region *region,
				   const struct vap_mdev *owner)
{
	struct apm_text text = { .buf = names->text, .size = sizeof(names->text) };
	struct apm_region common = apm_region_and(region, &owner->assigned);

	lockdep_assert_held(&vap.config);
	apm_text_region(&text, &common);
}

/**
 * vap_name_marked - name the queues of a region that are in a table
 * @names: where to
 * @region: the queues
 * @table: the table
 *
 * Call with what guards @table held.
 */
static inline void vap_name_marked(struct vap_queue_names *names,
				   const struct apm_region *region,
				   const struct apm_table *table)
{
	struct apm_text text = { .buf = names->text, .size = sizeof(names->text) };
	struct apm_mask adapters = apm_region_adapters(region);
	unsigned int apid;

	names->text[0] = 0;
	apm_for_each(apid, &adapters) {
		struct apm_mask row = apm_region_row(region, apid);

		row = apm_mask_and(&row, &table->row[apid]);
		if (!apm_text_row(&text, apid, &row))
			return;
	}
}

#endif /* VAP_NAMES_H */
