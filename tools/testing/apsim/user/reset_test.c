// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - resets, by a program and by the machine
 */
#include "fixture.h"

struct reset {
	const char *name;
	enum fx_fc fc;
};

static const struct reset resets[] = {
	{ "rapq", FX_RAPQ },
	{ "zapq", FX_ZAPQ },
};

KUNIT_ARRAY_PARAM_DESC(resets, resets, name);

/* A queue with interruptions on, a reply, and a request in work. */
static void fill(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_work(f);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 2, msg, 16), FX_R | FX_I);
}

static void reset_life(struct kunit *test)
{
	const struct reset *reset = test->param_value;
	struct fixture *f = test->priv;
	struct apsim_irq irq;
	u8 msg[16] = {};

	fx_command(test, "reset 1000");
	fill(test);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, reset->fc, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_FALSE(test, apsim_irq(f->m, f->now, &irq));
	KUNIT_EXPECT_EQ(test, fx_work(f), 0);

	for (int i = 0; i < 2; i++, f->now += 999999) {
		KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x00800547, 0, 0),
				FX_E | FX_RC(2));
		KUNIT_EXPECT_EQ(test, f->op.cc, 3);
		KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x6a0000000eff0007);
		KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_RAPQ, FX_APQN),
				FX_E | FX_RC(2));
		KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN),
				FX_E | FX_RC(2));
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB),
				FX_E | FX_RC(2));
		KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 3, msg, 16),
				FX_E | FX_RC(2));
		KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16),
				FX_E | FX_RC(2));
		KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
	}
	f->now -= 999998;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16),
			FX_E | FX_RC(0x10));
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB), FX_E | FX_I);
}

/* A second reset is one of its own, and takes its time again. */
static void reset_again(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "reset 10");
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	f->now += 10000;
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E);
	f->now += 9999;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	f->now++;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

/* A reply to what a reset dropped is dropped too, also from a new queue. */
static void reset_late_reply(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	for (int i = 0; i < 3; i++) {
		fx_nqap(f, FX_APQN, 1, msg, 16);
		KUNIT_ASSERT_TRUE(test, apsim_job(f->m, f->now, &f->job));
		if (i == 0) {
			fx_pqap(f, FX_RAPQ, FX_APQN);
		} else if (i == 1) {
			fx_command(test, "nodomain 0x47");
			apsim_job_done(f->m, f->now, &f->job);
			fx_command(test, "domain 0x47");
		} else {
			fx_command(test, "nocard 5");
			apsim_job_done(f->m, f->now, &f->job);
			fx_command(test, "card 5 CEX8 A");
		}
		apsim_compute(&f->job);
		apsim_job_done(f->m, f->now, &f->job);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
		fx_nqap(f, FX_APQN, 2, msg, 16);
		apsim_job_done(f->m, f->now, &f->job);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), 0);
		fx_pqap(f, FX_ZAPQ, FX_APQN);
	}
}

/* A reset that nobody sees the end of, until the machine is made faster. */
static void reset_stuck(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "reset 0x3fffffffffffff");
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	f->now += 3600 * 1000000000ull;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	fx_command(test, "reset 0");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	/* What is over does not come back. */
	fx_command(test, "reset 0x3fffffffffffff");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

/**
 * struct departure - a way out of the configuration or of service, and back
 * @name: of the test
 * @leave: command
 * @back: command
 * @word: status word in between
 * @info: TAPQ still says what the queue is
 */
struct departure {
	const char *name;
	const char *leave;
	const char *back;
	u32 word;
	bool info;
};

static const struct departure departures[] = {
	{ "off", "off 5", "on 5", FX_RC(1), false },
	{ "standby", "standby 5", "on 5", FX_E | FX_RC(3), true },
	{ "checkstop", "checkstop 5", "on 5", FX_E | FX_RC(4), true },
	{ "no domain", "nodomain 0x47", "domain 0x47", FX_RC(1), false },
	{ "control domain", "domain 0x47 control", "domain 0x47 usage",
	  FX_RC(1), false },
	{ "no card", "nocard 5", "card 5 14 A 8", FX_RC(1), false },
};

KUNIT_ARRAY_PARAM_DESC(departures, departures, name);

/* The machine resets a queue that goes; it comes back empty and I off. */
static void reset_by_departure(struct kunit *test)
{
	const struct departure *d = test->param_value;
	struct fixture *f = test->priv;
	struct apsim_irq irq;
	u8 msg[16] = {};

	fx_command(test, "reset 1000");
	fill(test);
	fx_command(test, d->leave);
	KUNIT_EXPECT_EQ(test, fx_work(f), 0);
	KUNIT_EXPECT_FALSE(test, apsim_irq(f->m, f->now, &irq));
	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x00800547, 0, 0x55), d->word);
	KUNIT_EXPECT_EQ(test, f->op.gr[2],
			d->info ? 0x6a0000000eff0007 : 0x55);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_RAPQ, FX_APQN), d->word);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), d->word);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB), d->word);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), d->word);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), d->word);
	fx_command(test, d->back);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), 0);
}

/* An asynchronous error answers everything, until a reset. */
static void reset_ends_async(struct kunit *test)
{
	const struct reset *reset = test->param_value;
	struct fixture *f = test->priv;
	const u32 word = FX_E | FX_A | FX_RC(0x36);
	u8 msg[16] = {};

	fx_command(test, "async 05.0047 0x36");
	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x00800547, 0, 0), word);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x6a0000000eff0007);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB), word);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), word);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), word);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, reset->fc, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);

	KUNIT_EXPECT_EQ(test, apsim_async(f->m, 0x0505, 0x35), -ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_async(f->m, 0x10547, 0x35), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_async(f->m, FX_APQN, 0x135), -EINVAL);
}

/* Broken is more than deconfigured is more than an error is more than 02. */
static void reset_precedence(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "reset 1000");
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	fx_command(test, "async 05.0047 0x35");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_A | FX_RC(0x35));
	fx_command(test, "standby 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(3));
	fx_command(test, "checkstop 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(4));
	fx_command(test, "off 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_RC(1));
}

static struct kunit_case reset_cases[] = {
	KUNIT_CASE_PARAM(reset_life, resets_gen_params),
	KUNIT_CASE(reset_again),
	KUNIT_CASE(reset_late_reply),
	KUNIT_CASE(reset_stuck),
	KUNIT_CASE_PARAM(reset_by_departure, departures_gen_params),
	KUNIT_CASE_PARAM(reset_ends_async, resets_gen_params),
	KUNIT_CASE(reset_precedence),
	{}
};

static struct kunit_suite reset_suite = {
	.name = "apsim-reset",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = reset_cases,
};

kunit_test_suite(reset_suite);
