// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - assignments become text
 */
#include "text.h"

/* One queue and a newline; a comma and a run of queues of one adapter. */
#define LINE_LEN	sizeof("aa.dddd\n")
#define RUN_LEN		sizeof(",aa.dddd-dddd")

/* The longest kind and a blank; a blank, a reason and a newline; ",...". */
#define HEAD_LEN	sizeof("control-domain ")
#define TAIL_LEN	(APM_WHY_LEN + 2)
#define DOTS_LEN	4

static char *put_word(char *at, const char *word)
{
	while (*word)
		*at++ = *word++;
	return at;
}

static char *put_hex(char *at, u64 value, unsigned int digits)
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

/* Nothing may follow a gap. */
static void fill(struct apm_text *text)
{
	if (text->len < text->size)
		text->size = text->len + 1;
}

/* A text that left something out is full, so that nothing follows the gap. */
static bool add(struct apm_text *text, const char *from, const char *to)
{
	size_t len = to - from;

	if (len > room(text)) {
		fill(text);
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

static bool add_queue(struct apm_text *text, unsigned int apid, unsigned int apqi)
{
	char line[LINE_LEN];
	char *at = put_hex(line, apid, 2);

	*at++ = '.';
	at = put_hex(at, apqi, 4);
	*at++ = '\n';
	return add(text, line, at);
}

static bool add_queues(struct apm_text *text, const struct apm_matrix *matrix)
{
	unsigned int apid;
	unsigned int apqi;

	apm_for_each(apid, &matrix->adapters)
		apm_for_each(apqi, &matrix->domains)
			if (!add_queue(text, apid, apqi))
				return false;
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

/* A run, or dots in its place: room for a comma and them is always kept. */
static bool add_run(struct apm_text *text, const char *from, const char *to)
{
	static const char dots[] = ",...";
	size_t keep = sizeof(dots) - 1;

	if (to - from + keep <= room(text))
		return add(text, from, to);
	add(text, *from == ',' ? dots : dots + 1, dots + keep);
	fill(text);
	return false;
}

/*
 * Numbers behind @prefix, neighbours as a range, in a list that began where the
 * text was @start bytes long.
 */
static bool add_runs(struct apm_text *text, size_t start, const char *prefix,
		     unsigned int digits, const struct apm_mask *ids)
{
	unsigned int last;
	unsigned int id;

	apm_for_each(id, ids) {
		char run[RUN_LEN] = ",";
		const char *from = text->len == start ? run + 1 : run;
		char *at = put_word(run + 1, prefix);

		for (last = id; last + 1 < APM_IDS; last++)
			if (!apm_mask_test(ids, last + 1))
				break;
		at = put_hex(at, id, digits);
		if (last != id) {
			*at++ = '-';
			at = put_hex(at, last, digits);
		}
		if (!add_run(text, from, at))
			return false;
		id = last;
	}
	return true;
}

/* The queues of one adapter, in such a list. */
static bool add_row(struct apm_text *text, size_t start, unsigned int apid,
		    const struct apm_mask *row)
{
	char prefix[] = "aa.";

	put_hex(prefix, apid, 2);
	return add_runs(text, start, prefix, 4, row);
}

/**
 * apm_text_word - some text as it is
 * @text: where to
 * @word: the text; if it is empty, @text is only made a string
 *
 * Return: false if it did not fit; then nothing was written.
 */
bool apm_text_word(struct apm_text *text, const char *word)
{
	size_t most = room(text);
	size_t len = 0;

	terminate(text);
	while (len <= most && word[len])
		len++;
	if (!len)
		return true;
	return add(text, word, word + len);
}

/**
 * apm_text_hex - a number
 * @text: where to
 * @value: the number
 * @digits: how many hexadecimal digits of it, 1 to 16
 *
 * Return: false if it did not fit; then nothing was written.
 */
bool apm_text_hex(struct apm_text *text, u64 value, unsigned int digits)
{
	char number[16];

	return add(text, number, put_hex(number, value, digits));
}

/**
 * apm_text_ids - name adapters or domains
 * @text: where to
 * @digits: how long a number is: 2 for adapters, 4 for domains
 * @ids: the numbers
 *
 * Ascending, neighbours as a range, such as `0004-0007,0047`.  Room for a `,...`
 * in the place of what does not fit is kept.
 *
 * Return: false if it did not fit.
 */
bool apm_text_ids(struct apm_text *text, unsigned int digits,
		  const struct apm_mask *ids)
{
	terminate(text);
	return add_runs(text, text->len, "", digits, ids);
}

/**
 * apm_text_row - name queues of one adapter for a reader of the log
 * @text: where to: empty, or rows of lower adapters
 * @apid: the adapter
 * @row: the domains
 *
 * As apm_text_region(); rows put one after the other are one list.
 *
 * Return: false if it did not fit.
 */
bool apm_text_row(struct apm_text *text, unsigned int apid,
		  const struct apm_mask *row)
{
	terminate(text);
	return add_row(text, 0, apid, row);
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
	struct apm_mask adapters = apm_region_adapters(region);
	size_t start = text->len;
	unsigned int apid;

	terminate(text);
	apm_for_each(apid, &adapters) {
		struct apm_mask row = apm_region_row(region, apid);

		if (!add_row(text, start, apid, &row))
			return false;
	}
	return true;
}

/**
 * struct line - a line of a kind, a list and a reason, while it is written
 * @text: the text, as far as the list may go
 * @start: where the list begins
 * @tail: the reason, which has its place whatever becomes of the list
 * @end: end of @tail
 */
struct line {
	struct apm_text text;
	size_t start;
	char tail[TAIL_LEN];
	char *end;
};

/* A line may take its share, if @more others are to come. */
static bool begin_line(struct line *line, struct apm_text *text,
		       const char *kind, enum apm_why why, unsigned int more)
{
	size_t share = room(text) / (more + 1);
	char head[HEAD_LEN];
	char *to = put_word(head, kind);

	*to++ = ' ';
	line->tail[0] = ' ';
	line->end = put_word(line->tail + 1, apm_why_text(why));
	*line->end++ = '\n';
	if (to - head + DOTS_LEN + (line->end - line->tail) > share) {
		fill(text);
		return false;
	}
	line->text = *text;
	line->text.size = text->len + share - (line->end - line->tail) + 1;
	add(&line->text, head, to);
	line->start = line->text.len;
	return true;
}

static void end_line(struct line *line, struct apm_text *text)
{
	text->len = line->text.len;
	add(text, line->tail, line->end);
}

static bool add_why_ids(struct apm_text *text, const char *kind,
			unsigned int digits, const struct apm_mask *ids,
			enum apm_why why)
{
	struct line line;
	bool whole;

	if (apm_mask_empty(ids))
		return true;
	if (!begin_line(&line, text, kind, why, 0))
		return false;
	whole = add_runs(&line.text, line.start, "", digits, ids);
	end_line(&line, text);
	return whole;
}

/**
 * apm_text_why_matrix - what is withheld as a whole, and why
 * @text: where to
 * @matrix: adapters, domains and control domains
 * @why: the reason
 *
 * A line for each kind that is not empty, such as `adapter 20-23,30
 * not-in-host-config`.  What a line has no room for is `...`; the reason is
 * always there.
 *
 * Return: false if it did not fit.
 */
bool apm_text_why_matrix(struct apm_text *text, const struct apm_matrix *matrix,
			 enum apm_why why)
{
	bool whole;

	terminate(text);
	whole = add_why_ids(text, "adapter", 2, &matrix->adapters, why);
	whole &= add_why_ids(text, "domain", 4, &matrix->domains, why);
	whole &= add_why_ids(text, "control-domain", 4, &matrix->controls, why);
	return whole;
}

/**
 * apm_text_why_queues - which queues withhold something, and why
 * @text: where to
 * @queues: the queues
 * @why: the reason
 * @more: so many other lines are to get as much room as this one
 *
 * One line such as `queue 05.0004-0007,06.0004 not-bound`, nothing for no
 * queue.  What it has no room for is `...`; the reason is always there.
 *
 * Return: false if it did not fit.
 */
bool apm_text_why_queues(struct apm_text *text, const struct apm_table *queues,
			 enum apm_why why, unsigned int more)
{
	unsigned int apid;
	struct line line;
	bool whole = true;

	terminate(text);
	if (apm_table_empty(queues))
		return true;
	if (!begin_line(&line, text, "queue", why, more))
		return false;
	for (apid = 0; whole && apid < APM_IDS; apid++)
		whole = add_row(&line.text, line.start, apid,
				&queues->row[apid]);
	end_line(&line, text);
	return whole;
}
