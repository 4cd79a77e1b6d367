// SPDX-License-Identifier: GPL-2.0-only
/*
 * giveup - who waits for a reset that never ends gives up in time
 *
 * Once, however many queues there are, and not for queues that were given up
 * before; and the machine is not asked more often than makes sense.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "kselftest_harness.h"
#include "lib/luck.h"

#define PATIENCE_MS	1500
#define LIMIT_S		120

/* A queue that nobody has, and one that comes to the first mdev. */
#define FREE		"06.00ab"
#define COMES		"05.0004"
#define AWAY		"07.0004"
#define AWAY_MS		3000

/* A sleeping engine would keep them waiting for three seconds, more or less. */
#define EDITS		6
#define EDITS_MS	1000

/* Queues that nobody has, and what they have to say for ever. */
static const struct {
	const char *queue;
	enum luck_insn insn;
	unsigned int code;
} seldom[] = {
	{ "04.00ab", LUCK_TAPQ, 0x01 },
	{ "05.00ab", LUCK_TAPQ, 0x02 },
	{ "06.0047", LUCK_TAPQ, 0x03 },
	{ "06.00ab", LUCK_TAPQ, 0x35 },
	{ "07.0004", LUCK_TAPQ, 0x7f },
	{ "07.0047", LUCK_ZAPQ, 0x04 },
	{ "07.00ab", LUCK_ZAPQ, 0x0b },
};

#define SELDOM		(sizeof(seldom) / sizeof(*seldom))

/* These are not just away for a while, which is worth a line. */
#define SELDOM_STUCK	4

FIXTURE(giveup) {
	struct luck luck;
};

