// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - registers, status words and what follows from them, against
 * their twins
 */
#include <kunit/test.h>

#include "draw.h"
#include "twin_words.h"

#define SEED	0x6f7261636c65ULL

static const char *a_status_word(u64 *seed, void *priv)
{
	return twin_word_wrong(draw(seed) >> 32);
}

static void status_words_are_the_twins(struct kunit *test)
{
	ask_oracle(test, SEED, a_status_word, NULL);
}

/* One in two is all zero, or a single bit. */
static u64 draw_register(u64 *seed)
{
	switch (draw_below(seed, 4)) {
	case 0:
		return 0;
	case 1:
		return 1ULL << draw_below(seed, 64);
	default:
		return draw(seed);
	}
}

static const char *an_aqic(u64 *seed, void *priv)
{
	struct apm_status status = { .rc = 0x5a, .irq = true };
	u64 gr0 = draw_register(seed);
	u64 gr1 = draw_register(seed);
	u64 gr2 = draw_register(seed);
	struct apm_aqic aqic = apm_aqic_decode(gr0, gr1, gr2);
	struct apm_matrix plugged;
	unsigned int rc;
	bool refused;

	draw_assignment(seed, &plugged);
	if (draw_below(seed, 4)) {
		apm_mask_add(&plugged.adapters, aqic.apqn >> 8);
		apm_mask_add(&plugged.domains, aqic.apqn & 0xff);
	}
	rc = twin_refusal(&plugged, gr0, gr1, gr2);
	if (!twin_is_aqic(&aqic, gr0, gr1, gr2))
		return "apm_aqic_decode()";
	refused = apm_aqic_refuse(&plugged, &aqic, &status);
	if (refused != !!rc)
		return "whether it is refused";
	return twin_is_status(&status, rc ? rc << 16 : 0x015a0000) ?
	       NULL : "what it is refused with";
}

static void guests_are_told_what_the_twin_tells_them(struct kunit *test)
{
	ask_oracle(test, SEED, an_aqic, NULL);
}

/* Codes that mean something, pure most of the time: else no story ends. */
static void draw_answer(u64 *seed, struct apm_tapq *said)
{
	static const u8 codes[] = {
		0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x02, 0x05, 0x07, 0x07,
		0x0a, 0x35, 0x36, 0x01, 0x03, 0x04, 0x08, 0x09, 0x0b, 0x77,
	};
	unsigned int kind = draw_below(seed, 256);

	memset(said, 0, sizeof(*said));
	said->status = apm_status_of(draw_below(seed, 3) ? 0x80000000 :
				     draw(seed) >> 32);
	said->status.rc = kind < 200 ? codes[kind % ARRAY_SIZE(codes)] : kind;
	if (kind < 13)
		said->status.rc = 0;
	said->bind_state = draw_below(seed, 8) ? 0 : draw_below(seed, 4);
}

/**
 * struct tale - a story, and how many ended well
 * @story: what was said
 * @ended: how many
 */
struct tale {
	struct twin_story story;
	unsigned int ended;
};

static const char *a_reset(u64 *seed, void *priv)
{
	enum apm_reset_state state = APM_RESET_ISSUE;
	struct twin_story *story = &((struct tale *)priv)->story;

	for (story->count = 0; story->count < TWIN_STORY;) {
		struct apm_tapq *said = &story->said[story->count];
		enum apm_reset_ask ask = apm_reset_next(state);

		if (ask == APM_ASK_NOTHING)
			break;
		draw_answer(seed, said);
		story->started[story->count++] = ask == APM_ASK_ZAPQ;
		state = ask == APM_ASK_ZAPQ ? apm_reset_zapq(&said->status) :
					      apm_reset_tapq(state, said);
		if (apm_reset_is_pure(said) != twin_pure(said))
			return "apm_reset_is_pure()";
		if (state != twin_reset(story))
			return "the state of the reset";
	}
	((struct tale *)priv)->ended += state == APM_RESET_CLEAN;
	return NULL;
}

static struct tale *new_tale(struct kunit *test)
{
	struct tale *tale = kunit_kzalloc(test, sizeof(*tale), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, tale);
	return tale;
}

static void resets_end_as_the_twins_do(struct kunit *test)
{
	struct tale *tale = new_tale(test);

	if (ask_oracle(test, SEED, a_reset, tale))
		KUNIT_EXPECT_GT(test, tale->ended, 20);
}

static const char *an_end_of_interruptions(u64 *seed, void *priv)
{
	enum apm_quiet_state state = APM_QUIET_ISSUE;
	struct twin_story *story = &((struct tale *)priv)->story;

	for (story->count = 0; story->count < TWIN_STORY;) {
		struct apm_tapq *said = &story->said[story->count];
		enum apm_quiet_ask ask = apm_quiet_next(state);

		if (ask == APM_QUIET_ASK_NOTHING)
			break;
		draw_answer(seed, said);
		story->started[story->count++] = ask == APM_QUIET_ASK_AQIC;
		state = ask == APM_QUIET_ASK_AQIC ?
			apm_quiet_aqic(&said->status) :
			apm_quiet_tapq(state, &said->status);
		if (state != twin_quiet(story))
			return "how far it is";
	}
	((struct tale *)priv)->ended += state == APM_QUIET_OVER;
	return NULL;
}

static void interruptions_end_as_the_twins_do(struct kunit *test)
{
	struct tale *tale = new_tale(test);

	if (ask_oracle(test, SEED, an_end_of_interruptions, tale))
		KUNIT_EXPECT_GT(test, tale->ended, 20);
}

static struct kunit_case words_oracle_cases[] = {
	KUNIT_CASE(status_words_are_the_twins),
	KUNIT_CASE(guests_are_told_what_the_twin_tells_them),
	KUNIT_CASE(resets_end_as_the_twins_do),
	KUNIT_CASE(interruptions_end_as_the_twins_do),
	{}
};

static struct kunit_suite words_oracle_suite = {
	.name = "vfio_ap-words-oracle",
	.test_cases = words_oracle_cases,
};

kunit_test_suite(words_oracle_suite);
