// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - messages from NQAP to DQAP
 *
 * The messages say nothing an adapter understands, so every reply is the same
 * eight bytes, which is all that matters here.
 */
#include "fixture.h"

#define REPLY_LEN	8

static void queue_life(struct kunit *test)
{
	const u8 reply[REPLY_LEN] = { 0, 0x82, 0, 0, 0x20, 0, 0, 0 };
	const u64 psmid = 0xfedcba9876543210;
	struct fixture *f = test->priv;
	u8 msg[40] = {};

	fx_command(test, "latency 200");
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, psmid, msg, 40), 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[4], psmid >> 32);
	KUNIT_EXPECT_EQ(test, f->op.gr[5], (u32)psmid);
	KUNIT_EXPECT_EQ(test, f->op.gr[7], 40);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), f->now + 200000);

	f->now += 199999;
	KUNIT_EXPECT_EQ(test, fx_work(f), 0);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 40), FX_RC(0x10));
	f->now++;
	KUNIT_EXPECT_EQ(test, fx_work(f), 1);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R);

	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 40), FX_E);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), psmid);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[6], (u64)msg + REPLY_LEN);
	KUNIT_EXPECT_EQ(test, f->op.gr[7], 40 - REPLY_LEN);
	KUNIT_EXPECT_MEMEQ(test, msg, reply, REPLY_LEN);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 40),
			FX_E | FX_RC(0x10));
}

/* A reply without an answer to find leaves registers but GR1 alone. */
static void queue_no_reply(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[8];

	memset(msg, 0x5a, sizeof(msg));
	fx_dqap(f, FX_APQN, msg, sizeof(msg));
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[0], 0x80000547);
	KUNIT_EXPECT_EQ(test, f->op.gr[6], (u64)msg);
	KUNIT_EXPECT_EQ(test, f->op.gr[7], sizeof(msg));
	KUNIT_EXPECT_EQ(test, msg[0], 0x5a);
}

static void queue_order(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	for (u64 i = 1; i <= 5; i++)
		fx_nqap(f, FX_APQN, i << 32 | i, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_work(f), 5);
	for (u64 i = 1; i <= 5; i++) {
		KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16),
				i < 5 ? FX_R : FX_E);
		KUNIT_EXPECT_EQ(test, fx_psmid(f), i << 32 | i);
	}
}

/* Requests of all queues are taken in the order in which they arrived. */
static void queue_order_of_jobs(struct kunit *test)
{
	const u16 apqns[] = { 0x0747, 0x0504, 0x0747, 0x0647, 0x0504 };
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	for (size_t i = 0; i < ARRAY_SIZE(apqns); i++)
		fx_nqap(f, apqns[i], i, msg, 16);
	for (size_t i = 0; i < ARRAY_SIZE(apqns); i++) {
		KUNIT_EXPECT_TRUE(test, apsim_job(f->m, f->now, &f->job));
		KUNIT_EXPECT_EQ(test, f->job.apqn, apqns[i]);
		KUNIT_EXPECT_EQ(test, f->job.len, 16);
	}
	KUNIT_EXPECT_FALSE(test, apsim_job(f->m, f->now, &f->job));
	KUNIT_EXPECT_EQ(test, fx_stats(f).jobs, 5);
}

/* Jobs that end in another order: replies are there as they come. */
static void queue_overtaking(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_job *first;
	u8 msg[16] = {};

	first = kunit_kzalloc(test, sizeof(*first), GFP_KERNEL);
	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_nqap(f, FX_APQN, 2, msg, 16);
	KUNIT_EXPECT_TRUE(test, apsim_job(f->m, f->now, first));
	KUNIT_EXPECT_EQ(test, fx_work(f), 1);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), 0);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), 2);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_RC(0x10));
	apsim_compute(first);
	apsim_job_done(f->m, f->now, first);
	apsim_job_done(f->m, f->now, first);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_E);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), 1);
}

/* A place is taken until the reply is dequeued. */
static void queue_full(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	for (int i = 0; i < 7; i++)
		KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, i, msg, 16), 0);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 7, msg, 16), FX_F);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 8, msg, 16),
			FX_F | FX_RC(0x10));
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, 0x0504, 8, msg, 16), 0);
	fx_work(f);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 8, msg, 16),
			FX_R | FX_F | FX_RC(0x10));
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_R);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 8, msg, 16), FX_R | FX_F);
}

/* Without memory the queue is full, whatever piece is missing. */
static void queue_no_memory(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	for (fx_memory = 0; fx_memory < 2;) {
		long had = fx_memory;

		KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16),
				FX_E | FX_RC(0x10));
		fx_memory = had + 1;
	}
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), 0);
}

static void queue_pieces(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 whole[REPLY_LEN] = {};
	u8 msg[16] = {};
	u64 token;

	fx_nqap(f, FX_APQN, 0x100000002, msg, 16);
	fx_nqap(f, FX_APQN, 3, msg, 16);
	fx_work(f);

	f->op.gr[1] = 0;
	fx_dqap(f, FX_APQN, whole, 3);
	KUNIT_EXPECT_EQ(test, f->op.cc, 1);
	KUNIT_EXPECT_EQ(test, f->op.gr[1], 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], REPLY_LEN - 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[6], (u64)whole + 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[7], 0);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), 0);
	token = f->op.gr[0];
	KUNIT_EXPECT_NE(test, token, 0x80000547);
	KUNIT_EXPECT_EQ(test, token & 0xffff, FX_APQN);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R);

	fx_dqap_more(f, FX_APQN, token, whole + 3, 4);
	KUNIT_EXPECT_EQ(test, f->op.cc, 1);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 1);
	KUNIT_EXPECT_EQ(test, fx_dqap_more(f, FX_APQN, f->op.gr[0], whole + 7,
					   16 - 7), FX_R);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[7], 16 - 7 - 1);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), 0x100000002);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_E);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), 3);
	KUNIT_EXPECT_MEMEQ(test, whole, msg, REPLY_LEN);
}

