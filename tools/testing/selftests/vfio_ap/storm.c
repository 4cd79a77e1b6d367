// SPDX-License-Identifier: GPL-2.0-only
/*
 * storm - everything that can happen at once, happens at once
 *
 * Storms of random actions, large and small.  While one lasts every guest
 * watches that each reply is its own, and every errno is one that belongs to
 * what was done; what is true afterwards is in storm_calm.c.
 *
 *	VFIO_AP_SEED	makes the same choices again
 *	VFIO_AP_STORM	factor for the number of actions
 */
#include <stdio.h>
#include <stdlib.h>

#include "kselftest_harness.h"
#include "lib/finding.h"
#include "lib/world.h"
#include "storm.h"

/* How long a write, close or unbind may wait for the machine, in ms */
#define PATIENCE_MS	"300"

/* What a test may take; a slow machine has to be able to. */
#define LIMIT		280

#define RUN(...) do {							\
	static const struct role roles[] = { __VA_ARGS__ };		\
									\
	storm_run(&self->storm, roles, sizeof(roles) / sizeof(*roles));	\
	storm_calm(&self->storm);					\
	EXPECT_EQ(0, findings());					\
} while (0)

FIXTURE(storm) {
	struct storm storm;
	char patience[32];
};

FIXTURE_SETUP(storm)
{
	if (access(MACHINE, F_OK))
		SKIP(return, "runs on the simulated machine only");
	ASSERT_EQ(0, sysfs_read(PATIENCE, self->patience,
				sizeof(self->patience)));
	storm_init(&self->storm);
	ASSERT_EQ(0, sysfs_write(PATIENCE, PATIENCE_MS));
	ASSERT_EQ(0, storm_prepare(&self->storm));
}

FIXTURE_TEARDOWN(storm)
{
	storm_clean();
	sysfs_write(PATIENCE, self->patience);
}

static void edited_by_one(struct storm *storm, unsigned int desks)
{
	while (desks--)
		storm->desk[desks].sure = 1;
}

TEST_F_TIMEOUT(storm, everything_at_once, LIMIT)
{
	self->storm.vanishing = 1;
	edited_by_one(&self->storm, 2);
	RUN({ act_edit, 200, 10000, 0 }, { act_edit, 200, 10000, 1 },
	    { act_edit, 200, 10000, 2 }, { act_remove, 20, 150000, 2 },
	    { act_bind, 60, 30000, 0 }, { act_bind, 60, 30000, 0 },
	    { act_mask, 60, 30000, 0 }, { act_machine, 60, 30000, 0 },
	    { act_rescan, 30, 60000, 0 },
	    { act_guest, 0, 3000, 0 }, { act_guest, 0, 3000, 1 },
	    { act_guest, 0, 3000, 2 }, { act_read, 0, 2000, 0 });
	EXPECT_LT(0, self->storm.got);
}

TEST_F_TIMEOUT(storm, bind_and_unbind_against_assign, LIMIT)
{
	edited_by_one(&self->storm, 1);
	RUN({ act_bind, 40, 4000, 0 }, { act_bind, 40, 4000, 0 },
	    { act_edit, 150, 3000, 0 }, { act_guest, 0, 20000, 0 },
	    { act_read, 0, 2000, 0 });
}

TEST_F_TIMEOUT(storm, assign_against_assign, LIMIT)
{
	edited_by_one(&self->storm, 3);
	RUN({ act_edit, 150, 1000, 0 }, { act_edit, 150, 1000, 1 },
	    { act_edit, 150, 1000, 2 }, { act_read, 0, 500, 0 },
	    { act_read, 0, 500, 0 });
}

/* Queues change hands while the machine does not zeroize them. */
TEST_F_TIMEOUT(storm, assign_against_failing_resets, LIMIT)
{
	edited_by_one(&self->storm, 2);
	RUN({ act_edit, 200, 3000, 0 }, { act_edit, 200, 3000, 1 },
	    { act_zapq, 0, 500, 0 }, { act_guest, 0, 20000, 0 },
	    { act_guest, 0, 20000, 1 });
}

TEST_F_TIMEOUT(storm, open_and_close_against_assign, LIMIT)
{
	edited_by_one(&self->storm, 2);
	RUN({ act_guest, 20, 1000, 0 }, { act_guest, 20, 1000, 1 },
	    { act_guest, 20, 1000, 1 },
	    { act_edit, 150, 2000, 0 }, { act_edit, 150, 2000, 1 });
}

/* Everything is assigned to two mdevs, and stays. */
TEST_F_TIMEOUT(storm, unbind_against_close, LIMIT)
{
	static const struct config half[2] = { { 3, 1, 0 }, { 7, 6, 0 } };
	char text[CONFIG_TEXT];
	unsigned int i;

	for (i = 0; i < 2; i++) {
		config_print(text, &half[i]);
		ASSERT_EQ(0, mdev_write(self->storm.desk[i].uuid, "ap_config",
					text));
	}
	RUN({ act_bind, 60, 3000, 0 }, { act_bind, 60, 3000, 0 },
	    { act_guest, 15, 1000, 0 }, { act_guest, 15, 1000, 1 });
}

TEST_F_TIMEOUT(storm, remove_against_open, LIMIT)
{
	self->storm.vanishing = 1;
	RUN({ act_remove, 30, 20000, 0 }, { act_edit, 100, 3000, 0 },
	    { act_guest, 0, 1000, 0 }, { act_guest, 0, 1000, 0 },
	    { act_read, 0, 2000, 0 });
}

TEST_F_TIMEOUT(storm, masks_against_assign, LIMIT)
{
	edited_by_one(&self->storm, 2);
	RUN({ act_mask, 80, 2000, 0 }, { act_mask, 80, 2000, 0 },
	    { act_edit, 150, 3000, 0 }, { act_edit, 150, 3000, 1 },
	    { act_guest, 0, 3000, 0 }, { act_read, 0, 2000, 0 });
}

/* The bus takes either masks or names of drivers. */
TEST_F_TIMEOUT(storm, overrides_against_assign, LIMIT)
{
	unsigned int i;

	if (access(BUS "devices/04.0004/driver_override", F_OK))
		SKIP(return, "this kernel's AP bus has no driver_override");
	ASSERT_EQ(0, bus_write("apmask", "+0-255"));
	for (i = 0; i < QUEUES; i++) {
		ASSERT_EQ(0, storm_override(storm_queue(i), "vfio_ap"));
		ASSERT_EQ(0, storm_probe(storm_queue(i)));
	}
	edited_by_one(&self->storm, 2);
	RUN({ act_override, 60, 4000, 0 }, { act_override, 60, 4000, 0 },
	    { act_edit, 150, 3000, 0 }, { act_edit, 150, 3000, 1 },
	    { act_guest, 0, 5000, 0 }, { act_read, 0, 2000, 0 });
}

TEST_F_TIMEOUT(storm, unload_against_everything, LIMIT)
{
	if (!getenv("VFIO_AP_LOAD"))
		SKIP(return, "nobody knows where vfio_ap.ko is");
	self->storm.vanishing = 1;
	RUN({ act_reload, 12, 200000, 0 },
	    { act_edit, 0, 10000, 0 }, { act_edit, 0, 10000, 1 },
	    { act_bind, 0, 20000, 0 }, { act_guest, 0, 100000, 0 },
	    { act_read, 0, 2000, 0 });
}

TEST_HARNESS_MAIN
