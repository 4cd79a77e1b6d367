// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - answers forced from outside
 */
#include "fixture.h"

static void inject_counts(struct kunit *test)
{
	struct fixture *f = test->priv;

	/* In the order given, each as often as asked for. */
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_ZAPQ, 5, 2), 0);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_TAPQ, 2, 1), 0);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_ZAPQ, 0xa, 1), 0);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E | FX_RC(5));
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_RAPQ, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, 0x0504), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E | FX_RC(5));
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E | FX_RC(0xa));
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E);
}

/* A forced answer is all that happens, even if it says that all went well. */
static void inject_has_no_effect(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_command(test, "reset 10");
	for (int rc = 0; rc <= 5; rc += 5) {
		const u32 code = FX_RC(rc);

		KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, APSIM_NQAP,
						   rc, 1), 0);
		KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_AQIC, rc,
						   1), 0);
		KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_ZAPQ, rc,
						   1), 0);
		KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16),
				FX_E | code);
		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, FX_IR, FX_NIB),
				FX_E | code);
		KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN),
				FX_E | code);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	}

	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_work(f);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, APSIM_DQAP, 4, 1), 0);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_R | FX_RC(4));
	KUNIT_EXPECT_EQ(test, f->op.gr[7], 16);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_E);
}

/* TAPQ says what the queue is, unless the code is that there is none. */
static void inject_tapq_info(struct kunit *test)
{
	struct fixture *f = test->priv;

	for (int rc = 0; rc <= 0xff; rc++) {
		const bool async = rc == 0x35 || rc == 0x36;

		KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_TAPQ, rc,
						   1), 0);
		KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x00800547, 0, 0x99),
				FX_E | FX_RC(rc) | (async ? FX_A : 0));
		KUNIT_EXPECT_EQ(test, f->op.gr[2],
				rc == 1 ? 0x99 : 0x6a0000000eff0007);
	}
}

/* Nobody outside a view uses up what is meant for those inside. */
static void inject_needs_the_queue(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view view = {};

	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_TAPQ, 5, 1), 0);
	f->op.view = &view;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_RC(1));
	f->op.view = NULL;
	f->op.problem = true;
	fx_tapq(f, FX_APQN);
	KUNIT_EXPECT_EQ(test, f->op.pgm, APSIM_PGM_PRIVILEGED);
	f->op.problem = false;
	fx_command(test, "off 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_RC(1));
	/* It goes before what the adapter's state would answer. */
	fx_command(test, "checkstop 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(5));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(4));
}

static void inject_taken_back(struct kunit *test)
{
	struct fixture *f = test->priv;

	for (int i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_TAPQ, 5,
						   ~0u), 0);
		KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_ZAPQ, 2,
						   1), 0);
	}
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(5));
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, FX_TAPQ, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	for (int i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN),
				FX_E | FX_RC(2));
	KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, FX_APQN), FX_E);
}

/* Codes that have to do with other owners, busy hardware, or failed secrets. */
static const unsigned int codes[] = {
	0x02, 0x05, 0x09, 0x0a, 0x0b, 0x30, 0x34, 0x35, 0x36,
};

static void code_desc(const unsigned int *code, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%02x", *code);
}

KUNIT_ARRAY_PARAM(codes, codes, code_desc);

/* @fc on the usual queue, which has a reply */
static u32 ask(struct fixture *f, unsigned int fc)
{
	u8 msg[16] = {};

	switch (fc) {
	case APSIM_NQAP:
		return fx_nqap(f, FX_APQN, 2, msg, sizeof(msg));
	case APSIM_DQAP:
		return fx_dqap(f, FX_APQN, msg, sizeof(msg));
	case FX_AQIC:
		return fx_aqic(f, FX_APQN, FX_IR, FX_NIB);
	}
	return fx_pqap(f, fc, FX_APQN);
}

