// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzaqic - a guest executes PQAP(AQIC) with anything in its registers
 *
 * The answer is the architecture's: which queue, on or off, whether it is on
 * already, and whether the byte is in the guest's storage; all other bits mean
 * nothing.  As many pages are pinned as queues have their bytes in.
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STORM	factor for the number of instructions
 */
#include <errno.h>
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>

#include "../../../../drivers/s390/crypto/vfio_ap/tests/twin_words.h"
#include "kselftest_harness.h"
#include "lib/bell.h"
#include "lib/finding.h"
#include "lib/rand.h"
#include "lib/sim.h"
#include "lib/world.h"

/* What a test may take; a slow machine has to be able to. */
#define LIMIT		280

/* How many instructions, by default */
#define CALLS		3000

/* Pages are counted once in so many. */
#define COUNT_EVERY	64

/* GR0: a guest that sets one of these is interrupted by its program. */
#define GR0_MUST_BE_ZERO	0x007f0000UL
/* ... and what is neither the function nor the queue */
#define GR0_MEANS_NOTHING	0xffffffff00800000UL

/* A status word: empty, replies, full, an asynchronous error, on, the code */
#define STATUS_BITS	0xe3ff0000UL
#define STATUS_ON	0x01000000UL

/* What the guest has */
static const unsigned int own[] = {
	BELL_OWN, BELL_NEXT, BELL_OTHER, BELL_LAST,
};

/**
 * struct queue - one of the guest's queues
 * @on: it may interrupt
 * @page: the page that its byte is in
 */
struct queue {
	bool on;
	uint64_t page;
};

FIXTURE(aqic) {
	struct lodger lodger;
	struct queue queue[ARRAY_SIZE(own)];
	struct apm_matrix plugged;
	struct rand rand;
	unsigned long by[256];
	unsigned long exceptions;
	long pages;
};

FIXTURE_VARIANT(aqic) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(aqic, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(aqic, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(aqic)
{
	unsigned int i;

	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, bell_prepare(&self->lodger, variant->way));
	if (!vfio_way_exists(variant->way)) {
		bell_clean(&self->lodger);
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	self->rand = rand_stream(world_seed(), 0xa1);
	self->pages = bell_pages();
	for (i = 0; i < ARRAY_SIZE(own); i++) {
		twin_put(&self->plugged.adapters, own[i] >> 8, true);
		twin_put(&self->plugged.domains, own[i] & 0xff, true);
	}
	ASSERT_EQ(0, bell_move_in(&self->lodger));
}

FIXTURE_TEARDOWN(aqic)
{
	lodger_close(&self->lodger);
	EXPECT_TRUE(bell_pages_become(self->pages));
	EXPECT_TRUE(bell_machine_quiet());
	EXPECT_EQ(0, findings());
	EXPECT_EQ(0, bell_clean(&self->lodger));
}

static uint64_t draw_gr0(struct rand *rand)
{
	uint64_t gr0 = AP_FC_AQIC | own[rand_below(rand, ARRAY_SIZE(own))];

	/* One bit makes it another queue, or it is any. */
	if (rand_one_in(rand, 8))
		gr0 ^= 1UL << rand_below(rand, 16);
	if (rand_one_in(rand, 16))
		gr0 = AP_FC_AQIC | (rand_next(rand) & 0xffff);
	if (rand_one_in(rand, 3))
		gr0 |= rand_next(rand) & GR0_MEANS_NOTHING;
	if (rand_one_in(rand, 64))
		gr0 |= 1UL << (16 + rand_below(rand, 7));
	return gr0;
}

/* Mostly inside, or where it ends, or nowhere */
static uint64_t draw_gr2(struct rand *rand)
{
	static const uint64_t corners[] = {
		0, 1, 0xfff, VM_SIZE - 1, VM_SIZE, VM_SIZE + 1, 1UL << 31,
		1UL << 32, (1UL << 32) + VM_NIBS, 1UL << 63, -1UL, -4096UL,
	};

	switch (rand_below(rand, 8)) {
	case 0:
		return corners[rand_below(rand, ARRAY_SIZE(corners))];
	case 1:
		return rand_next(rand) >> rand_below(rand, 64);
	default:
		return rand_next(rand) % VM_SIZE;
	}
}

/* A control that the machine would heed, bits beside it, or any */
static uint64_t draw_gr1(struct rand *rand)
{
	uint64_t gr1 = rand_below(rand, 8);

	if (rand_one_in(rand, 2))
		gr1 |= rand_next(rand);
	if (rand_one_in(rand, 4))
		gr1 ^= AP_AQIC_ON;
	else if (rand_one_in(rand, 2))
		gr1 |= AP_AQIC_ON;
	return gr1;
}

static struct queue *queue_of(FIXTURE_DATA(aqic) * self, unsigned int apqn)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(own); i++)
		if (own[i] == apqn)
			return &self->queue[i];
	return NULL;
}

