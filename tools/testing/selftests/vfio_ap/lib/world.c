// SPDX-License-Identifier: GPL-2.0-only
/*
 * world - the simulated machine and the AP bus, for programs
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "finding.h"
#include "mdev.h"
#include "world.h"

/* Between two looks */
#define STEP_MS		20

/**
 * world_seed() - the seed of a test's random choices
 *
 * Return: what VFIO_AP_SEED says, else another one each time; it is noted.
 */
unsigned long world_seed(void)
{
	const char *text = getenv("VFIO_AP_SEED");
	struct timespec now;
	unsigned long seed;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = (now.tv_sec ^ now.tv_nsec ^ getpid() << 8) & 0xffffff;
	if (text && *text)
		seed = strtoul(text, NULL, 0);
	note("VFIO_AP_SEED=%lu", seed);
	return seed;
}

/* VFIO_AP_STORM: how much is to be done, 1 by default */
double world_scale(void)
{
	const char *text = getenv("VFIO_AP_STORM");

	return text && *text ? strtod(text, NULL) : 1;
}

/**
 * machine() - tell the simulated machine
 * @format: a command
 *
 * Return: 0 or -errno.
 */
int machine(const char *format, ...)
{
	char command[128];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	return sysfs_write(MACHINE, command);
}

/**
 * bus_write() - write an attribute of the AP bus
 * @file: its name
 * @text: what to write
 *
 * Return: 0 or -errno.
 */
int bus_write(const char *file, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), BUS "%s", file);
	return sysfs_write(path, text);
}

/* The AP bus looks at the machine; done when it returns. */
int rescan(void)
{
	return bus_write("scans", "1");
}

/**
 * machine_stat() - one of the machine's counters
 * @name: which
 *
 * Return: its value, -1 if there is none.
 */
long machine_stat(const char *name)
{
	char text[4096], key[64], *line;

	if (sysfs_read(STATS, text + 1, sizeof(text) - 1))
		return -1;
	text[0] = '\n';
	snprintf(key, sizeof(key), "\n%s ", name);
	line = strstr(text, key);
	return line ? strtol(line + strlen(key), NULL, 10) : -1;
}

/* AA.DDDD, in QUEUE_NAME bytes */
void queue_name(unsigned int apqn, char *name)
{
	snprintf(name, QUEUE_NAME, "%02x.%04x", apqn >> 8 & 0xff, apqn & 0xff);
}

/**
 * queue_read() - read an attribute of a queue device
 * @apqn: the queue
 * @file: the attribute
 * @text: its text, without the last newline
 * @size: size of @text
 *
 * Return: 0 or -errno.
 */
int queue_read(unsigned int apqn, const char *file, char *text, int size)
{
	char name[QUEUE_NAME], path[128];

	queue_name(apqn, name);
	snprintf(path, sizeof(path), BUS "devices/%s/%s", name, file);
	return sysfs_read(path, text, size);
}

/* Is a queue bound to vfio_ap? */
int queue_is_ours(unsigned int apqn)
{
	char name[QUEUE_NAME], path[128];

	queue_name(apqn, name);
	snprintf(path, sizeof(path), DRIVER "%s", name);
	return !access(path, F_OK);
}

/**
 * wait_for_text() - wait until an attribute says something
 * @path: the attribute
 * @want: what it should say, without the last newline
 * @got: what it said last
 * @size: size of @got
 *
 * Halfway the bus is made to look: it does not see for half a minute what changes
 * while it looks already (Documentation, quirks).
 *
 * Return: 1 if it does, 0 if it did not within %SOON.
 */
int wait_for_text(const char *path, const char *want, char *got, int size)
{
	int left;

	for (left = SOON / STEP_MS; left; left--) {
		if (left == SOON / STEP_MS / 2)
			rescan();
		if (sysfs_read(path, got, size))
			snprintf(got, size, "(unreadable)");
		if (!strcmp(got, want))
			return 1;
		usleep(STEP_MS * 1000);
	}
	return 0;
}
