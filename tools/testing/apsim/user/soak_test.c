// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - long random runs
 *
 * APSIM_SEED in the environment chooses another run; the seed is printed.
 */
#include "fixture.h"

#define QUEUES		9
#define PER_QUEUE	8

static const u16 apqns[QUEUES] = {
	0x0504, 0x0547, 0x05ab, 0x0604, 0x0647, 0x06ab, 0x0704, 0x0747, 0x07ab,
};

static u64 state;

static u64 random64(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static u32 below(u32 limit)
{
	return (random64() >> 32) % limit;
}

static int soak_init(struct kunit *test)
{
	const char *seed = getenv("APSIM_SEED");

	state = seed ? strtoull(seed, NULL, 0) : 20250101;
	if (!state)
		state = 1;
	kunit_info(test, "APSIM_SEED=%llu", (unsigned long long)state);
	return fx_init(test);
}

/* A register that has a chance of being valid. */
static u64 some_register(void)
{
	const u64 good[] = {
		0x40000000 | FX_APQN, 0x80000000 | FX_APQN, 16, 12288, 12289, 0,
		0x00800000 | FX_APQN, 0x01000000 | apqns[below(QUEUES)],
		0x03000000 | apqns[below(QUEUES)], FX_IR, 8, 0x04000000,
	};

	switch (below(4)) {
	case 0:
		return random64();
	case 1:
		return random64() >> below(64);
	}
	return good[below(ARRAY_SIZE(good))] ^
	       (below(4) ? 0 : 1ull << below(64));
}

/*
 * Any registers: no byte outside of the buffer is touched (the sanitizer
 * watches), an exception changes nothing, and a code goes with its condition.
 */
static void soak_registers(struct kunit *test)
{
	const u16 insns[] = { 0xb2ad, 0xb2ae, 0xb2af, 0xb2b0 };
	struct fixture *f = test->priv;
	struct apsim_view view;
	unsigned int good = 0;

	for (int i = 0; i < 100000; i++) {
		struct apsim_op op = { .insn = insns[below(ARRAY_SIZE(insns))] };
		u64 before[16];

		op.r1 = below(16);
		op.r2 = below(16);
		op.problem = !below(20);
		op.tenant = below(3);
		op.nib_valid = below(2);
		op.gisa_valid = below(2);
		for (int n = 0; n < 16; n++)
			op.gr[n] = some_register();
		for (size_t n = 0; n < sizeof(view.apm.byte); n++) {
			view.apm.byte[n] = random64();
			view.aqm.byte[n] = random64();
			view.adm.byte[n] = random64();
		}
		op.view = below(2) ? &view : NULL;
		memcpy(before, op.gr, sizeof(before));
		op.buf_len = below(2) ? APSIM_MSG_MAX : below(300);
		op.buf = calloc(1, op.buf_len + !op.buf_len);

		apsim_prepare(f->m, &op);
		KUNIT_ASSERT_LE(test, op.fetch_len, op.buf_len);
		apsim_execute(f->m, f->now, &op);
		KUNIT_ASSERT_LE(test, op.store_len, op.buf_len);
		if (op.pgm)
			KUNIT_ASSERT_MEMEQ(test, op.gr, before, sizeof(before));
		else
			good++;
		free(op.buf);
		f->now += below(100000);
		fx_work(f);
	}
	KUNIT_EXPECT_GT(test, good, 1000);
}

/**
 * struct twin - what the test knows of a queue
 * @psmid: messages on it
 * @count: how many
 * @gone: the queue is not in the configuration
 */
struct twin {
	u64 psmid[PER_QUEUE];
	unsigned int count;
	bool gone;
};

static void twin_send(struct kunit *test, struct twin *twin, u16 apqn, u64 psmid)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};
	u32 word = fx_nqap(f, apqn, psmid, msg, sizeof(msg));
	u32 rc = word >> 16 & 0xff;

	if (twin->gone || twin->count == PER_QUEUE) {
		KUNIT_ASSERT_EQ(test, rc, twin->gone ? 1 : 0x10);
		return;
	}
	KUNIT_ASSERT_EQ(test, rc, 0);
	twin->psmid[twin->count++] = psmid;
	KUNIT_ASSERT_EQ(test, !!(word & FX_F), twin->count == PER_QUEUE);
	KUNIT_ASSERT_EQ(test, word & FX_E, 0);
}

