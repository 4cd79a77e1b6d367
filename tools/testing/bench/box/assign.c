// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - assigning, and refusing what is in use
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "bench.h"
#include "lib/sim.h"

#define IDLE_MANY	256

/*
 * A driver may write a line of the log for each change, of which the kernel lets ten
 * pass in five seconds.  So a change costs one thing alone, with its line, and
 * another in a crowd.  Both are measured, each by itself.
 */
#define LOG_LINES	10
#define LOG_US		5200000

static void change(void)
{
	must(mdev_write(uuid(0), "assign_control_domain", "0"), "control domain");
	must(mdev_write(uuid(0), "unassign_control_domain", "0"),
	     "control domain");
}

static void refused(void)
{
	char text[8];
	int rc;

	snprintf(text, sizeof(text), "+%u", IDLE_CARD);
	rc = sysfs_write(AP_BUS "apmask", text);
	must(rc == -EBUSY ? 0 : -EPROTO, "apmask");
}

/* What comes next has its line if @log; else others, made by @of, had theirs. */
static void lines(bool log, void (*of)(void))
{
	unsigned int i;

	if (log)
		usleep(LOG_US);
	for (i = 0; !log && i < LOG_LINES; i++)
		of();
}

/* One write is timed, and undone. */
static void pair(const char *id, const char *kind, const char *what,
		 unsigned int idle, bool log)
{
	unsigned int queues = shape.cards * shape.domains;
	char file[32], name[64];
	unsigned long begun;
	unsigned int i;

	for (i = 0; i < runs; i++) {
		lines(log, change);
		snprintf(file, sizeof(file), "assign_%s", kind);
		begun = now_ns();
		must(mdev_write(uuid(0), file, id), file);
		begun = now_ns() - begun;
		snprintf(name, sizeof(name), "assign_%s%s", kind, what);
		steps(name, begun, "Q=%u,M=%u", queues, idle);
		settle();
		snprintf(file, sizeof(file), "unassign_%s", kind);
		must(mdev_write(uuid(0), file, id), file);
		settle();
	}
}

static void assign_with(unsigned int idle)
{
	char last[8];

	idle_make(idle);
	must(mdev_create(uuid(0)), "create");
	mdev_fill(0, CARD, 0, 0, 1);
	pair("0x10", "adapter", "", idle, false);
	pair("0x10", "adapter", "_log", idle, true);
	mdev_fill(0, CARD, 1, 0, 0);
	pair("0", "domain", "", idle, false);
	/* The last of all, so that all the others are looked at, if any are. */
	snprintf(last, sizeof(last), "%u", CARD + shape.cards - 1);
	mdev_fill(0, CARD, shape.cards - 1, 0, shape.domains);
	pair(last, "adapter", "_last", idle, false);
	mdev_remove(uuid(0));
	idle_remove(idle);
}

/* An mdev that nobody has open gets an adapter, or a domain. */
void bench_assign(void)
{
	assign_with(0);
	assign_with(IDLE_MANY);
}

static void veto(const char *name, unsigned int mdevs, bool log)
{
	unsigned long begun;
	unsigned int i;

	for (i = 0; i < runs; i++) {
		lines(log, refused);
		begun = now_ns();
		refused();
		steps(name, now_ns() - begun, "M=%u", mdevs);
		settle();
	}
}

/* apmask is to take an adapter that an mdev has. */
void bench_veto(void)
{
	static const unsigned int mdevs[] = { 1, 16, 256 };
	unsigned int i;

	for (i = 0; i < sizeof(mdevs) / sizeof(*mdevs); i++) {
		idle_make(mdevs[i]);
		veto("veto", mdevs[i], false);
		veto("veto_log", mdevs[i], true);
		idle_remove(mdevs[i]);
	}
}

/* A running guest gets four queues for four others. */
void bench_config(void)
{
	unsigned int half = shape.cards / 2;
	unsigned long begun, masks;
	char config[2][CONFIG_LEN];
	struct lodger guest;
	unsigned int i;

	config_text(config[0], CARD, half, 0, shape.domains);
	config_text(config[1], CARD + half, half, 0, shape.domains);
	must(mdev_create(uuid(0)), "create");
	mdev_fill(0, CARD, half, 0, shape.domains);
	settle();
	guest_open(&guest, 0);
	settle();
	for (i = 0; i < runs; i++) {
		masks = sim_count("masks");
		begun = now_ns();
		must(mdev_write(uuid(0), "ap_config", config[!(i % 2)]),
		     "ap_config");
		begun = now_ns() - begun;
		settle();
		ms("ap_config", begun, "n=%u", half * shape.domains);
		result("ap_config", "masks", sim_count("masks") - masks,
		       "n=%u", half * shape.domains);
	}
	lodger_close(&guest);
	settle();
	mdev_remove(uuid(0));
}
