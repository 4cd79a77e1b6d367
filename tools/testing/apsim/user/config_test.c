// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - what the machine has, and what a program gets to see of it
 */
#include "fixture.h"

/* The QCI block of the program in @f->op. */
static void qci(struct kunit *test, u8 *block)
{
	struct fixture *f = test->priv;
	u64 room[APSIM_QCI_LEN / 8 + 1];

	memset(room, 0xee, sizeof(room));
	KUNIT_ASSERT_EQ(test, fx_pqap_raw(f, 0x04000000, 0x1234, (u64)room),
			0x1234);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], (u64)room);
	KUNIT_EXPECT_EQ(test, room[APSIM_QCI_LEN / 8], 0xeeeeeeeeeeeeeeee);
	memcpy(block, room, APSIM_QCI_LEN);
}

static void config_qci(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 want[APSIM_QCI_LEN] = { 0xe0, 0, 0, 0, 0xff, 0xff };
	u8 block[APSIM_QCI_LEN];

	want[0x10] = 0x07;		/* adapters 5, 6, 7 */
	want[0x30] = 0x08;		/* domain 4 */
	want[0x38] = 0x01;		/* 0x47 */
	want[0x45] = 0x10;		/* 0xab */
	want[0x50] = 0x08;
	want[0x58] = 0x01;
	qci(test, block);
	KUNIT_EXPECT_MEMEQ(test, block, want, APSIM_QCI_LEN);

	/* Only "off" takes an adapter out of the configuration. */
	fx_command(test, "standby 5");
	fx_command(test, "checkstop 6");
	qci(test, block);
	KUNIT_EXPECT_MEMEQ(test, block, want, APSIM_QCI_LEN);
	fx_command(test, "off 7");
	fx_command(test, "domain 255 control");
	fx_command(test, "nodomain 4");
	want[0x10] = 0x06;
	want[0x30] = 0x00;
	want[0x50] = 0x00;
	want[0x6f] = 0x01;
	qci(test, block);
	KUNIT_EXPECT_MEMEQ(test, block, want, APSIM_QCI_LEN);
	KUNIT_EXPECT_EQ(test, fx_stats(f).pqap[FX_QCI], 3);
}

/* One that only controls is one, too. */
static void config_nodomain(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "domain 9 control");
	fx_command(test, "nodomain 9");
	KUNIT_EXPECT_EQ(test, apsim_command(f->m, f->now, "nodomain 9"), -ENOENT);
}

/* A view never shows more than the machine has. */
static void config_view(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view view = {};
	u8 block[APSIM_QCI_LEN];
	u8 want[APSIM_QCI_LEN] = { 0xe0, 0, 0, 0, 0xff, 0xff };

	memset(&view.adm, 0xff, sizeof(view.adm));
	apsim_mask_put(&view.apm, 5, true);
	apsim_mask_put(&view.apm, 200, true);
	apsim_mask_put(&view.aqm, 0x47, true);
	apsim_mask_put(&view.aqm, 0x48, true);
	f->op.view = &view;
	want[0x10] = 0x04;
	want[0x38] = 0x01;
	want[0x50] = 0x08;
	want[0x58] = 0x01;
	qci(test, block);
	KUNIT_EXPECT_MEMEQ(test, block, want, APSIM_QCI_LEN);
}

/* Code 01 for each function on each queue that is not in the view. */
static void config_view_refuses(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view view = {};
	u8 msg[16] = {};

	apsim_mask_put(&view.apm, 5, true);
	apsim_mask_put(&view.apm, 9, true);
	apsim_mask_put(&view.aqm, 0x47, true);
	apsim_mask_put(&view.aqm, 0x99, true);
	f->op.view = &view;
	for (u32 apqn = 0; apqn <= 0xffff; apqn++) {
		const u32 want = apqn == FX_APQN ? FX_E : FX_RC(1);

		KUNIT_ASSERT_EQ_MSG(test, fx_tapq(f, apqn), want, "%04x", apqn);
	}
	for (int fc = FX_TAPQ; fc <= FX_QACT; fc++)
		if (fc != FX_QCI)
			KUNIT_EXPECT_EQ(test, fx_pqap(f, fc, 0x0504), FX_RC(1));
	KUNIT_EXPECT_EQ(test, fx_nqap(f, 0x0504, 1, msg, 16), FX_RC(1));
	KUNIT_EXPECT_EQ(test, fx_dqap(f, 0x0504, msg, 16), FX_RC(1));

	/* What the view refuses did not happen. */
	f->op.view = NULL;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
}

/* One queue, seen by two programs at once. */
static void config_view_changes(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view view = {};
	u8 msg[16] = {};

	apsim_get_view(f->m, &view);
	f->op.view = &view;
	f->op.tenant = 1;
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), 0);
	fx_work(f);
	apsim_mask_put(&view.aqm, 0x47, false);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_RC(1));
	f->op.view = NULL;
	f->op.tenant = 0;
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_E);
	KUNIT_EXPECT_EQ(test, fx_stats(f).foreign_replies, 1);
}

