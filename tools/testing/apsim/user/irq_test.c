// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - interruption control and interruptions
 */
#include "fixture.h"

/* One request, computed. */
static void reply(struct fixture *f, u16 apqn)
{
	u8 msg[16] = {};

	fx_nqap(f, apqn, 1, msg, 16);
	fx_work(f);
}

static bool none(struct fixture *f)
{
	struct apsim_irq irq;

	return !apsim_irq(f->m, f->now, &irq);
}

static void irq_at_once(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, 0), FX_E | FX_RC(7));
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR | 6, FX_NIB),
			FX_E | FX_I);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR | 6, FX_NIB),
			FX_E | FX_I | FX_RC(7));
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, 0), FX_E);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, 0), FX_E | FX_RC(7));
}

static void irq_bad_address(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, 0), FX_E | FX_RC(6));
	f->op.nib_valid = false;
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, ~0ull),
			FX_E | FX_RC(6));
	/* The address matters only when something is enabled. */
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, ~0ull), FX_E | FX_RC(7));
	f->op.nib_valid = true;
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB), FX_E | FX_I);
}

/* The I bit follows later; until then everything is "in process". */
static void irq_delayed(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "aqic 50");
	for (u32 now = 0, then = FX_I; ; now = FX_I, then = 0) {
		const u64 gr1 = then ? FX_IR : 0;

		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, gr1, FX_NIB),
				FX_E | now);
		KUNIT_EXPECT_EQ(test, apsim_next(f->m), f->now + 50000);
		f->now += 49999;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | now);
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, gr1, FX_NIB),
				FX_E | now | FX_RC(7));
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, gr1 ^ FX_IR, FX_NIB),
				FX_E | now | FX_RC(7));
		f->now++;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | then);
		KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
		if (!then)
			break;
	}
}

/* A reset stops a change that is in process. */
static void irq_delayed_and_reset(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "aqic 50");
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	fx_pqap(f, FX_RAPQ, FX_APQN);
	f->now += 50000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB), FX_E);
}

/* The worked example: GISC 3, a GISA, the alert's ISC. */
static void irq_of_a_guest(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_irq irq;

	fx_aqic(f, FX_APQN, 0x000083007f3c0905, FX_NIB);
	reply(f, FX_APQN);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), 0);
	KUNIT_ASSERT_TRUE(test, apsim_irq(f->m, f->now, &irq));
	KUNIT_EXPECT_EQ(test, irq.nib, FX_NIB);
	KUNIT_EXPECT_EQ(test, irq.gisa, 0x7f3c0900);
	KUNIT_EXPECT_EQ(test, irq.isc, 5);
	KUNIT_EXPECT_EQ(test, irq.gisc, 3);
	KUNIT_EXPECT_EQ(test, irq.apqn, FX_APQN);
	KUNIT_EXPECT_TRUE(test, none(f));
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
	KUNIT_EXPECT_EQ(test, fx_stats(f).irqs, 1);
}

static void irq_of_the_host(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_irq irq;

	fx_aqic(f, FX_APQN, 0x0000800000000006, FX_NIB);
	reply(f, FX_APQN);
	KUNIT_ASSERT_TRUE(test, apsim_irq(f->m, f->now, &irq));
	KUNIT_EXPECT_EQ(test, irq.gisa, 0);
	KUNIT_EXPECT_EQ(test, irq.isc, 6);
	KUNIT_EXPECT_EQ(test, irq.nib, FX_NIB);
}

/* Zones, formats, storage that is not there; none matters without a GISA. */
static void irq_bad_designation(struct kunit *test)
{
	const u64 bad[] = {
		0x000183007f3c0905, 0x008083007f3c0905, 0x000083027f3c0905,
		0x000083037f3c0905,
	};
	struct fixture *f = test->priv;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, bad[i], FX_NIB),
				FX_E | FX_RC(8));
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, bad[i] & ~FX_IR,
					      FX_NIB), FX_E | FX_RC(7));
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, bad[i] & ~0x7ffffff0ull,
					      FX_NIB), FX_E | FX_I);
		fx_pqap(f, FX_RAPQ, FX_APQN);
	}
	f->op.gisa_valid = false;
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0x000083007f3c0905, FX_NIB),
			FX_E | FX_RC(8));
	f->op.gisa_valid = true;
	/* Format 1 is one that KVM may use. */
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0x000083017f3c0905, FX_NIB),
			FX_E | FX_I);
}

