// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - what is written against its twins
 *
 * Texts of several parts in buffers of all sizes, mostly too small.
 */
#include <kunit/test.h>

#include "draw.h"
#include "twin_text.h"

#define SEED	0x6f7261636c65ULL
#define GUARD	8

/**
 * struct sheet - a text, its twin, and what they are about
 * @text: the text
 * @twin: its twin
 * @buf: where the text is
 * @m: an assignment
 * @region: queues that left another one
 * @queues: a table of queues
 * @cut: how many parts did not fit
 */
struct sheet {
	struct apm_text text;
	struct twin_text twin;
	char buf[TWIN_TEXT + GUARD];
	struct apm_matrix m;
	struct apm_region region;
	struct apm_table queues;
	unsigned int cut;
};

static struct sheet *new_sheet(struct kunit *test)
{
	struct sheet *sheet = kunit_kzalloc(test, sizeof(*sheet), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, sheet);
	return sheet;
}

static void draw_sheet(u64 *seed, struct sheet *sheet)
{
	size_t size = draw_one_in(seed, 64) ? draw_below(seed, TWIN_TEXT + 1) :
					      draw_below(seed, 250);

	draw_assignment(seed, &sheet->m);
	draw_region(seed, &sheet->region);
	if (draw_one_in(seed, 32))
		memset(&sheet->queues, 0, sizeof(sheet->queues));
	if (draw_one_in(seed, 8))
		apm_table_del_region(&sheet->queues, &sheet->region);
	apm_table_add(&sheet->queues, draw_id(seed) << 8 | draw_id(seed));
	memset(sheet->buf + size, '#', GUARD);
	sheet->text = (struct apm_text) { .buf = sheet->buf, .size = size };
	sheet->twin.size = size;
	sheet->twin.len = 0;
}

static const char *write_why(u64 *seed, struct sheet *sheet)
{
	enum apm_why why = draw_below(seed, APM_WHYS);
	unsigned int more = draw_below(seed, 4);
	const char *word = apm_why_text(why);

	if (draw_below(seed, 2)) {
		if (apm_text_why_matrix(&sheet->text, &sheet->m, why) !=
		    twin_why_list(&sheet->twin, &sheet->m, word))
			return "apm_text_why_matrix()";
		return NULL;
	}
	if (apm_text_why_queues(&sheet->text, &sheet->queues, why, more) !=
	    twin_why_queues(&sheet->twin, &sheet->queues, word, more))
		return "apm_text_why_queues()";
	return NULL;
}

static const char *write_rows(u64 *seed, struct sheet *sheet)
{
	unsigned int apid = draw_id(seed);

	for (unsigned int count = draw_below(seed, 3) + 1; count--; apid++)
		if (apm_text_row(&sheet->text, apid % APM_IDS, &sheet->m.domains) !=
		    twin_row(&sheet->twin, 0, apid % APM_IDS, &sheet->m.domains))
			return "apm_text_row()";
	return NULL;
}

static const char *write_part(u64 *seed, struct sheet *sheet)
{
	switch (draw_below(seed, 6)) {
	case 0:
		return apm_text_matrix(&sheet->text, &sheet->m) ==
		       twin_text_matrix(&sheet->twin, &sheet->m) ?
		       NULL : "apm_text_matrix()";
	case 1:
		return apm_text_controls(&sheet->text, &sheet->m) ==
		       twin_list_numbers(&sheet->twin, &sheet->m.controls, "", 4, "") ?
		       NULL : "apm_text_controls()";
	case 2:
		return apm_text_config(&sheet->text, &sheet->m) ==
		       twin_text_config(&sheet->twin, &sheet->m) ?
		       NULL : "apm_text_config()";
	case 3:
		return apm_text_region(&sheet->text, &sheet->region) ==
		       twin_text_region(&sheet->twin, &sheet->region) ?
		       NULL : "apm_text_region()";
	case 4:
		return write_rows(seed, sheet);
	default:
		return write_why(seed, sheet);
	}
}

static const char *a_text_of_parts(u64 *seed, void *priv)
{
	struct sheet *sheet = priv;
	size_t size;

	draw_sheet(seed, sheet);
	size = sheet->text.size;
	for (unsigned int parts = draw_below(seed, 3) + 1; parts--;) {
		const char *wrong = write_part(seed, sheet);

		wrong = wrong ?: twin_text_wrong(&sheet->twin, &sheet->text);
		if (wrong)
			return wrong;
	}
	sheet->cut += sheet->text.size < size;
	for (unsigned int i = 0; i < GUARD; i++)
		if (sheet->buf[size + i] != '#')
			return "the end of the buffer";
	return NULL;
}

static void texts_are_the_twins(struct kunit *test)
{
	struct sheet *sheet = new_sheet(test);

	if (ask_oracle(test, SEED, a_text_of_parts, sheet))
		KUNIT_EXPECT_GT(test, sheet->cut, 5);
}

static struct kunit_case text_oracle_cases[] = {
	KUNIT_CASE(texts_are_the_twins),
	{}
};

static struct kunit_suite text_oracle_suite = {
	.name = "vfio_ap-text-oracle",
	.test_cases = text_oracle_cases,
};

kunit_test_suite(text_oracle_suite);
