// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - instructions, register by register
 */
#include "fixture.h"

#define NQAP_L		0x40000000ull
#define DQAP_FIRST	0x80000000ull
#define LEN_MAX		12288

/**
 * struct exception - registers that no response code is given for
 * @name: of the test
 * @insn: instruction
 * @gr0: GR0 without the queue
 * @r1: register fields of NQAP and DQAP
 * @r2: register fields of NQAP and DQAP
 * @len: R2+1, or GR2 of PQAP
 * @problem: in the problem state
 * @pgm: the exception, 0: none
 */
struct exception {
	const char *name;
	enum apsim_insn insn;
	u64 gr0;
	u8 r1;
	u8 r2;
	u64 len;
	bool problem;
	u8 pgm;
};

static const struct exception exceptions[] = {
	{ "tapq", APSIM_PQAP, .pgm = 0 },
	{ "tapq T", APSIM_PQAP, 0x00800000, .pgm = 0 },
	{ "bits 0-31 ignored", APSIM_PQAP, 0xffffffff00000000, .pgm = 0 },
	{ "PQAP problem state", APSIM_PQAP, .problem = true, .pgm = 2 },
	{ "NQAP problem state", APSIM_NQAP, NQAP_L, 4, 6, 8, true, 2 },
	{ "DQAP problem state", APSIM_DQAP, DQAP_FIRST, 4, 6, 8, true, 2 },
	{ "privileged before specification", APSIM_NQAP, NQAP_L, 5, 6, 0, true,
	  2 },
	{ "no AP instruction", 0xb2b0, .pgm = 1 },
	{ "bit 41", APSIM_PQAP, 0x00400000, .pgm = 6 },
	{ "bit 42", APSIM_PQAP, 0x00200000, .pgm = 6 },
	{ "bit 43", APSIM_PQAP, 0x00100000, .pgm = 6 },
	{ "bit 44", APSIM_PQAP, 0x00080000, .pgm = 6 },
	{ "bit 45", APSIM_PQAP, 0x00040000, .pgm = 6 },
	{ "bit 46", APSIM_PQAP, 0x00020000, .pgm = 6 },
	{ "bit 47", APSIM_PQAP, 0x00010000, .pgm = 6 },
	{ "rapq F", APSIM_PQAP, 0x01400000, .pgm = 0 },
	{ "zapq F", APSIM_PQAP, 0x02400000, .pgm = 0 },
	{ "zapq bit 42", APSIM_PQAP, 0x02200000, .pgm = 6 },
	{ "aqic bit 41", APSIM_PQAP, 0x03400000, .pgm = 6 },
	{ "qact IF", APSIM_PQAP, 0x05400000, .pgm = 0 },
	{ "qact bit 47", APSIM_PQAP, 0x05010000, .pgm = 6 },
	{ "qci not aligned", APSIM_PQAP, 0x04000000, .len = 0x1004, .pgm = 6 },
	{ "qci by 1", APSIM_PQAP, 0x04000000, .len = 0x1001, .pgm = 6 },
	{ "qci bit 47", APSIM_PQAP, 0x04010000, .len = 0x1000, .pgm = 6 },
	{ "qbap not aligned", APSIM_PQAP, 0x06000000, .len = 0x1004, .pgm = 6 },
	{ "bapq outside SE", APSIM_PQAP, 0x07000000, .pgm = 6 },
	{ "aapq outside SE", APSIM_PQAP, 0x08000000, .pgm = 6 },
	{ "function 9", APSIM_PQAP, 0x09000000, .pgm = 6 },
	{ "function 42", APSIM_PQAP, 0x2a000000, .pgm = 6 },
	{ "function 255", APSIM_PQAP, 0xff000000, .pgm = 6 },
	{ "nqap", APSIM_NQAP, NQAP_L, 4, 6, 8, false, 0 },
	{ "nqap R1 odd", APSIM_NQAP, NQAP_L, 5, 6, 8, false, 6 },
	{ "nqap R2 odd", APSIM_NQAP, NQAP_L, 4, 7, 8, false, 6 },
	{ "nqap R1 beyond", APSIM_NQAP, NQAP_L, 16, 6, 8, false, 6 },
	{ "nqap R2 beyond", APSIM_NQAP, NQAP_L, 4, 16, 8, false, 6 },
	{ "nqap length 0", APSIM_NQAP, NQAP_L, 4, 6, 0, false, 6 },
	{ "nqap longest", APSIM_NQAP, NQAP_L, 4, 6, LEN_MAX, false, 0 },
	{ "nqap too long", APSIM_NQAP, NQAP_L, 4, 6, LEN_MAX + 1, false, 6 },
	{ "nqap high word of length", APSIM_NQAP, NQAP_L, 4, 6,
	  0x100000008, false, 6 },
	{ "nqap bit 32", APSIM_NQAP, NQAP_L | 0x80000000, 4, 6, 8, false, 6 },
	{ "nqap bit 34", APSIM_NQAP, NQAP_L | 0x20000000, 4, 6, 8, false, 6 },
	{ "nqap bit 35", APSIM_NQAP, NQAP_L | 0x10000000, 4, 6, 8, false, 6 },
	{ "nqap bit 40", APSIM_NQAP, NQAP_L | 0x00800000, 4, 6, 8, false, 6 },
	{ "nqap special", APSIM_NQAP, NQAP_L | 0x00400000, 4, 6, 8, false, 0 },
	{ "dqap", APSIM_DQAP, DQAP_FIRST, 4, 6, 8, false, 0 },
	{ "dqap bit 32 off", APSIM_DQAP, 0, 4, 6, 8, false, 0 },
	{ "dqap R1 odd", APSIM_DQAP, DQAP_FIRST, 5, 6, 8, false, 6 },
	{ "dqap R2 odd", APSIM_DQAP, DQAP_FIRST, 4, 7, 8, false, 6 },
	{ "dqap length 0", APSIM_DQAP, DQAP_FIRST, 4, 6, 0, false, 6 },
	{ "dqap longest", APSIM_DQAP, DQAP_FIRST, 4, 6, LEN_MAX, false, 0 },
	{ "dqap too long", APSIM_DQAP, DQAP_FIRST, 4, 6, LEN_MAX + 1, false,
	  6 },
	{ "dqap bit 33", APSIM_DQAP, DQAP_FIRST | NQAP_L, 4, 6, 8, false, 6 },
	{ "dqap bit 34", APSIM_DQAP, 0xa0000000, 4, 6, 8, false, 6 },
	{ "dqap bit 35", APSIM_DQAP, 0x90000000, 4, 6, 8, false, 6 },
	{ "dqap bit 40", APSIM_DQAP, 0x80800000, 4, 6, 8, false, 6 },
	{ "dqap bit 41", APSIM_DQAP, 0x80400000, 4, 6, 8, false, 6 },
};

