// SPDX-License-Identifier: GPL-2.0-only
/*
 * interrupts - a guest wants to be woken by its queues, and says so by AQIC
 *
 * It is, on the subclass and with the byte that it asked for; and it is told
 * what the architecture says when it asks for what cannot be.  After every case
 * no page is pinned.
 */
#include <errno.h>
#include <stdbool.h>

#include "kselftest_harness.h"
#include "lib/bell.h"
#include "lib/finding.h"
#include "lib/sim.h"

/* What is not the guest's: a domain, an adapter with it, what is the host's. */
#define FOREIGN		0x04ab
#define FOREIGN_TOO	0x05ab
#define HOST_QUEUE	0x0604

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_RESETTING	0x02
#define RC_BUSY		0x05
#define RC_BAD_NIB	0x06
#define RC_CHANGING	0x07

/* Nothing that comes late would come later than this, in microseconds. */
#define A_MOMENT	50000

#define ITEMS(array)	(sizeof(array) / sizeof(*(array)))

static const struct bell own = { BELL_OWN, 3, BELL_NIB(0) };
static const struct bell next = { BELL_NEXT, 5, BELL_NIB(1) };
static const struct bell other = { BELL_OTHER, 6, BELL_NIB(2) };

/* An open guest, by each of VFIO's doors */
FIXTURE(guest) {
	struct lodger lodger;
	long pages;
};

