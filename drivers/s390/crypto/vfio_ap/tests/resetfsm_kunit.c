// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap tests - when has a queue been zeroized?
 *
 * Every answer that has a name in every state, then every answer there can be
 * against the definition of "proven clean", then whole stories.
 */
#include <kunit/test.h>

#include "../core/resetfsm.h"
#include "testlib.h"

#define SEED	0x7265736574ULL

#define ISSUE	APM_RESET_ISSUE
#define WAIT	APM_RESET_WAIT
#define VERIFY	APM_RESET_VERIFY
#define CLEAN	APM_RESET_CLEAN
#define GONE	APM_RESET_GONE
#define AWAY	APM_RESET_AWAY

/* Answers, and what they do to a ZAPQ and to a TAPQ in each live state. */
static const struct answer {
	const char *desc;
	struct apm_tapq tapq;
	enum apm_reset_state zapq;
	enum apm_reset_state waiting;
	enum apm_reset_state verifying;
} answers[] = {
	{ "00 and empty", { { 0x00, .empty = true } }, VERIFY, ISSUE, CLEAN },
	{ "00 and not empty", { { 0x00 } }, VERIFY, ISSUE, ISSUE },
	{ "00 with replies", { { 0x00, .replies = true } }, VERIFY, ISSUE, ISSUE },
	{ "00 with interruptions", { { 0x00, .empty = true, .irq = true } },
	  VERIFY, ISSUE, ISSUE },
	{ "00 and asynchronous", { { 0x00, .empty = true, .async = true } },
	  WAIT, ISSUE, ISSUE },
	{ "00 but bind state 1", { { 0x00, .empty = true }, 1 },
	  VERIFY, ISSUE, ISSUE },
	{ "00 but bind state 3", { { 0x00, .empty = true }, 3 },
	  VERIFY, ISSUE, ISSUE },
	{ "01 not available", { { 0x01 } }, GONE, GONE, GONE },
	{ "02 resetting", { { 0x02, .empty = true } }, WAIT, WAIT, VERIFY },
	{ "03 deconfigured", { { 0x03, .empty = true } }, AWAY, AWAY, AWAY },
	{ "04 checkstopped", { { 0x04, .empty = true } }, AWAY, AWAY, AWAY },
	{ "05 busy", { { 0x05, .empty = true } }, WAIT, WAIT, VERIFY },
	{ "06 unexpected", { { 0x06, .empty = true } }, WAIT, WAIT, WAIT },
	{ "07 unexpected", { { 0x07, .empty = true } }, WAIT, WAIT, WAIT },
	{ "09 bound elsewhere", { { 0x09, .empty = true } }, WAIT, WAIT, WAIT },
	{ "0a state change", { { 0x0a, .empty = true } }, WAIT, WAIT, WAIT },
	{ "0b not bound", { { 0x0b, .empty = true } }, WAIT, WAIT, WAIT },
	{ "10 unexpected", { { 0x10, .empty = true } }, WAIT, WAIT, WAIT },
	{ "35 association failed", { { 0x35, .empty = true } },
	  WAIT, ISSUE, ISSUE },
	{ "36 association failed", { { 0x36, .empty = true } },
	  WAIT, ISSUE, ISSUE },
	{ "01 and asynchronous", { { 0x01, .async = true } }, WAIT, ISSUE, ISSUE },
	{ "02 and asynchronous", { { 0x02, .async = true } }, WAIT, ISSUE, ISSUE },
	{ "ff never heard of", { { 0xff, .empty = true } }, WAIT, WAIT, WAIT },
};

KUNIT_ARRAY_PARAM_DESC(answer, answers, desc);

static void an_answer_leads_to(struct kunit *test)
{
	const struct answer *answer = test->param_value;
	const struct apm_tapq *tapq = &answer->tapq;

	KUNIT_EXPECT_EQ(test, apm_reset_zapq(&tapq->status), answer->zapq);
	KUNIT_EXPECT_EQ(test, apm_reset_tapq(ISSUE, tapq), answer->waiting);
	KUNIT_EXPECT_EQ(test, apm_reset_tapq(WAIT, tapq), answer->waiting);
	KUNIT_EXPECT_EQ(test, apm_reset_tapq(VERIFY, tapq), answer->verifying);
	KUNIT_EXPECT_EQ(test, apm_reset_tapq(CLEAN, tapq), CLEAN);
	KUNIT_EXPECT_EQ(test, apm_reset_tapq(GONE, tapq), GONE);
	KUNIT_EXPECT_EQ(test, apm_reset_tapq(AWAY, tapq), AWAY);
}