KUNIT_ARRAY_PARAM_DESC(exceptions, exceptions, name);

/* An exception changes no register, fetches nothing, and is not counted. */
static void insn_exceptions(struct kunit *test)
{
	const struct exception *e = test->param_value;
	struct fixture *f = test->priv;
	struct apsim_op *op = &f->op;
	struct apsim_stats stats;
	static u8 msg[LEN_MAX];
	u64 before[16];

	op->insn = e->insn;
	op->r1 = e->r1;
	op->r2 = e->r2;
	op->problem = e->problem;
	op->gr[0] = e->gr0 | FX_APQN;
	op->gr[2] = e->len;
	op->gr[6] = (u64)msg;
	op->gr[7] = e->len;
	memcpy(before, op->gr, sizeof(before));
	fx_execute(f);
	KUNIT_EXPECT_EQ(test, op->pgm, e->pgm);
	if (e->pgm) {
		KUNIT_EXPECT_MEMEQ(test, op->gr, before, sizeof(before));
		KUNIT_EXPECT_EQ(test, op->fetch_len, 0);
		KUNIT_EXPECT_EQ(test, op->store_len, 0);
	}
	stats = fx_stats(f);
	KUNIT_EXPECT_EQ(test, stats.nqap, e->insn == APSIM_NQAP && !e->pgm);
	KUNIT_EXPECT_EQ(test, stats.dqap, e->insn == APSIM_DQAP && !e->pgm);
}

