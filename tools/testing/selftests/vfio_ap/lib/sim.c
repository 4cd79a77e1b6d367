// SPDX-License-Identifier: GPL-2.0-only
/*
 * sim - the simulated machine, the AP bus above it, and the kernel's log
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mdev.h"
#include "sim.h"

/* The longest pause between two scans that the AP bus can be told. */
#define SCAN_PAUSE	"120"

/**
 * sim() - tell the simulated machine something
 * @format: a command, or several
 *
 * Return: 0 or -errno.
 */
int sim(const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return sysfs_write(SIM "command", text);
}

/**
 * sim_count() - one of the machine's counters
 * @what: its name
 *
 * Return: its value, all ones if there is no such counter.
 */
unsigned long sim_count(const char *what)
{
	char text[1024], key[64];
	char *line;

	text[0] = '\n';
	if (sysfs_read(SIM "stats", text + 1, sizeof(text) - 1))
		return -1UL;
	snprintf(key, sizeof(key), "\n%s ", what);
	line = strstr(text, key);
	return line ? strtoul(line + strlen(key), NULL, 0) : -1UL;
}

/* How often somebody got what was another's, or could have, since the start */
unsigned long sim_breaches(void)
{
	return sim_count("foreign_replies") + sim_count("unzeroized") +
	       sim_count("unpinned") + sim_count("shared") +
	       sim_count("unregistered");
}

/* In UML sleeping takes no time, and what is measured is what was slept. */
int sim_time_is_virtual(void)
{
	return !access("/dev/apsim_kvm", F_OK);
}

int bus_scan(void)
{
	return sysfs_write(AP_BUS "scans", "1");
}

/* No scan but those that are asked for, for two minutes from now on. */
int bus_quiet(void)
{
	return sysfs_write(AP_BUS "config_time", SCAN_PAUSE);
}

int bus_bind(const char *queue)
{
	return sysfs_write(VFIO_AP_DRIVER "bind", queue);
}

int bus_unbind(const char *queue)
{
	return sysfs_write(VFIO_AP_DRIVER "unbind", queue);
}

static int exists(const char *where, const char *queue)
{
	char path[256];

	snprintf(path, sizeof(path), "%s%s", where, queue);
	return !access(path, F_OK);
}

int bus_has(const char *queue)
{
	return exists(AP_BUS "devices/", queue);
}

int bus_has_bound(const char *queue)
{
	return exists(VFIO_AP_DRIVER, queue);
}

/* Milliseconds, since whenever. */
long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/**
 * log_open() - begin to listen to the kernel
 *
 * Return: a file for log_count(), or -errno.
 */
int log_open(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (log < 0)
		return -errno;
	lseek(log, 0, SEEK_END);
	return log;
}

/**
 * log_count() - what did the kernel say since the last time?
 * @log: from log_open()
 * @queue: a queue, or "" for any
 * @word: what may be said of it
 *
 * Return: the number of messages that say this.
 */
unsigned int log_count(int log, const char *queue, const char *word)
{
	char text[2048];
	unsigned int count = 0;
	ssize_t len;

	for (;;) {
		len = read(log, text, sizeof(text) - 1);
		if (len < 0 && errno == EPIPE)
			continue;
		if (len <= 0)
			return count;
		text[len] = '\0';
		count += strstr(text, queue) && strstr(text, word);
	}
}
