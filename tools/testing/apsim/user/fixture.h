/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim user - a front end in miniature, for the suites
 *
 * It does what every front end does: move storage operands, turn the clock,
 * compute jobs.  Addresses are pointers.  Memory is counted, and can be made
 * to run out.
 */
#ifndef APSIM_FIXTURE_H
#define APSIM_FIXTURE_H

#include <kunit/test.h>
#include <stdlib.h>

#include "../core/apsim.h"

/* The queue most tests use: adapter 5, an accelerator, domain 0x47. */
#define FX_APQN		0x0547

#define FX_E		0x80000000u
#define FX_R		0x40000000u
#define FX_F		0x20000000u
#define FX_A		0x02000000u
#define FX_I		0x01000000u
#define FX_RC(rc)	((u32)(rc) << 16)

#define FX_NIB		0x12345ull
#define FX_IR		0x0000800000000000ull

enum fx_fc {
	FX_TAPQ, FX_RAPQ, FX_ZAPQ, FX_AQIC, FX_QCI, FX_QACT, FX_QBAP, FX_BAPQ,
	FX_AAPQ
};

/**
 * struct fixture - a machine and the program that uses it
 * @m: the machine
 * @now: its time
 * @op: the last instruction; @op.view and @op.tenant stay as a test sets them
 * @bounce: the front end's buffer
 * @job: the front end's worker
 */
struct fixture {
	struct apsim *m;
	u64 now;
	struct apsim_op op;
	u8 bounce[APSIM_MSG_MAX];
	struct apsim_job job;
};

extern int bn_failure;		/* bn_openssl.c */

static long fx_allocated;	/* pieces of memory in use */
static long fx_memory = -1;	/* pieces that can still be had, -1: no limit */

static inline void *fx_alloc(size_t size)
{
	if (!fx_memory)
		return NULL;
	if (fx_memory > 0)
		fx_memory--;
	fx_allocated++;
	return calloc(1, size);
}

static inline void fx_free(void *mem)
{
	if (mem)
		fx_allocated--;
	free(mem);
}

static struct apsim_alarm fx_alarm;	/* the last one */

static inline void fx_alarmed(const struct apsim_alarm *alarm)
{
	fx_alarm = *alarm;
}

static inline struct apsim *fx_machine(void)
{
	const struct apsim_env env = {
		.alloc = fx_alloc,
		.free = fx_free,
		.alarm = fx_alarmed,
	};

	return apsim_new(&env);
}

static inline void fx_command(struct kunit *test, const char *line)
{
	struct fixture *f = test->priv;

	KUNIT_ASSERT_EQ_MSG(test, apsim_command(f->m, f->now, line), 0,
			    "%s", line);
}

/* One adapter of each kind, three domains. */
static inline int fx_init(struct kunit *test)
{
	struct fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	memset(&fx_alarm, 0, sizeof(fx_alarm));
	fx_memory = -1;
	fx_allocated = 0;
	f->m = fx_machine();
	f->now = 1000000000;
	f->op.nib_valid = true;
	f->op.gisa_valid = true;
	test->priv = f;
	fx_command(test, "card 5 CEX8 A 8");
	fx_command(test, "card 6 CEX7 P");
	fx_command(test, "card 7 CEX6 C");
	fx_command(test, "domain 4");
	fx_command(test, "domain 0x47");
	fx_command(test, "domain 0xab usage");
	return 0;
}

/* Nothing that the machine took may be left. */
static inline void fx_exit(struct kunit *test)
{
	struct fixture *f = test->priv;

	apsim_free(f->m);
	KUNIT_EXPECT_EQ(test, fx_allocated, 0);
}

/* The instruction in @f->op, as a processor would do it. */
static inline void fx_execute(struct fixture *f)
{
	struct apsim_op *op = &f->op;

	op->buf = f->bounce;
	op->buf_len = sizeof(f->bounce);
	apsim_prepare(f->m, op);
	if (op->pgm)
		return;
	if (op->fetch_len)
		memcpy(op->buf, (void *)op->fetch_addr, op->fetch_len);
	apsim_execute(f->m, f->now, op);
	if (!op->pgm && op->store_len)
		memcpy((void *)op->store_addr, op->buf, op->store_len);
}

/* PQAP with these registers; the status word, or all bits for an exception. */
static inline u32 fx_pqap_raw(struct fixture *f, u64 gr0, u64 gr1, u64 gr2)
{
	f->op.insn = APSIM_PQAP;
	f->op.gr[0] = gr0;
	f->op.gr[1] = gr1;
	f->op.gr[2] = gr2;
	fx_execute(f);
	return f->op.pgm ? ~0u : f->op.gr[1];
}

static inline u32 fx_pqap(struct fixture *f, enum fx_fc fc, u16 apqn)
{
	return fx_pqap_raw(f, (u64)fc << 24 | apqn, 0, 0);
}

static inline u32 fx_tapq(struct fixture *f, u16 apqn)
{
	return fx_pqap(f, FX_TAPQ, apqn);
}

static inline u32 fx_aqic(struct fixture *f, u16 apqn, u64 gr1, u64 nib)
{
	return fx_pqap_raw(f, (u64)FX_AQIC << 24 | apqn, gr1, nib);
}

static inline u32 fx_nqap(struct fixture *f, u16 apqn, u64 psmid,
			  const void *msg, u32 len)
{
	struct apsim_op *op = &f->op;

	op->insn = APSIM_NQAP;
	op->r1 = 4;
	op->r2 = 6;
	op->gr[0] = 0x40000000 | apqn;
	op->gr[4] = psmid >> 32;
	op->gr[5] = (u32)psmid;
	op->gr[6] = (u64)msg;
	op->gr[7] = len;
	fx_execute(f);
	return op->pgm ? ~0u : op->gr[1];
}

/* DQAP from its beginning (@gr0 0) or with what the one before left in GR0. */
static inline u32 fx_dqap_more(struct fixture *f, u16 apqn, u64 gr0, void *msg,
			       u32 len)
{
	struct apsim_op *op = &f->op;

	op->insn = APSIM_DQAP;
	op->r1 = 4;
	op->r2 = 6;
	op->gr[0] = gr0 ? gr0 : 0x80000000 | apqn;
	op->gr[2] = 0;
	op->gr[4] = 0;
	op->gr[5] = 0;
	op->gr[6] = (u64)msg;
	op->gr[7] = len;
	fx_execute(f);
	return op->pgm ? ~0u : op->gr[1];
}

static inline u32 fx_dqap(struct fixture *f, u16 apqn, void *msg, u32 len)
{
	return fx_dqap_more(f, apqn, 0, msg, len);
}

/* What the last DQAP brought. */
static inline u64 fx_psmid(const struct fixture *f)
{
	return (f->op.gr[4] << 32) + f->op.gr[5];
}

/* Everything that is due is computed; how many requests that were. */
static inline unsigned int fx_work(struct fixture *f)
{
	unsigned int count = 0;

	while (apsim_job(f->m, f->now, &f->job)) {
		apsim_compute(&f->job);
		apsim_job_done(f->m, f->now, &f->job);
		count++;
	}
	return count;
}

static inline struct apsim_stats fx_stats(const struct fixture *f)
{
	struct apsim_stats stats;

	apsim_get_stats(f->m, &stats);
	return stats;
}

#endif /* APSIM_FIXTURE_H */