/* A front end that forgot prepare, or brings too small a buffer. */
static void insn_buffer(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_op *op = &f->op;
	u8 small[8];

	op->buf = small;
	op->buf_len = sizeof(small);
	op->insn = APSIM_PQAP;
	op->gr[0] = 0x04000000;
	op->gr[2] = 0x1000;
	apsim_execute(f->m, f->now, op);
	KUNIT_EXPECT_EQ(test, op->pgm, APSIM_PGM_ADDRESSING);

	op->insn = APSIM_NQAP;
	op->r1 = 4;
	op->r2 = 6;
	op->gr[0] = NQAP_L | FX_APQN;
	op->gr[7] = sizeof(small) + 1;
	apsim_execute(f->m, f->now, op);
	KUNIT_EXPECT_EQ(test, op->pgm, APSIM_PGM_ADDRESSING);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

static void insn_tapq(struct kunit *test)
{
	struct fixture *f = test->priv;

	/* T off: no facilities; ND is 255 where an older machine had 84. */
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), 0x80000000);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x0eff0007);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);

	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x00800547, ~0ull, 0), 0x80000000);
	KUNIT_EXPECT_EQ(test, f->op.gr[1], 0x80000000);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x6a0000000eff0007);
	fx_pqap_raw(f, 0x00800647, 0, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x060000000dff0007);
	fx_pqap_raw(f, 0x00800747, 0, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x920000000cff0007);
}

/* Every depth up to 32 has its own QD. */
static void insn_tapq_depth(struct kunit *test)
{
	struct fixture *f = test->priv;
	char line[40];

	for (int depth = 1; depth <= 32; depth++) {
		fx_command(test, "nocard 5");
		snprintf(line, sizeof(line), "card 5 10 A %d", depth);
		fx_command(test, line);
		fx_tapq(f, FX_APQN);
		KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x0aff0000 | (depth - 1));
	}
}

/* Probing for the instruction must not trap. */
static void insn_not_there(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[8] = {};

	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0, 7, 0x1234), 0x00010000);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x1234);
	for (int fc = FX_RAPQ; fc <= FX_AQIC; fc++)
		KUNIT_EXPECT_EQ(test, fx_pqap(f, fc, 0x0505), 0x00010000);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, 0x0847, 1, msg, 8), 0x00010000);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, 0x0847, msg, 8), 0x00010000);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
}

/* The worked examples: one queue through all its status words. */
static void insn_status_words(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x03000547, 0x0000800000000006,
					  FX_NIB), 0x81000000);
	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x00800547, 0, 0), 0x81000000);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), 0x81100000);

	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, 0x02000547, 0, 0), 0x80000000);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), 0x80100000);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, fx_nqap(f, FX_APQN, 1, msg, 16), 0);
	KUNIT_EXPECT_EQ(test, f->op.cc, 0);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), 0x00100000);
	fx_work(f);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), 0x40000000);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), 0x80000000);
	fx_command(test, "standby 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), 0x80030000);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
}

