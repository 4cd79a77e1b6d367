// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - queues that a guest in Secure Execution has bound
 */
#include "fixture.h"

#define CHANGING	FX_RC(0x0a)

#define GR0_F		0x00400000
#define GR0_T		0x00800000
#define ZAPQ		((u64)FX_ZAPQ << 24 | FX_APQN)
#define RAPQ		((u64)FX_RAPQ << 24 | FX_APQN)

/* Bits 16 and 17 of GR2 after TAPQ; the status word does not matter. */
static unsigned int bind_state(struct fixture *f)
{
	fx_pqap_raw(f, GR0_T | FX_APQN, 0, 0);
	return f->op.gr[2] >> 46 & 3;
}

static u32 reset(struct fixture *f, u64 gr0)
{
	return fx_pqap_raw(f, gr0, 0, 0);
}

static void bind_is_shown(struct kunit *test)
{
	struct fixture *f = test->priv;

	for (u64 bs = 3; bs < 4; bs--) {
		KUNIT_EXPECT_EQ(test, apsim_bound(f->m, FX_APQN, bs), 0);
		KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, GR0_T | FX_APQN, 0, 0),
				FX_E);
		KUNIT_EXPECT_EQ(test, f->op.gr[2],
				0x6a0000000eff0007 | bs << 46);
		/* Without the T bit there is only the low word. */
		fx_tapq(f, FX_APQN);
		KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x0eff0007);
		fx_pqap_raw(f, GR0_T | 0x0504, 0, 0);
		KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x6a0000000eff0007);
	}
}

struct unbind {
	const char *name;
	u64 gr0;
};

static const struct unbind unbinds[] = {
	{ "zapq", ZAPQ },
	{ "zapq f", ZAPQ | GR0_F },
	{ "rapq f", RAPQ | GR0_F },
};

KUNIT_ARRAY_PARAM_DESC(unbinds, unbinds, name);

/* While the state changes every instruction is told so, and nothing more. */
static void everything_is_changing(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, GR0_T | FX_APQN, 0, 0),
			CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x6a0000000eff0007 | 2ull << 46);
	KUNIT_EXPECT_EQ(test, reset(f, RAPQ), CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, reset(f, RAPQ | GR0_F), CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB),
			CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_QACT, FX_APQN), CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 3, msg, 16),
			CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
}

/* It takes its time, and the queue is as it was: a reset has to follow. */
static void bind_ends_by_a_reset(struct kunit *test)
{
	const struct unbind *unbind = test->param_value;
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_command(test, "unbind 50");
	fx_command(test, "bound 05.0047 2");
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), 0);
	fx_work(f);
	KUNIT_EXPECT_EQ(test, reset(f, unbind->gr0), CHANGING | FX_R);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
	everything_is_changing(test);
	f->now += 49999;
	everything_is_changing(test);
	f->now++;
	KUNIT_EXPECT_EQ(test, bind_state(f), 0);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R);
	KUNIT_EXPECT_EQ(test, reset(f, unbind->gr0), FX_E);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
}

static void bind_ends_at_once(struct kunit *test)
{
	const struct unbind *unbind = test->param_value;
	struct fixture *f = test->priv;

	fx_command(test, "bound 05.0047 1");
	KUNIT_EXPECT_EQ(test, reset(f, unbind->gr0), FX_E | CHANGING);
	KUNIT_EXPECT_EQ(test, bind_state(f), 0);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	/* A queue that is not bound has nothing to unbind. */
	KUNIT_EXPECT_EQ(test, reset(f, unbind->gr0), FX_E);
}

static void bind_stays_with_rapq(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_command(test, "reset 10");
	fx_command(test, "bound 05.0047 3");
	fx_nqap(f, FX_APQN, 1, msg, 16);
	KUNIT_EXPECT_EQ(test, reset(f, RAPQ), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	/* A reset that runs is told of first. */
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_E | FX_RC(2));
	f->now += 10000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, bind_state(f), 3);
}

/* What answers 0A has not zeroized. */
static void bind_hides_no_leftovers(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	for (int zapqs = 1; zapqs <= 2; zapqs++) {
		f->op.tenant = 1;
		fx_nqap(f, FX_APQN, 1, msg, 16);
		fx_command(test, "bound 05.0047 1");
		for (int i = 0; i < zapqs; i++)
			reset(f, ZAPQ);
		f->op.tenant = 2;
		fx_nqap(f, FX_APQN, 2, msg, 16);
		KUNIT_EXPECT_EQ(test, fx_stats(f).unzeroized, 1);
		reset(f, ZAPQ);
	}
}

