/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - assignments as text, to the byte as clients know them
 */
#ifndef APM_TEXT_H
#define APM_TEXT_H

#include "matrix.h"
#include "why.h"

/**
 * struct apm_text - a buffer that is written once, front to back
 * @buf: where to
 * @size: its size in bytes; a terminating NUL is always kept inside
 * @len: bytes written, without the NUL
 *
 * Text is added by whole lines: a line that does not fit is left out, together
 * with all that follow.
 */
struct apm_text {
	char *buf;
	size_t size;
	size_t len;
};

/* Digits of a mask; bytes of an ap_config line: masks, commas, a newline. */
#define APM_TEXT_DIGITS		(APM_IDS / 4)
#define APM_TEXT_CONFIG_LEN	(3 * (2 + APM_TEXT_DIGITS) + 2 + 1)

bool apm_text_matrix(struct apm_text *text, const struct apm_matrix *matrix);
bool apm_text_controls(struct apm_text *text, const struct apm_matrix *matrix);
bool apm_text_config(struct apm_text *text, const struct apm_matrix *matrix);
bool apm_text_word(struct apm_text *text, const char *word);
bool apm_text_hex(struct apm_text *text, u64 value, unsigned int digits);
bool apm_text_ids(struct apm_text *text, unsigned int digits,
		  const struct apm_mask *ids);
bool apm_text_row(struct apm_text *text, unsigned int apid,
		  const struct apm_mask *row);
bool apm_text_region(struct apm_text *text, const struct apm_region *region);
bool apm_text_why_matrix(struct apm_text *text, const struct apm_matrix *matrix,
			 enum apm_why why);
bool apm_text_why_queues(struct apm_text *text, const struct apm_table *queues,
			 enum apm_why why, unsigned int more);
int apm_text_parse_config(const char *buf, size_t len, struct apm_matrix *matrix);
int apm_text_parse_id(const char *buf, size_t len, unsigned long *id);

#endif /* APM_TEXT_H */
