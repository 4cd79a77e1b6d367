// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - assignments as text
 */
#include <kunit/test.h>

#include "../core/text.h"
#include "testlib.h"

#define SEED	0x74657874ULL
#define PAGE	4096

static struct apm_text text_of(struct kunit *test, size_t size)
{
	struct apm_text text = {
		.buf = kunit_kzalloc(test, size, GFP_KERNEL),
		.size = size,
	};

	KUNIT_ASSERT_NOT_NULL(test, text.buf);
	memset(text.buf, '#', size);
	return text;
}

static const struct listing {
	const char *desc;
	const char *adapters;
	const char *domains;
	const char *controls;
	const char *matrix_text;
	const char *controls_text;
} listings[] = {
	{ "nothing", "", "", "", "", "" },
	{ "one queue", "5", "71", "", "05.0047\n", "" },
	{ "queues, adapter-major", "4 5", "4 71 171", "4 255",
	  "04.0004\n04.0047\n04.00ab\n05.0004\n05.0047\n05.00ab\n",
	  "0004\n00ff\n" },
	{ "the corners", "0 255", "0 255", "0",
	  "00.0000\n00.00ff\nff.0000\nff.00ff\n", "0000\n" },
	{ "only adapters", "4 171", "", "", "04.\nab.\n", "" },
	{ "only domains", "", "4 171", "171", ".0004\n.00ab\n", "00ab\n" },
	{ "only control domains", "", "", "4 5 6", "", "0004\n0005\n0006\n" },
};

KUNIT_ARRAY_PARAM_DESC(listing, listings, desc);

static void an_assignment_is_listed(struct kunit *test)
{
	const struct listing *l = test->param_value;
	struct apm_matrix m = matrix_of(l->adapters, l->domains, l->controls);
	struct apm_text text = text_of(test, PAGE);

	KUNIT_EXPECT_TRUE(test, apm_text_matrix(&text, &m));
	KUNIT_EXPECT_STREQ(test, text.buf, l->matrix_text);
	KUNIT_EXPECT_EQ(test, text.len, strlen(l->matrix_text));

	text.len = 0;
	KUNIT_EXPECT_TRUE(test, apm_text_controls(&text, &m));
	KUNIT_EXPECT_STREQ(test, text.buf, l->controls_text);
	KUNIT_EXPECT_EQ(test, text.len, strlen(l->controls_text));
}

static const struct shape {
	const char *desc;
	const char *adapters;
	const char *domains;
	size_t line;
	const char *whole;
} shapes[] = {
	{ "queues", "4 5", "4 71", 8, "04.0004\n04.0047\n05.0004\n05.0047\n" },
	{ "adapters", "4 5 171", "", 4, "04.\n05.\nab.\n" },
	{ "domains", "", "4 71 171", 6, ".0004\n.0047\n.00ab\n" },
};

KUNIT_ARRAY_PARAM_DESC(shape, shapes, desc);

/* However large the buffer, it holds the whole lines that fit, and a NUL. */
static void a_listing_ends_with_a_whole_line(struct kunit *test)
{
	const struct shape *shape = test->param_value;
	struct apm_matrix m = matrix_of(shape->adapters, shape->domains, "");
	size_t len = strlen(shape->whole);

	for (size_t size = 0; size <= len + 2; size++) {
		struct apm_text text = text_of(test, size + 1);
		size_t fits = size ? (size - 1) / shape->line * shape->line : 0;

		text.size = size;
		if (fits > len)
			fits = len;
		KUNIT_EXPECT_EQ(test, apm_text_matrix(&text, &m), size > len);
		KUNIT_EXPECT_EQ(test, text.len, fits);
		KUNIT_EXPECT_EQ(test, 0, memcmp(text.buf, shape->whole, fits));
		if (size)
			KUNIT_EXPECT_EQ(test, text.buf[fits], '\0');
		KUNIT_EXPECT_EQ(test, text.buf[size], '#');
	}
}