/* Nor has it ended the interruptions. */
static void bind_leaves_interruptions_on(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_irq irq;
	u8 msg[16] = {};

	fx_command(test, "unbind 50");
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_command(test, "bound 05.0047 1");
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_I | CHANGING);
	fx_work(f);
	KUNIT_EXPECT_TRUE(test, apsim_irq(f->m, f->now, &irq));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R | FX_I | CHANGING);
	f->now += 50000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R | FX_I);
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_E);
}

/* An error is told of first, and does not keep the queue bound. */
static void bind_and_an_error(struct kunit *test)
{
	const u32 error = FX_E | FX_A | FX_RC(0x36);
	struct fixture *f = test->priv;

	fx_command(test, "unbind 50");
	fx_command(test, "bound 05.0047 1");
	fx_command(test, "async 05.0047 0x36");
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_E | CHANGING);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), error);
	KUNIT_EXPECT_EQ(test, reset(f, RAPQ), FX_E | CHANGING);
	f->now += 50000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), error);
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

/* An unbinding that nobody sees the end of. */
static void bind_stuck(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "unbind 0x3fffffffffffff");
	for (int i = 0; i < 2; i++) {
		fx_command(test, "bound 05.0047 2");
		reset(f, ZAPQ);
		f->now += 3600 * 1000000000ull;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | CHANGING);
		fx_command(test, i ? "unbind 0" : "bound 05.0047 0");
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
		KUNIT_EXPECT_EQ(test, bind_state(f), 0);
	}
	/* What is over does not come back, even if nobody has looked. */
	fx_command(test, "unbind 50");
	fx_command(test, "bound 05.0047 2");
	reset(f, ZAPQ);
	f->now += 50000;
	fx_command(test, "unbind 0x3fffffffffffff");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

/* The machine's own resets are none that unbind; a new queue is not bound. */
static void bind_and_departure(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "bound 05.0047 2");
	fx_command(test, "standby 5");
	KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_E | FX_RC(3));
	KUNIT_EXPECT_EQ(test, bind_state(f), 2);
	fx_command(test, "on 5");
	KUNIT_EXPECT_EQ(test, bind_state(f), 2);
	fx_command(test, "nocard 5");
	fx_command(test, "card 5 CEX8 A");
	KUNIT_EXPECT_EQ(test, bind_state(f), 0);
}

/* Nobody waits for a binding to end whose queue is gone. */
static void bind_goes_with_its_queue(struct kunit *test)
{
	static const char *const goes[][2] = {
		{ "nocard 5", "card 5 CEX8 A" },
		{ "nodomain 0x47", "domain 0x47" },
	};
	struct fixture *f = test->priv;

	fx_command(test, "unbind 50");
	for (unsigned int i = 0; i < ARRAY_SIZE(goes); i++) {
		fx_command(test, "bound 05.0047 1");
		KUNIT_EXPECT_EQ(test, reset(f, ZAPQ), FX_E | CHANGING);
		fx_command(test, goes[i][0]);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_RC(1));
		/* This looks at all queues that have something under way. */
		KUNIT_EXPECT_FALSE(test, apsim_job(f->m, f->now, &f->job));
		fx_command(test, "unbind 50");
		fx_command(test, goes[i][1]);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	}
}

static void bind_errors(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, apsim_bound(f->m, FX_APQN, 4), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_bound(f->m, 0x10547, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_bound(f->m, 0x0505, 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_bound(f->m, 0x0847, 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, bind_state(f), 0);
}

static struct kunit_case bind_cases[] = {
	KUNIT_CASE(bind_is_shown),
	KUNIT_CASE_PARAM(bind_ends_by_a_reset, unbinds_gen_params),
	KUNIT_CASE_PARAM(bind_ends_at_once, unbinds_gen_params),
	KUNIT_CASE(bind_stays_with_rapq),
	KUNIT_CASE(bind_hides_no_leftovers),
	KUNIT_CASE(bind_leaves_interruptions_on),
	KUNIT_CASE(bind_and_an_error),
	KUNIT_CASE(bind_stuck),
	KUNIT_CASE(bind_and_departure),
	KUNIT_CASE(bind_goes_with_its_queue),
	KUNIT_CASE(bind_errors),
	{}
};

static struct kunit_suite bind_suite = {
	.name = "apsim-bind",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = bind_cases,
};

kunit_test_suite(bind_suite);
