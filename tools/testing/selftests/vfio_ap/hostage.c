// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostage - a VMM that keeps its guest from going on keeps nobody else waiting
 *
 * If it keeps the guest's lock, what is done to the guest is done when that is
 * free.  Until then it has what it had, and nobody else gets it.  If it keeps a
 * CPU that asked for interrupts, not even that.  And everything that is not this
 * guest's goes on as if nothing were.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "kselftest_harness.h"
#include "lib/hostage.h"
#include "lib/mdev.h"
#include "lib/sim.h"

#define APMASK		AP_BUS "apmask"
#define ONE		"11111111-2222-4333-8444-555555555555"
#define TWO		"22222222-3333-4444-8555-666666666666"
#define THREE		"33333333-4444-4555-8666-777777777777"
#define QUEUE		"04.0004"
#define OTHER		"05.0004"
#define STATUS		AP_BUS "devices/" QUEUE "/status"

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01

/* reset_timeout_ms, and what waits for nothing, in milliseconds */
#define PATIENCE_MS	"2000"
#define QUICK_MS	1900
#define LIMIT_S		60

#define QUEUE_APQN	0x0404
#define NIB		0x80123

FIXTURE(hostage) {
	struct vm vm;
	struct mdev_file file;
	struct hostage hostage;
	char patience[32];
	unsigned long breaches;
};

static void leave_nothing(void)
{
	mdev_remove(ONE);
	mdev_remove(TWO);
	mdev_remove(THREE);
	sysfs_write(APMASK, "+4,+5");
}

static int prepare(void)
{
	leave_nothing();
	if (sysfs_write(APMASK, "-4,-5") || mdev_create(ONE) ||
	    mdev_create(TWO) || mdev_write(ONE, "ap_config", "0x08,0x08,") ||
	    mdev_write(TWO, "ap_config", "0x04,0x08,"))
		return -1;
	return 0;
}

static int open_it(struct mdev_file *file, const char *uuid, struct vm *vm)
{
	return mdev_open(file, vfio_way_exists(VFIO_BY_GROUP) ?
			 VFIO_BY_GROUP : VFIO_BY_CDEV, uuid, vm);
}

static int shows(const char *path, const char *want)
{
	char text[4096];
	int tries;

	for (tries = 0; tries < 100; tries++) {
		if (!sysfs_read(path, text, sizeof(text)) && !strcmp(text, want))
			return 1;
		usleep(50000);
	}
	return 0;
}

static int shows_now(const char *path, const char *want)
{
	char text[4096];

	return !sysfs_read(path, text, sizeof(text)) && !strcmp(text, want);
}

FIXTURE_SETUP(hostage)
{
	int rc;

	self->file = MDEV_CLOSED;
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, sysfs_read(PATIENCE, self->patience, sizeof(self->patience)));
	ASSERT_EQ(0, sysfs_write(PATIENCE, PATIENCE_MS));
	ASSERT_EQ(0, prepare());
	self->breaches = sim_breaches();
	ASSERT_EQ(0, hostage_vm(&self->vm));
	ASSERT_EQ(0, open_it(&self->file, ONE, &self->vm));
	ASSERT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004"));
	rc = hostage_take_lock(&self->hostage, &self->vm);
	if (rc == -EOPNOTSUPP) {
		mdev_close(&self->file);
		leave_nothing();
		SKIP(return, "this kernel has no userfaultfd");
	}
	ASSERT_EQ(0, rc);
}

FIXTURE_TEARDOWN(hostage)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
	sysfs_write(PATIENCE, self->patience);
	EXPECT_EQ(self->breaches, sim_breaches());
}