static void config_card_errors(struct kunit *test)
{
	struct fixture *f = test->priv;
	const struct { struct apsim_card card; int rc; } cases[] = {
		{ { 8, 14, APSIM_ACCEL, 8 }, 0 },
		{ { 8, 14, APSIM_ACCEL, 8 }, -EEXIST },
		{ { 9, 0, APSIM_ACCEL, 8 }, -EINVAL },
		{ { 9, 14, (enum apsim_mode)3, 8 }, -EINVAL },
		{ { 9, 14, APSIM_CCA, 0 }, -EINVAL },
		{ { 9, 14, APSIM_CCA, 33 }, -EINVAL },
		{ { 9, 14, APSIM_CCA, 32 }, 0 },
		{ { 255, 10, APSIM_EP11, 1 }, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		KUNIT_EXPECT_EQ_MSG(test, apsim_card_add(f->m, &cases[i].card),
				    cases[i].rc, "case %zu", i);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0xffab), FX_E);
	KUNIT_EXPECT_EQ(test, apsim_card_remove(f->m, 255), 0);
	KUNIT_EXPECT_EQ(test, apsim_card_remove(f->m, 255), -ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_card_remove(f->m, 256), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_card_set(f->m, 0, 255, APSIM_CARD_OFF),
			-ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_card_set(f->m, 0, 256, APSIM_CARD_OFF),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_card_set(f->m, 0, 5,
					     (enum apsim_card_state)4),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_domain_set(f->m, 0, 256, true, true),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_domain_set(f->m, 0, 255, true, true), 0);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x05ff), FX_E);
}

/* A change to the same state is none. */
static void config_same_state(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_command(test, "on 5");
	fx_command(test, "domain 0x47 usage");
	fx_command(test, "domain 0x47");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), 0);
}

/* Memory runs out at every place: nothing changed, nothing is lost. */
static void config_no_memory(struct kunit *test)
{
	const struct apsim_card card = { 9, 14, APSIM_ACCEL, 8 };
	struct fixture *f = test->priv;
	struct apsim_view before;
	struct apsim_view after;
	long pieces = fx_allocated;

	apsim_get_view(f->m, &before);
	/* The adapter and three queues. */
	for (int i = 0; i < 4; i++) {
		fx_memory = i;
		KUNIT_EXPECT_EQ(test, apsim_card_add(f->m, &card), -ENOMEM);
	}
	/* A queue for each of three adapters. */
	for (int i = 0; i < 3; i++) {
		fx_memory = i;
		KUNIT_EXPECT_EQ(test, apsim_domain_set(f->m, 0, 9, true, true),
				-ENOMEM);
	}
	fx_memory = 0;
	KUNIT_EXPECT_NULL(test, fx_machine());
	apsim_get_view(f->m, &after);
	KUNIT_EXPECT_MEMEQ(test, &before, &after, sizeof(before));
	KUNIT_EXPECT_EQ(test, fx_allocated, pieces);
	apsim_free(NULL);

	fx_memory = 4;
	KUNIT_EXPECT_EQ(test, apsim_card_add(f->m, &card), 0);
	KUNIT_EXPECT_EQ(test, fx_memory, 0);
}

/* All there can be. */
static void config_largest(struct kunit *test)
{
	struct apsim_card card = { 0, 14, APSIM_ACCEL, 32 };
	struct fixture *f = test->priv;
	struct apsim *other = fx_machine();
	struct apsim *own = f->m;

	for (int i = 0; i < APSIM_IDS; i++)
		apsim_domain_set(other, 0, i, true, true);
	for (int i = 0; i < APSIM_IDS; i++, card.apid++)
		KUNIT_ASSERT_EQ(test, apsim_card_add(other, &card), 0);
	f->m = other;
	for (u32 apqn = 0; apqn <= 0xffff; apqn++)
		KUNIT_ASSERT_EQ(test, fx_pqap(f, FX_ZAPQ, apqn), FX_E);
	f->m = own;
	apsim_free(other);
}

static struct kunit_case config_cases[] = {
	KUNIT_CASE(config_qci),
	KUNIT_CASE(config_nodomain),
	KUNIT_CASE(config_view),
	KUNIT_CASE(config_view_refuses),
	KUNIT_CASE(config_view_changes),
	KUNIT_CASE(config_card_errors),
	KUNIT_CASE(config_same_state),
	KUNIT_CASE(config_no_memory),
	KUNIT_CASE(config_largest),
	{}
};

static struct kunit_suite config_suite = {
	.name = "apsim-config",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = config_cases,
};

kunit_test_suite(config_suite);
