// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - coprocessors: what they answer, and who may control what
 */
#include "fixture.h"

#define EP11_APQN	0x0647
#define CCA_APQN	0x0747

#define T6_LEN		88
#define CPRBX_LEN	220
#define EP11_LEN	32
#define RANDOM_AT	276

static void put32(u8 *to, u32 value)
{
	for (int i = 0; i < 4; i++)
		to[i] = value >> (24 - 8 * i);
}

static u32 get32(const u8 *from)
{
	return (u32)from[0] << 24 | from[1] << 16 | from[2] << 8 | from[3];
}

/* A CCA command as Linux sends it; its length. */
static u32 cca(u8 *msg, const char *function, const char *id, u16 domain)
{
	memset(msg, 0, T6_LEN + CPRBX_LEN + 16);
	msg[1] = 0x06;
	msg[19] = T6_LEN;
	memcpy(msg + 32, "CA", 2);
	memcpy(msg + 52, function, 2);
	put32(msg + 76, 4096);
	msg += T6_LEN;
	msg[1] = CPRBX_LEN;
	msg[2] = 2;
	memcpy(msg + 6, id, 2);
	msg[170] = domain >> 8;
	msg[171] = domain;
	memcpy(msg + CPRBX_LEN, function, 2);
	return T6_LEN + CPRBX_LEN + 16;
}

static u32 ep11(u8 *msg, u8 flags, u32 target)
{
	memset(msg, 0, T6_LEN + EP11_LEN + 16);
	msg[1] = 0x06;
	msg[19] = T6_LEN;
	memcpy(msg + 32, "XC", 2);
	msg += T6_LEN;
	msg[1] = EP11_LEN;
	msg[2] = 4;
	msg[5] = flags;
	memcpy(msg + 6, "T4", 2);
	put32(msg + 12, target);
	return T6_LEN + EP11_LEN + 16;
}

static u32 ask(struct kunit *test, u16 apqn, u8 *msg, u32 len)
{
	struct fixture *f = test->priv;

	KUNIT_ASSERT_EQ(test, fx_nqap(f, apqn, 1, msg, len), 0);
	KUNIT_ASSERT_EQ(test, fx_work(f), 1);
	memset(msg, 0xee, APSIM_MSG_MAX);
	KUNIT_ASSERT_EQ(test, fx_dqap(f, apqn, msg, APSIM_MSG_MAX), FX_E);
	return APSIM_MSG_MAX - f->op.gr[7];
}

static u8 *message_buffer(struct kunit *test)
{
	return kunit_kzalloc(test, APSIM_MSG_MAX, GFP_KERNEL);
}

static void expect_error(struct kunit *test, const u8 *msg, u32 len, u8 code)
{
	const u8 want[8] = { 0, 0x82, 0, 0, code, 0, 0, 0 };

	KUNIT_EXPECT_EQ(test, len, 8);
	KUNIT_EXPECT_MEMEQ(test, msg, want, 8);
}

/* Everything that Linux checks in a reply to its hardware generator. */
static void expect_random(struct kunit *test, const u8 *msg, u32 len, u32 count)
{
	const u8 head[8] = { 0, 0x86, 2, 0, 0, 0, 0, 0 };

	KUNIT_EXPECT_EQ(test, len, RANDOM_AT + count);
	KUNIT_EXPECT_MEMEQ(test, msg, head, 8);
	KUNIT_EXPECT_EQ(test, get32(msg + 20), 48);
	KUNIT_EXPECT_EQ(test, get32(msg + 16), CPRBX_LEN + 6);
	KUNIT_EXPECT_EQ(test, get32(msg + 48 + 24), 6);
	KUNIT_EXPECT_EQ(test, get32(msg + 24), count);
	KUNIT_EXPECT_EQ(test, get32(msg + 28), RANDOM_AT);
	KUNIT_EXPECT_EQ(test, msg[48 + 2], 2);
	KUNIT_EXPECT_EQ(test, get32(msg + 48 + 32), count);
	KUNIT_EXPECT_EQ(test, get32(msg + 48 + 144), 0);
	KUNIT_EXPECT_EQ(test, msg[RANDOM_AT - 8], 'R');
}

