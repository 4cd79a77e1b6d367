// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - a VMM that does everything wrong harms nobody and leaves nothing
 *
 * VMMs are started and killed; while they live they do whatever can be done to a
 * VM, an mdev and memory, from many threads and processes at once.  A calm guest
 * next door does not notice.  Afterwards nothing is pinned, armed or counted, no
 * VM is left, and the mdev is as good as new.
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STORM	factor for the number of VMMs
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "kselftest_harness.h"
#include "hostile.h"
#include "lib/finding.h"
#include "lib/sim.h"
#include "lib/world.h"

/* What a test may take; a slow machine has to be able to. */
#define LIMIT		280

/* VMMs and their longest lives, by default */
#define LIVES_LONG	12
#define LIFE_LONG_MS	1500
#define LIVES_SHORT	40
#define LIFE_SHORT_MS	150
/* Of so many, some live long enough */
#define ENOUGH_LIVES	5

/* How many times longer it takes a VMM to begin than the calm guest; but limited */
#define BIRTH		10
#define BIRTH_MAX_MS	2000

/* How long a close, unbind or write may wait for the machine */
#define PATIENCE_MS	"300"

/* Rounds of the calm guest before all begins */
#define PEACE		50
/* .. and meanwhile: at least so many, also if each takes most of a second */
#define ROUNDS		4

/*
 * What AQIC may take, in microseconds, if others use the processors, too.  Where
 * only sleeping takes time, it takes none, but a tick may fall into it.
 */
#define LONGEST_US	1000000
#define NO_TIME_US	20000
#define TIMES		8
#define AND_US		5000

/* What may interrupt a guest, and VMs that are not freed: they go soon. */
#define STEP_MS		20

/* As it was before, and has to be again */
struct before {
	long pages;
	long vms;
	unsigned long breaches;
};

FIXTURE(hostile) {
	struct ledger *ledger;
	struct lodger lodger;
	struct calm *calm;
	struct before before;
	char patience[32];
};

FIXTURE_VARIANT(hostile) {
	enum vfio_way way;
};

FIXTURE_VARIANT_ADD(hostile, group) {
	.way = VFIO_BY_GROUP,
};

FIXTURE_VARIANT_ADD(hostile, cdev) {
	.way = VFIO_BY_CDEV,
};

static struct before look(void)
{
	return (struct before){
		.pages = bell_pages(),
		.vms = vm_count(),
		.breaches = sim_breaches(),
	};
}

FIXTURE_SETUP(hostile)
{
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	self->calm = calloc(1, sizeof(*self->calm));
	ASSERT_NE(NULL, self->calm);
	ASSERT_EQ(0, sysfs_read(PATIENCE, self->patience,
				sizeof(self->patience)));
	ASSERT_EQ(0, bell_prepare(&self->lodger, variant->way));
	ASSERT_EQ(0, calm_prepare(self->calm, variant->way));
	if (!vfio_way_exists(variant->way)) {
		calm_clean(self->calm);
		bell_clean(&self->lodger);
		SKIP(return, "this kernel does not have that way into VFIO");
	}
	ASSERT_EQ(0, sysfs_write(PATIENCE, PATIENCE_MS));
	self->ledger = mmap(NULL, sizeof(*self->ledger), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, self->ledger);
	self->ledger->seed = world_seed();
	self->ledger->way = variant->way;
	self->before = look();
}

FIXTURE_TEARDOWN(hostile)
{
	world_calms_down();
	calm_clean(self->calm);
	bell_clean(&self->lodger);
	sysfs_write(PATIENCE, self->patience);
}

static void say_what_was_done(struct ledger *ledger)
{
	static const char *const name[TALLIES] = {
		[LIVES] = "VMMs", [KILLED] = "killed", [CHILDREN] = "children",
		[OPENED] = "opened", [IN_USE] = "in use", [CLOSED] = "closed", [ARMED] = "armed",
		[DISARMED] = "disarmed", [REQUESTS] = "requests",
		[MAPPED] = "mapped", [UNMAPPED] = "unmapped",
		[DETACHED] = "detached", [RESETS] = "resets",
		[CONTROLS] = "ioctls", [MEMORY] = "memory",
		[EDITS] = "edits", [FAULTS] = "faults",
	};
	char text[512];
	unsigned int i;
	int len = 0;

	for (i = 0; i < TALLIES; i++)
		len += snprintf(text + len, sizeof(text) - len, " %s %lu",
				name[i], atomic_load(&ledger->count[i]));
	note("lives of up to %u ms:%s", ledger->life_ms, text);
	for (i = 0, len = 0; i < 0x100; i++)
		if (atomic_load(&ledger->aqic[i]))
			len += snprintf(text + len, sizeof(text) - len,
					" %02x %lu", i,
					atomic_load(&ledger->aqic[i]));
	note("AQIC:%s", text);
}

/* VMMs that do nothing are no proof; one alone may have been killed too soon. */
static void check_enough_was_done(struct ledger *ledger)
{
	static const enum tally must[] = { OPENED, MAPPED, UNMAPPED, EDITS };
	unsigned int i;

	if (ledger->lives < ENOUGH_LIVES)
		return;
	for (i = 0; i < sizeof(must) / sizeof(*must); i++)
		if (!atomic_load(&ledger->count[must[i]]))
			finding("%u VMMs, and nothing of kind %u was done",
				ledger->lives, must[i]);
}

