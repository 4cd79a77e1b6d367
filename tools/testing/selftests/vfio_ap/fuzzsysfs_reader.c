// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzsysfs - somebody reads everything meanwhile
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzzsysfs.h"
#include "lib/finding.h"
#include "lib/mdev.h"
#include "lib/world.h"

/* Read in pieces of any size; what is gone meanwhile is no finding. */
static void read_file(struct reader *reader, const char *path)
{
	char text[FUZZ_PAGE + 1];
	size_t size = 1 + rand_below(&reader->rand, sizeof(text));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return;
	do {
		len = read(fd, text, size);
	} while (len == (ssize_t)size);
	if (len < 0 && errno != ENODEV && errno != EIO)
		finding("reading %s: %s", path, strerrorname_np(errno));
	close(fd);
	reader->reads++;
}

static void read_directory(struct reader *reader, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[512];
	struct stat stat;

	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (lstat(name, &stat) || !S_ISREG(stat.st_mode) ||
		    !(stat.st_mode & 0444))
			continue;
		read_file(reader, name);
		sched_yield();
	}
	closedir(dir);
}

static void *run(void *data)
{
	static const char *const places[] = {
		MATRIX "11111111-2222-4333-8444-555555555555",
		MATRIX "22222222-3333-4444-8555-666666666666",
		MATRIX "mdev_supported_types/vfio_ap-passthrough",
		MATRIX, BUS, DRIVER, BUS "devices/04.0004",
		BUS "devices/05.0047", BUS "devices/card04",
		"/sys/module/vfio_ap/parameters",
	};
	struct reader *reader = data;

	while (!atomic_load(&reader->over)) {
		unsigned int place = rand_below(&reader->rand,
						sizeof(places) / sizeof(*places));

		read_directory(reader, places[place]);
		rand_pause(&reader->rand, 500);
	}
	return NULL;
}

/**
 * reader_start() - begin to read
 * @reader: the reader
 * @rand: its choices
 *
 * Return: 0 or an errno.
 */
int reader_start(struct reader *reader, struct rand rand)
{
	*reader = (struct reader){ .rand = rand };
	return pthread_create(&reader->thread, NULL, run, reader);
}

/**
 * reader_stop() - wait until it has ended
 * @reader: the reader
 */
void reader_stop(struct reader *reader)
{
	atomic_store(&reader->over, 1);
	pthread_join(reader->thread, NULL);
	if (!reader->reads)
		finding("nothing was read meanwhile");
}
