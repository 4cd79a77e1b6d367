// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - what must not happen is noticed, and nothing else is
 */
#include "fixture.h"

#define ME	7
#define YOU	8

/* Another guest, with this queue in reach. */
static struct apsim_guest guest_with(u32 tenant, u16 apqn)
{
	struct apsim_guest guest = { .tenant = tenant };

	apsim_mask_put(&guest.view.apm, apqn >> 8, true);
	apsim_mask_put(&guest.view.aqm, apqn & 0xff, true);
	return guest;
}

static void raised(struct kunit *test, enum apsim_alarm_kind kind, u32 tenant,
		   u32 other)
{
	KUNIT_EXPECT_EQ(test, fx_alarm.kind, kind);
	KUNIT_EXPECT_EQ(test, fx_alarm.apqn, kind ? FX_APQN : 0);
	KUNIT_EXPECT_EQ(test, fx_alarm.tenant, tenant);
	KUNIT_EXPECT_EQ(test, fx_alarm.other, other);
	memset(&fx_alarm, 0, sizeof(fx_alarm));
}

static void silent(struct kunit *test)
{
	raised(test, APSIM_ALARM_NONE, 0, 0);
}

/* A queue in two guests, used by one: with each instruction, if it is reached. */
static void alarm_shared_by_guests(struct kunit *test)
{
	struct apsim_guest me = guest_with(ME, FX_APQN);
	struct apsim_guest you = guest_with(YOU, FX_APQN);
	struct apsim_guest third = guest_with(9, 0x0504);
	struct fixture *f = test->priv;
	u8 block[APSIM_QCI_LEN] __aligned(8);
	u8 msg[16] = {};

	apsim_guest_enter(f->m, &third);
	apsim_guest_enter(f->m, &you);
	apsim_guest_enter(f->m, &me);
	f->op.tenant = ME;
	f->op.view = &me.view;
	fx_tapq(f, FX_APQN);
	raised(test, APSIM_ALARM_SHARED, ME, YOU);
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	raised(test, APSIM_ALARM_SHARED, ME, YOU);
	fx_nqap(f, FX_APQN, 1, msg, 16);
	raised(test, APSIM_ALARM_SHARED, ME, YOU);
	fx_dqap(f, FX_APQN, msg, 16);
	raised(test, APSIM_ALARM_SHARED, ME, YOU);
	KUNIT_EXPECT_EQ(test, fx_stats(f).shared, 4);

	/* Not reached, or not there. */
	fx_tapq(f, 0x0504);
	fx_pqap_raw(f, (u64)FX_QCI << 24 | FX_APQN, 0, (u64)block);
	fx_command(test, "off 5");
	fx_tapq(f, FX_APQN);
	fx_command(test, "on 5");
	silent(test);

	apsim_guest_leave(&you);
	fx_tapq(f, FX_APQN);
	silent(test);
	apsim_guest_enter(f->m, &you);
	apsim_guest_leave(&third);
	apsim_guest_leave(&me);
	fx_tapq(f, FX_APQN);
	raised(test, APSIM_ALARM_SHARED, ME, YOU);
	apsim_mask_put(&you.view.aqm, 0x47, false);
	apsim_mask_put(&you.view.aqm, 0x04, true);
	fx_tapq(f, FX_APQN);
	apsim_mask_put(&you.view.aqm, 0x47, true);
	apsim_mask_put(&you.view.apm, 5, false);
	fx_tapq(f, FX_APQN);
	silent(test);
	apsim_guest_leave(&you);
	apsim_guest_leave(&you);
}

/* Two CPUs of one guest are no crowd. */
static void alarm_shared_with_itself(struct kunit *test)
{
	struct apsim_guest cpu[] = {
		guest_with(ME, FX_APQN), guest_with(ME, FX_APQN),
	};
	struct fixture *f = test->priv;

	apsim_guest_enter(f->m, &cpu[0]);
	apsim_guest_enter(f->m, &cpu[1]);
	f->op.tenant = ME;
	f->op.view = &cpu[0].view;
	fx_tapq(f, FX_APQN);
	silent(test);
	apsim_guest_leave(&cpu[0]);
	apsim_guest_leave(&cpu[1]);
}

