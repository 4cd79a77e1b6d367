// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - when has the machine stopped writing a notification byte?
 *
 * Every answer that has a name in every state, every answer there can be
 * against the definition of "over", then whole stories.
 */
#include <kunit/test.h>

#include "../core/quietfsm.h"
#include "testlib.h"

#define SEED	0x7175696574ULL

#define ISSUE	APM_QUIET_ISSUE
#define WATCH	APM_QUIET_WATCH
#define DOUBT	APM_QUIET_DOUBT
#define SEEMS	APM_QUIET_SEEMS
#define OVER	APM_QUIET_OVER

/* Answers, and what they do to an AQIC and to a TAPQ in each live state. */
static const struct answer {
	const char *desc;
	struct apm_status status;
	enum apm_quiet_state aqic;
	enum apm_quiet_state issue;
	enum apm_quiet_state watch;
	enum apm_quiet_state doubt;
	enum apm_quiet_state seems;
} answers[] = {
	{ "00 and off", { 0x00 }, WATCH, ISSUE, OVER, SEEMS, SEEMS },
	{ "00 and off, with replies", { 0x00, .replies = true },
	  WATCH, ISSUE, OVER, SEEMS, SEEMS },
	{ "00 and on", { 0x00, .irq = true }, WATCH, ISSUE, WATCH, ISSUE, ISSUE },
	{ "00 and asynchronous", { 0x00, .async = true },
	  ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "01 not available", { 0x01 }, OVER, OVER, OVER, OVER, OVER },
	{ "02 resetting", { 0x02 }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "02 resetting, still on", { 0x02, .irq = true },
	  ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "03 deconfigured", { 0x03 }, OVER, OVER, OVER, OVER, OVER },
	{ "04 checkstopped", { 0x04 }, OVER, OVER, OVER, OVER, OVER },
	{ "05 busy", { 0x05 }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "06 unexpected", { 0x06 }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "07 already, or changing", { 0x07 }, DOUBT, ISSUE, WATCH, ISSUE, ISSUE },
	{ "07 and on", { 0x07, .irq = true }, DOUBT, ISSUE, WATCH, ISSUE, ISSUE },
	{ "08 unexpected", { 0x08 }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "09 bound elsewhere", { 0x09 }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "0a state change", { 0x0a }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "0b not bound", { 0x0b }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "35 association failed", { 0x35 }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "36 association failed", { 0x36, .async = true },
	  ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "01 and asynchronous", { 0x01, .async = true },
	  ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
	{ "ff never heard of", { 0xff }, ISSUE, ISSUE, WATCH, ISSUE, ISSUE },
};

KUNIT_ARRAY_PARAM_DESC(answer, answers, desc);

static void an_answer_leads_to(struct kunit *test)
{
	const struct answer *answer = test->param_value;
	const struct apm_status *status = &answer->status;

	KUNIT_EXPECT_EQ(test, apm_quiet_aqic(status), answer->aqic);
	KUNIT_EXPECT_EQ(test, apm_quiet_tapq(ISSUE, status), answer->issue);
	KUNIT_EXPECT_EQ(test, apm_quiet_tapq(WATCH, status), answer->watch);
	KUNIT_EXPECT_EQ(test, apm_quiet_tapq(DOUBT, status), answer->doubt);
	KUNIT_EXPECT_EQ(test, apm_quiet_tapq(SEEMS, status), answer->seems);
	KUNIT_EXPECT_EQ(test, apm_quiet_tapq(OVER, status), OVER);
}

static struct apm_status status_of(unsigned int rc, unsigned int flags)
{
	return (struct apm_status) {
		.rc = rc,
		.empty = flags & 1,
		.replies = flags & 2,
		.full = flags & 4,
		.async = flags & 8,
		.irq = flags & 16,
	};
}

static bool is_away(const struct apm_status *s)
{
	return !s->async && (s->rc == 0x01 || s->rc == 0x03 || s->rc == 0x04);
}

/* Over is who was turned off and is seen off, and what the machine resets. */
static void no_other_answer_ends_it(struct kunit *test)
{
	unsigned int over = 0;

	for (unsigned int i = 0; i < 256 * 32; i++) {
		struct apm_status s = status_of(i >> 5, i & 31);
		bool off = !s.rc && !s.irq && !s.async;

		KUNIT_ASSERT_EQ(test, apm_quiet_aqic(&s) == OVER, is_away(&s));
		KUNIT_ASSERT_EQ(test, apm_quiet_tapq(ISSUE, &s) == OVER, is_away(&s));
		KUNIT_ASSERT_EQ(test, apm_quiet_tapq(DOUBT, &s) == OVER, is_away(&s));
		KUNIT_ASSERT_EQ(test, apm_quiet_tapq(SEEMS, &s) == OVER, is_away(&s));
		KUNIT_ASSERT_EQ(test, apm_quiet_tapq(WATCH, &s) == OVER,
				is_away(&s) || off);
		KUNIT_ASSERT_NE(test, apm_quiet_tapq(ISSUE, &s), WATCH);
		KUNIT_ASSERT_NE(test, apm_quiet_tapq(DOUBT, &s), WATCH);
		KUNIT_ASSERT_NE(test, apm_quiet_tapq(SEEMS, &s), WATCH);
		KUNIT_ASSERT_EQ(test, apm_quiet_aqic(&s) == WATCH, !s.rc && !s.async);
		KUNIT_ASSERT_EQ(test, apm_quiet_tapq(DOUBT, &s) == SEEMS, off);
		over += apm_quiet_tapq(WATCH, &s) == OVER;
	}
	KUNIT_EXPECT_EQ(test, over, 3 * 16 + 8);
}

static void every_state_knows_what_to_ask(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, apm_quiet_next(ISSUE), APM_QUIET_ASK_AQIC);
	KUNIT_EXPECT_EQ(test, apm_quiet_next(WATCH), APM_QUIET_ASK_TAPQ);
	KUNIT_EXPECT_EQ(test, apm_quiet_next(DOUBT), APM_QUIET_ASK_TAPQ);
	KUNIT_EXPECT_EQ(test, apm_quiet_next(SEEMS), APM_QUIET_ASK_AQIC);
	KUNIT_EXPECT_EQ(test, apm_quiet_next(OVER), APM_QUIET_ASK_NOTHING);
}

