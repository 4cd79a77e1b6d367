// SPDX-License-Identifier: GPL-2.0-only
/*
 * stuck - a reset that never ends keeps only those waiting whose it is
 *
 * Somebody waits for a queue: a writer, a VMM that opens, closes or resets, the
 * AP bus.  While he does, everybody else does everything else, quickly: no lock
 * that others need is held.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "kselftest_harness.h"
#include "lib/luck.h"

#define PATIENCE_MS	3000
#define LIMIT_S		120

#define THREE		"33333333-4444-4555-8666-777777777777"
#define CONFIG_THREE	"0x01,0x08,"

/* A queue that nobody has */
#define FREE		"06.00ab"

/**
 * struct wait - somebody who waits
 * @before: makes the situation; no reset hangs yet
 * @begin: what does not wait
 * @act: what does
 * @result: what it returns at last
 * @code: what TAPQ answers all the time, 0: that a reset is under way
 * @scans: the AP bus waits, in a scan
 * @open: waits for the guest, too
 */
struct wait {
	void (*before)(struct luck *luck);
	void (*begin)(struct luck *luck);
	int (*act)(struct luck *luck);
	int result;
	unsigned int code;
	bool scans;
	bool open;
};

static void take_away_and_unbind(struct luck *luck)
{
	STEP(luck, 0, mdev_write(ONE, "unassign_adapter", "4"));
	STEP(luck, 0, bus_unbind(QUEUE));
}

static void end_guest_and_unbind(struct luck *luck)
{
	STEP(luck, 0, lodger_close(&luck->one));
	STEP(luck, 0, bus_unbind(QUEUE));
}

static void bind(struct luck *luck)
{
	STEP(luck, 0, bus_bind(QUEUE));
}

static int assign(struct luck *luck)
{
	(void)luck;
	return mdev_write(ONE, "assign_adapter", "4");
}

static int unassign(struct luck *luck)
{
	(void)luck;
	return mdev_write(ONE, "unassign_adapter", "4");
}

static int replace(struct luck *luck)
{
	(void)luck;
	return mdev_write(ONE, "ap_config", CONFIG_LESS);
}

static int new_guest(struct luck *luck)
{
	return lodger_open(&luck->one);
}

static int end_guest(struct luck *luck)
{
	return lodger_close(&luck->one);
}

static int reset_device(struct luck *luck)
{
	return lodger_reset(&luck->one);
}

static int remove_mdev(struct luck *luck)
{
	(void)luck;
	return mdev_write(ONE, "remove", "1");
}

static int unbind(struct luck *luck)
{
	(void)luck;
	return bus_unbind(QUEUE);
}

static int scan(struct luck *luck)
{
	(void)luck;
	return bus_scan();
}

/**
 * struct scene - one waits, the others do not
 * @luck: the two lodgers that there always are
 * @three: one more
 * @wait: what the one does, in @thread
 * @thread: his
 * @over: he does not wait any more
 * @took: how long he did, in milliseconds
 * @result: what he was told
 */
struct scene {
	struct luck luck;
	struct lodger three;
	const struct wait *wait;
	pthread_t thread;
	atomic_bool over;
	long took;
	int result;
};

FIXTURE(wait) {
	struct scene scene;
};

FIXTURE_VARIANT(wait) {
	struct wait wait;
};

#define WAITING(name, ...)						\
	FIXTURE_VARIANT_ADD(wait, name) {				\
		.wait = { __VA_ARGS__ },				\
	}

WAITING(assign, .before = take_away_and_unbind, .begin = bind, .act = assign);
WAITING(unassign, .act = unassign);
WAITING(ap_config, .act = replace);
WAITING(open, .before = end_guest_and_unbind, .begin = bind, .act = new_guest);
WAITING(close, .act = end_guest);
WAITING(device_reset, .act = reset_device, .result = -EIO);
WAITING(remove, .before = end_guest_and_unbind, .begin = bind,
	.act = remove_mdev);
WAITING(remove_open, .act = remove_mdev, .open = true);
WAITING(unbind, .act = unbind);
WAITING(scan, .act = scan, .code = 0x7f, .scans = true);

FIXTURE_SETUP(wait)
{
	struct scene *scene = &self->scene;

	scene->three.uuid = THREE;
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, luck_begin(&scene->luck, PATIENCE_MS));
	ASSERT_EQ(0, sysfs_write(AP_BUS "apmask", "-7"));
	ASSERT_EQ(0, luck_prepare(&scene->luck));
	scene->wait = &variant->wait;
	scene->luck.insn = LUCK_TAPQ;
	scene->luck.code = variant->wait.code ? variant->wait.code : 0x02;
	scene->luck.times = FOR_EVER;
}