/* The code that the guest has to get; what it has changes with it. */
static unsigned int twin_aqic(FIXTURE_DATA(aqic) * self,
			      const struct ap_call *call)
{
	unsigned int code = twin_refusal(&self->plugged, call->gr0, call->gr1,
					 call->gr2);
	bool on = twin_bit(call->gr1, 64, 16);
	struct queue *queue = queue_of(self, call->gr0 & 0xffff);

	if (code)
		return code;
	if (on && call->gr2 >= VM_SIZE)
		return 0x06;
	if (on == queue->on)
		return 0x07;
	queue->on = on;
	queue->page = call->gr2 / 4096;
	return 0;
}

static long pinned(FIXTURE_DATA(aqic) * self)
{
	unsigned int i, k;
	long count = 0;

	for (i = 0; i < ARRAY_SIZE(own); i++) {
		for (k = 0; k < i; k++)
			if (self->queue[k].on &&
			    self->queue[k].page == self->queue[i].page)
				break;
		count += self->queue[i].on && k == i;
	}
	return count;
}

/* Registers and condition code are as they have to be. */
static void judge(const struct ap_call *before, const struct ap_call *call,
		  unsigned int want)
{
	const char *wrong = NULL;

	if (ap_rc(call) != want)
		wrong = "the code";
	else if (call->gr1 & ~STATUS_BITS)
		wrong = "a bit that is none of a status word";
	else if (want == 0x01 && call->gr1 & ~0x00ff0000UL)
		wrong = "a bit of a queue that is not the guest's";
	else if (call->cc != (want ? 3 : 0))
		wrong = "the condition code";
	else if (call->gr0 != before->gr0 || call->gr2 != before->gr2)
		wrong = "a register that is not GR1";
	if (!wrong)
		return;
	finding("AQIC of %016lx %016lx %016lx: %s is wrong, %02x expected",
		before->gr0, before->gr1, before->gr2, wrong, want);
	note("it is %016lx %016lx %016lx, cc %lu", call->gr0, call->gr1,
	     call->gr2, call->cc);
}

static void one_call(FIXTURE_DATA(aqic) * self)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = draw_gr0(&self->rand),
		.gr1 = draw_gr1(&self->rand),
		.gr2 = draw_gr2(&self->rand),
	};
	struct ap_call before = call;
	unsigned int want;
	int rc;

	if (call.gr0 & GR0_MUST_BE_ZERO) {
		rc = vm_execute(&self->lodger.vm, &call, 1);
		if (rc != -EIO)
			finding("AQIC of %016lx is no exception, but %d",
				before.gr0, rc);
		self->exceptions++;
		return;
	}
	want = twin_aqic(self, &call);
	rc = bell_ask(&self->lodger, &call, 1);
	if (rc) {
		finding("AQIC of %016lx ends with %d", before.gr0, rc);
		return;
	}
	judge(&before, &call, want);
	self->by[want]++;
	if (!want)
		bell_becomes(&self->lodger, before.gr0 & 0xffff,
			     twin_bit(before.gr1, 64, 16));
}

static void say_answers(FIXTURE_DATA(aqic) * self, unsigned long calls)
{
	static const unsigned char codes[] = { 0x00, 0x01, 0x06, 0x07 };
	unsigned int i;

	note("00 %lu, 01 %lu, 06 %lu, 07 %lu, exceptions %lu", self->by[0],
	     self->by[1], self->by[6], self->by[7], self->exceptions);
	for (i = 0; calls >= 200 && i < ARRAY_SIZE(codes); i++)
		if (!self->by[codes[i]])
			finding("no answer was %02x", codes[i]);
}

TEST_F_TIMEOUT(aqic, of_any_registers, LIMIT)
{
	double scaled = CALLS * world_scale();
	unsigned long calls = scaled < 100 ? 100 : scaled;
	unsigned long left;
	unsigned int i;

	for (left = calls; left && findings() < 20; left--) {
		one_call(self);
		if (left % COUNT_EVERY == 0)
			bell_pages_become(self->pages + pinned(self));
	}
	say_answers(self, calls);
	for (i = 0; i < ARRAY_SIZE(own); i++)
		if (self->queue[i].on)
			EXPECT_EQ(0, bell_disarm(&self->lodger, own[i]));
	EXPECT_TRUE(bell_pages_become(self->pages));
}

TEST_HARNESS_MAIN
