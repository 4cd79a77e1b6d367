// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - which queues, by adapter, in as few lines as possible
 *
 * Adapters that have the same domains share a line.  What assignments and the
 * host's masks leave of a machine has few different rows, however large it is.
 */
#include "rows.h"

#define DOTS	"...\n"

/**
 * apm_rows_matrix - the adapters and the domains of some queues
 * @queues: the queues
 *
 * Return: every adapter and every domain that has one of them; not all queues
 * where they cross need be among them.
 */
struct apm_matrix apm_rows_matrix(const struct apm_table *queues)
{
	struct apm_matrix matrix = {};
	unsigned int apid;

	for (apid = 0; apid < APM_IDS; apid++) {
		if (apm_mask_empty(&queues->row[apid]))
			continue;
		apm_mask_add(&matrix.adapters, apid);
		matrix.domains = apm_mask_or(&matrix.domains,
					     &queues->row[apid]);
	}
	return matrix;
}

static struct apm_mask same_row(const struct apm_table *queues,
				unsigned int first)
{
	struct apm_mask adapters = {};
	unsigned int apid;

	for (apid = first; apid < APM_IDS; apid++)
		if (apm_mask_equal(&queues->row[apid], &queues->row[first]))
			apm_mask_add(&adapters, apid);
	return adapters;
}

/* Behind a list that fits there is always room for a byte or two. */
static bool add_lists(struct apm_text *line, const struct apm_mask *adapters,
		      const struct apm_mask *domains)
{
	if (!apm_text_ids(line, 2, adapters))
		return false;
	apm_text_word(line, " ");
	if (!apm_text_ids(line, 4, domains))
		return false;
	apm_text_word(line, "\n");
	return true;
}

/* The whole line, and room for dots behind it; else only the dots. */
static bool add_line(struct apm_text *text, const struct apm_mask *adapters,
		     const struct apm_mask *domains)
{
	size_t dots = sizeof(DOTS) - 1;
	struct apm_text line = *text;

	line.size = text->size > dots ? text->size - dots : 0;
	if (add_lists(&line, adapters, domains)) {
		text->len = line.len;
		return true;
	}
	apm_text_word(text, DOTS);
	return false;
}

/**
 * apm_text_rows - list queues
 * @text: where to
 * @queues: the queues
 *
 * One line for each different row, such as `04-05,07 0004,0047`, in the order of
 * their first adapters.  Lines that do not fit are one of `...`.
 *
 * Return: false if they did not fit.
 */
bool apm_text_rows(struct apm_text *text, const struct apm_table *queues)
{
	struct apm_mask left = apm_rows_matrix(queues).adapters;
	unsigned int apid;

	apm_text_word(text, "");
	apm_for_each(apid, &left) {
		struct apm_mask adapters = same_row(queues, apid);

		if (!add_line(text, &adapters, &queues->row[apid]))
			return false;
		left = apm_mask_minus(&left, &adapters);
	}
	return true;
}