FIXTURE_TEARDOWN(wait)
{
	struct scene *scene = &self->scene;

	lodger_close(&scene->three);
	mdev_remove(THREE);
	luck_end(&scene->luck);
	sysfs_write(AP_BUS "apmask", "+7");
}

static void *act(void *arg)
{
	struct scene *scene = arg;
	long began = now_ms();

	scene->result = scene->wait->act(&scene->luck);
	scene->took = now_ms() - began;
	atomic_store(&scene->over, true);
	return NULL;
}

/* It succeeds, soon, and while the other waits. */
#define QUICK(action)							\
	do {								\
		AT_ONCE(&scene->luck, 0, action);			\
		if (atomic_load(&scene->over))				\
			luck_wrong(&scene->luck, #action " is last");	\
	} while (0)

static void use_third_mdev(struct scene *scene)
{
	QUICK(mdev_create(THREE));
	QUICK(mdev_write(THREE, "ap_config", CONFIG_THREE));
	QUICK(lodger_open(&scene->three));
	QUICK(lodger_close(&scene->three));
	QUICK(mdev_write(THREE, "remove", "1"));
}

static void use_second_mdev(struct scene *scene)
{
	struct lodger *two = &scene->luck.two;

	QUICK(mdev_write(TWO, "assign_domain", "0x47"));
	QUICK(mdev_write(TWO, "unassign_domain", "0x47"));
	QUICK(lodger_aqic(two, OTHER));
	QUICK(lodger_send(two, OTHER, 1));
	QUICK(lodger_receive(two, OTHER, 1, 1000));
	QUICK(lodger_reset(two));
}

static void use_bus(struct scene *scene)
{
	QUICK(sysfs_write(AP_BUS "apmask", "+7"));
	QUICK(sysfs_write(AP_BUS "apmask", "-7"));
	QUICK(bus_unbind(FREE));
	QUICK(bus_bind(FREE));
	if (!scene->wait->scans)
		QUICK(bus_scan());
}

/* What is going away may be gone. */
static int look(const char *path)
{
	char text[4096];
	int rc = sysfs_read(path, text, sizeof(text));

	return rc == -ENOENT || rc == -ENODEV ? 0 : rc;
}

static void look_at_all(struct scene *scene)
{
	QUICK(look(MATRIX TWO "/matrix"));
	QUICK(look(MATRIX ONE "/matrix"));
	QUICK(look(MATRIX ONE "/guest_matrix"));
	QUICK(look(MATRIX ONE "/ap_config"));
	QUICK(look(MATRIX ONE "/withheld"));
	QUICK(look(AP_BUS "devices/" QUEUE "/status"));
	QUICK(look(AP_BUS "devices/" FREE "/status"));
}

/*
 * First what asks the bus for its queues' drivers: the kernel does not expect
 * one that has none, as the queue may be when the other does not wait any more.
 */
static void do_everything_else(struct scene *scene)
{
	use_bus(scene);
	use_second_mdev(scene);
	use_third_mdev(scene);
	look_at_all(scene);
}

/* The other waits long enough for everything else, however slow this is. */
static int have_enough_patience(struct scene *scene)
{
	long began = now_ms();

	do_everything_else(scene);
	return luck_have_patience(&scene->luck, 500 + 5 * (now_ms() - began));
}

TEST_F_TIMEOUT(wait, keeps_nobody_else_waiting, LIMIT_S)
{
	struct scene *scene = &self->scene;
	struct luck *luck = &scene->luck;

	ASSERT_EQ(0, have_enough_patience(scene));
	lodger_send(&luck->one, QUEUE_APQN, 1);
	if (scene->wait->before)
		scene->wait->before(luck);
	ASSERT_EQ(0, luck_strikes(luck));
	if (scene->wait->begin)
		scene->wait->begin(luck);
	ASSERT_EQ(0, pthread_create(&scene->thread, NULL, act, scene));
	usleep(20000);

	do_everything_else(scene);
	if (scene->wait->open)
		STEP(luck, 0, lodger_close(&luck->one));
	pthread_join(scene->thread, NULL);
	EXPECT_EQ(scene->wait->result, scene->result);
	if (!scene->wait->open)
		EXPECT_LE(scene->took, luck->limit);
	ASSERT_EQ(0, luck_turns(luck));
	luck_recovers(luck);
	EXPECT_EQ(0, luck->wrong);
}

TEST_HARNESS_MAIN
