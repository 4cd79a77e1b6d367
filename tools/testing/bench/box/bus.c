// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - what the AP bus asks of a driver, and memory
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "lib/sim.h"

#define IDLE_MANY	256

/* How many queues come, and how often */
#define BINDS		32
#define BIND_RUNS	2
#define BIND_MS		1

/* The same, while those before are still being zeroized */
#define BUSY		224
#define BUSY_RUNS	32
#define BUSY_ROUNDS	3
#define BUSY_MS		200

/* For a number of bytes that is exact enough: each CPU has objects at hand. */
#define MANY_QUEUES	256

/* Queues of the first adapter, which the bus finds as soon as in a small machine */
static const char *name_of(unsigned int domain)
{
	static char queue[16];

	snprintf(queue, sizeof(queue), "%02x.%04x", CARD, domain);
	return queue;
}

static void unbind_some(unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		must(bus_unbind(name_of(i)), "unbind");
	settle();
}

/* One after the other; what one causes may take place while the next is bound. */
static void bind_some(unsigned int n, unsigned int count, bool print)
{
	unsigned long begun;
	unsigned int i;

	for (i = 0; i < count; i++) {
		begun = now_ns();
		must(bus_bind(name_of(i)), "bind");
		if (print)
			steps("bind", now_ns() - begun, "n=%u", n);
	}
	settle();
}

static void bind_in(unsigned int cards, unsigned int domains)
{
	unsigned int i;

	if (cards > shape.cards || domains > shape.domains)
		return;
	must(mdev_create(uuid(0)), "create");
	mdev_fill(0, CARD, cards, 0, domains);
	settle();
	for (i = 0; i < BIND_RUNS; i++) {
		unbind_some(BINDS);
		bind_some(cards * domains, BINDS, true);
	}
	mdev_remove(uuid(0));
	settle();
}

/* The same queues each time: how long the bus searches is not the driver's. */
static void bind_beside(unsigned int busy)
{
	unsigned long begun;
	unsigned int i;

	unbind_some(BUSY_RUNS + busy);
	for (i = 0; i < busy; i++)
		must(bus_bind(name_of(BUSY_RUNS + i)), "bind");
	begun = now_ns();
	for (i = 0; i < BUSY_RUNS; i++)
		must(bus_bind(name_of(i)), "bind");
	steps("bind_busy", (now_ns() - begun) / BUSY_RUNS, "busy=%u", busy);
	usleep(2 * BUSY_MS * 1000);
	settle();
}

/* Queues come, a write each, of which an mdev has few or many. */
void bench_bind(void)
{
	unsigned int i;

	must(sim("reset %u", BUSY_MS * 1000), "command");
	for (i = 0; i < BUSY_ROUNDS && shape.domains >= BUSY_RUNS + BUSY; i++) {
		bind_beside(0);
		bind_beside(BUSY);
	}
	must(sim("reset %u", BIND_MS * 1000), "command");
	bind_in(1, 64);
	bind_in(1, 256);
	bind_in(shape.cards, shape.domains);
}

/* The bus looks when it is told of the change, and once more when asked. */
static void look(const char *what, const char *change, unsigned int idle)
{
	unsigned long begun = now_ns();

	must(sim(change, HOST_CARD), "command");
	must(bus_scan(), "scan");
	steps(what, now_ns() - begun, "M=%u", idle);
	settle();
}

static void scan_with(unsigned int idle)
{
	unsigned int i;

	idle_make(idle);
	settle();
	for (i = 0; i < runs; i++) {
		look("scan_plug", "card %u CEX8 A", idle);
		look("scan_unplug", "nocard %u", idle);
	}
	idle_remove(idle);
}

static bool somebody(void)
{
	return strcmp(side, NOBODY);
}

/* An adapter of the host's comes and goes, which is nobody else's business. */
void bench_scan(void)
{
	scan_with(0);
	if (somebody())
		scan_with(IDLE_MANY);
}

/*
 * Objects in use, of all caches.  Pages would tell nothing: what was freed before is
 * used again.
 */
static double slab_bytes(void)
{
	FILE *file = fopen("/proc/slabinfo", "r");
	unsigned long active, all, size;
	double bytes = 0;
	char line[512];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "%*s %lu %lu %lu", &active, &all, &size) == 3)
			bytes += (double)active * size;
	if (file)
		fclose(file);
	must(bytes > 0 ? 0 : -ENOENT, "/proc/slabinfo");
	return bytes;
}

/* What a queue costs, and an mdev with one */
static void memory_once(void)
{
	double before;

	unbind_some(MANY_QUEUES);
	before = slab_bytes();
	bind_some(0, MANY_QUEUES, false);
	result("memory", "bytes", (slab_bytes() - before) / MANY_QUEUES,
	       "queue");
	before = slab_bytes();
	idle_make(IDLE_MANY);
	result("memory", "bytes", (slab_bytes() - before) / IDLE_MANY, "mdev");
	idle_remove(IDLE_MANY);
}

void bench_memory(void)
{
	unsigned int i;

	for (i = 0; i < runs; i++)
		memory_once();
}