/* What is accepted second is not what is done. */
static void irq_first_come(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_irq irq;

	fx_command(test, "aqic 50");
	fx_aqic(f, FX_APQN, 0x000083007f3c0905, FX_NIB);
	fx_aqic(f, FX_APQN, 0x0000820000010904, FX_NIB + 1);
	f->now += 50000;
	fx_aqic(f, FX_APQN, 0x0000820000010904, FX_NIB + 1);
	reply(f, FX_APQN);
	KUNIT_ASSERT_TRUE(test, apsim_irq(f->m, f->now, &irq));
	KUNIT_EXPECT_EQ(test, irq.nib, FX_NIB);
	KUNIT_EXPECT_EQ(test, irq.gisa, 0x7f3c0900);
	KUNIT_EXPECT_EQ(test, irq.isc, 5);
	KUNIT_EXPECT_EQ(test, irq.gisc, 3);
}

/* Code 00 to "disable" is a promise: until the I bit is off it goes on. */
static void irq_until_the_bit_is_off(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "aqic 50");
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	f->now += 50000;
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, 0), FX_E | FX_I);
	f->now += 49999;
	reply(f, FX_APQN);
	KUNIT_EXPECT_FALSE(test, none(f));
	reply(f, FX_APQN);
	f->now++;
	KUNIT_EXPECT_TRUE(test, none(f));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R);
}

/* One queue is slower than the others, on and off. */
static void irq_lag(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "aqic 50");
	fx_command(test, "lag 05.0047 100");
	for (u32 now = 0, then = FX_I; ; now = FX_I, then = 0) {
		const u64 gr1 = then ? FX_IR : 0;

		fx_aqic(f, FX_APQN, gr1, FX_NIB);
		KUNIT_EXPECT_EQ(test, apsim_next(f->m), f->now + 150000);
		fx_aqic(f, 0x0504, gr1, FX_NIB);
		KUNIT_EXPECT_EQ(test, apsim_next(f->m), f->now + 50000);
		f->now += 50000;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E | then);
		f->now += 99999;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | now);
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, gr1, FX_NIB),
				FX_E | now | FX_RC(7));
		f->now++;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | then);
		if (!then)
			break;
	}
}

/* Whatever is under way goes by the lag of the moment; what is over is over. */
static void irq_lag_changes(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "lag 05.0047 18446744073709551");
	fx_command(test, "aqic 18446744073709551");
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
	fx_command(test, "aqic 50");
	f->now += 50000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	fx_command(test, "lag 05.0047 0");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_I);

	fx_aqic(f, FX_APQN, 0, 0);
	f->now += 50000;
	fx_command(test, "lag 05.0047 100");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);

	/* No reset waits for it. */
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	f->now += 150000;
	fx_aqic(f, FX_APQN, 0, 0);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E);

	KUNIT_EXPECT_EQ(test, apsim_lag(f->m, f->now, 0x10547, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_lag(f->m, f->now, 0x0505, 1), -ENOENT);
}

#define GISA		0x7f3c0900ull
#define OTHER_GISA	0x00010940ull
#define TO_GISA(gisa, gisc)	(FX_IR | (u64)(gisc) << 40 | (gisa) | 5)

/* How many queues, for each subclass from 0 on; the rest has to be 0. */
static void armed_is(struct kunit *test, u64 gisa, u32 in_0, u32 in_7)
{
	const u32 want[APSIM_ISCS] = { [0] = in_0, [7] = in_7 };
	struct fixture *f = test->priv;
	u32 count[APSIM_ISCS];

	memset(count, 0xff, sizeof(count));
	apsim_get_armed(f->m, gisa, count);
	KUNIT_EXPECT_MEMEQ(test, count, want, sizeof(want));
}