/* It succeeds, and waits for nothing. */
#define QUICK(action)							\
	do {								\
		long began = now_ms();					\
									\
		EXPECT_EQ(0, action) {					\
			TH_LOG("%s", #action);				\
		}							\
		EXPECT_LT(now_ms() - began, QUICK_MS) {			\
			TH_LOG("%s", #action);				\
		}							\
	} while (0)

static void do_everything_else(struct __test_metadata *_metadata)
{
	struct mdev_file file = MDEV_CLOSED;
	char text[4096];
	struct vm vm;

	QUICK(mdev_create(THREE));
	QUICK(mdev_write(THREE, "ap_config", "0x04,0x000000000000000001,"));
	QUICK(vm_open(&vm));
	QUICK(open_it(&file, TWO, &vm));
	QUICK(mdev_write(TWO, "assign_domain", "0xab"));
	QUICK(mdev_write(TWO, "unassign_domain", "0xab"));
	mdev_close(&file);
	vm_close(&vm);
	QUICK(mdev_write(THREE, "remove", "1"));
	QUICK(sysfs_write(APMASK, "-7"));
	QUICK(sysfs_write(APMASK, "+7"));
	QUICK(bus_unbind(OTHER));
	QUICK(bus_bind(OTHER));
	QUICK(bus_scan());
	QUICK(sysfs_read(MATRIX ONE "/guest_matrix", text, sizeof(text)));
	QUICK(sysfs_read(MATRIX ONE "/withheld", text, sizeof(text)));
	QUICK(sysfs_read(STATUS, text, sizeof(text)));
}

TEST_F_TIMEOUT(hostage, hurts_nobody_else, LIMIT_S)
{
	/* Something is to be done to the guest, and is not. */
	EXPECT_EQ(0, mdev_write(ONE, "unassign_adapter", "4"));
	do_everything_else(_metadata);
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
}

TEST_F_TIMEOUT(hostage, keeps_what_it_had_until_it_is_free, LIMIT_S)
{
	long began = now_ms();

	ASSERT_EQ(0, mdev_write(ONE, "unassign_adapter", "4"));
	EXPECT_LT(now_ms() - began, 5000);
	EXPECT_TRUE(shows_now(MATRIX ONE "/matrix", ".0004"));
	EXPECT_TRUE(shows_now(MATRIX ONE "/guest_matrix", "04.0004"));

	/* Another may be assigned it, and waits; the host may not have it. */
	ASSERT_EQ(0, mdev_write(TWO, "assign_adapter", "4"));
	EXPECT_TRUE(shows_now(MATRIX TWO "/guest_matrix", "05.0004"));
	EXPECT_EQ(-EBUSY, sysfs_write(APMASK, "+4"));

	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_TRUE(shows(MATRIX ONE "/guest_matrix", ".0004"));
	EXPECT_TRUE(shows(MATRIX TWO "/guest_matrix", "04.0004\n05.0004"));
}

TEST_F_TIMEOUT(hostage, gets_what_it_was_given_when_it_is_free, LIMIT_S)
{
	ASSERT_EQ(0, mdev_write(ONE, "assign_domain", "0x47"));
	EXPECT_TRUE(shows_now(MATRIX ONE "/guest_matrix", "04.0004"));
	ASSERT_EQ(0, mdev_write(ONE, "assign_domain", "0xab"));
	ASSERT_EQ(0, mdev_write(ONE, "unassign_domain", "0x47"));
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004\n04.00ab"));
}

/**
 * struct act - something that waits for the hostage
 * @run: what
 * @file: the mdev's
 * @over: it does not wait any more
 */
struct act {
	int (*run)(struct act *act);
	struct mdev_file *file;
	atomic_bool over;
};

static int unbind(struct act *act)
{
	(void)act;
	return bus_unbind(QUEUE);
}

static int close_it(struct act *act)
{
	mdev_close(act->file);
	return 0;
}

static int remove_it(struct act *act)
{
	(void)act;
	return mdev_write(ONE, "remove", "1");
}

static void *act_run(void *arg)
{
	struct act *act = arg;
	int rc = act->run(act);

	atomic_store(&act->over, true);
	return (void *)(long)rc;
}

/* Who wants the queue, or the guest's end, waits; and nobody but him. */
static int waits_for_the_hostage(struct act *act, struct hostage *hostage)
{
	pthread_t thread;
	void *result;
	int wrong;

	if (pthread_create(&thread, NULL, act_run, act))
		return 100;
	usleep(1500000);
	wrong = atomic_load(&act->over);
	wrong += 2 * !!mdev_write(TWO, "assign_domain", "0xab");
	wrong += 4 * !!bus_scan();
	wrong += 8 * !!hostage_let_go(hostage);
	pthread_join(thread, &result);
	return wrong + 16 * !!result;
}

TEST_F_TIMEOUT(hostage, is_waited_for_by_who_wants_its_queue, LIMIT_S)
{
	struct act act = { .run = unbind };

	EXPECT_EQ(0, waits_for_the_hostage(&act, &self->hostage));
	EXPECT_TRUE(shows(MATRIX ONE "/guest_matrix", ".0004"));
	EXPECT_EQ(0, bus_bind(QUEUE));
	EXPECT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004"));
}

TEST_F_TIMEOUT(hostage, is_waited_for_by_its_own_end, LIMIT_S)
{
	struct act act = { .run = close_it, .file = &self->file };

	EXPECT_EQ(0, waits_for_the_hostage(&act, &self->hostage));
	EXPECT_TRUE(shows(STATUS, "assigned"));
}

static int edit_it(struct act *act)
{
	(void)act;
	return mdev_write(ONE, "assign_domain", "0x47");
}

/* It returns when the guest has what it was given, not when time is over. */
TEST_F_TIMEOUT(hostage, is_waited_for_by_an_edit_and_no_longer, LIMIT_S)
{
	struct act act = { .run = edit_it };
	long began = now_ms();

	ASSERT_EQ(0, sysfs_write(PATIENCE, "20000"));
	EXPECT_EQ(0, waits_for_the_hostage(&act, &self->hostage));
	EXPECT_LT(now_ms() - began, 15000);
	EXPECT_TRUE(shows_now(MATRIX ONE "/guest_matrix", "04.0004\n04.0047"));
}

static int edit_controls(struct act *act)
{
	(void)act;
	return mdev_write(ONE, "assign_control_domain", "0x47");
}

/* Nothing is to be done any more, so nothing but that wakes who waits. */
TEST_F_TIMEOUT(hostage, is_not_waited_for_by_an_edit_that_is_undone, LIMIT_S)
{
	struct act act = { .run = edit_controls };
	long began = now_ms();
	pthread_t thread;

	ASSERT_EQ(0, sysfs_write(PATIENCE, "20000"));
	ASSERT_EQ(0, pthread_create(&thread, NULL, act_run, &act));
	usleep(500000);
	EXPECT_FALSE(atomic_load(&act.over));
	EXPECT_EQ(0, mdev_write(ONE, "unassign_control_domain", "0x47"));
	pthread_join(thread, NULL);
	EXPECT_LT(now_ms() - began, 15000);
	EXPECT_EQ(0, hostage_let_go(&self->hostage));
}

/* The guest loses everything; remove itself waits for the file's end. */
TEST_F_TIMEOUT(hostage, is_waited_for_by_the_removal_of_its_mdev, LIMIT_S)
{
	struct act act = { .run = remove_it };
	pthread_t thread;

	ASSERT_EQ(0, pthread_create(&thread, NULL, act_run, &act));
	usleep(500000);
	EXPECT_TRUE(shows_now(STATUS, "in use"));
	EXPECT_EQ(0, mdev_write(TWO, "assign_domain", "0xab"));
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_TRUE(shows(STATUS, "assigned"));
	mdev_close(&self->file);
	pthread_join(thread, NULL);
	EXPECT_FALSE(mdev_exists(ONE));
}

/* A lost adapter is out of reach, whatever the masks say. */
TEST_F_TIMEOUT(hostage, does_not_keep_an_adapter_in_the_machine, LIMIT_S)
{
	long began = now_ms();

	ASSERT_EQ(0, sim("off 4"));
	ASSERT_EQ(0, bus_scan());
	EXPECT_LT(now_ms() - began, 10000);
	EXPECT_FALSE(bus_has(QUEUE));
	ASSERT_EQ(0, sim("on 4"));
	ASSERT_EQ(0, bus_scan());
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004"));
}

/* It is back and was zeroized, but the masks are still the hostage's. */
TEST_F_TIMEOUT(hostage, has_an_adapter_that_comes_back, LIMIT_S)
{
	ASSERT_EQ(0, sim("off 4"));
	ASSERT_EQ(0, bus_scan());
	ASSERT_EQ(0, sim("on 4"));
	ASSERT_EQ(0, bus_scan());
	ASSERT_EQ(0, mdev_write(ONE, "unassign_adapter", "4"));
	ASSERT_EQ(0, mdev_write(TWO, "assign_adapter", "4"));
	usleep(500000);
	EXPECT_TRUE(shows_now(STATUS, "assigned"));
	EXPECT_TRUE(shows_now(MATRIX TWO "/guest_matrix", "05.0004"));
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_TRUE(shows(MATRIX TWO "/guest_matrix", "04.0004\n05.0004"));
}

/* A CPU of the guest enables interrupts, and its memory does not come. */
FIXTURE(stuck_cpu) {
	struct vm vm;
	struct mdev_file file;
	struct hostage hostage;
	unsigned long breaches;
	long vms;
};

FIXTURE_SETUP(stuck_cpu)
{
	int rc;

	self->file = MDEV_CLOSED;
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, prepare());
	if (!vfio_way_exists(VFIO_BY_CDEV)) {
		leave_nothing();
		SKIP(return, "without iommufd no memory can be kept back like this");
	}
	self->breaches = sim_breaches();
	self->vms = vm_count();
	ASSERT_EQ(0, vm_open(&self->vm));
	ASSERT_EQ(0, mdev_open(&self->file, VFIO_BY_CDEV, ONE, &self->vm));
	ASSERT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004"));
	rc = hostage_take_cpu(&self->hostage, &self->vm, QUEUE_APQN, NIB);
	if (rc == -EOPNOTSUPP) {
		mdev_close(&self->file);
		leave_nothing();
		SKIP(return, "this kernel has no userfaultfd");
	}
	ASSERT_EQ(0, rc);
}

FIXTURE_TEARDOWN(stuck_cpu)
{
	mdev_close(&self->file);
	vm_close(&self->vm);
	leave_nothing();
	EXPECT_EQ(self->breaches, sim_breaches());
}

TEST_F_TIMEOUT(stuck_cpu, hurts_nobody_else, LIMIT_S)
{
	do_everything_else(_metadata);
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_EQ(RC_NORMAL, ap_rc(&self->hostage.call));
}

TEST_F_TIMEOUT(stuck_cpu, loses_its_queue_meanwhile, LIMIT_S)
{
	QUICK(mdev_write(ONE, "unassign_adapter", "4"));
	EXPECT_TRUE(shows_now(MATRIX ONE "/guest_matrix", ".0004"));
	QUICK(mdev_write(TWO, "assign_adapter", "4"));
	EXPECT_TRUE(shows_now(MATRIX TWO "/guest_matrix", "04.0004\n05.0004"));
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->hostage.call));
}

