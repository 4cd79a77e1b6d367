// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - what the owner of a machine sees when he looks at it
 */
#include "fixture.h"

static struct apsim_queue_look look(struct kunit *test, u16 apqn)
{
	struct fixture *f = test->priv;
	struct apsim_queue_look seen;

	KUNIT_ASSERT_EQ(test, apsim_get_queue(f->m, f->now, apqn, &seen), 0);
	return seen;
}

static void look_card(struct kunit *test)
{
	struct fixture *f = test->priv;
	enum apsim_card_state state;
	struct apsim_card card;

	KUNIT_ASSERT_EQ(test, apsim_get_card(f->m, 6, &card, &state), 0);
	KUNIT_EXPECT_EQ(test, card.apid, 6);
	KUNIT_EXPECT_EQ(test, card.type, 13);
	KUNIT_EXPECT_EQ(test, card.mode, APSIM_EP11);
	KUNIT_EXPECT_EQ(test, card.depth, 8);
	KUNIT_EXPECT_EQ(test, state, APSIM_CARD_ON);

	fx_command(test, "standby 6");
	KUNIT_ASSERT_EQ(test, apsim_get_card(f->m, 6, &card, &state), 0);
	KUNIT_EXPECT_EQ(test, state, APSIM_CARD_STANDBY);

	KUNIT_EXPECT_EQ(test, apsim_get_card(f->m, 9, &card, &state), -ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_get_card(f->m, 256, &card, &state), -EINVAL);
}

static void look_queue_errors(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_queue_look seen;

	KUNIT_EXPECT_EQ(test, apsim_get_queue(f->m, f->now, 0x0505, &seen),
			-ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_get_queue(f->m, f->now, 0x0947, &seen),
			-ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_get_queue(f->m, f->now, 0x10547, &seen),
			-EINVAL);
}

/* What a program would be told, whatever was done to the adapter or queue. */
static void look_as_a_program(struct kunit *test)
{
	static const char * const deeds[] = {
		"standby 5", "checkstop 5", "off 5", "on 5", "async 05.0047 0x36",
		"async 05.0047 0", "bound 05.0047 1",
	};
	struct fixture *f = test->priv;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(deeds); i++) {
		fx_command(test, deeds[i]);
		KUNIT_EXPECT_EQ_MSG(test, look(test, FX_APQN).status,
				    fx_tapq(f, FX_APQN), "%s", deeds[i]);
	}
}

static void look_values(struct kunit *test)
{
	struct apsim_queue_look seen = look(test, FX_APQN);

	KUNIT_EXPECT_EQ(test, seen.async, 0);
	KUNIT_EXPECT_EQ(test, seen.bind_state, 0);
	KUNIT_EXPECT_EQ(test, seen.lag_ns, 0);
	fx_command(test, "async 05.0047 0x36");
	fx_command(test, "bound 05.0047 2");
	fx_command(test, "lag 05.0047 300");
	seen = look(test, FX_APQN);
	KUNIT_EXPECT_EQ(test, seen.async, 0x36);
	KUNIT_EXPECT_EQ(test, seen.bind_state, 2);
	KUNIT_EXPECT_EQ(test, seen.lag_ns, 300000);
}

/* Time passes for who looks, too. */
static void look_after_a_reset(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[4] = { 0 };

	fx_command(test, "latency 1000");
	fx_command(test, "reset 1000");
	fx_nqap(f, FX_APQN, 1, msg, sizeof(msg));
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).count, 1);
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).status, 0);
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).count, 0);
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).status, FX_E | FX_RC(2));
	f->now += 999999;
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).status, FX_E | FX_RC(2));
	f->now += 1;
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).status, FX_E);
}

/* A look is no instruction: it is not counted, and uses up no answer. */
static void look_leaves_no_trace(struct kunit *test)
{
	struct fixture *f = test->priv;
	u64 before = fx_stats(f).pqap[FX_TAPQ];

	fx_command(test, "inject 05.0047 0 5 1");
	KUNIT_EXPECT_EQ(test, look(test, FX_APQN).status, FX_E);
	KUNIT_EXPECT_EQ(test, fx_stats(f).pqap[FX_TAPQ], before);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(5));
}

static struct kunit_case look_cases[] = {
	KUNIT_CASE(look_card),
	KUNIT_CASE(look_queue_errors),
	KUNIT_CASE(look_as_a_program),
	KUNIT_CASE(look_values),
	KUNIT_CASE(look_after_a_reset),
	KUNIT_CASE(look_leaves_no_trace),
	{}
};

static struct kunit_suite look_suite = {
	.name = "apsim-look",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = look_cases,
};

kunit_test_suite(look_suite);
