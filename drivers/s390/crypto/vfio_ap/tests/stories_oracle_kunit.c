// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - every story of a reset, and of an end of interruptions, that can
 * be told with a few answers, against the twins
 *
 * And from wherever a story has got to, a machine that behaves from then on is
 * soon understood: four questions are enough.
 */
#include <kunit/test.h>

#include "draw.h"
#include "twin_words.h"

#define ENOUGH		4

/* So many cases make stories one answer longer; else they are short. */
#define MANY		100000
#define LONG		5
#define SHORT		3

/* One of each kind that either state machine can tell from the others. */
static const struct apm_tapq kinds[] = {
	{ { .rc = 0x00, .empty = true } },
	{ { .rc = 0x00 } },
	{ { .rc = 0x00, .empty = true, .irq = true } },
	{ { .rc = 0x00, .empty = true }, .bind_state = 1 },
	{ { .rc = 0x00, .empty = true, .async = true } },
	{ { .rc = 0x01, .empty = true } },
	{ { .rc = 0x02, .empty = true, .irq = true } },
	{ { .rc = 0x03, .empty = true } },
	{ { .rc = 0x04, .empty = true, .async = true } },
	{ { .rc = 0x05, .empty = true } },
	{ { .rc = 0x07, .empty = true } },
	{ { .rc = 0x0a, .empty = true } },
	{ { .rc = 0x35, .empty = true } },
	{ { .rc = 0x7f, .empty = true } },
};

/* What a machine answers that is well: nothing is left, interruptions are off. */
static const struct apm_tapq well = { { .rc = 0x00, .empty = true } };

/* A state machine as these stories see it: what it is told, and what it asks. */
struct teller {
	unsigned int first;
	unsigned int good;
	bool (*asks)(unsigned int state, bool *start);
	unsigned int (*told)(unsigned int state, bool start,
			     const struct apm_tapq *said);
	unsigned int (*twin)(const struct twin_story *story);
};

static bool reset_asks(unsigned int state, bool *start)
{
	*start = apm_reset_next(state) == APM_ASK_ZAPQ;
	return apm_reset_next(state) != APM_ASK_NOTHING;
}

static unsigned int reset_told(unsigned int state, bool start,
			       const struct apm_tapq *said)
{
	return start ? apm_reset_zapq(&said->status) : apm_reset_tapq(state, said);
}

static unsigned int reset_twin(const struct twin_story *story)
{
	return twin_reset(story);
}

static bool quiet_asks(unsigned int state, bool *start)
{
	*start = apm_quiet_next(state) == APM_QUIET_ASK_AQIC;
	return apm_quiet_next(state) != APM_QUIET_ASK_NOTHING;
}

static unsigned int quiet_told(unsigned int state, bool start,
			       const struct apm_tapq *said)
{
	return start ? apm_quiet_aqic(&said->status) :
		       apm_quiet_tapq(state, &said->status);
}

static unsigned int quiet_twin(const struct twin_story *story)
{
	return twin_quiet(story);
}

static const struct teller resets = {
	APM_RESET_ISSUE, APM_RESET_CLEAN, reset_asks, reset_told, reset_twin,
};

static const struct teller ends = {
	APM_QUIET_ISSUE, APM_QUIET_OVER, quiet_asks, quiet_told, quiet_twin,
};

/* The story is not over: does it end well when all is well? */
static bool ends_well(const struct teller *teller, unsigned int state)
{
	unsigned int left = ENOUGH;
	bool start;

	while (left-- && teller->asks(state, &start))
		state = teller->told(state, start, &well);
	return state == teller->good;
}

/* Story number @n; NULL, or what is wrong with it. */
static const char *tell(const struct teller *teller, struct twin_story *story,
			unsigned int n, unsigned int length)
{
	unsigned int state = teller->first;
	bool start;

	for (story->count = 0; story->count < length; n /= ARRAY_SIZE(kinds)) {
		const struct apm_tapq *said = &kinds[n % ARRAY_SIZE(kinds)];

		if (!teller->asks(state, &start))
			return NULL;
		story->said[story->count] = *said;
		story->started[story->count++] = start;
		state = teller->told(state, start, said);
		if (state != teller->twin(story))
			return "the twin is in another state";
	}
	if (teller->asks(state, &start) && !ends_well(teller, state))
		return "it does not end well";
	return NULL;
}

static void tell_all(struct kunit *test, const struct teller *teller)
{
	struct twin_story *story = kunit_kzalloc(test, sizeof(*story), GFP_KERNEL);
	unsigned int length = SHORT, stories = 1;
	const char *wrong;

	KUNIT_ASSERT_NOT_NULL(test, story);
	if (kunit_choice("VFIO_AP_CASES", 0) >= MANY)
		length = LONG;
	for (unsigned int i = 0; i < length; i++)
		stories *= ARRAY_SIZE(kinds);
	for (unsigned int n = 0; n < stories; n++) {
		wrong = tell(teller, story, n, length);
		if (wrong) {
			KUNIT_FAIL(test, "story %u of length %u: %s", n, length,
				   wrong);
			return;
		}
	}
	kunit_info(test, "%u stories", stories);
}

static void every_short_reset_is_the_twins(struct kunit *test)
{
	tell_all(test, &resets);
}

static void every_short_end_of_interruptions_is_the_twins(struct kunit *test)
{
	tell_all(test, &ends);
}

static struct kunit_case stories_oracle_cases[] = {
	KUNIT_CASE(every_short_reset_is_the_twins),
	KUNIT_CASE(every_short_end_of_interruptions_is_the_twins),
	{}
};

static struct kunit_suite stories_oracle_suite = {
	.name = "vfio_ap-stories-oracle",
	.test_cases = stories_oracle_cases,
};

kunit_test_suite(stories_oracle_suite);