static struct apm_tapq tapq_of(unsigned int rc, unsigned int flags,
			       unsigned int bind_state)
{
	return (struct apm_tapq) {
		.status = {
			.rc = rc,
			.empty = flags & 1,
			.replies = flags & 2,
			.full = flags & 4,
			.async = flags & 8,
			.irq = flags & 16,
		},
		.bind_state = bind_state,
	};
}

static void no_other_answer_proves_a_queue_clean(struct kunit *test)
{
	unsigned int proofs = 0;

	for (unsigned int i = 0; i < 256 * 32 * 4; i++) {
		struct apm_tapq tapq = tapq_of(i >> 7, i & 31, i >> 5 & 3);
		const struct apm_status *s = &tapq.status;
		bool proof = s->rc == 0 && s->empty && !s->irq && !s->async &&
			     !tapq.bind_state;

		KUNIT_ASSERT_EQ(test, apm_reset_tapq(VERIFY, &tapq) == CLEAN, proof);
		KUNIT_ASSERT_NE(test, apm_reset_tapq(ISSUE, &tapq), CLEAN);
		KUNIT_ASSERT_NE(test, apm_reset_tapq(WAIT, &tapq), CLEAN);
		KUNIT_ASSERT_NE(test, apm_reset_zapq(s), CLEAN);
		KUNIT_ASSERT_NE(test, apm_reset_tapq(ISSUE, &tapq), VERIFY);
		KUNIT_ASSERT_NE(test, apm_reset_tapq(WAIT, &tapq), VERIFY);
		proofs += proof;
	}
	KUNIT_EXPECT_EQ(test, proofs, 4);
}

static void every_state_knows_what_to_ask(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, apm_reset_next(ISSUE), APM_ASK_ZAPQ);
	KUNIT_EXPECT_EQ(test, apm_reset_next(WAIT), APM_ASK_TAPQ);
	KUNIT_EXPECT_EQ(test, apm_reset_next(VERIFY), APM_ASK_TAPQ);
	KUNIT_EXPECT_EQ(test, apm_reset_next(CLEAN), APM_ASK_NOTHING);
	KUNIT_EXPECT_EQ(test, apm_reset_next(GONE), APM_ASK_NOTHING);
	KUNIT_EXPECT_EQ(test, apm_reset_next(AWAY), APM_ASK_NOTHING);
}

#define ANSWERS	8

/* Response codes in the order in which they are given, empty and pure. */
static const struct story {
	const char *desc;
	u8 codes[ANSWERS];
	unsigned int count;
	unsigned int zapqs;
	enum apm_reset_state end;
} stories[] = {
	{ "at once", { 0x00, 0x00 }, 2, 1, CLEAN },
	{ "after some time", { 0x00, 0x02, 0x02, 0x05, 0x00 }, 5, 1, CLEAN },
	{ "somebody else resets", { 0x02, 0x02, 0x00, 0x00, 0x02, 0x00 },
	  6, 2, CLEAN },
	{ "busy at first", { 0x05, 0x00, 0x00, 0x00 }, 4, 2, CLEAN },
	{ "being bound", { 0x0a, 0x0a, 0x00, 0x00, 0x00 }, 5, 2, CLEAN },
	{ "bound in between", { 0x00, 0x02, 0x0a, 0x00, 0x00, 0x00 },
	  6, 2, CLEAN },
	{ "association fails", { 0x00, 0x35, 0x00, 0x02, 0x00 }, 5, 2, CLEAN },
	{ "association failed before", { 0x36, 0x36, 0x00, 0x00 }, 4, 2, CLEAN },
	{ "nonsense in between", { 0x00, 0x77, 0x00, 0x00, 0x00 }, 5, 2, CLEAN },
	{ "not there", { 0x01 }, 1, 1, GONE },
	{ "taken away meanwhile", { 0x00, 0x02, 0x01 }, 3, 1, GONE },
	{ "deconfigured meanwhile", { 0x00, 0x02, 0x03 }, 3, 1, AWAY },
	{ "breaks while waiting", { 0x02, 0x02, 0x04 }, 3, 1, AWAY },
	{ "not over yet", { 0x00, 0x02, 0x02 }, 3, 1, VERIFY },
};