static void irq_armed_by_whom(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_irq irq;

	fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
	fx_aqic(f, 0x0504, TO_GISA(GISA, 7), FX_NIB);
	fx_aqic(f, 0x07ab, TO_GISA(GISA, 0), FX_NIB);
	fx_aqic(f, 0x0604, TO_GISA(OTHER_GISA, 0), FX_NIB);
	/* The host's own interruptions are nobody's worry. */
	fx_aqic(f, 0x0704, FX_IR | 6, FX_NIB);
	/* What is refused has armed nothing. */
	fx_aqic(f, 0x0647, TO_GISA(GISA, 7), 0);
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 4);
	armed_is(test, 0, 2, 2);
	armed_is(test, GISA, 1, 2);
	armed_is(test, OTHER_GISA, 1, 0);
	armed_is(test, 0x1000, 0, 0);

	KUNIT_EXPECT_TRUE(test, apsim_may_interrupt(f->m, 0x0504, &irq));
	KUNIT_EXPECT_EQ(test, irq.gisa, GISA);
	KUNIT_EXPECT_EQ(test, irq.gisc, 7);
	KUNIT_EXPECT_EQ(test, irq.nib, FX_NIB);
	KUNIT_EXPECT_EQ(test, irq.apqn, 0x0504);
	KUNIT_EXPECT_FALSE(test, apsim_may_interrupt(f->m, 0x0704, &irq));
	KUNIT_EXPECT_FALSE(test, apsim_may_interrupt(f->m, 0x0647, &irq));
	KUNIT_EXPECT_FALSE(test, apsim_may_interrupt(f->m, 0x0804, &irq));

	/* The queue is the host's now, and still knows the GISA of before. */
	fx_aqic(f, FX_APQN, 0, 0);
	armed_is(test, GISA, 1, 1);
	fx_aqic(f, FX_APQN, FX_IR | 6, FX_NIB);
	armed_is(test, GISA, 1, 1);
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 3);
}

/* From the acceptance of "enable" to the last moment of I, or to a reset. */
static void irq_armed_how_long(struct kunit *test)
{
	const char * const ends[] = { "off 5", "standby 5", "checkstop 5" };
	struct fixture *f = test->priv;

	fx_command(test, "aqic 50");
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 0);
	fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 1);
	f->now += 50000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_I);
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 1);
	fx_aqic(f, FX_APQN, 0, 0);
	f->now += 49999;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_I);
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 1);
	f->now++;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 0);

	for (enum fx_fc fc = FX_RAPQ; fc <= FX_ZAPQ; fc++) {
		fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
		fx_pqap(f, fc, FX_APQN);
		KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
		KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 1);
		fx_command(test, ends[i]);
		KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 0);
		fx_command(test, "on 5");
	}
	fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
	fx_command(test, "nocard 5");
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 0);
}

static void irq_unpinned_is_counted(struct kunit *test)
{
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, fx_stats(f).unpinned, 0);
	apsim_raise(f->m, APSIM_ALARM_UNPINNED, FX_APQN);
	apsim_raise(f->m, APSIM_ALARM_UNPINNED, FX_APQN);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unpinned, 2);
}

/* A program that has a view cannot name a GISA. */
static void irq_bad_gisa(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view view;

	apsim_get_view(f->m, &view);
	f->op.view = &view;
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0x000083007f3c0905, FX_NIB),
			FX_E | FX_RC(8));
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR | 3, FX_NIB),
			FX_E | FX_I);
}

static void irq_off_none(struct kunit *test)
{
	struct fixture *f = test->priv;

	reply(f, FX_APQN);
	KUNIT_EXPECT_TRUE(test, none(f));
	/* Replies that wait interrupt when that becomes possible. */
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	KUNIT_EXPECT_FALSE(test, none(f));
	KUNIT_EXPECT_TRUE(test, none(f));
	/* Each reply tells of itself, even if an older one waits. */
	reply(f, FX_APQN);
	KUNIT_EXPECT_FALSE(test, none(f));
	/* After "disable" nobody touches the indicator byte any more. */
	reply(f, FX_APQN);
	fx_aqic(f, FX_APQN, 0, 0);
	KUNIT_EXPECT_TRUE(test, none(f));
}

/* Enabled later than the reply, with nobody to look in between. */
static void irq_delayed_with_reply(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "aqic 50");
	reply(f, FX_APQN);
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	KUNIT_EXPECT_TRUE(test, none(f));
	f->now = apsim_next(f->m);
	KUNIT_EXPECT_FALSE(test, none(f));
}