/* The loop of a program that takes CC1 for "go on", with a buffer that fits. */
static void queue_exact_fit(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_work(f);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, REPLY_LEN), FX_E);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[7], 0);
}

/* Without the token a reply begins anew; a token outlives nothing. */
static void queue_tokens(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};
	u64 token;

	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_work(f);
	fx_dqap(f, FX_APQN, msg, 3);
	token = f->op.gr[0];
	fx_dqap(f, FX_APQN, msg, 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], REPLY_LEN - 3);
	KUNIT_EXPECT_EQ(test, fx_dqap_more(f, FX_APQN, token ^ 0x00010000, msg,
					   16), FX_R | FX_RC(0x13));
	fx_pqap(f, FX_RAPQ, FX_APQN);
	KUNIT_EXPECT_EQ(test, fx_dqap_more(f, FX_APQN, token, msg, 16),
			FX_E | FX_RC(0x13));
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	/* Nor is it that of one to come. */
	fx_nqap(f, FX_APQN, 1, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_dqap_more(f, FX_APQN, token, msg, 16),
			FX_RC(0x13));
}

/* Facilities that an adapter does not have. */
static void queue_facilities(struct kunit *test)
{
	struct fixture *f = test->priv;
	const struct { u64 gr0; u32 word; } cases[] = {
		{ 0x40400747, 0 },			/* special, CCA */
		{ 0x40400547, FX_E | FX_RC(0x16) },	/* special, others */
		{ 0x40400647, FX_E | FX_RC(0x16) },
		{ 0x00000547, FX_E | FX_RC(0x16) },	/* a part */
	};
	u8 msg[16] = {};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		fx_nqap(f, 0, 0, msg, 16);
		f->op.gr[0] = cases[i].gr0;
		fx_execute(f);
		KUNIT_EXPECT_EQ_MSG(test, (u32)f->op.gr[1], cases[i].word,
				    "case %zu", i);
	}
}

/* Who takes another's reply is found out, even if he takes a part of it. */
static void queue_tenants(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	f->op.tenant = 1;
	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_nqap(f, FX_APQN, 2, msg, 16);
	fx_work(f);
	fx_dqap(f, FX_APQN, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_stats(f).foreign_replies, 0);
	f->op.tenant = 2;
	fx_dqap(f, FX_APQN, msg, 3);
	KUNIT_EXPECT_EQ(test, fx_stats(f).foreign_replies, 1);
	fx_dqap_more(f, FX_APQN, f->op.gr[0], msg, 16);
	KUNIT_EXPECT_EQ(test, fx_stats(f).foreign_replies, 1);

	KUNIT_EXPECT_EQ(test, fx_stats(f).unzeroized, 0);
	fx_nqap(f, FX_APQN, 3, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unzeroized, 1);
	fx_nqap(f, FX_APQN, 4, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unzeroized, 1);
	fx_pqap(f, FX_RAPQ, FX_APQN);
	f->op.tenant = 3;
	fx_nqap(f, FX_APQN, 5, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unzeroized, 2);
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	f->op.tenant = 0;
	fx_nqap(f, FX_APQN, 6, msg, 16);
	fx_work(f);
	fx_dqap(f, FX_APQN, msg, 16);
	KUNIT_EXPECT_EQ(test, fx_stats(f).unzeroized, 2);
	KUNIT_EXPECT_EQ(test, fx_stats(f).foreign_replies, 1);
}

/* A machine made faster finishes at once what it began slowly. */
static void queue_tuning(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_command(test, "latency 0x3fffffffffffff");
	fx_nqap(f, FX_APQN, 1, msg, 16);
	f->now += 1000000000000;
	KUNIT_EXPECT_EQ(test, fx_work(f), 0);
	fx_command(test, "latency 1");
	KUNIT_EXPECT_LE(test, apsim_next(f->m), f->now);
	KUNIT_EXPECT_EQ(test, fx_work(f), 1);
}

static struct kunit_case queue_cases[] = {
	KUNIT_CASE(queue_life),
	KUNIT_CASE(queue_no_reply),
	KUNIT_CASE(queue_order),
	KUNIT_CASE(queue_order_of_jobs),
	KUNIT_CASE(queue_overtaking),
	KUNIT_CASE(queue_full),
	KUNIT_CASE(queue_no_memory),
	KUNIT_CASE(queue_pieces),
	KUNIT_CASE(queue_exact_fit),
	KUNIT_CASE(queue_tokens),
	KUNIT_CASE(queue_facilities),
	KUNIT_CASE(queue_tenants),
	KUNIT_CASE(queue_tuning),
	{}
};

static struct kunit_suite queue_suite = {
	.name = "apsim-queue",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = queue_cases,
};

kunit_test_suite(queue_suite);