/* The calm guest's AQIC is not slower, if a processor is there for it. */
static void compare_latency(struct calm *calm, unsigned int peace,
			    unsigned int peace_longest)
{
	unsigned int longest;
	unsigned int median = calm_latency(calm, &longest);

	note("calm: %lu rounds; AQIC %u us, at most %u; before: %u us, at most %u",
	     calm->rounds, median, longest, peace, peace_longest);
	if (calm->rounds < PEACE + ROUNDS)
		finding("the calm guest had %lu rounds", calm->rounds - PEACE);
	if (median > TIMES * peace + AND_US)
		finding("AQIC took %u us, before %u", median, peace);
	if (longest > (sim_time_is_virtual() ? NO_TIME_US : LONGEST_US))
		finding("an AQIC took %u us", longest);
}

/*
 * From the first VMM to the last one's end.  Where time is real a guest takes some
 * of it to begin, a VMM that shares the processors with all others much more: that
 * is added to their lives.
 */
static void attack(struct ledger *ledger, struct calm *calm, int bad_machine)
{
	pid_t keeper = keeper_start(ledger);
	unsigned int peace, longest, i;
	pthread_t thread[3];
	long began, birth;

	calm->rand = rand_stream(ledger->seed, 0xca);
	calm->over = &ledger->over;
	began = now_ms();
	if (calm_open(calm)) {
		finding("the calm guest does not get its queues");
		return;
	}
	birth = BIRTH * (now_ms() - began);
	ledger->life_ms += birth < BIRTH_MAX_MS ? birth : BIRTH_MAX_MS;
	for (i = 0; i < PEACE; i++)
		calm_round(calm);
	peace = calm_latency(calm, &longest);
	pthread_create(&thread[0], NULL, calm_run, calm);
	pthread_create(&thread[1], NULL, admin_run, ledger);
	if (bad_machine)
		pthread_create(&thread[2], NULL, machine_run, ledger);
	keeper_wait(keeper);
	atomic_store(&ledger->over, 1);
	for (i = 0; i < 2U + bad_machine; i++)
		pthread_join(thread[i], NULL);
	say_what_was_done(ledger);
	check_enough_was_done(ledger);
	compare_latency(calm, peace, longest);
	lodger_close(&calm->lodger);
}

/* Soon it is @want, or not more than @more above that. */
static void becomes(const char *what, long (*get)(void), long want, long more)
{
	unsigned int left = SOON / STEP_MS;
	long is;

	while (((is = get()) < want || is > want + more) && --left)
		usleep(STEP_MS * 1000);
	if (is < want || is > want + more)
		finding("%s: %ld, should be %ld", what, is, want);
	else if (is != want)
		note("%s: %ld, were %ld", what, is, want);
}

/*
 * VMs that VFIO has lost: who binds a device that is open already to an iommufd
 * is told that it cannot be, but vfio_df_ioctl_bind_iommufd() has put his VM in
 * the place of the one that opened it, to which a reference stays for ever.  UML's
 * VMs are not VFIO's to count.
 */
static long lost_by_vfio(struct ledger *ledger)
{
	if (ledger->way != VFIO_BY_CDEV || sim_time_is_virtual())
		return 0;
	return atomic_load(&ledger->count[IN_USE]);
}

static long armed(void)
{
	return machine_stat("armed");
}

/* Of all that was there nothing is left. */
static void check_nothing_is_left(struct ledger *ledger,
				  const struct before *before)
{
	bell_pages_become(before->pages);
	becomes("queues that may interrupt a guest", armed,
		armed() < 0 ? -1 : 0, 0);
	becomes("VMs, or references to their module", vm_count, before->vms,
		lost_by_vfio(ledger));
	if (sim_breaches() != before->breaches)
		finding("foreign_replies %ld, unzeroized %ld, unpinned %ld",
			machine_stat("foreign_replies"),
			machine_stat("unzeroized"), machine_stat("unpinned"));
}

/* The mdev is as good as new: for a guest that behaves, and to be removed. */
static void check_it_works(struct lodger *lodger, struct rand rand)
{
	unsigned int i;
	int rc = lodger_open(lodger);

	if (rc)
		finding("opening the mdev: %s", strerrorname_np(-rc));
	for (i = 0; !rc && i < HOSTILE_QUEUES; i++) {
		if (!lodger_gets(lodger, hostile_queue[i], SOON))
			finding("%04x does not come", hostile_queue[i]);
		else
			calm_queue_works(lodger, &rand, hostile_queue[i], NULL);
	}
	lodger_close(lodger);
	mdev_remove(BELL_MDEV);
	if (mdev_exists(BELL_MDEV))
		finding("the mdev cannot be removed");
}

#define RUN(vmms, longest_ms, bad_machine) do {				\
	double lives = (vmms) * world_scale();				\
									\
	self->ledger->lives = lives < 1 ? 1 : lives;			\
	self->ledger->life_ms = (longest_ms);				\
	attack(self->ledger, self->calm, bad_machine);			\
	world_calms_down();						\
	check_nothing_is_left(self->ledger, &self->before);		\
	check_it_works(&self->lodger,					\
		       rand_stream(self->ledger->seed, 0xaf));		\
	check_nothing_is_left(self->ledger, &self->before);		\
	EXPECT_EQ(0, findings() + atomic_load(&self->ledger->wrong));	\
} while (0)

TEST_F_TIMEOUT(hostile, and_busy, LIMIT)
{
	RUN(LIVES_LONG, LIFE_LONG_MS, 0);
}

TEST_F_TIMEOUT(hostile, on_a_bad_machine, LIMIT)
{
	RUN(LIVES_LONG, LIFE_LONG_MS, 1);
}

TEST_F_TIMEOUT(hostile, and_short_lived, LIMIT)
{
	RUN(LIVES_SHORT, LIFE_SHORT_MS, 1);
}

TEST_HARNESS_MAIN