static void irq_order(struct kunit *test)
{
	const u16 apqns[] = { 0x0747, 0x0504, 0x0647, FX_APQN };
	struct fixture *f = test->priv;
	struct apsim_irq irq;

	for (size_t i = 0; i < ARRAY_SIZE(apqns); i++)
		fx_aqic(f, apqns[i], FX_IR, FX_NIB + apqns[i]);
	for (size_t i = 0; i < ARRAY_SIZE(apqns); i++)
		reply(f, apqns[i]);
	reply(f, apqns[0]);
	fx_pqap(f, FX_ZAPQ, apqns[1]);
	for (size_t i = 0; i < ARRAY_SIZE(apqns); i++) {
		if (i == 1)
			continue;
		KUNIT_ASSERT_TRUE(test, apsim_irq(f->m, f->now, &irq));
		KUNIT_EXPECT_EQ(test, irq.apqn, apqns[i]);
		KUNIT_EXPECT_EQ(test, irq.nib, FX_NIB + apqns[i]);
	}
	KUNIT_EXPECT_TRUE(test, none(f));
}

/* Queues that go away take their interruptions with them. */
static void irq_of_the_gone(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	fx_aqic(f, 0x0604, FX_IR, FX_NIB);
	reply(f, FX_APQN);
	reply(f, 0x0604);
	fx_command(test, "nodomain 0x47");
	fx_command(test, "nocard 6");
	KUNIT_EXPECT_TRUE(test, none(f));
}

/* Told to stop, it does not; for some time that is the machine's right. */
static void irq_disobedience(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_irq irq;

	fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
	fx_command(test, "aqic 100000000");
	reply(f, FX_APQN);
	KUNIT_EXPECT_FALSE(test, none(f));
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, 0), FX_R | FX_I);
	f->now += 400000000;
	fx_tapq(f, FX_APQN);
	KUNIT_EXPECT_TRUE(test, apsim_may_interrupt(f->m, FX_APQN, &irq));
	reply(f, FX_APQN);
	KUNIT_EXPECT_FALSE(test, none(f));

	f->now += 100000000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R | FX_I);
	KUNIT_EXPECT_FALSE(test, apsim_may_interrupt(f->m, FX_APQN, &irq));
	reply(f, FX_APQN);
	KUNIT_EXPECT_TRUE(test, none(f));
	KUNIT_EXPECT_EQ(test, fx_stats(f).armed, 1);

	/* After a reset it is as good as new. */
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	fx_command(test, "aqic 600000");
	fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
	KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, 0, 0), FX_E | FX_RC(7));
	f->now += 600000000;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_I);
	KUNIT_EXPECT_TRUE(test, apsim_may_interrupt(f->m, FX_APQN, &irq));
	fx_command(test, "aqic 0");
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	fx_aqic(f, FX_APQN, TO_GISA(GISA, 7), FX_NIB);
	KUNIT_EXPECT_TRUE(test, apsim_may_interrupt(f->m, FX_APQN, &irq));
}

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(irq_at_once),
	KUNIT_CASE(irq_bad_address),
	KUNIT_CASE(irq_delayed),
	KUNIT_CASE(irq_delayed_and_reset),
	KUNIT_CASE(irq_of_a_guest),
	KUNIT_CASE(irq_of_the_host),
	KUNIT_CASE(irq_bad_designation),
	KUNIT_CASE(irq_first_come),
	KUNIT_CASE(irq_until_the_bit_is_off),
	KUNIT_CASE(irq_lag),
	KUNIT_CASE(irq_lag_changes),
	KUNIT_CASE(irq_armed_by_whom),
	KUNIT_CASE(irq_armed_how_long),
	KUNIT_CASE(irq_unpinned_is_counted),
	KUNIT_CASE(irq_bad_gisa),
	KUNIT_CASE(irq_off_none),
	KUNIT_CASE(irq_delayed_with_reply),
	KUNIT_CASE(irq_order),
	KUNIT_CASE(irq_of_the_gone),
	KUNIT_CASE(irq_disobedience),
	{}
};

static struct kunit_suite irq_suite = {
	.name = "apsim-irq",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = irq_cases,
};

kunit_test_suite(irq_suite);
