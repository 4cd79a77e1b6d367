/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - stupid twins of what writes text
 *
 * Character by character into a buffer that is large enough; what is too much
 * is thrown away afterwards.
 */
#ifndef APM_TWIN_TEXT_H
#define APM_TWIN_TEXT_H

#include "../core/text.h"
#include "twin.h"

#define TWIN_TEXT	4096

/**
 * struct twin_text - what should have been written
 * @buf: it
 * @len: its length
 * @size: how much there may be, with a NUL
 */
struct twin_text {
	char buf[TWIN_TEXT];
	size_t len;
	size_t size;
};

static inline void twin_char(struct twin_text *text, char c)
{
	if (text->len < TWIN_TEXT)
		text->buf[text->len] = c;
	text->len++;
}

static inline void twin_word(struct twin_text *text, const char *word)
{
	for (; *word; word++)
		twin_char(text, *word);
}

static inline void twin_hex(struct twin_text *text, unsigned int value,
			    unsigned int digits)
{
	unsigned int weight = 1;

	while (--digits)
		weight *= 16;
	for (; weight; weight /= 16)
		twin_char(text, "0123456789abcdef"[value / weight % 16]);
}

/* Whatever was added since the text was so long did not fit: true. */
static inline bool twin_undo(struct twin_text *text, size_t len, size_t keep)
{
	if (text->len + keep + 1 <= text->size)
		return false;
	text->len = len;
	return true;
}

/* Nothing can follow. */
static inline void twin_full(struct twin_text *text)
{
	if (text->size > text->len + 1)
		text->size = text->len + 1;
}

static inline bool twin_line(struct twin_text *text, size_t len)
{
	twin_char(text, '\n');
	if (!twin_undo(text, len, 0))
		return true;
	twin_full(text);
	return false;
}

static inline bool twin_list_numbers(struct twin_text *text,
				     const struct apm_mask *mask,
				     const char *before, unsigned int digits,
				     const char *behind)
{
	for (unsigned int id = 0; id < 256; id++) {
		size_t len = text->len;

		if (!twin_in(mask, id))
			continue;
		twin_word(text, before);
		twin_hex(text, id, digits);
		twin_word(text, behind);
		if (!twin_line(text, len))
			return false;
	}
	return true;
}

static inline bool twin_text_matrix(struct twin_text *text,
				    const struct apm_matrix *m)
{
	if (twin_none(&m->domains))
		return twin_list_numbers(text, &m->adapters, "", 2, ".");
	if (twin_none(&m->adapters))
		return twin_list_numbers(text, &m->domains, ".", 4, "");
	for (unsigned int apqn = 0; apqn < 65536; apqn++) {
		size_t len = text->len;

		if (!twin_matrix_has(m, apqn))
			continue;
		twin_hex(text, apqn / 256, 2);
		twin_char(text, '.');
		twin_hex(text, apqn % 256, 4);
		if (!twin_line(text, len))
			return false;
	}
	return true;
}

static inline bool twin_text_config(struct twin_text *text,
				    const struct apm_matrix *m)
{
	const struct apm_mask *masks[] = {
		&m->adapters, &m->domains, &m->controls,
	};
	size_t len = text->len;

	for (unsigned int i = 0; i < 3; i++) {
		twin_word(text, i ? ",0x" : "0x");
		for (unsigned int id = 0; id < 256; id += 4)
			twin_hex(text, twin_in(masks[i], id) * 8 +
				 twin_in(masks[i], id + 1) * 4 +
				 twin_in(masks[i], id + 2) * 2 +
				 twin_in(masks[i], id + 3), 1);
	}
	return twin_line(text, len);
}

/*
 * Numbers of a list that began at @start: neighbours as a range, and the last
 * four bytes kept for dots.
 */
