// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - queues in few lines
 */
#include <kunit/test.h>

#include "../core/rows.h"
#include "testlib.h"

#define SEED	0x726f7773ULL
#define PAGE	4096

static const struct rows {
	const char *desc;
	const char *adapters[3];
	const char *domains[3];
	const char *all_adapters;
	const char *all_domains;
	const char *text;
} rows[] = {
	{ "nothing", {}, {}, "", "", "" },
	{ "one queue", { "5" }, { "71" }, "5", "71", "05 0047\n" },
	{ "a product", { "4-5 7" }, { "4 70-71" }, "4-5 7", "4 70-71",
	  "04-05,07 0004,0046-0047\n" },
	{ "rows that differ", { "4", "5-6", "7" }, { "4 171", "4", "171" },
	  "4-7", "4 171", "04 0004,00ab\n05-06 0004\n07 00ab\n" },
	{ "rows between others", { "1 3 255", "2" }, { "0", "255" },
	  "1-3 255", "0 255", "01,03,ff 0000\n02 00ff\n" },
	{ "all there can be", { "0-255" }, { "0-255" }, "0-255", "0-255",
	  "00-ff 0000-00ff\n" },
};

KUNIT_ARRAY_PARAM_DESC(rows, rows, desc);

static void add_product(struct apm_table *table, const char *adapters,
			const char *domains)
{
	struct apm_matrix product = matrix_of(adapters, domains, "");
	struct apm_region region = apm_region_of(&product);

	apm_table_add_region(table, &region);
}

static void queues_are_listed(struct kunit *test)
{
	const struct rows *r = test->param_value;
	struct apm_table *table = new_table(test);
	size_t len = strlen(r->text);
	char buf[128];

	for (unsigned int i = 0; i < ARRAY_SIZE(r->adapters); i++)
		add_product(table, r->adapters[i], r->domains[i]);
	KUNIT_EXPECT_MATRIX_EQ(test, apm_rows_matrix(table),
			       matrix_of(r->all_adapters, r->all_domains, ""));
	for (size_t size = 0; size < sizeof(buf); size++) {
		struct apm_text text = { .buf = buf, .size = size };
		bool whole;

		memset(buf, '#', sizeof(buf));
		whole = apm_text_rows(&text, table);
		KUNIT_EXPECT_EQ(test, buf[size], '#');
		if (size)
			KUNIT_EXPECT_EQ(test, text.len, strlen(buf));
		if (whole && size)
			KUNIT_EXPECT_STREQ(test, buf, r->text);
		if (!whole && size > 4)
			KUNIT_EXPECT_STREQ(test, buf + text.len - 4, "...\n");
		/* Places for ",..." and "...\n" are kept, but one for "\n". */
		KUNIT_EXPECT_EQ(test, whole, !len || size > len + 7);
	}
}

/* What is listed is what there was, line by line, as far as there is room. */
static void what_is_random_is_listed_in_a_page(struct kunit *test)
{
	char *buf = kunit_kzalloc(test, PAGE, GFP_KERNEL);
	struct apm_table *table = new_table(test);
	u64 seed = first_seed(test, SEED);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	for (unsigned int i = 0; i < 20; i++) {
		struct apm_text text = { .buf = buf, .size = PAGE };

		for (unsigned int apid = 0; apid < APM_IDS; apid++)
			table->row[apid] = draw_mask(&seed);
		KUNIT_EXPECT_FALSE(test, apm_text_rows(&text, table));
		KUNIT_EXPECT_STREQ(test, buf + text.len - 5, "\n...\n");
		KUNIT_EXPECT_LT(test, text.len, PAGE);
	}
}

static struct kunit_case rows_cases[] = {
	KUNIT_CASE_PARAM(queues_are_listed, rows_gen_params),
	KUNIT_CASE(what_is_random_is_listed_in_a_page),
	{}
};

static struct kunit_suite rows_suite = {
	.name = "vfio_ap-rows",
	.test_cases = rows_cases,
};

kunit_test_suite(rows_suite);