FIXTURE_SETUP(giveup)
{
	if (access(SIM "command", F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, luck_begin(&self->luck, PATIENCE_MS));
	ASSERT_EQ(0, sysfs_write(AP_BUS "apmask", "-7"));
	ASSERT_EQ(0, luck_prepare(&self->luck));
}

FIXTURE_TEARDOWN(giveup)
{
	unsigned int i;

	for (i = 0; i < SELDOM; i++)
		sim("inject %s %d 0 0", seldom[i].queue, seldom[i].insn);
	sim("inject " COMES " 0 0 0");
	luck_end(&self->luck);
	sysfs_write(AP_BUS "apmask", "+7");
}

/* All resets, from now on */
static int hang(void)
{
	return sim("reset 600000000");
}

static int hang_one(const char *queue)
{
	return sim("inject %s 0 2 %u", queue, FOR_EVER);
}

/*
 * Back to work: two guests, and all queues in their places.  That one of them was
 * given up is over: a reset would tell.
 */
static void go_on(struct luck *luck)
{
	sim("inject " QUEUE " 0 0 0; inject " COMES " 0 0 0; reset 1000");
	luck_recovers(luck);
	SAME(luck, 0, lodger_reset(&luck->one));
}

/* Two queues are waited for as long as one, and never again. */
TEST_F_TIMEOUT(giveup, at_close, LIMIT_S)
{
	struct luck *luck = &self->luck;

	ASSERT_EQ(0, hang());
	STEP(luck, 0, lodger_close(&luck->one));
	EXPECT_EQ(0, lodger_sees(&luck->one, QUEUE_APQN));
	AT_ONCE(luck, 0, lodger_open(&luck->one));
	EXPECT_EQ(0, lodger_sees(&luck->one, QUEUE_APQN));
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

TEST_F_TIMEOUT(giveup, at_remove, LIMIT_S)
{
	struct luck *luck = &self->luck;

	ASSERT_EQ(0, hang());
	STEP(luck, 0, lodger_close(&luck->one));
	AT_ONCE(luck, 0, mdev_write(ONE, "remove", "1"));
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

TEST_F_TIMEOUT(giveup, at_unbind, LIMIT_S)
{
	struct luck *luck = &self->luck;

	ASSERT_EQ(0, hang());
	STEP(luck, 0, bus_unbind(QUEUE));
	AT_ONCE(luck, 0, bus_unbind(FREE));
	AT_ONCE(luck, 0, bus_bind(QUEUE));
	AT_ONCE(luck, 0, bus_bind(FREE));
	EXPECT_EQ(0, lodger_sees(&luck->one, QUEUE_APQN));
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

/* Adapter 5 instead of 4: the one that comes is ready just in time. */
TEST_F_TIMEOUT(giveup, at_exchange, LIMIT_S)
{
	struct luck *luck = &self->luck;
	pid_t pid;

	STEP(luck, 0, mdev_write(ONE, "unassign_adapter", "5"));
	STEP(luck, 0, bus_unbind(COMES));
	ASSERT_EQ(0, hang_one(COMES));
	ASSERT_EQ(0, hang_one(QUEUE));
	STEP(luck, 0, bus_bind(COMES));
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid) {
		usleep(PATIENCE_MS * 900);
		_exit(!!sim("inject " COMES " 0 0 0"));
	}
	STEP(luck, 0, mdev_write(ONE, "ap_config", CONFIG_LESS));
	EXPECT_EQ(0, lodger_sees(&luck->one, QUEUE_APQN));
	EXPECT_EQ(pid, waitpid(pid, NULL, 0));
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

/* The one that comes is given up, the one that goes is still waited for. */
TEST_F_TIMEOUT(giveup, not_on_what_goes_when_what_comes_is_late, LIMIT_S)
{
	struct luck *luck = &self->luck;

	STEP(luck, 0, mdev_write(ONE, "unassign_adapter", "5"));
	STEP(luck, 0, bus_unbind(COMES));
	ASSERT_EQ(0, hang_one(COMES));
	STEP(luck, 0, bus_bind(COMES));
	usleep(2 * PATIENCE_MS * 1000);
	ASSERT_EQ(0, sim("reset 200000"));
	STEP(luck, 0, mdev_write(ONE, "ap_config", CONFIG_LESS));
	STEP(luck, 0, sysfs_write(AP_BUS "apmask", "+4"));
	STEP(luck, 0, sysfs_write(AP_BUS "apmask", "-4"));
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

TEST_F_TIMEOUT(giveup, at_death, LIMIT_S)
{
	struct luck *luck = &self->luck;
	int status, ready[2];
	char byte = 0;
	pid_t pid;

	STEP(luck, 0, lodger_close(&luck->one));
	ASSERT_EQ(0, pipe(ready));
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid) {
		if (!lodger_open(&luck->one) && write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	ASSERT_EQ(1, read(ready[0], &byte, 1));
	EXPECT_EQ(1, lodger_sees(&luck->one, QUEUE_APQN));
	ASSERT_EQ(0, hang());
	ASSERT_EQ(0, kill(pid, SIGKILL));
	STEP(luck, pid, waitpid(pid, &status, 0));
	EXPECT_TRUE(WIFSIGNALED(status));
	EXPECT_EQ(0, lodger_sees(&luck->one, QUEUE_APQN));
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

/* Who has to die does not wait any longer. */
TEST_F_TIMEOUT(giveup, when_killed, LIMIT_S)
{
	struct luck *luck = &self->luck;
	long began;
	int status;
	pid_t pid;

	ASSERT_EQ(0, hang());
	pid = fork();
	ASSERT_GE(pid, 0);
	if (!pid)
		_exit(!!mdev_write(ONE, "unassign_adapter", "4"));
	usleep(PATIENCE_MS * 200);
	ASSERT_EQ(0, kill(pid, SIGKILL));
	began = now_ms();
	EXPECT_EQ(pid, waitpid(pid, &status, 0));
	EXPECT_TRUE(WIFSIGNALED(status));
	EXPECT_LT(now_ms() - began, PATIENCE_MS * 2 / 3);
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

/* Time that it was away does not count. */
TEST_F_TIMEOUT(giveup, not_on_what_comes_back, LIMIT_S)
{
	struct luck *luck = &self->luck;
	int log = log_open();

	ASSERT_GE(log, 0);
	ASSERT_EQ(0, sysfs_write(PATIENCE, "3000"));
	ASSERT_EQ(0, sim("standby 7"));
	STEP(luck, 0, bus_unbind(AWAY));
	STEP(luck, 0, bus_bind(AWAY));
	usleep(2 * AWAY_MS * 1000);
	ASSERT_EQ(0, sim("reset 1100000; on 7"));
	usleep(6000000);
	EXPECT_EQ(0, log_count(log, AWAY, "quarantined"));
	close(log);
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

/* The engine sleeps for a second if nobody waits, and is woken if somebody does. */
TEST_F_TIMEOUT(giveup, but_is_as_fast_as_ever_with_others, LIMIT_S)
{
	struct luck *luck = &self->luck;
	long began, took = 0;
	int i;

	ASSERT_EQ(0, hang_one(FREE));
	STEP(luck, 0, bus_unbind(FREE));
	STEP(luck, 0, bus_bind(FREE));
	usleep(2 * PATIENCE_MS * 1000);
	for (i = 0; i < EDITS; i++) {
		usleep(2000000);
		began = now_ms();
		EXPECT_EQ(0, mdev_write(ONE, i % 2 ? "assign_adapter" :
					"unassign_adapter", "4"));
		took += now_ms() - began;
	}
	EXPECT_LT(took, EDITS_MS);
	sim("inject " FREE " 0 0 0");
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

static unsigned long asked(void)
{
	return sim_count("pqap0") + sim_count("pqap2");
}

/*
 * About once a second, but a scan of the bus may come on top; and the log says
 * once what is wrong, which is never that all is well.
 */
TEST_F_TIMEOUT(giveup, and_asks_seldom, LIMIT_S)
{
	unsigned long before;
	unsigned int i, lines;
	int codes, strange, log;

	for (i = 0; i < SELDOM; i++) {
		ASSERT_EQ(0, bus_unbind(seldom[i].queue));
		ASSERT_EQ(0, sim("inject %s %d %u %u", seldom[i].queue,
				 seldom[i].insn, seldom[i].code, FOR_EVER));
		ASSERT_EQ(0, bus_bind(seldom[i].queue));
	}
	codes = log_open();
	strange = log_open();
	log = log_open();
	usleep((PATIENCE_MS + 1500) * 1000);
	EXPECT_EQ(0, log_count(codes, "quarantined", "response code 00"));
	EXPECT_EQ(1, log_count(strange, "07.0004", "response code 7f"));
	lines = log_count(log, "", "quarantined");
	EXPECT_LT(0, lines);
	EXPECT_GE(SELDOM_STUCK, lines);
	before = asked();
	usleep(3000000);
	EXPECT_LE(asked() - before, 3 * 2 * SELDOM);
	EXPECT_EQ(0, log_count(log, "", "quarantined"));
	close(log);
	close(strange);
	close(codes);
}

/* A bed may have its modules where modprobe does not look. */
static int load(void)
{
	const char *modules = getenv("VFIO_AP_MODULES");
	char path[512];
	int fd, rc;

	if (!modules)
		return system("modprobe vfio_ap");
	snprintf(path, sizeof(path), "%s/drivers/s390/crypto/vfio_ap/vfio_ap.ko",
		 modules);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	rc = syscall(SYS_finit_module, fd, "", 0) ? -errno : 0;
	close(fd);
	return rc;
}

static int unload(void)
{
	return syscall(SYS_delete_module, "vfio_ap", O_NONBLOCK) ? -errno : 0;
}

TEST_F_TIMEOUT(giveup, at_unload, LIMIT_S)
{
	struct luck *luck = &self->luck;

	ASSERT_EQ(0, hang());
	STEP(luck, 0, lodger_close(&luck->one));
	STEP(luck, 0, lodger_close(&luck->two));
	STEP(luck, 0, unload());
	ASSERT_EQ(0, load());
	go_on(luck);
	EXPECT_EQ(0, luck->wrong);
}

TEST_HARNESS_MAIN