static void a_page_holds_511_queues_of_65536(struct kunit *test)
{
	struct apm_matrix m = matrix_of("0-255", "0-255", "0-255");
	struct apm_text text = text_of(test, PAGE);

	KUNIT_EXPECT_FALSE(test, apm_text_matrix(&text, &m));
	KUNIT_EXPECT_EQ(test, text.len, 511 * 8);
	KUNIT_EXPECT_STREQ(test, text.buf + 510 * 8, "01.00fe\n");
}

static void nothing_follows_a_line_that_was_left_out(struct kunit *test)
{
	struct apm_matrix m = matrix_of("4", "4", "4");
	struct apm_text text = text_of(test, 8);

	KUNIT_EXPECT_FALSE(test, apm_text_matrix(&text, &m));
	KUNIT_EXPECT_FALSE(test, apm_text_controls(&text, &m));
	KUNIT_EXPECT_STREQ(test, text.buf, "");
}

static void a_text_goes_on_where_it_was(struct kunit *test)
{
	struct apm_matrix m = matrix_of("4", "4", "5");
	struct apm_text text = text_of(test, PAGE);

	KUNIT_EXPECT_TRUE(test, apm_text_matrix(&text, &m));
	KUNIT_EXPECT_TRUE(test, apm_text_controls(&text, &m));
	KUNIT_EXPECT_STREQ(test, text.buf, "04.0004\n0005\n");
}

#define ZEROS16	"0000000000000000"
#define ZEROS32	"00000000000000000000000000000000"
#define ZEROS48	"000000000000000000000000000000000000000000000000"
#define ZEROS64	"0000000000000000000000000000000000000000000000000000000000000000"
#define ONES64	"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
#define LINE(adapters, domains, controls) \
	"0x" adapters ",0x" domains ",0x" controls "\n"

static const struct config {
	const char *desc;
	const char *adapters;
	const char *domains;
	const char *controls;
	const char *line;
} configs[] = {
	{ "nothing", "", "", "", LINE(ZEROS64, ZEROS64, ZEROS64) },
	{ "all", "0-255", "0-255", "0-255", LINE(ONES64, ONES64, ONES64) },
	{ "0 is leftmost, 255 rightmost", "0", "255", "3 4",
	  LINE("8000000000000000" ZEROS48, ZEROS48 "0000000000000001",
	       "1800000000000000" ZEROS48) },
	{ "lower case, in order", "4 5", "71 171", "0 2 64-67",
	  LINE("0c00000000000000" ZEROS48,
	       ZEROS16 "01000000000000000000000000100000" ZEROS16,
	       "a000000000000000f000000000000000" ZEROS32) },
};

KUNIT_ARRAY_PARAM_DESC(config, configs, desc);

static void a_config_line_is(struct kunit *test)
{
	const struct config *c = test->param_value;
	struct apm_matrix m = matrix_of(c->adapters, c->domains, c->controls);
	struct apm_text text = text_of(test, APM_TEXT_CONFIG_LEN + 1);

	KUNIT_EXPECT_TRUE(test, apm_text_config(&text, &m));
	KUNIT_EXPECT_STREQ(test, text.buf, c->line);
	KUNIT_EXPECT_EQ(test, text.len, 201);

	text = text_of(test, APM_TEXT_CONFIG_LEN);
	KUNIT_EXPECT_FALSE(test, apm_text_config(&text, &m));
	KUNIT_EXPECT_STREQ(test, text.buf, "");
}