KUNIT_ARRAY_PARAM_DESC(story, stories, desc);

static void a_queue_is_reset(struct kunit *test)
{
	const struct story *story = test->param_value;
	enum apm_reset_state state = ISSUE;
	unsigned int zapqs = 0;

	for (unsigned int i = 0; i < story->count; i++) {
		struct apm_tapq tapq = tapq_of(story->codes[i], 1, 0);

		switch (apm_reset_next(state)) {
		case APM_ASK_ZAPQ:
			state = apm_reset_zapq(&tapq.status);
			zapqs++;
			break;
		case APM_ASK_TAPQ:
			state = apm_reset_tapq(state, &tapq);
			break;
		case APM_ASK_NOTHING:
			KUNIT_FAIL(test, "over before answer %u", i);
			return;
		}
	}
	KUNIT_EXPECT_EQ(test, state, story->end);
	KUNIT_EXPECT_EQ(test, zapqs, story->zapqs);
}

/* Mostly codes that mean something, else the walks would only wait. */
static struct apm_tapq draw_answer(u64 *seed)
{
	static const u8 codes[] = { 0x00, 0x00, 0x00, 0x02, 0x02, 0x05, 0x0a,
				    0x35, 0x36, 0x77 };
	unsigned int flags = draw_below(seed, 4) ? 1 : draw_below(seed, 32);
	unsigned int bind_state = draw_below(seed, 8) ? 0 : draw_below(seed, 4);

	return tapq_of(codes[draw_below(seed, ARRAY_SIZE(codes))], flags,
		       bind_state);
}

/* Clean is only who accepted a ZAPQ and showed nothing else but 02 or 05. */
static void a_random_walk_ends_only_with_a_proof(struct kunit *test)
{
	unsigned int clean = 0;
	u64 seed = first_seed(test, SEED);

	for (unsigned int round = 0; round < 2000; round++) {
		enum apm_reset_state state = ISSUE;
		bool accepted = false;

		for (unsigned int i = 0; i < 50 && state != CLEAN; i++) {
			struct apm_tapq tapq = draw_answer(&seed);
			const struct apm_status *s = &tapq.status;
			bool pure = !s->async && !s->rc && s->empty && !s->irq &&
				    !tapq.bind_state;
			bool proven = accepted && pure;

			if (apm_reset_next(state) == APM_ASK_ZAPQ) {
				state = apm_reset_zapq(s);
				accepted = !s->rc && !s->async;
				KUNIT_ASSERT_NE(test, state, CLEAN);
				continue;
			}
			state = apm_reset_tapq(state, &tapq);
			KUNIT_ASSERT_EQ(test, state == CLEAN, proven);
			if (s->async || (s->rc != 0x02 && s->rc != 0x05))
				accepted = false;
		}
		clean += state == CLEAN;
	}
	KUNIT_EXPECT_GT(test, clean, 1000);
}

/* What would end a reset with a proof, and nothing else. */
static void pure_is_what_would_be_a_proof(struct kunit *test)
{
	unsigned int pure = 0;

	for (unsigned int rc = 0; rc < 256; rc++)
		for (unsigned int flags = 0; flags < 32; flags++)
			for (unsigned int bind = 0; bind < 4; bind++) {
				struct apm_tapq tapq = tapq_of(rc, flags, bind);
				bool proof = apm_reset_tapq(APM_RESET_VERIFY,
							    &tapq) == CLEAN;

				KUNIT_ASSERT_EQ(test, apm_reset_is_pure(&tapq),
						proof);
				pure += proof;
			}
	KUNIT_EXPECT_GT(test, pure, 0);
}

static struct kunit_case resetfsm_cases[] = {
	KUNIT_CASE_PARAM(an_answer_leads_to, answer_gen_params),
	KUNIT_CASE(no_other_answer_proves_a_queue_clean),
	KUNIT_CASE(pure_is_what_would_be_a_proof),
	KUNIT_CASE(every_state_knows_what_to_ask),
	KUNIT_CASE_PARAM(a_queue_is_reset, story_gen_params),
	KUNIT_CASE(a_random_walk_ends_only_with_a_proof),
	{}
};

static struct kunit_suite resetfsm_suite = {
	.name = "vfio_ap-resetfsm",
	.test_cases = resetfsm_cases,
};

kunit_test_suite(resetfsm_suite);