/* Each instruction can be answered with each of them, once, and does nothing. */
static void inject_every_code(struct kunit *test)
{
	const unsigned int fcs[] = {
		FX_TAPQ, FX_RAPQ, FX_ZAPQ, FX_AQIC, FX_QACT, APSIM_NQAP,
		APSIM_DQAP,
	};
	const unsigned int code = *(const unsigned int *)test->param_value;
	const u32 a = code == 0x35 || code == 0x36 ? FX_A : 0;
	struct fixture *f = test->priv;
	struct apsim_view view;

	ask(f, APSIM_NQAP);
	fx_work(f);
	for (size_t i = 0; i < ARRAY_SIZE(fcs); i++) {
		apsim_inject(f->m, FX_APQN, fcs[i], code, 1);
		KUNIT_EXPECT_EQ_MSG(test, ask(f, fcs[i]),
				    FX_R | FX_RC(code) | a, "%x", fcs[i]);
		KUNIT_EXPECT_EQ(test, f->op.cc, 3);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_R);
	}
	KUNIT_EXPECT_EQ(test, ask(f, APSIM_DQAP), FX_E);
	/* A guest that can reach the queue gets them, too. */
	apsim_inject(f->m, FX_APQN, FX_ZAPQ, code, 1);
	apsim_get_view(f->m, &view);
	f->op.view = &view;
	KUNIT_EXPECT_EQ(test, ask(f, FX_ZAPQ), FX_E | FX_RC(code) | a);
	f->op.view = NULL;
	KUNIT_EXPECT_EQ(test, ask(f, FX_ZAPQ), FX_E);
}

/* An asynchronous error answers all but resets, with any code. */
static void inject_for_ever(struct kunit *test)
{
	const unsigned int code = *(const unsigned int *)test->param_value;
	const u32 word = FX_E | FX_A | FX_RC(code);
	struct fixture *f = test->priv;

	KUNIT_EXPECT_EQ(test, apsim_async(f->m, FX_APQN, code), 0);
	for (int i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, ask(f, FX_TAPQ), word);
		KUNIT_EXPECT_EQ(test, ask(f, FX_AQIC), word);
		KUNIT_EXPECT_EQ(test, ask(f, APSIM_NQAP), word);
		KUNIT_EXPECT_EQ(test, ask(f, APSIM_DQAP), word);
	}
	KUNIT_EXPECT_EQ(test, ask(f, FX_ZAPQ), FX_E);
	KUNIT_EXPECT_EQ(test, ask(f, FX_TAPQ), FX_E);
}

static void inject_errors(struct kunit *test)
{
	const unsigned int bad[] = { 4, 6, 7, 8, 9, 255, 0xb2ac, 0xb2af, ~0u };
	struct fixture *f = test->priv;
	long pieces = fx_allocated;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ_MSG(test, apsim_inject(f->m, FX_APQN, bad[i],
						       5, 1), -EINVAL,
				    "function %x", bad[i]);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, 0, 256, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, 0x10547, 0, 5, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, 0x0505, 0, 5, 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, 0x0847, 0, 5, 1), -ENOENT);
	fx_memory = 0;
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, 0, 5, 1), -ENOMEM);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, 0, 5, 0), 0);
	KUNIT_EXPECT_EQ(test, fx_allocated, pieces);
}

static struct kunit_case inject_cases[] = {
	KUNIT_CASE(inject_counts),
	KUNIT_CASE(inject_has_no_effect),
	KUNIT_CASE(inject_tapq_info),
	KUNIT_CASE(inject_needs_the_queue),
	KUNIT_CASE(inject_taken_back),
	KUNIT_CASE_PARAM(inject_every_code, codes_gen_params),
	KUNIT_CASE_PARAM(inject_for_ever, codes_gen_params),
	KUNIT_CASE(inject_errors),
	{}
};

static struct kunit_suite inject_suite = {
	.name = "apsim-inject",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = inject_cases,
};

kunit_test_suite(inject_suite);