static const struct naming {
	const char *desc;
	const char *from[2];
	const char *what[2];
	const char *name;
	size_t size;
} namings[] = {
	{ "no queue", { "", "" }, { "", "" }, "" },
	{ "adapters without domains", { "4 5", "" }, { "", "" }, "" },
	{ "one", { "5", "71" }, { "", "" }, "05.0047" },
	{ "neighbours", { "5 6", "4-7" }, { "6", "5-7" },
	  "05.0004-0007,06.0004" },
	{ "two are neighbours too", { "5", "4 5" }, { "", "" }, "05.0004-0005" },
	{ "strangers", { "5", "4 6 9-11 255" }, { "", "" },
	  "05.0004,05.0006,05.0009-000b,05.00ff" },
	{ "a row to the very end", { "255", "0-255" }, { "", "" },
	  "ff.0000-00ff" },
	{ "both parts, in order", { "3 9", "1 2" }, { "3", "1" },
	  "03.0002,09.0001-0002" },
	{ "it just fits", { "4 5", "4" }, { "", "" }, "04.0004,05.0004", 20 },
	{ "the second does not", { "4 5", "4" }, { "", "" }, "04.0004,...", 19 },
	{ "only the first and dots", { "4 5", "4" }, { "", "" },
	  "04.0004,...", 12 },
	{ "only dots", { "4 5", "4" }, { "", "" }, "...", 11 },
	{ "hardly any dots", { "4 5", "4" }, { "", "" }, "...", 4 },
	{ "no room for dots", { "4 5", "4" }, { "", "" }, "", 3 },
	{ "no room at all", { "4 5", "4" }, { "", "" }, "", 1 },
};

KUNIT_ARRAY_PARAM_DESC(naming, namings, desc);

static void queues_are_named(struct kunit *test)
{
	const struct naming *n = test->param_value;
	struct apm_matrix from = matrix_of(n->from[0], n->from[1], "");
	struct apm_matrix what = matrix_of(n->what[0], n->what[1], "");
	struct apm_region region = apm_region_minus(&from, &what);
	struct apm_text text = text_of(test, n->size ?: 64);
	size_t len = strlen(n->name);
	bool cut = n->size && n->size < 20;

	KUNIT_EXPECT_EQ(test, apm_text_region(&text, &region), !cut);
	KUNIT_EXPECT_STREQ(test, text.buf, n->name);
	KUNIT_EXPECT_EQ(test, text.len, len);
}

static void all_queues_are_named_in_a_small_buffer(struct kunit *test)
{
	struct apm_matrix all = matrix_of("0-255", "0-255", "");
	struct apm_matrix none = {};
	struct apm_region region = apm_region_minus(&all, &none);
	struct apm_text text = text_of(test, 48);

	KUNIT_EXPECT_FALSE(test, apm_text_region(&text, &region));
	KUNIT_EXPECT_STREQ(test, text.buf,
			   "00.0000-00ff,01.0000-00ff,02.0000-00ff,...");
	KUNIT_EXPECT_FALSE(test, apm_text_region(&text, &region));
	KUNIT_EXPECT_EQ(test, text.len, strlen(text.buf));
}

/* Row by row, a region is named as in one go. */
static void rows_make_one_list(struct kunit *test)
{
	struct apm_matrix from = matrix_of("4-7 9", "4-6 71", "");
	struct apm_matrix what = matrix_of("5 9", "5", "");
	struct apm_region region = apm_region_minus(&from, &what);

	for (unsigned int size = 1; size < 120; size++) {
		struct apm_text whole = text_of(test, size);
		struct apm_text rows = text_of(test, size);
		bool fits = true;

		for (unsigned int apid = 0; apid < APM_IDS; apid++) {
			struct apm_mask row = apm_region_row(&region, apid);

			fits &= apm_text_row(&rows, apid, &row);
		}
		KUNIT_EXPECT_EQ(test, fits, apm_text_region(&whole, &region));
		KUNIT_EXPECT_STREQ(test, rows.buf, whole.buf);
	}
}

static void names_never_leave_the_buffer(struct kunit *test)
{
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 500; round++) {
		struct apm_matrix a = draw_matrix(&seed);
		struct apm_matrix b = draw_matrix(&seed);
		struct apm_region region = apm_region_minus(&a, &b);
		size_t size = draw_below(&seed, 100);
		struct apm_text text = text_of(test, size + 1);

		text.size = size;
		apm_text_region(&text, &region);
		KUNIT_ASSERT_EQ(test, text.buf[size], '#');
		if (size)
			KUNIT_ASSERT_EQ(test, text.len, strlen(text.buf));
	}
}