FIXTURE_VARIANT(guest) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(guest, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(guest, cdev) {
	.way = VFIO_BY_CDEV,
};

FIXTURE_SETUP(guest)
{
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, bell_prepare(&self->lodger, variant->way));
	if (!vfio_way_exists(variant->way)) {
		bell_clean(&self->lodger);
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	self->pages = bell_pages();
	ASSERT_EQ(0, bell_move_in(&self->lodger));
}

FIXTURE_TEARDOWN(guest)
{
	lodger_close(&self->lodger);
	EXPECT_TRUE(bell_pages_become(self->pages));
	EXPECT_TRUE(bell_machine_quiet());
	EXPECT_EQ(0, findings());
	EXPECT_EQ(0, bell_clean(&self->lodger));
}

/* So many bytes of all that can be notification bytes are set. */
static unsigned int bytes_set(struct lodger *lodger)
{
	const unsigned char *byte = lodger->vm.mem + VM_NIBS;
	unsigned int count = 0;

	for (; byte < lodger->vm.mem + BELL_NIB(16); byte++)
		count += !!*byte;
	return count;
}

/* It arms, and the machine comes to say so. */
#define ARM(bell)							\
	do {								\
		ASSERT_EQ(RC_NORMAL, bell_arm(&self->lodger, bell));	\
		ASSERT_TRUE(bell_becomes(&self->lodger, (bell)->apqn,	\
					 true));			\
	} while (0)

#define DISARM(bell)							\
	do {								\
		ASSERT_EQ(RC_NORMAL,					\
			  bell_disarm(&self->lodger, (bell)->apqn));	\
		ASSERT_TRUE(bell_becomes(&self->lodger, (bell)->apqn,	\
					 false));			\
	} while (0)

#define PAGES(count)							\
	EXPECT_TRUE(bell_pages_become(self->pages + (count)))

TEST_F(guest, is_woken_by_a_reply)
{
	ARM(&own);
	PAGES(1);
	EXPECT_EQ(0, bell_works(&self->lodger, &own));
	EXPECT_EQ(0, bell_works(&self->lodger, &own));
	EXPECT_TRUE(bell_silent(&self->lodger));
	EXPECT_EQ(1, bytes_set(&self->lodger));
}

/* The reply may be there before it sleeps, while it falls asleep, or later. */
TEST_F(guest, is_woken_every_time)
{
	unsigned int i;

	ARM(&own);
	for (i = 0; i < 120; i++) {
		ASSERT_EQ(0, sim("latency %u", i % 12 * 40));
		ASSERT_EQ(0, bell_works(&self->lodger, &own));
	}
	EXPECT_TRUE(bell_silent(&self->lodger));
}

TEST_F(guest, sleeps_if_it_does_not_ask)
{
	struct ap_call calls[] = { bell_request(&own, 1), bell_sleep() };

	self->lodger.vm.patience = 200;
	EXPECT_EQ(-ETIMEDOUT, bell_ask(&self->lodger, calls, 2));
	EXPECT_EQ(RC_NORMAL, lodger_receive(&self->lodger, BELL_OWN, 1, 1000));
	EXPECT_TRUE(bell_silent(&self->lodger));
	EXPECT_EQ(0, bytes_set(&self->lodger));
}

TEST_F(guest, sleeps_until_it_wants_the_subclass)
{
	struct ap_call calls[] = { bell_request(&own, 1), bell_sleep() };

	ARM(&own);
	calls[1].gr0 = AP_SUBCLASSES & ~ap_subclass(own.isc);
	self->lodger.vm.patience = 200;
	EXPECT_EQ(-ETIMEDOUT, bell_ask(&self->lodger, calls, 2));
	calls[1].insn = AP_TAKE;
	ASSERT_EQ(0, bell_ask(&self->lodger, &calls[1], 1));
	EXPECT_FALSE(ap_interrupted(&calls[1]));
	calls[1] = bell_sleep();
	calls[1].gr0 = ap_subclass(own.isc);
	ASSERT_EQ(0, bell_ask(&self->lodger, &calls[1], 1));
	EXPECT_EQ(0, bell_woke(&self->lodger, &own, &calls[1]));
}

TEST_F(guest, chooses_subclass_and_byte_anew)
{
	unsigned int isc;

	for (isc = 0; isc < 8; isc++) {
		struct bell bell = { BELL_OWN, isc, BELL_NIB(isc) };

		ARM(&bell);
		PAGES(1);
		EXPECT_EQ(0, bell_works(&self->lodger, &bell));
		EXPECT_EQ(1, bytes_set(&self->lodger));
		self->lodger.vm.mem[bell.nib] = 0;
		DISARM(&bell);
		PAGES(0);
	}
}

TEST_F(guest, hears_all_queues_at_once)
{
	const struct bell bells[] = {
		{ BELL_OWN, 0, BELL_NIB(0) }, { BELL_NEXT, 7, BELL_NIB(1) },
		{ BELL_OTHER, 4, BELL_NIB(1) + 1 }, { BELL_LAST, 3, BELL_NIB(2) },
	};
	struct ap_call calls[8];
	unsigned int i, heard = 0;

	for (i = 0; i < 4; i++) {
		ARM(&bells[i]);
		calls[i] = bell_request(&bells[i], 1);
		calls[4 + i] = bell_sleep();
	}
	PAGES(3);
	ASSERT_EQ(0, bell_ask(&self->lodger, calls, 8));
	for (i = 4; i < 8; i++)
		heard |= 0x80 >> ap_isc(&calls[i]);
	EXPECT_EQ(0x99, heard);
	EXPECT_EQ(4, bytes_set(&self->lodger));
	EXPECT_TRUE(bell_silent(&self->lodger));
}

TEST_F(guest, is_refused_what_it_does_not_have)
{
	static const unsigned int apqns[] = { FOREIGN, FOREIGN_TOO, HOST_QUEUE };
	static const uint64_t nibs[] = { BELL_NIB(0), 0, -1UL };
	unsigned int i, k;

	for (i = 0; i < ITEMS(apqns); i++) {
		for (k = 0; k < ITEMS(nibs); k++) {
			struct bell bell = { apqns[i], 3, nibs[k] };

			EXPECT_EQ(RC_NOT_THERE,
				  bell_arm(&self->lodger, &bell));
		}
		EXPECT_EQ(RC_NOT_THERE, bell_disarm(&self->lodger, apqns[i]));
	}
	PAGES(0);
}

/* One queue without a driver withholds its adapter. */
TEST_F(guest, is_refused_what_is_withheld)
{
	struct bell nowhere = { BELL_LAST, 3, 0 };

	ARM(&other);
	ASSERT_EQ(0, bus_unbind("05.0047"));
	EXPECT_EQ(0, lodger_sees(&self->lodger, BELL_OTHER));
	EXPECT_EQ(RC_NOT_THERE, bell_arm(&self->lodger, &other));
	EXPECT_EQ(RC_NOT_THERE, bell_disarm(&self->lodger, BELL_OTHER));
	EXPECT_EQ(RC_NOT_THERE, bell_arm(&self->lodger, &nowhere));
	nowhere.apqn = BELL_OTHER;
	EXPECT_EQ(RC_NOT_THERE, bell_arm(&self->lodger, &nowhere));
	PAGES(0);
	ARM(&own);
	EXPECT_EQ(0, bell_works(&self->lodger, &own));

	ASSERT_EQ(0, bus_bind("05.0047"));
	ASSERT_EQ(1, lodger_gets(&self->lodger, BELL_LAST, 6000));
	EXPECT_EQ(RC_CHANGING, bell_disarm(&self->lodger, BELL_OTHER));
	ARM(&other);
	EXPECT_EQ(0, bell_works(&self->lodger, &other));
	PAGES(2);
}

TEST_F(guest, is_refused_a_byte_that_it_does_not_have)
{
	static const uint64_t nibs[] = {
		0, -1UL, VM_SIZE, VM_SIZE + 0x1000, 1UL << 40, -0x1000UL,
	};
	struct bell last = { BELL_OWN, 3, VM_SIZE - 1 };
	unsigned int i, k;

	for (k = 0; k < 2; k++) {
		for (i = 0; i < ITEMS(nibs); i++) {
			struct bell bell = { BELL_OWN, 4, nibs[i] };

			EXPECT_EQ(RC_BAD_NIB, bell_arm(&self->lodger, &bell));
		}
		PAGES(k);
		if (k)
			break;
		EXPECT_TRUE(bell_becomes(&self->lodger, BELL_OWN, false));
		ARM(&last);
	}
	EXPECT_EQ(0, bell_works(&self->lodger, &last));
}

TEST_F(guest, cannot_arm_twice)
{
	struct bell moved = { BELL_OWN, 4, BELL_NIB(7) };

	ARM(&own);
	EXPECT_EQ(RC_CHANGING, bell_arm(&self->lodger, &own));
	EXPECT_EQ(RC_CHANGING, bell_arm(&self->lodger, &moved));
	PAGES(1);
	EXPECT_EQ(0, bell_works(&self->lodger, &own));
	EXPECT_EQ(1, bytes_set(&self->lodger));
}

/* What is accepted takes its time; nothing else is accepted meanwhile. */
TEST_F(guest, cannot_hurry_the_machine)
{
	struct bell moved = { BELL_OWN, 4, BELL_NIB(7) };

	ASSERT_EQ(0, sim("aqic 150000"));
	EXPECT_EQ(RC_NORMAL, bell_arm(&self->lodger, &own));
	EXPECT_EQ(RC_CHANGING, bell_arm(&self->lodger, &moved));
	ASSERT_TRUE(bell_becomes(&self->lodger, BELL_OWN, true));
	EXPECT_EQ(0, bell_works(&self->lodger, &own));
	ASSERT_EQ(0, sim("aqic 500000"));
	EXPECT_EQ(RC_NORMAL, bell_disarm(&self->lodger, BELL_OWN));
	EXPECT_EQ(RC_CHANGING, bell_disarm(&self->lodger, BELL_OWN));
	EXPECT_EQ(RC_CHANGING, bell_arm(&self->lodger, &moved));
	usleep(A_MOMENT);
	EXPECT_EQ(self->pages + 1, bell_pages());
	ASSERT_TRUE(bell_becomes(&self->lodger, BELL_OWN, false));
	PAGES(0);
	ASSERT_EQ(0, sim("aqic 0"));
	ARM(&moved);
	EXPECT_EQ(0, bell_works(&self->lodger, &moved));
}

/* A guest that disarms while it is being armed is told no, and that is so. */
TEST_F(guest, may_change_its_mind)
{
	static const unsigned int us[] = { 100000, 600000 };
	unsigned int i;

	for (i = 0; i < ITEMS(us); i++) {
		ASSERT_EQ(0, sim("aqic %u", us[i]));
		EXPECT_EQ(RC_NORMAL, bell_arm(&self->lodger, &own));
		EXPECT_EQ(RC_CHANGING, bell_disarm(&self->lodger, BELL_OWN));
		EXPECT_TRUE(bell_becomes(&self->lodger, BELL_OWN, true));
		/* It stays so: what was refused is not done later. */
		usleep(A_MOMENT);
		EXPECT_EQ(self->pages + 1, bell_pages());
		EXPECT_EQ(0, bell_works(&self->lodger, &own));
		ASSERT_EQ(0, sim("aqic 0"));
		DISARM(&own);
		PAGES(0);
	}
}

/* Whoever resets a queue of his own is told that interruptions are off. */
TEST_F(guest, may_reset_a_queue_before_it_disarms)
{
	static const unsigned int us[] = { 0, 50000 };
	struct ap_call zapq;
	unsigned int i;

	for (i = 0; i < ITEMS(us); i++) {
		ASSERT_EQ(0, sim("aqic %u", us[i]));
		ARM(&own);
		/* The driver has to have seen that they are on. */
		usleep(A_MOMENT);
		ASSERT_EQ(0, sim("aqic 0"));
		zapq = (struct ap_call){
			.insn = AP_PQAP,
			.gr0 = AP_FC_ZAPQ | BELL_OWN,
		};
		ASSERT_EQ(0, bell_ask(&self->lodger, &zapq, 1));
		EXPECT_EQ(RC_NORMAL, ap_rc(&zapq));
		EXPECT_TRUE(bell_becomes(&self->lodger, BELL_OWN, false));
		EXPECT_EQ(self->pages + 1, bell_pages());
		EXPECT_EQ(RC_CHANGING, bell_disarm(&self->lodger, BELL_OWN));
		PAGES(0);
	}
}

TEST_F(guest, can_disarm)
{
	EXPECT_EQ(RC_CHANGING, bell_disarm(&self->lodger, BELL_OWN));
	ARM(&own);
	DISARM(&own);
	PAGES(0);
	EXPECT_EQ(RC_CHANGING, bell_disarm(&self->lodger, BELL_OWN));
	EXPECT_EQ(RC_NORMAL, lodger_send(&self->lodger, BELL_OWN, 1));
	EXPECT_EQ(RC_NORMAL, lodger_receive(&self->lodger, BELL_OWN, 1, 1000));
	usleep(A_MOMENT);
	EXPECT_TRUE(bell_silent(&self->lodger));
	EXPECT_EQ(0, bytes_set(&self->lodger));
}

TEST_F(guest, shares_a_page_between_queues)
{
	struct bell near = { BELL_NEXT, 3, own.nib + 64 };

	ARM(&own);
	ARM(&near);
	PAGES(1);
	EXPECT_EQ(0, bell_works(&self->lodger, &own));
	EXPECT_EQ(0, bell_works(&self->lodger, &near));
	DISARM(&own);
	usleep(A_MOMENT);
	EXPECT_EQ(self->pages + 1, bell_pages());
	EXPECT_EQ(0, bell_works(&self->lodger, &near));
	DISARM(&near);
	PAGES(0);
}

/* What is refused leaves everything as it was; so does what must be repeated. */
TEST_F(guest, hears_what_the_machine_says)
{
	static const unsigned int codes[] = {
		0x02, 0x03, 0x04, RC_BUSY, 0x06, RC_CHANGING, 0x08, 0x0a, 0x7f,
	};
	const struct bell moved = { BELL_OWN, 4, BELL_NIB(3) };
	unsigned int i;

	ARM(&own);
	for (i = 0; i < ITEMS(codes); i++) {
		struct bell bell = { BELL_OWN, i % 8, BELL_NIB(4 + i) };

		ASSERT_EQ(0, sim("inject 04.0004 3 %u 1", codes[i]));
		EXPECT_EQ(codes[i], bell_arm(&self->lodger, &bell));
		EXPECT_EQ(self->pages + 1, bell_pages());
	}
	/* With the A bit it speaks of something else, whatever the code is. */
	ASSERT_EQ(0, sim("fault 04.0004 aqic rc 0 async"));
	EXPECT_EQ(RC_NORMAL, bell_arm(&self->lodger, &moved));
	EXPECT_EQ(self->pages + 1, bell_pages());
	for (i = 0; i < 2; i++) {
		unsigned int code = i ? RC_BUSY : RC_RESETTING;

		ASSERT_EQ(0, sim("inject 04.0004 3 %u 1", code));
		EXPECT_EQ(code, bell_disarm(&self->lodger, BELL_OWN));
	}
	usleep(A_MOMENT);
	EXPECT_EQ(self->pages + 1, bell_pages());
	EXPECT_EQ(0, bell_works(&self->lodger, &own));
	EXPECT_EQ(1, bytes_set(&self->lodger));
	DISARM(&own);
}

/* A guest resets its queue without a word to its host, and arms it again. */
static int reset_and_arm(struct lodger *lodger, const struct bell *bell,
			 bool zeroize, unsigned int *again)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = (zeroize ? AP_FC_ZAPQ : AP_FC_RAPQ) | bell->apqn,
	};
	int rc = bell_ask(lodger, &call, 1), tries;

	if (rc || ap_rc(&call))
		return rc ?: (int)ap_rc(&call);
	for (tries = 0; tries < 200; tries++) {
		rc = bell_arm(lodger, bell);
		if (rc != RC_RESETTING)
			break;
		++*again;
		usleep(1000);
	}
	return rc;
}

