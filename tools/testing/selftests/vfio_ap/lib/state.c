// SPDX-License-Identifier: GPL-2.0-only
/*
 * state - all that user space can see of the driver, as one text to compare
 *
 * Every readable attribute but one of every mediated device, whatever it is called,
 * and of every queue its driver and its status; what exists of the driver at
 * all.  One line for one fact.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mdev.h"
#include "state.h"

#define DEVICES		"/sys/bus/ap/devices/"
#define INSTANCES	MATRIX "mdev_supported_types/vfio_ap-passthrough/available_instances"

/* So many looks in a row without a change, and all has settled. */
#define LOOKS		4
#define PAUSE_US	40000
#define LOOKS_MAX	125

/* What the driver has made as long as it is there. */
static const char * const places[] = {
	"/sys/module/vfio_ap",
	"/sys/devices/vfio_ap/matrix",
	"/sys/bus/matrix/drivers/vfio_ap",
	"/sys/bus/ap/drivers/vfio_ap",
	"/sys/bus/mdev/drivers/vfio_ap_mdev",
	INSTANCES,
};

/* One fact; the newlines of an attribute's text become blanks. */
static void fact(char *text, const char *of, const char *what, const char *is)
{
	char *at = text + strlen(text);
	size_t room = STATE_SIZE - (at - text);

	if ((size_t)snprintf(at, room, "%s %s: %s", of, what, is) + 1 >= room) {
		fputs("state: there is too much of it\n", stderr);
		abort();
	}
	for (; *at; at++)
		if (*at == '\n')
			*at = ' ';
	*at++ = '\n';
	*at = '\0';
}

static void link_fact(char *text, const char *of, const char *path)
{
	char link[256];
	ssize_t len = readlink(path, link, sizeof(link) - 1);

	link[len < 0 ? 0 : len] = '\0';
	fact(text, of, "driver", len < 0 ? "none" : strrchr(link, '/') + 1);
}

/* What can only be written, or is not there, is no fact. */
static void attribute(char *text, const char *of, const char *name,
		      const char *path)
{
	static char value[16384];

	if (!sysfs_read(path, value, sizeof(value)))
		fact(text, of, name, value);
}

/* What was refused last is no state: that it is kept is the sense of it. */
static int is_file(const struct dirent *entry)
{
	return entry->d_type == DT_REG && strcmp(entry->d_name, "last_error");
}

static int is_uuid(const struct dirent *entry)
{
	return strlen(entry->d_name) == 36 && entry->d_name[8] == '-';
}

static int is_queue(const struct dirent *entry)
{
	return strlen(entry->d_name) == 7 && entry->d_name[2] == '.';
}

static void mdev_facts(char *text, const char *uuid)
{
	struct dirent **entries;
	char path[600];
	int i, count;

	snprintf(path, sizeof(path), MATRIX "%s", uuid);
	count = scandir(path, &entries, is_file, alphasort);
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), MATRIX "%s/%s", uuid,
			 entries[i]->d_name);
		attribute(text, uuid, entries[i]->d_name, path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	snprintf(path, sizeof(path), MATRIX "%s/driver", uuid);
	link_fact(text, uuid, path);
}

static void queue_facts(char *text, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), DEVICES "%.7s/driver", name);
	link_fact(text, name, path);
	snprintf(path, sizeof(path), DEVICES "%.7s/status", name);
	attribute(text, name, "status", path);
}

static void each(char *text, const char *dir,
		 int (*is)(const struct dirent *entry),
		 void (*facts)(char *text, const char *name))
{
	struct dirent **entries;
	int i, count;

	count = scandir(dir, &entries, is, alphasort);
	for (i = 0; i < count; i++) {
		facts(text, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/**
 * state_read() - what is true now
 * @text: filled in, %STATE_SIZE bytes
 */
void state_read(char *text)
{
	unsigned int i;

	*text = '\0';
	for (i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (!access(places[i], F_OK))
			fact(text, places[i], "is", "there");
	each(text, MATRIX, is_uuid, mdev_facts);
	each(text, DEVICES, is_queue, queue_facts);
}

/**
 * state_settled() - what is true when nothing changes any more
 * @text: filled in, %STATE_SIZE bytes
 */
void state_settled(char *text)
{
	static char next[STATE_SIZE];
	int same = 0, looks;

	state_read(text);
	for (looks = 0; same < LOOKS && looks < LOOKS_MAX; looks++) {
		usleep(PAUSE_US);
		state_read(next);
		same = strcmp(text, next) ? 0 : same + 1;
		memcpy(text, next, strlen(next) + 1);
	}
}

/**
 * state_becomes() - what should be true becomes true within five seconds
 * @want: what should be
 * @text: what is, filled in, %STATE_SIZE bytes
 *
 * Return: 1, or 0 if it does not.
 */
int state_becomes(const char *want, char *text)
{
	int looks;

	for (looks = 0; looks < LOOKS_MAX; looks++) {
		state_read(text);
		if (!strcmp(want, text))
			return 1;
		usleep(PAUSE_US);
	}
	return 0;
}

static int has_line(const char *text, const char *line, size_t len)
{
	for (; *text; text = strchr(text, '\n') + 1)
		if (!strncmp(text, line, len))
			return 1;
	return 0;
}

static void print_missing(const char *from, const char *in, const char *sign)
{
	size_t len;

	for (; *from; from += len) {
		len = strchr(from, '\n') - from + 1;
		if (!has_line(in, from, len))
			printf("# %s %.*s", sign, (int)len, from);
	}
}

/**
 * state_differs() - print in what
 * @was: what should be
 * @is: what is
 */
void state_differs(const char *was, const char *is)
{
	print_missing(was, is, "not any more:");
	print_missing(is, was, "instead:");
}

/**
 * state_instances() - how many mediated devices can still be made
 *
 * Return: the number, or -1 without a driver.
 */
long state_instances(void)
{
	char text[32];

	return sysfs_read(INSTANCES, text, sizeof(text)) ? -1 : atol(text);
}