static const struct account {
	const char *desc;
	const char *adapters;
	const char *domains;
	const char *controls;
	enum apm_why why;
	const char *text;
} accounts[] = {
	{ "nothing", "", "", "", APM_WHY_NOT_IN_HOST, "" },
	{ "an adapter", "32", "", "", APM_WHY_NOT_IN_HOST,
	  "adapter 20 not-in-host-config\n" },
	{ "a domain", "", "71", "", APM_WHY_NOT_IN_HOST,
	  "domain 0047 not-in-host-config\n" },
	{ "a control domain", "", "", "171", APM_WHY_FORMAT_LIMIT,
	  "control-domain 00ab format-limit\n" },
	{ "neighbours", "32-35 48", "4-5 7", "0-255", APM_WHY_NOT_IN_HOST,
	  "adapter 20-23,30 not-in-host-config\n"
	  "domain 0004-0005,0007 not-in-host-config\n"
	  "control-domain 0000-00ff not-in-host-config\n" },
	{ "the corners", "0 255", "0 255", "", APM_WHY_FORMAT_LIMIT,
	  "adapter 00,ff format-limit\ndomain 0000,00ff format-limit\n" },
};

KUNIT_ARRAY_PARAM_DESC(account, accounts, desc);

static void what_is_withheld_is_listed(struct kunit *test)
{
	const struct account *a = test->param_value;
	struct apm_matrix m = matrix_of(a->adapters, a->domains, a->controls);
	struct apm_text text = text_of(test, PAGE);

	KUNIT_EXPECT_TRUE(test, apm_text_why_matrix(&text, &m, a->why));
	KUNIT_EXPECT_STREQ(test, text.buf, a->text);
	KUNIT_EXPECT_EQ(test, text.len, strlen(a->text));
}

static struct apm_table *table_of(struct kunit *test, const char *adapters,
				  const char *domains)
{
	struct apm_matrix m = matrix_of(adapters, domains, "");
	struct apm_region region = apm_region_of(&m);
	struct apm_table *table = new_table(test);

	apm_table_add_region(table, &region);
	return table;
}

static void queues_that_withhold_are_listed(struct kunit *test)
{
	struct apm_table *table = table_of(test, "5", "4-7");
	struct apm_text text = text_of(test, PAGE);

	apm_table_add(table, 0x0604);
	KUNIT_EXPECT_TRUE(test, apm_text_why_queues(&text, table,
						    APM_WHY_NOT_BOUND, 0));
	KUNIT_EXPECT_TRUE(test, apm_text_why_queues(&text, new_table(test),
						    APM_WHY_RESETTING, 0));
	KUNIT_EXPECT_TRUE(test, apm_text_why_queues(&text, table,
						    APM_WHY_QUARANTINED, 0));
	KUNIT_EXPECT_STREQ(test, text.buf,
			   "queue 05.0004-0007,06.0004 not-bound\n"
			   "queue 05.0004-0007,06.0004 quarantined\n");
	KUNIT_EXPECT_EQ(test, text.len, strlen(text.buf));
}

/* With less and less room: the whole line, one with dots, none. */
static void a_reason_is_never_cut(struct kunit *test)
{
	static const char whole[] = "queue 05.0004,06.0004,07.0004 not-bound\n";
	static const char least[] = "queue ... not-bound\n";
	struct apm_table *table = table_of(test, "5-7", "4");
	unsigned int dotted = 0;

	for (size_t size = 0; size <= sizeof(whole) + 5; size++) {
		struct apm_text text = text_of(test, size + 1);
		/* Room for dots is always kept. */
		bool fits = size >= sizeof(whole) + 4;
		const char *dots;

		text.size = size;
		KUNIT_EXPECT_EQ(test, fits,
				apm_text_why_queues(&text, table,
						    APM_WHY_NOT_BOUND, 0));
		KUNIT_EXPECT_EQ(test, text.buf[size], '#');
		if (size < sizeof(least) + 1) {
			KUNIT_EXPECT_EQ(test, text.len, 0);
			continue;
		}
		KUNIT_EXPECT_EQ(test, text.len, strlen(text.buf));
		dots = strstr(text.buf, "... not-bound\n");
		KUNIT_EXPECT_EQ(test, fits, !dots);
		if (fits)
			KUNIT_EXPECT_STREQ(test, text.buf, whole);
		else
			KUNIT_EXPECT_EQ(test, 0,
					strncmp(text.buf, "queue ", 6));
		dotted += dots && strstr(text.buf, "05.0004,... ");
	}
	KUNIT_EXPECT_GT(test, dotted, 3);
}