TEST_F(guest, resets_a_queue_and_arms_it_at_once)
{
	static const unsigned int us[] = { 0, 700, 15000 };
	unsigned int i, again = 0;

	ARM(&next);
	for (i = 0; i < 27; i++) {
		struct bell bell = { BELL_OWN, i % 8, BELL_NIB(2 + i % 5) };

		ASSERT_EQ(0, sim("reset %u; aqic %u", us[i % 3], us[i / 3 % 3]));
		EXPECT_EQ(RC_NORMAL, reset_and_arm(&self->lodger, &bell,
						   i % 2, &again));
		EXPECT_EQ(self->pages + 2, bell_pages());
		if (i % 9 < 4)
			EXPECT_EQ(0, bell_works(&self->lodger, &bell));
	}
	/* However slow the guest is, this reset is still going on. */
	ASSERT_EQ(0, sim("reset 100000; aqic 0"));
	EXPECT_EQ(RC_NORMAL, reset_and_arm(&self->lodger, &own, false, &again));
	EXPECT_LT(0, again);
	ASSERT_EQ(0, sim("reset 1000; aqic 0"));
	ASSERT_TRUE(bell_becomes(&self->lodger, BELL_OWN, true));
	memset(self->lodger.vm.mem + VM_NIBS, 0, 0x10000);
	EXPECT_EQ(0, bell_works(&self->lodger, &next));
	EXPECT_EQ(1, bytes_set(&self->lodger));
}

TEST_HARNESS_MAIN