/* The host may look at a guest's queue, reset it and let it interrupt. */
static void alarm_shared_with_the_host(struct kunit *test)
{
	struct apsim_guest you = guest_with(YOU, FX_APQN);
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	apsim_guest_enter(f->m, &you);
	fx_tapq(f, FX_APQN);
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	fx_pqap(f, FX_QACT, FX_APQN);
	silent(test);
	fx_nqap(f, FX_APQN, 1, msg, 16);
	raised(test, APSIM_ALARM_SHARED, 0, YOU);
	fx_work(f);
	fx_dqap(f, FX_APQN, msg, 16);
	raised(test, APSIM_ALARM_SHARED, 0, YOU);
	apsim_guest_leave(&you);
	fx_nqap(f, FX_APQN, 1, msg, 16);
	silent(test);
}

static void alarm_foreign_and_unzeroized(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_alarms alarms;
	u8 msg[16] = {};

	f->op.tenant = YOU;
	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_work(f);
	silent(test);
	f->op.tenant = ME;
	fx_nqap(f, FX_APQN, 2, msg, 16);
	raised(test, APSIM_ALARM_UNZEROIZED, ME, YOU);
	fx_dqap(f, FX_APQN, msg, 16);
	raised(test, APSIM_ALARM_FOREIGN, ME, YOU);

	apsim_get_alarms(f->m, &alarms);
	KUNIT_EXPECT_EQ(test, alarms.count[APSIM_ALARM_UNZEROIZED], 1);
	KUNIT_EXPECT_EQ(test, alarms.count[APSIM_ALARM_FOREIGN], 1);
	KUNIT_EXPECT_EQ(test, alarms.count[APSIM_ALARM_SHARED], 0);
	KUNIT_EXPECT_EQ(test, alarms.first.kind, APSIM_ALARM_UNZEROIZED);
	KUNIT_EXPECT_EQ(test, alarms.first.other, YOU);
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	f->op.tenant = YOU;
	fx_nqap(f, FX_APQN, 1, msg, 16);
	silent(test);
}

/* What the front end sees, and that all can be as it was. */
static void alarm_about_interruptions(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_alarms before;
	struct apsim_alarms after;

	apsim_raise(f->m, APSIM_ALARM_UNPINNED, FX_APQN);
	raised(test, APSIM_ALARM_UNPINNED, 0, 0);
	apsim_get_alarms(f->m, &before);
	apsim_raise(f->m, APSIM_ALARM_UNREGISTERED, FX_APQN);
	raised(test, APSIM_ALARM_UNREGISTERED, 0, 0);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unpinned, 1);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unregistered, 1);
	apsim_set_alarms(f->m, &before);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unregistered, 0);
	apsim_get_alarms(f->m, &after);
	KUNIT_EXPECT_MEMEQ(test, &before, &after, sizeof(after));
	KUNIT_EXPECT_EQ(test, after.first.kind, APSIM_ALARM_UNPINNED);
	silent(test);
}

/* A front end that only reads the counters. */
static void alarm_without_a_listener(struct kunit *test)
{
	const struct apsim_env env = { .alloc = fx_alloc, .free = fx_free };
	struct apsim *m = apsim_new(&env);
	struct apsim_alarms alarms;

	apsim_raise(m, APSIM_ALARM_UNPINNED, FX_APQN);
	apsim_get_alarms(m, &alarms);
	KUNIT_EXPECT_EQ(test, alarms.count[APSIM_ALARM_UNPINNED], 1);
	silent(test);
	apsim_free(m);
}

static struct kunit_case alarm_cases[] = {
	KUNIT_CASE(alarm_shared_by_guests),
	KUNIT_CASE(alarm_shared_with_itself),
	KUNIT_CASE(alarm_shared_with_the_host),
	KUNIT_CASE(alarm_foreign_and_unzeroized),
	KUNIT_CASE(alarm_about_interruptions),
	KUNIT_CASE(alarm_without_a_listener),
	{}
};

static struct kunit_suite alarm_suite = {
	.name = "apsim-alarm",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = alarm_cases,
};

kunit_test_suite(alarm_suite);
