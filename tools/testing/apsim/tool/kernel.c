// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - the machine of this kernel
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool.h"

#define MODULE		"/sys/module/apsim"
#define COMMAND		MODULE "/parameters/command"
#define DESCRIPTION	MODULE "/parameters/machine"
#define STATS		MODULE "/parameters/stats"
#define DEBUGFS		"/sys/kernel/debug"
#define MACHINE		DEBUGFS "/apsim/machine"
#define QUEUES		DEBUGFS "/apsim/queues"

/* What the kernel takes at once. */
#define BATCH_MAX	4000

/* @path could not be opened: why, and what to do about it */
static enum end tell_why(const char *path)
{
	int error = errno;

	if (error == EACCES || error == EPERM)
		fprintf(stderr, "apsim: only root may: try sudo\n");
	else if (access(MODULE, F_OK) && errno == ENOENT)
		fprintf(stderr, "apsim: there is no simulated machine in this kernel\n"
			"    it is in the box and in UML: make box, then apsim in its shell\n"
			"    elsewhere load apsim.ko before the AP bus\n");
	else if (!strncmp(path, DEBUGFS, strlen(DEBUGFS)))
		fprintf(stderr, "apsim: %s: %s\n    mount -t debugfs none %s\n",
			path, strerror(error), DEBUGFS);
	else
		fprintf(stderr, "apsim: %s: %s\n", path, strerror(error));
	return END_NO_MACHINE;
}

static enum end kernel_text(const char *path, char **text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return tell_why(path);
	*text = text_read(fd);
	close(fd);
	return *text ? END_OK : tell_why(path);
}

static enum end kernel_lines(const char *path, struct lines *lines)
{
	char *text;
	enum end end = kernel_text(path, &text);

	if (end)
		return end;
	lines_add(lines, path, text);
	free(text);
	return END_OK;
}

enum end kernel_machine(struct lines *lines)
{
	return kernel_lines(MACHINE, lines);
}

/* What it was made of when the module was loaded. */
enum end kernel_described(struct lines *lines)
{
	return kernel_lines(DESCRIPTION, lines);
}

enum end kernel_stats(char **text)
{
	return kernel_text(STATS, text);
}

enum end kernel_queues(char **text)
{
	return kernel_text(QUEUES, text);
}

static void tell_refused(const struct line *first, const struct line *last)
{
	int error = errno;

	if (first == last) {
		words_explain(first, error);
		return;
	}
	fprintf(stderr, "%s:%u: one of the lines up to %s:%u was refused: %s\n"
		"    those before it are done; the kernel's log (dmesg) names it\n",
		first->file, first->nr, last->file, last->nr, strerror(error));
}

/* As many lines as go into one write, from @first on; how many those were */
static size_t batch_fill(char *batch, const struct lines *lines, size_t first)
{
	size_t len = 0;
	size_t i;

	for (i = first; i < lines->count; i++) {
		size_t more = strlen(lines->line[i].text);

		if (len + more + 2 > BATCH_MAX)
			break;
		memcpy(batch + len, lines->line[i].text, more);
		len += more;
		batch[len++] = '\n';
	}
	batch[len] = '\0';
	return i - first;
}

static enum end run_batches(int fd, const struct lines *lines)
{
	char batch[BATCH_MAX];
	size_t done = 0;
	size_t count;
	size_t len;

	while (done < lines->count) {
		count = batch_fill(batch, lines, done);
		if (!count) {
			errno = EINVAL;
			tell_refused(&lines->line[done], &lines->line[done]);
			return END_REFUSED;
		}
		len = strlen(batch);
		if (write(fd, batch, len) != (ssize_t)len) {
			tell_refused(&lines->line[done],
				     &lines->line[done + count - 1]);
			return END_REFUSED;
		}
		done += count;
	}
	return END_OK;
}

/* Many lines in one write: the AP bus looks for changes after each write. */
enum end kernel_run(const struct lines *lines)
{
	int fd = open(COMMAND, O_WRONLY | O_CLOEXEC);
	enum end end;

	if (fd < 0)
		return tell_why(COMMAND);
	end = run_batches(fd, lines);
	close(fd);
	return end;
}