static void cprb_random(struct kunit *test)
{
	u8 *first = message_buffer(test);
	u8 *second = message_buffer(test);
	unsigned int counts[256] = {};
	u32 len;

	len = ask(test, CCA_APQN, first, cca(first, "RL", "T2", 0x47));
	expect_random(test, first, len, 4096);
	len = ask(test, CCA_APQN, second, cca(second, "RL", "T2", 0x47));
	expect_random(test, second, len, 4096);
	KUNIT_EXPECT_MEMNEQ(test, first + RANDOM_AT, second + RANDOM_AT, 4096);

	/* Each of 256 values is expected 16 times. */
	for (int i = 0; i < 4096; i++)
		counts[first[RANDOM_AT + i]]++;
	for (int i = 0; i < 256; i++)
		KUNIT_EXPECT_LT(test, counts[i], 64);
}

static void cprb_random_lengths(struct kunit *test)
{
	const struct { u32 asked, given; } cases[] = {
		{ 1, 1 }, { 5, 5 }, { 4097, 4096 }, { ~0u, 4096 },
	};
	u8 *msg = message_buffer(test);
	u32 len;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		len = cca(msg, "RL", "T2", 0x47);
		put32(msg + 76, cases[i].asked);
		memset(msg + T6_LEN + 144, 0xff, 4);
		len = ask(test, CCA_APQN, msg, len);
		expect_random(test, msg, len, cases[i].given);
	}
	len = cca(msg, "RL", "T2", 0x47);
	put32(msg + 76, 0);
	expect_error(test, msg, ask(test, CCA_APQN, msg, len), 0x80);
}

/* No memory for the long reply: the adapter fails, and says so. */
static void cprb_no_memory(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 *msg = message_buffer(test);

	fx_nqap(f, CCA_APQN, 1, msg, cca(msg, "RL", "T2", 0x47));
	fx_memory = 0;
	KUNIT_EXPECT_EQ(test, fx_work(f), 1);
	fx_dqap(f, CCA_APQN, msg, APSIM_MSG_MAX);
	expect_error(test, msg, APSIM_MSG_MAX - f->op.gr[7], 0x10);
}

static void cprb_refused(struct kunit *test)
{
	u8 *msg = message_buffer(test);
	u32 len;

	/* RSA: the caller is to try another adapter. */
	len = ask(test, CCA_APQN, msg, cca(msg, "PK", "T2", 0x47));
	expect_error(test, msg, len, 0x20);
	len = ask(test, CCA_APQN, msg, cca(msg, "PD", "T2", 0x47));
	expect_error(test, msg, len, 0x20);
	/* All else: not here. */
	len = ask(test, CCA_APQN, msg, cca(msg, "FQ", "T2", 0x47));
	expect_error(test, msg, len, 0x8b);
	len = ask(test, EP11_APQN, msg, ep11(msg, 0, 0x47));
	expect_error(test, msg, len, 0x8b);
	/* An accelerator's request. */
	len = cca(msg, "RL", "T2", 0x47);
	msg[1] = 0x50;
	expect_error(test, msg, ask(test, CCA_APQN, msg, len), 0x20);
	len = ep11(msg, 0, 0x47);
	msg[1] = 0x50;
	expect_error(test, msg, ask(test, EP11_APQN, msg, len), 0x20);
}

static void cprb_malformed(struct kunit *test)
{
	const u32 offsets[] = { 0, 87, 105, 0x7fffffff, 0xffffffff };
	u8 *msg = message_buffer(test);
	u32 len;

	for (size_t i = 0; i < ARRAY_SIZE(offsets); i++) {
		len = cca(msg, "RL", "T2", 0x47);
		put32(msg + 16, offsets[i]);
		expect_error(test, msg, ask(test, CCA_APQN, msg, len), 0x40);
		len = ep11(msg, 0x80, 0x47);
		put32(msg + 16, offsets[i]);
		expect_error(test, msg, ask(test, EP11_APQN, msg, len), 0x40);
	}
	len = cca(msg, "RL", "T2", 0x47);
	msg[T6_LEN + 2] = 4;
	expect_error(test, msg, ask(test, CCA_APQN, msg, len), 0x40);
	cca(msg, "RL", "T2", 0x47);
	len = ask(test, CCA_APQN, msg, T6_LEN + CPRBX_LEN - 1);
	expect_error(test, msg, len, 0x40);
	cca(msg, "RL", "T2", 0x47);
	expect_error(test, msg, ask(test, CCA_APQN, msg, T6_LEN - 1), 0x23);
	ep11(msg, 0x80, 0x48);
	len = ask(test, EP11_APQN, msg, T6_LEN + EP11_LEN - 1);
	expect_error(test, msg, len, 0x40);
}

