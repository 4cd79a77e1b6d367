// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - what is read against its twins
 *
 * Text that makes sense, with a character or two that do not.  It is handed over
 * in memory of exactly its length.
 */
#include <kunit/test.h>

#include "draw.h"
#include "twin_parse.h"

#define SEED	0x6f7261636c65ULL
#define ROOM	280

/**
 * struct draft - text that somebody may write
 * @text: it
 * @len: its length
 * @good: how many made sense
 * @large: how many numbers were too large
 */
struct draft {
	char text[ROOM];
	size_t len;
	unsigned int good;
	unsigned int large;
};

static struct draft *new_draft(struct kunit *test)
{
	struct draft *draft = kunit_kzalloc(test, sizeof(*draft), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, draft);
	return draft;
}

static void put(struct draft *draft, const char *word)
{
	while (*word && draft->len < ROOM)
		draft->text[draft->len++] = *word++;
}

static char draw_char(u64 *seed)
{
	static const char alphabet[] = "0123456789abcdefABCDEFgGxX,,++-\n\n \0";

	if (draw_one_in(seed, 8))
		return draw(seed);
	return alphabet[draw_below(seed, sizeof(alphabet) - 1)];
}

static void put_digits(u64 *seed, struct draft *draft, unsigned int count,
		       const char *digits, unsigned int base)
{
	while (count-- && draft->len < ROOM)
		draft->text[draft->len++] = digits[draw_below(seed, base)];
}

/* A character is replaced, lost, or there twice. */
static void spoil(u64 *seed, struct draft *draft)
{
	size_t at;

	if (!draft->len)
		return;
	at = draw_below(seed, draft->len);
	switch (draw_below(seed, 4)) {
	case 0:
		memmove(draft->text + at, draft->text + at + 1,
			draft->len - at - 1);
		draft->len--;
		break;
	case 1:
		if (draft->len == ROOM)
			break;
		memmove(draft->text + at + 1, draft->text + at, draft->len - at);
		draft->len++;
		break;
	default:
		draft->text[at] = draw_char(seed);
	}
}

static void spoil_sometimes(u64 *seed, struct draft *draft)
{
	unsigned int count = draw_below(seed, 4);

	if (draw_below(seed, 4))
		put(draft, "\n");
	while (count-- > 1)
		spoil(seed, draft);
}

static void draw_number(u64 *seed, struct draft *draft)
{
	static const char *const starts[] = { "", "", "0x", "0X", "0", "+", "+0x" };
	static const char *const ends[] = {
		"18446744073709551615", "18446744073709551616",
		"0xffffffffffffffff", "0x10000000000000000",
		"01777777777777777777777", "02000000000000000000000", "256",
	};

	draft->len = 0;
	if (draw_one_in(seed, 3)) {
		put(draft, ends[draw_below(seed, ARRAY_SIZE(ends))]);
	} else {
		put(draft, starts[draw_below(seed, ARRAY_SIZE(starts))]);
		put_digits(seed, draft, draw_one_in(seed, 4) ?
			   draw_below(seed, 30) : draw_below(seed, 4),
			   "0123456789abcdefABCDEF",
			   draw_below(seed, 2) ? 10 : draw_below(seed, 22) + 1);
	}
	spoil_sometimes(seed, draft);
}

static const char *a_number(u64 *seed, void *priv)
{
	struct draft *draft = priv;
	unsigned long twin = 0x5a5a5a5a;
	unsigned long id = 0x5a5a5a5a;
	int twin_err;
	char *copy;
	int err;

	draw_number(seed, draft);
	copy = kmemdup(draft->text, draft->len, GFP_KERNEL);
	if (!copy)
		return "no memory";
	err = apm_text_parse_id(copy, draft->len, &id);
	kfree(copy);
	twin_err = twin_parse_id(draft->text, draft->len, &twin);
	draft->good += !err;
	draft->large += err == -ERANGE;
	if (err != twin_err)
		return "the error";
	return id == twin ? NULL : "the number";
}

static void numbers_are_read_as_by_the_twin(struct kunit *test)
{
	struct draft *draft = new_draft(test);

	if (!ask_oracle(test, SEED, a_number, draft))
		return;
	KUNIT_EXPECT_GT(test, draft->good, 20);
	KUNIT_EXPECT_GT(test, draft->large, 5);
}

static void draw_mask_text(u64 *seed, struct draft *draft)
{
	static const char *const starts[] = { "", "0x", "0X" };
	unsigned int count = draw_below(seed, 4);

	if (draw_one_in(seed, 8))
		count = 62 + draw_below(seed, 4);
	put(draft, starts[draw_below(seed, ARRAY_SIZE(starts))]);
	put_digits(seed, draft, count, "0123456789abcdefABCDEF", 22);
}

static const char *a_config(u64 *seed, void *priv)
{
	struct draft *draft = priv;
	struct apm_matrix twin = {};
	struct apm_matrix m = {};
	int twin_err;
	char *copy;
	int err;

	draft->len = 0;
	for (unsigned int i = 0; i < 3; i++) {
		put(draft, i ? "," : "");
		draw_mask_text(seed, draft);
	}
	spoil_sometimes(seed, draft);
	apm_mask_add(&m.adapters, draw_id(seed));
	twin = m;
	copy = kmemdup(draft->text, draft->len, GFP_KERNEL);
	if (!copy)
		return "no memory";
	err = apm_text_parse_config(copy, draft->len, &m);
	kfree(copy);
	twin_err = twin_parse_config(draft->text, draft->len, &twin);
	draft->good += !err;
	if (err != twin_err)
		return "the error";
	return twin_matrix_same(&m, &twin) ? NULL : "the assignment";
}

static void configs_are_read_as_by_the_twin(struct kunit *test)
{
	struct draft *draft = new_draft(test);

	if (ask_oracle(test, SEED, a_config, draft))
		KUNIT_EXPECT_GT(test, draft->good, 20);
}

static struct kunit_case parse_oracle_cases[] = {
	KUNIT_CASE(numbers_are_read_as_by_the_twin),
	KUNIT_CASE(configs_are_read_as_by_the_twin),
	{}
};

static struct kunit_suite parse_oracle_suite = {
	.name = "vfio_ap-parse-oracle",
	.test_cases = parse_oracle_cases,
};

kunit_test_suite(parse_oracle_suite);