TEST_F_TIMEOUT(stuck_cpu, is_waited_for_by_its_own_end, LIMIT_S)
{
	struct act act = { .run = close_it, .file = &self->file };

	EXPECT_EQ(0, waits_for_the_hostage(&act, &self->hostage));
	EXPECT_EQ(RC_NOT_THERE, ap_rc(&self->hostage.call));
	EXPECT_TRUE(shows(STATUS, "assigned"));
}

TEST_F_TIMEOUT(stuck_cpu, is_nothing_to_who_wants_its_queue, LIMIT_S)
{
	QUICK(bus_unbind(QUEUE));
	QUICK(bus_bind(QUEUE));
	EXPECT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004"));
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
}

static int aqic_on(struct vm *vm, unsigned int apqn, uint64_t nib)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC | apqn,
		.gr1 = AP_AQIC_ON | 3,
		.gr2 = nib,
	};
	int rc = vm_execute(vm, &call, 1);

	return rc ?: (int)ap_rc(&call);
}

/*
 * The machine does not stop writing a byte, and the stuck CPU keeps its page
 * from being given back: until long after the queue has left and is clean.
 */
TEST_F_TIMEOUT(stuck_cpu, keeps_no_stray_for_ever, LIMIT_S)
{
	int tries;

	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	ASSERT_EQ(0, mdev_write(ONE, "assign_domain", "0x47"));
	ASSERT_TRUE(shows(MATRIX ONE "/guest_matrix", "04.0004\n04.0047"));
	ASSERT_EQ(RC_NORMAL, aqic_on(&self->vm, 0x0447, NIB + 0x2000));
	ASSERT_EQ(0, hostage_take_cpu(&self->hostage, &self->vm, QUEUE_APQN,
				      NIB + 0x1000));
	ASSERT_EQ(0, sim("aqic 100000000"));
	EXPECT_EQ(0, mdev_write(ONE, "unassign_domain", "0x47"));
	/* It is clean when another guest gets it. */
	ASSERT_EQ(0, mdev_write(TWO, "ap_config", "0x08,0x000000000000000001,"));
	EXPECT_TRUE(shows(AP_BUS "devices/04.0047/status", "assigned"));
	EXPECT_TRUE(shows(MATRIX TWO "/guest_matrix", "04.0047"));
	usleep(3000000);
	ASSERT_EQ(0, sim("aqic 0"));
	ASSERT_EQ(0, hostage_let_go(&self->hostage));
	mdev_close(&self->file);
	vm_close(&self->vm);
	for (tries = 0; tries < 50 && vm_count() != self->vms; tries++)
		usleep(100000);
	EXPECT_EQ(self->vms, vm_count());
	/* For the teardown */
	ASSERT_EQ(0, vm_open(&self->vm));
}

TEST_HARNESS_MAIN