#define ANSWERS	8
#define ON	0x100

/* Answers in the order in which they are given; ON: with the I bit. */
static const struct story {
	const char *desc;
	u16 codes[ANSWERS];
	unsigned int count;
	unsigned int aqics;
	enum apm_quiet_state end;
} stories[] = {
	{ "at once", { ON, 0x00 }, 2, 1, OVER },
	{ "after some time", { ON, ON, ON, 0x00 }, 4, 1, OVER },
	{ "during a reset", { 0x02, 0x02, 0x07, 0x00, 0x07, 0x00 },
	  6, 4, SEEMS },
	{ "a reset in between", { ON, 0x02, 0x02, 0x00 }, 4, 1, OVER },
	{ "busy at first", { 0x05, ON, 0x00 }, 3, 2, OVER },
	{ "an enablement was under way", { 0x07, 0x00, 0x07, ON, ON, 0x00 },
	  6, 3, OVER },
	{ "gone", { 0x01 }, 1, 1, OVER },
	{ "gone meanwhile", { ON, ON, 0x01 }, 3, 1, OVER },
	{ "deconfigured meanwhile", { ON, 0x03 }, 2, 1, OVER },
	{ "an association failed before", { 0x36, 0x36, 0x36 }, 3, 3, ISSUE },
	{ "a reset ends that", { 0x36, 0x36, 0x02, 0x07, 0x00 }, 5, 4, SEEMS },
	{ "an association fails", { ON, ON, 0x35 }, 3, 1, WATCH },
	{ "and is given up", { ON, ON, 0x35, 0x35, 0x02, 0x00 }, 6, 1, OVER },
	{ "nonsense at first", { 0x77, 0x0b, ON, 0x00 }, 4, 3, OVER },
	{ "never", { ON, ON, ON, ON, ON, ON, ON, ON }, 8, 1, WATCH },
};

KUNIT_ARRAY_PARAM_DESC(story, stories, desc);

static void interruptions_end(struct kunit *test)
{
	const struct story *story = test->param_value;
	enum apm_quiet_state state = ISSUE;
	unsigned int aqics = 0;

	for (unsigned int i = 0; i < story->count; i++) {
		struct apm_status status = {
			.rc = story->codes[i],
			.irq = story->codes[i] & ON,
		};

		switch (apm_quiet_next(state)) {
		case APM_QUIET_ASK_AQIC:
			state = apm_quiet_aqic(&status);
			aqics++;
			break;
		case APM_QUIET_ASK_TAPQ:
			state = apm_quiet_tapq(state, &status);
			break;
		case APM_QUIET_ASK_NOTHING:
			KUNIT_FAIL(test, "over before answer %u", i);
			return;
		}
	}
	KUNIT_EXPECT_EQ(test, state, story->end);
	KUNIT_EXPECT_EQ(test, aqics, story->aqics);
}

/*
 * A queue whose I bit follows late, and that is reset now and then: it is over
 * only if the machine would not write.  "Seems" is not over.
 */
static void a_machine_that_still_writes_is_never_over(struct kunit *test)
{
	unsigned int over = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 2000; round++) {
		enum apm_quiet_state state = ISSUE;
		bool on = draw_below(&seed, 2);
		int change = on ? 0 : draw_below(&seed, 2);

		for (unsigned int i = 0; i < 50 && state != OVER; i++) {
			struct apm_status status = { .irq = on };

			if (change && !draw_below(&seed, 3)) {
				on = change > 0;
				change = 0;
				status.irq = on;
			}
			if (!draw_below(&seed, 8))
				status.rc = draw_below(&seed, 2) ? 0x02 : 0x05;
			if (apm_quiet_next(state) == APM_QUIET_ASK_TAPQ) {
				state = apm_quiet_tapq(state, &status);
			} else {
				if (!status.rc && (change || !on))
					status.rc = 0x07;
				else if (!status.rc)
					change = -1;
				state = apm_quiet_aqic(&status);
			}
			if (state == OVER)
				KUNIT_ASSERT_FALSE(test, on || change);
		}
		over += state == OVER;
	}
	KUNIT_EXPECT_GT(test, over, 500);
}

static struct kunit_case quietfsm_cases[] = {
	KUNIT_CASE_PARAM(an_answer_leads_to, answer_gen_params),
	KUNIT_CASE(no_other_answer_ends_it),
	KUNIT_CASE(every_state_knows_what_to_ask),
	KUNIT_CASE_PARAM(interruptions_end, story_gen_params),
	KUNIT_CASE(a_machine_that_still_writes_is_never_over),
	{}
};

static struct kunit_suite quietfsm_suite = {
	.name = "vfio_ap-quietfsm",
	.test_cases = quietfsm_cases,
};

kunit_test_suite(quietfsm_suite);
