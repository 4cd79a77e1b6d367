// SPDX-License-Identifier: GPL-2.0-only
/*
 * failload - memory runs out, or calls fail, while the driver is loaded
 *
 * It is there as a whole or not at all.  A queue that could not be bound then
 * can be bound later: the driver core does not tell whoever loads a driver.
 */
#include <fcntl.h>
#include <sys/syscall.h>

#include "kselftest_harness.h"
#include "lib/failnth.h"
#include "lib/nthguest.h"
#include "lib/world.h"

#define INITCALLS	"/sys/module/kernel/parameters/initcall_debug"
#define TRACED		"/sys/kernel/tracing/events/module/module_load/enable"

/* Seconds; the bed has a limit of its own, eight times as long for a slow kernel. */
#define LIMIT		1200

static int load_with(const char *options)
{
	const char *path = getenv("VFIO_AP_KO");
	int fd, rc;

	fd = open(path ? path : "", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	rc = syscall(SYS_finit_module, fd, options, 0) ? -errno : 0;
	close(fd);
	return rc;
}

static int load(void *nothing)
{
	(void)nothing;
	return load_with(nth_load_options());
}

/* The kernel knows the module, and then does not understand this. */
static int load_almost(void *nothing)
{
	(void)nothing;
	return load_with("reset_timeout_ms=x");
}

static int unload(void *nothing)
{
	(void)nothing;
	return syscall(SYS_delete_module, "vfio_ap", O_NONBLOCK) ? -errno : 0;
}

static int bind_what_was_left(void *nothing)
{
	(void)nothing;
	return bind_the_rest();
}

/* A kernel that can trace that does so, another one logs it. */
static const char *say_when_it_begins(const char *yes)
{
	if (!sysfs_write(TRACED, yes))
		return "module_load: vfio_ap";
	return sysfs_write(INITCALLS, yes) ? NULL : "calling  vap_init";
}

/* The queues of adapter 4 are bound while it is loaded, no others. */
FIXTURE(driver) {
	struct nthguest guest;
};

FIXTURE_SETUP(driver)
{
	if (!nth_available())
		SKIP(return, "this kernel cannot let allocations fail");
	ASSERT_EQ(0, nthguest_prepare(&self->guest));
	ASSERT_EQ(0, mdev_write(ONE, "remove", "1"));
	ASSERT_EQ(0, bus_write("apmask", "+5"));
	ASSERT_EQ(0, unload(NULL));
}

FIXTURE_TEARDOWN(driver)
{
	say_when_it_begins("0");
	if (access(DRIVER, F_OK))
		EXPECT_EQ(0, load(NULL));
	EXPECT_EQ(0, bind_the_rest());
	EXPECT_EQ(0, mdev_create(ONE));
	EXPECT_EQ(0, mdev_write(ONE, "ap_config", CONFIG_4));
	EXPECT_EQ(0, nthguest_leave(&self->guest));
}

TEST_F_TIMEOUT(driver, is_loaded_or_not, LIMIT)
{
	struct nth_action action = {
		.name = "load", .run = load, .undo = unload,
		.early = load_almost, .mend = bind_what_was_left, .seldom = 8, .least = 100,
		/* Driver core, for the module's folder of drivers */
		.also = EINVAL,
	};

	action.begins = say_when_it_begins("1");
	/*
	 * bus_register() that fails when the bus is in sysfs already, releases
	 * a lock's key that it did not register: with lockdep that is a WARN.
	 */
	if (!access("/proc/lockdep", F_OK)) {
		action.gap_begins = "kobject_add_internal failed for matrix";
		action.gap_ends = "add@/bus/matrix/drivers/vfio_ap";
	}
	EXPECT_EQ(0, nth_sweep(&action, NULL));
}

TEST_HARNESS_MAIN