/* A reply is one that was sent here, and is given only once. */
static void twin_receive(struct kunit *test, struct twin *twin, u16 apqn)
{
	struct fixture *f = test->priv;
	unsigned int i = 0;
	u8 msg[16];
	u32 word = fx_dqap(f, apqn, msg, sizeof(msg));

	if (f->op.cc) {
		KUNIT_ASSERT_EQ(test, word >> 16 & 0xff,
				twin->gone ? 1 : 0x10);
		return;
	}
	while (i < twin->count && twin->psmid[i] != fx_psmid(f))
		i++;
	KUNIT_ASSERT_LT(test, i, twin->count);
	twin->psmid[i] = twin->psmid[--twin->count];
	KUNIT_ASSERT_EQ(test, !!(word & FX_E), !twin->count);
}

/* Queues of adapter 5 come and go; those of domain 0x47 too. */
static void twin_configure(struct kunit *test, struct twin *twins)
{
	bool no_card = twins[0].gone;		/* of 05.0004 */
	bool no_domain = twins[4].gone;		/* of 06.0047 */
	const bool card = below(2);

	if (card)
		no_card = !no_card;
	else
		no_domain = !no_domain;
	fx_command(test, card ? no_card ? "off 5" : "on 5" :
		   no_domain ? "nodomain 0x47" : "domain 0x47");
	for (int i = 0; i < QUEUES; i++) {
		const bool mine = card ? apqns[i] >> 8 == 5 :
					 (apqns[i] & 0xff) == 0x47;

		if (mine)
			twins[i].count = 0;
		twins[i].gone = (no_card && apqns[i] >> 8 == 5) ||
				(no_domain && (apqns[i] & 0xff) == 0x47);
	}
}

/* Messages are neither lost nor doubled nor mixed up. */
static void soak_conservation(struct kunit *test)
{
	struct twin twins[QUEUES] = {};
	struct fixture *f = test->priv;
	u64 psmid = 0;

	fx_command(test, "latency 100");
	for (int i = 0; i < 200000; i++) {
		unsigned int n = below(QUEUES);
		u32 word;

		f->now += below(20000);
		f->op.tenant = n;
		switch (below(100)) {
		case 0:
			word = fx_pqap(f, 1 + below(2), apqns[n]);
			KUNIT_ASSERT_EQ(test, word,
					twins[n].gone ? FX_RC(1) : FX_E);
			twins[n].count = 0;
			break;
		case 1:
			twin_configure(test, twins);
			break;
		case 2 ... 40:
			twin_send(test, &twins[n], apqns[n], ++psmid);
			break;
		case 41 ... 70:
			twin_receive(test, &twins[n], apqns[n]);
			break;
		default:
			if (apsim_job(f->m, f->now, &f->job)) {
				apsim_compute(&f->job);
				apsim_job_done(f->m, f->now, &f->job);
			}
		}
	}

	f->now += 100000;
	fx_work(f);
	for (int i = 0; i < QUEUES; i++) {
		unsigned int left = twins[i].count;

		f->op.tenant = i;
		while (left--)
			twin_receive(test, &twins[i], apqns[i]);
		KUNIT_EXPECT_EQ(test, twins[i].count, 0);
	}
	KUNIT_EXPECT_EQ(test, fx_stats(f).foreign_replies, 0);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), ~0ull);
}

static struct kunit_case soak_cases[] = {
	KUNIT_CASE(soak_registers),
	KUNIT_CASE(soak_conservation),
	{}
};

static struct kunit_suite soak_suite = {
	.name = "apsim-soak",
	.init = soak_init,
	.exit = fx_exit,
	.test_cases = soak_cases,
};

kunit_test_suite(soak_suite);
