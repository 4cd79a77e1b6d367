// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - a guest's life: it opens, loses queues, closes
 */
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "lib/sim.h"

/* How often to look, and until a close surely waits */
#define WORKERS_US	1000
#define HANG_US		100000

/* Of resets, in milliseconds */
static const unsigned int resets[] = { 0, 1, 5, 50, 200 };

#define ARRAY_SIZE(a) (sizeof(a) / sizeof(*(a)))

static void prepare(unsigned int cards, unsigned int domains)
{
	must(mdev_create(uuid(0)), "create");
	mdev_fill(0, CARD, cards, 0, domains);
	settle();
}

static void finish(void)
{
	must(sim("reset 1000"), "command");
	mdev_remove(uuid(0));
	settle();
}

static void vmm_open(struct lodger *guest, const char *what, unsigned int n)
{
	unsigned long begun;

	*guest = (struct lodger){ .uuid = uuid(0), .open = 1 };
	must(vm_open(&guest->vm), "vm");
	begun = now_ns();
	must(mdev_open(&guest->file, VFIO_BY_GROUP, guest->uuid, &guest->vm),
	     "open");
	if (what)
		steps(what, now_ns() - begun, "n=%u", n);
}

static void open_some(unsigned int cards, unsigned int domains)
{
	struct lodger guest;
	unsigned int i;

	if (cards > shape.cards || domains > shape.domains)
		return;
	prepare(cards, domains);
	for (i = 0; i < runs; i++) {
		vmm_open(&guest, "open", cards * domains);
		settle();
		lodger_close(&guest);
		settle();
	}
	finish();
}

/* VFIO's part of it, and what the driver does when it hears of the guest */
void bench_open(void)
{
	open_some(1, 1);
	open_some(1, 64);
	open_some(4, 256);
	open_some(16, 256);
}

static void close_some(unsigned int cards, unsigned int domains)
{
	unsigned int n = cards * domains, i, k;
	struct lodger guest;
	unsigned long begun;

	if (cards > shape.cards || domains > shape.domains)
		return;
	prepare(cards, domains);
	for (k = 0; k < ARRAY_SIZE(resets); k++) {
		must(sim("reset %u", resets[k] * 1000), "command");
		for (i = 0; i < runs; i++) {
			vmm_open(&guest, NULL, n);
			settle();
			begun = now_ns();
			mdev_close(&guest.file);
			ms("close", now_ns() - begun, "n=%u,r=%u", n,
			   resets[k]);
			lodger_close(&guest);
			settle();
		}
	}
	finish();
}

void bench_close(void)
{
	close_some(1, 64);
	close_some(16, 256);
}

static void unassign_some(unsigned int cards, unsigned int domains)
{
	unsigned int n = cards * domains, i, k;
	char nothing[CONFIG_LEN];
	struct lodger guest;
	unsigned long begun;

	if (cards > shape.cards || domains > shape.domains)
		return;
	config_text(nothing, CARD, 0, 0, 0);
	prepare(cards, domains);
	vmm_open(&guest, NULL, n);
	for (k = 0; k < ARRAY_SIZE(resets); k++) {
		must(sim("reset %u", resets[k] * 1000), "command");
		for (i = 0; i < runs; i++) {
			mdev_fill(0, CARD, cards, 0, domains);
			settle();
			begun = now_ns();
			must(mdev_write(uuid(0), "ap_config", nothing),
			     "ap_config");
			ms("unassign", now_ns() - begun, "n=%u,r=%u", n,
			   resets[k]);
			settle();
		}
	}
	lodger_close(&guest);
	finish();
}

/* A running guest loses all of its queues. */
void bench_unassign(void)
{
	unassign_some(1, 64);
	unassign_some(16, 256);
}

/* A running guest that another process has, and closes when it is told to */
static void lodge(struct other *other)
{
	struct lodger guest;

	vmm_open(&guest, NULL, 0);
	other_ready(other);
	other->begun = now_ns();
	mdev_close(&guest.file);
	other->ended = now_ns();
	lodger_close(&guest);
}

/* Those that have work at this moment: their names end with "+" and what it is. */
static unsigned int busy_workers(void)
{
	DIR *dir = opendir("/proc");
	unsigned int count = 0;
	struct dirent *entry;
	char path[300], name[64];

	while (dir && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		if (!isdigit(entry->d_name[0]) ||
		    sysfs_read(path, name, sizeof(name)))
			continue;
		count += !strncmp(name, "kworker/", 8) && strchr(name, '+');
	}
	closedir(dir);
	return count;
}

/* The most that are busy at once while a guest closes */
void bench_workers(void)
{
	unsigned int most, now, i;
	struct other *other;

	prepare(shape.cards, shape.domains);
	must(sim("reset 50000"), "command");
	for (i = 0; i < runs; i++) {
		other = other_start(lodge);
		settle();
		other_go(other);
		for (most = 0; !other->ended; usleep(WORKERS_US)) {
			now = busy_workers();
			most = now > most ? now : most;
		}
		other_end(other, PATIENCE_MS);
		result("workers", "count", most, "n=%u",
		       shape.cards * shape.domains);
		settle();
	}
	finish();
}

/* The other mdev, while a close does not come to an end */
static void work(struct other *other)
{
	other_ready(other);
	other->begun = now_ns();
	must(mdev_write(uuid(1), "assign_adapter", "0xf0"), "assign");
	must(mdev_write(uuid(1), "unassign_adapter", "0xf0"), "unassign");
	other->ended = now_ns();
}

static void hang_once(void)
{
	struct other *closes = other_start(lodge);
	struct other *works = other_start(work);

	settle();
	must(sim("inject 10.0000 0 2 0xffffffff"), "command");
	other_go(closes);
	usleep(HANG_US);
	other_go(works);
	ms("hang_others", other_wait(works, PATIENCE_MS), "edit");
	ms("hang", other_wait(closes, PATIENCE_MS), "n=%u", shape.domains);
	must(sim("inject 10.0000 0 0 0"), "command");
	other_end(works, PATIENCE_MS);
	other_end(closes, PATIENCE_MS);
	settle();
}

/* A queue's reset never ends; "ms" of who waited for 30 s is 30000. */
void bench_hang(void)
{
	unsigned int i;

	prepare(1, shape.domains);
	must(mdev_create(uuid(1)), "create");
	mdev_fill(1, IDLE_CARD, 1, 0, 1);
	for (i = 0; i < runs; i++)
		hang_once();
	mdev_remove(uuid(1));
	finish();
}