/* The last byte that the first block may end with, and the first not. */
static void cprb_offset(struct kunit *test)
{
	u8 *msg = message_buffer(test);
	u32 len = cca(msg, "RL", "T2", 0x47);

	memmove(msg + T6_LEN + 16, msg + T6_LEN, CPRBX_LEN);
	put32(msg + 16, T6_LEN + 16);
	expect_random(test, msg, ask(test, CCA_APQN, msg, len), 4096);
}

/* A command for administrators needs the domain among the control domains. */
static void cprb_control_domains(struct kunit *test)
{
	static const struct {
		u16 apqn;
		const char *id;
		u8 flags;
		u32 domain;
		bool may;
		bool may_in_view;
	} cases[] = {
		{ CCA_APQN, "T2", 0, 0x99, true, true },
		{ CCA_APQN, "T3", 0, 0x47, true, false },
		{ CCA_APQN, "T3", 0, 0x04, true, true },
		{ CCA_APQN, "T5", 0, 0xab, false, false },
		{ CCA_APQN, "T6", 0, 0x99, false, false },
		{ CCA_APQN, "T7", 0, 0x104, false, false },
		{ CCA_APQN, "T4", 0, 0x104, true, true },
		{ EP11_APQN, NULL, 0x00, 0x99, true, true },
		{ EP11_APQN, NULL, 0x80, 0x47, true, false },
		{ EP11_APQN, NULL, 0x80, 0x04, true, true },
		{ EP11_APQN, NULL, 0x80, 0x99, false, false },
		{ EP11_APQN, NULL, 0x80, 0x10004, false, false },
	};
	struct fixture *f = test->priv;
	struct apsim_view view;
	u8 *msg = message_buffer(test);

	apsim_get_view(f->m, &view);
	apsim_mask_put(&view.adm, 0x47, false);
	for (size_t i = 0; i < 2 * ARRAY_SIZE(cases); i++) {
		const typeof(cases[0]) *one = &cases[i / 2];
		bool may = i % 2 ? one->may_in_view : one->may;
		u32 len = one->id ? cca(msg, "FQ", one->id, one->domain) :
				    ep11(msg, one->flags, one->domain);

		f->op.view = i % 2 ? &view : NULL;
		KUNIT_EXPECT_EQ_MSG(test, fx_nqap(f, one->apqn, 1, msg, len),
				    may ? 0 : FX_E | FX_RC(0x42), "case %zu",
				    i);
		fx_pqap(f, FX_ZAPQ, one->apqn);
	}
}

/* What is no command has no domain: not by its type, not by its length. */
static void cprb_no_domain(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 *msg = message_buffer(test);
	u32 len = ep11(msg, 0x80, 0x99);

	KUNIT_EXPECT_EQ(test, fx_nqap(f, EP11_APQN, 1, msg, len),
			FX_E | FX_RC(0x42));
	for (u32 less = 1; less < T6_LEN + EP11_LEN; less += 10) {
		KUNIT_EXPECT_EQ(test, fx_nqap(f, EP11_APQN, 1, msg, less), 0);
		fx_pqap(f, FX_ZAPQ, EP11_APQN);
	}
	msg[1] = 0x50;
	KUNIT_EXPECT_EQ(test, fx_nqap(f, EP11_APQN, 1, msg, len), 0);

	len = cca(msg, "FQ", "T3", 0x99);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, len), 0);
}

static struct kunit_case cprb_cases[] = {
	KUNIT_CASE(cprb_random),
	KUNIT_CASE(cprb_random_lengths),
	KUNIT_CASE(cprb_no_memory),
	KUNIT_CASE(cprb_refused),
	KUNIT_CASE(cprb_malformed),
	KUNIT_CASE(cprb_offset),
	KUNIT_CASE(cprb_control_domains),
	KUNIT_CASE(cprb_no_domain),
	{}
};

static struct kunit_suite cprb_suite = {
	.name = "apsim-cprb",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = cprb_cases,
};

kunit_test_suite(cprb_suite);