static inline bool twin_runs(struct twin_text *text, size_t start,
			     const char *prefix, unsigned int digits,
			     const struct apm_mask *mask)
{
	for (unsigned int id = 0; id < 256; id++) {
		size_t len = text->len;
		unsigned int last = id;

		if (!twin_in(mask, id))
			continue;
		while (last < 255 && twin_in(mask, last + 1))
			last++;
		if (len > start)
			twin_char(text, ',');
		twin_word(text, prefix);
		twin_hex(text, id, digits);
		if (last > id) {
			twin_char(text, '-');
			twin_hex(text, last, digits);
		}
		if (twin_undo(text, len, 4)) {
			twin_word(text, len > start ? ",..." : "...");
			twin_undo(text, len, 0);
			twin_full(text);
			return false;
		}
		id = last;
	}
	return true;
}

static inline bool twin_row(struct twin_text *text, size_t start,
			    unsigned int apid, const struct apm_mask *row)
{
	char prefix[4] = "..";

	prefix[0] = "0123456789abcdef"[apid / 16];
	prefix[1] = "0123456789abcdef"[apid % 16];
	prefix[2] = '.';
	return twin_runs(text, start, prefix, 4, row);
}

static inline bool twin_text_region(struct twin_text *text,
				    const struct apm_region *region)
{
	size_t start = text->len;

	for (unsigned int apid = 0; apid < 256; apid++) {
		struct apm_mask row = {};

		if (!twin_region_on(region, apid))
			continue;
		for (unsigned int apqi = 0; apqi < 256; apqi++)
			if (twin_region_has(region, apid * 256 + apqi))
				twin_put(&row, apqi, true);
		if (!twin_row(text, start, apid, &row))
			return false;
	}
	return true;
}

/* The room for a list between its kind and its reason; 0: not even for dots. */
static inline size_t twin_begin(struct twin_text *text, const char *kind,
				const char *why, unsigned int more)
{
	size_t room = text->size > text->len ? text->size - text->len - 1 : 0;
	size_t share = room / (more + 1);
	size_t around = strlen(kind) + 1 + 1 + strlen(why) + 1;

	if (share < around + 4) {
		twin_full(text);
		return 0;
	}
	twin_word(text, kind);
	twin_char(text, ' ');
	return share - around;
}

static inline void twin_end(struct twin_text *text, const char *why)
{
	twin_char(text, ' ');
	twin_word(text, why);
	twin_char(text, '\n');
}

static inline bool twin_why_ids(struct twin_text *text, const char *kind,
				unsigned int digits,
				const struct apm_mask *mask, const char *why)
{
	size_t size = text->size;
	size_t room;
	bool whole;

	if (twin_none(mask))
		return true;
	room = twin_begin(text, kind, why, 0);
	if (!room)
		return false;
	text->size = text->len + room + 1;
	whole = twin_runs(text, text->len, "", digits, mask);
	text->size = size;
	twin_end(text, why);
	return whole;
}

static inline bool twin_why_list(struct twin_text *text,
				 const struct apm_matrix *m, const char *why)
{
	bool adapters = twin_why_ids(text, "adapter", 2, &m->adapters, why);
	bool domains = twin_why_ids(text, "domain", 4, &m->domains, why);

	return twin_why_ids(text, "control-domain", 4, &m->controls, why) &&
	       adapters && domains;
}

static inline bool twin_why_queues(struct twin_text *text,
				   const struct apm_table *table,
				   const char *why, unsigned int more)
{
	size_t size = text->size;
	bool whole = true;
	size_t start;
	size_t room;

	if (twin_table_none(table))
		return true;
	room = twin_begin(text, "queue", why, more);
	if (!room)
		return false;
	start = text->len;
	text->size = start + room + 1;
	for (unsigned int apid = 0; whole && apid < 256; apid++)
		whole = twin_row(text, start, apid, &table->row[apid]);
	text->size = size;
	twin_end(text, why);
	return whole;
}

/* NULL, or what is wrong with what was written into @text->size bytes. */
static inline const char *twin_text_wrong(const struct twin_text *twin,
					  const struct apm_text *text)
{
	if (text->len != twin->len)
		return "the length";
	if (memcmp(text->buf, twin->buf, twin->len))
		return "the text";
	if (text->size && text->buf[text->len])
		return "its end";
	return NULL;
}

#endif /* APM_TWIN_TEXT_H */
