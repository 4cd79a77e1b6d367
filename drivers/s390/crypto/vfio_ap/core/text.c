// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - assignments become text
 */
#include "text.h"

/* One queue and a newline; a comma and a run of queues of one adapter. */
#define LINE_LEN	sizeof("aa.dddd\n")
#define RUN_LEN		sizeof(",aa.dddd-dddd")

static char *put_hex(char *at, unsigned int value, unsigned int digits)
{
	while (digits--)
		*at++ = "0123456789abcdef"[value >> 4 * digits & 0xf];
	return at;
}

static char *put_mask(char *at, const struct apm_mask *mask)
{
	*at++ = '0';
	*at++ = 'x';
	for (unsigned int i = 0; i < APM_TEXT_DIGITS; i++) {
		u64 word = mask->word[i / 16];

		at = put_hex(at, word >> (60 - i % 16 * 4) & 0xf, 1);
	}
	return at;
}

static size_t room(const struct apm_text *text)
{
	return text->len < text->size ? text->size - text->len - 1 : 0;
}

/* A text that left something out is full, so that nothing follows the gap. */
static bool add(struct apm_text *text, const char *from, const char *to)
{
	size_t len = to - from;

	if (len > room(text)) {
		if (text->len < text->size)
			text->size = text->len + 1;
		return false;
	}
	memcpy(text->buf + text->len, from, len);
	text->len += len;
	text->buf[text->len] = '\0';
	return true;
}

static void terminate(struct apm_text *text)
{
	if (text->len < text->size)
		text->buf[text->len] = '\0';
}

static bool add_queues(struct apm_text *text, const struct apm_matrix *matrix)
{
	unsigned int apid;
	unsigned int apqi;

	apm_rect_for_each(apid, apqi, matrix) {
		char line[LINE_LEN];
		char *at = put_hex(line, apid, 2);

		*at++ = '.';
		at = put_hex(at, apqi, 4);
		*at++ = '\n';
		if (!add(text, line, at))
			return false;
	}
	return true;
}

static bool add_adapters(struct apm_text *text, const struct apm_mask *adapters)
{
	unsigned int apid;

	apm_for_each(apid, adapters) {
		char line[LINE_LEN];
		char *at = put_hex(line, apid, 2);

		*at++ = '.';
		*at++ = '\n';
		if (!add(text, line, at))
			return false;
	}
	return true;
}

static bool add_domains(struct apm_text *text, const struct apm_mask *domains,
			bool dot)
{
	unsigned int apqi;

	apm_for_each(apqi, domains) {
		char line[LINE_LEN];
		char *at = line;

		if (dot)
			*at++ = '.';
		at = put_hex(at, apqi, 4);
		*at++ = '\n';
		if (!add(text, line, at))
			return false;
	}
	return true;
}

/**
 * apm_text_matrix - list an assignment's queues
 * @text: where to
 * @matrix: the assignment
 *
 * One line `AA.DDDD` per queue, adapter-major and ascending.  As long as there
 * are only adapters, `AA.`, and only domains, `.DDDD`; nothing for nothing.
 *
 * Return: false if it did not fit.
 */
bool apm_text_matrix(struct apm_text *text, const struct apm_matrix *matrix)
{
	terminate(text);
	if (apm_mask_empty(&matrix->domains))
		return add_adapters(text, &matrix->adapters);
	if (apm_mask_empty(&matrix->adapters))
		return add_domains(text, &matrix->domains, true);
	return add_queues(text, matrix);
}

/**
 * apm_text_controls - list an assignment's control domains
 * @text: where to
 * @matrix: the assignment
 *
 * One line `DDDD` per control domain, ascending.
 *
 * Return: false if it did not fit.
 */
bool apm_text_controls(struct apm_text *text, const struct apm_matrix *matrix)
{
	terminate(text);
	return add_domains(text, &matrix->controls, false);
}

/**
 * apm_text_config - a whole assignment in one line
 * @text: where to
 * @matrix: the assignment
 *
 * Adapters, domains and control domains, each `0x` and 64 lower-case digits
 * with number 0 leftmost, between commas: %APM_TEXT_CONFIG_LEN bytes.
 *
 * Return: false if it did not fit; then nothing was written.
 */
bool apm_text_config(struct apm_text *text, const struct apm_matrix *matrix)
{
	char line[APM_TEXT_CONFIG_LEN];
	char *at = line;

	terminate(text);
	at = put_mask(at, &matrix->adapters);
	*at++ = ',';
	at = put_mask(at, &matrix->domains);
	*at++ = ',';
	at = put_mask(at, &matrix->controls);
	*at++ = '\n';
	return add(text, line, at);
}

/* The domains of @region's queues on adapter @apid. */
static struct apm_mask row_of(const struct apm_region *region, unsigned int apid)
{
	struct apm_mask row = {};

	for (unsigned int i = 0; i < 2; i++)
		if (apm_mask_test(&region->part[i].adapters, apid))
			row = apm_mask_or(&row, &region->part[i].domains);
	return row;
}

static char *put_run(char *at, unsigned int apid, unsigned int first,
		     unsigned int last)
{
	at = put_hex(at, apid, 2);
	*at++ = '.';
	at = put_hex(at, first, 4);
	if (first == last)
		return at;
	*at++ = '-';
	return put_hex(at, last, 4);
}

/* A run, or dots in its place: room for a comma and them is always kept. */
static bool add_run(struct apm_text *text, const char *from, const char *to)
{
	static const char dots[] = ",...";
	size_t keep = sizeof(dots) - 1;

	if (to - from + keep <= room(text))
		return add(text, from, to);
	add(text, *from == ',' ? dots : dots + 1, dots + keep);
	if (text->len < text->size)
		text->size = text->len + 1;
	return false;
}

/**
 * apm_text_region - name queues for a reader of the log
 * @text: where to
 * @region: the queues
 *
 * Ascending, queues that are neighbours on one adapter as a range, such as
 * `05.0004-0007,06.0004`, without a newline.  The last four bytes are kept
 * for a `,...` which says that there are more.
 *
 * Return: false if it did not fit.
 */
bool apm_text_region(struct apm_text *text, const struct apm_region *region)
{
	bool comma = false;

	terminate(text);
	for (unsigned int apid = 0; apid < APM_IDS; apid++) {
		struct apm_mask row = row_of(region, apid);
		unsigned int last;
		unsigned int apqi;

		apm_for_each(apqi, &row) {
			char run[RUN_LEN] = ",";

			for (last = apqi; last + 1 < APM_IDS; last++)
				if (!apm_mask_test(&row, last + 1))
					break;
			if (!add_run(text, run + !comma,
				     put_run(run + 1, apid, apqi, last)))
				return false;
			comma = true;
			apqi = last;
		}
	}
	return true;
}