static void what_follows_a_line_with_dots_is_there(struct kunit *test)
{
	struct apm_matrix m = matrix_of("0 2 4 6 8 10 12 14", "", "");
	struct apm_text text = text_of(test, 64);

	KUNIT_EXPECT_FALSE(test, apm_text_why_queues(&text,
						     table_of(test, "4 5", "4"),
						     APM_WHY_RESETTING, 1));
	KUNIT_EXPECT_FALSE(test, apm_text_why_matrix(&text, &m,
						     APM_WHY_FORMAT_LIMIT));
	KUNIT_EXPECT_STREQ(test, text.buf,
			   "queue 04.0004,... resetting\n"
			   "adapter 00,02,04,... format-limit\n");
}

/* Every second number, from @first on: no ranges, as much text as can be. */
static struct apm_mask every_second(unsigned int first)
{
	struct apm_mask mask = {};

	for (unsigned int id = first; id < APM_IDS; id += 2)
		apm_mask_add(&mask, id);
	return mask;
}

static unsigned int lines_of(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* More than any machine could bring about at once. */
static void a_page_has_room_for_every_reason(struct kunit *test)
{
	static const enum apm_why whole[] = {
		APM_WHY_NOT_IN_HOST, APM_WHY_FORMAT_LIMIT,
	};
	struct apm_table *table = new_table(test);
	struct apm_text text = text_of(test, PAGE + 1);

	text.size = PAGE;
	for (unsigned int i = 0; i < 2; i++) {
		struct apm_mask half = every_second(i);
		struct apm_matrix m = { half, half, half };

		KUNIT_EXPECT_TRUE(test, apm_text_why_matrix(&text, &m, whole[i]));
	}
	for (unsigned int apid = 0; apid < APM_IDS; apid++)
		table->row[apid] = every_second(0);
	for (unsigned int why = 0; why < APM_WHY_OF_QUEUES; why++)
		KUNIT_EXPECT_FALSE(test,
				   apm_text_why_queues(&text, table, why,
						       APM_WHY_OF_QUEUES - 1 - why));
	KUNIT_EXPECT_EQ(test, lines_of(text.buf), 6 + APM_WHY_OF_QUEUES);
	KUNIT_EXPECT_LT(test, text.len, PAGE);
	KUNIT_EXPECT_EQ(test, text.buf[PAGE], '#');
	for (unsigned int why = 0; why < APM_WHYS; why++)
		KUNIT_EXPECT_NOT_NULL(test, strstr(text.buf, apm_why_text(why)));
}

static struct kunit_case text_cases[] = {
	KUNIT_CASE_PARAM(an_assignment_is_listed, listing_gen_params),
	KUNIT_CASE_PARAM(a_listing_ends_with_a_whole_line, shape_gen_params),
	KUNIT_CASE(a_page_holds_511_queues_of_65536),
	KUNIT_CASE(nothing_follows_a_line_that_was_left_out),
	KUNIT_CASE(a_text_goes_on_where_it_was),
	KUNIT_CASE_PARAM(a_config_line_is, config_gen_params),
	KUNIT_CASE_PARAM(queues_are_named, naming_gen_params),
	KUNIT_CASE(all_queues_are_named_in_a_small_buffer),
	KUNIT_CASE(rows_make_one_list),
	KUNIT_CASE(names_never_leave_the_buffer),
	KUNIT_CASE_PARAM(what_is_withheld_is_listed, account_gen_params),
	KUNIT_CASE(queues_that_withhold_are_listed),
	KUNIT_CASE(a_reason_is_never_cut),
	KUNIT_CASE(what_follows_a_line_with_dots_is_there),
	KUNIT_CASE(a_page_has_room_for_every_reason),
	{}
};

static struct kunit_suite text_suite = {
	.name = "vfio_ap-text",
	.test_cases = text_cases,
};

kunit_test_suite(text_suite);