static void insn_qact(struct kunit *test)
{
	struct fixture *f = test->priv;
	const u64 gr0 = 0x05000000;

	fx_command(test, "card 9 15 C");
	/* A type that is too new names the type it can be taken for. */
	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, gr0 | 0x0947, 0x100000000e000000,
					  0), FX_E);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x100000000e000000);
	/* An older type is what it is. */
	fx_pqap_raw(f, gr0 | 0x0747, 0x100000000e000000, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x100000000c000000);
	/* It is nothing in another mode. */
	fx_pqap_raw(f, gr0 | 0x0747, 0x080000000e000000, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x1000000000000000);
	/* No answer from a broken one. */
	fx_command(test, "checkstop 7");
	KUNIT_EXPECT_EQ(test, fx_pqap_raw(f, gr0 | 0x0747, 0x100000000e000000,
					  0x77), 0x80040000);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x77);
}

static void insn_counters(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_stats stats;
	u64 block[APSIM_QCI_LEN / 8];
	u8 msg[8] = {};

	fx_tapq(f, FX_APQN);
	fx_tapq(f, 0);
	fx_pqap(f, FX_RAPQ, FX_APQN);
	fx_pqap(f, FX_ZAPQ, FX_APQN);
	fx_pqap(f, FX_AQIC, FX_APQN);
	fx_pqap_raw(f, 0x04000000, 0, (u64)block);
	fx_pqap(f, FX_QACT, FX_APQN);
	fx_pqap(f, FX_AAPQ, FX_APQN);
	fx_nqap(f, FX_APQN, 1, msg, 8);
	fx_dqap(f, FX_APQN, msg, 8);
	fx_dqap(f, FX_APQN, msg, 8);
	stats = fx_stats(f);
	KUNIT_EXPECT_EQ(test, stats.pqap[0], 2);
	for (int fc = 1; fc <= 5; fc++)
		KUNIT_EXPECT_EQ(test, stats.pqap[fc], 1);
	for (int fc = 6; fc <= 8; fc++)
		KUNIT_EXPECT_EQ(test, stats.pqap[fc], 0);
	KUNIT_EXPECT_EQ(test, stats.nqap, 1);
	KUNIT_EXPECT_EQ(test, stats.dqap, 2);
}

/* How often each code was the answer; no more is known of a forced one. */
static void insn_answers(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_tapq(f, FX_APQN);
	fx_tapq(f, FX_APQN);
	fx_tapq(f, 0x0548);
	fx_pqap(f, FX_QACT, FX_APQN);
	fx_command(test, "fault 05.0047 nqap times 3 rc 0xff");
	for (int i = 0; i < 4; i++)
		fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_work(f);
	fx_dqap(f, FX_APQN, msg, 4);
	KUNIT_EXPECT_EQ(test, f->op.cc, 1);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, APSIM_DQAP, 0), 0);
	fx_dqap(f, FX_APQN, msg, 16);
	fx_dqap(f, FX_APQN, msg, 16);
	f->op.problem = true;
	fx_tapq(f, FX_APQN);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, FX_TAPQ, 0), 2);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, FX_TAPQ, 1), 1);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, FX_QACT, 0), 1);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, APSIM_NQAP, 0xff), 3);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, APSIM_NQAP, 0), 1);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, APSIM_DQAP, 0), 1);
	KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, APSIM_DQAP, 0x10), 1);
	for (int fc = 0; fc < 300; fc++)
		if (fc != FX_TAPQ && fc != FX_QACT)
			KUNIT_EXPECT_EQ(test, apsim_get_answers(f->m, fc, 0), 0);
}

static struct kunit_case insn_cases[] = {
	KUNIT_CASE_PARAM(insn_exceptions, exceptions_gen_params),
	KUNIT_CASE(insn_buffer),
	KUNIT_CASE(insn_tapq),
	KUNIT_CASE(insn_tapq_depth),
	KUNIT_CASE(insn_not_there),
	KUNIT_CASE(insn_status_words),
	KUNIT_CASE(insn_qact),
	KUNIT_CASE(insn_counters),
	KUNIT_CASE(insn_answers),
	{}
};

static struct kunit_suite insn_suite = {
	.name = "apsim-insn",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = insn_cases,
};

kunit_test_suite(insn_suite);
