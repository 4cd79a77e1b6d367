// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - text becomes lines of the control language
 *
 * A # and what follows it is a comment.  Semicolons part commands, as they do
 * for the kernel's parameters.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool.h"

#define BLANKS	" \t\r"

static void *more(void *old, size_t size)
{
	void *mem = realloc(old, size);

	if (!mem) {
		fprintf(stderr, "apsim: out of memory\n");
		exit(END_USAGE);
	}
	return mem;
}

static void add_command(struct lines *lines, const char *name, unsigned int nr,
			const char *start, size_t len)
{
	struct line *line;
	size_t skip;

	while (len && strchr(BLANKS, start[len - 1]))
		len--;
	for (skip = 0; skip < len && strchr(BLANKS, start[skip]); skip++)
		;
	if (skip == len)
		return;
	lines->line = more(lines->line,
			   (lines->count + 1) * sizeof(*lines->line));
	line = &lines->line[lines->count++];
	line->file = name;
	line->nr = nr;
	line->text = more(NULL, len - skip + 1);
	memcpy(line->text, start + skip, len - skip);
	line->text[len - skip] = '\0';
}

/* One line of a file. */
static void add_line(struct lines *lines, const char *name, unsigned int nr,
		     const char *start, size_t len)
{
	const char *comment = memchr(start, '#', len);
	const char *end = comment ? comment : start + len;
	const char *stop;

	while (start < end) {
		stop = memchr(start, ';', end - start);
		if (!stop)
			stop = end;
		add_command(lines, name, nr, start, stop - start);
		start = stop + 1;
	}
}

/* @name is kept, @text is not. */
void lines_add(struct lines *lines, const char *name, const char *text)
{
	unsigned int nr = 1;
	size_t len;

	while (*text) {
		len = strcspn(text, "\n");
		add_line(lines, name, nr++, text, len);
		text += len;
		if (*text)
			text++;
	}
}

/* All there is to read, as a string; NULL and errno if it cannot be read. */
char *text_read(int fd)
{
	size_t size = 4096;
	size_t len = 0;
	char *text = more(NULL, size);
	ssize_t got;

	while ((got = read(fd, text + len, size - len - 1)) > 0) {
		len += got;
		if (size - len < 2) {
			size *= 2;
			text = more(text, size);
		}
	}
	if (got < 0) {
		free(text);
		return NULL;
	}
	text[len] = '\0';
	if (strlen(text) == len)
		return text;
	free(text);
	errno = EILSEQ;
	return NULL;
}

/* A file, or "-" for what comes in. */
enum end lines_read(struct lines *lines, const char *file)
{
	bool standard = !strcmp(file, "-");
	int fd = standard ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	char *text = fd < 0 ? NULL : text_read(fd);

	if (!text)
		fprintf(stderr, "apsim: %s: %s\n", file, errno == EILSEQ ?
			"this is no text" : strerror(errno));
	if (fd >= 0 && !standard)
		close(fd);
	if (!text)
		return END_USAGE;
	lines_add(lines, standard ? "(input)" : file, text);
	free(text);
	return END_OK;
}

void lines_free(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		free(lines->line[i].text);
	free(lines->line);
	lines->line = NULL;
	lines->count = 0;
}

/*
 * What makes a machine empty, which is described by lines: its adapters and
 * domains go, and it is as fast as can be.
 */
void lines_empty(struct lines *away, const struct lines *machine)
{
	char command[32];
	int id;
	size_t i;

	for (i = 0; i < machine->count; i++) {
		if (sscanf(machine->line[i].text, "card %i", &id) == 1)
			snprintf(command, sizeof(command), "nocard %d", id);
		else if (sscanf(machine->line[i].text, "domain %i", &id) == 1)
			snprintf(command, sizeof(command), "nodomain %d", id);
		else
			continue;
		lines_add(away, "(empty machine)", command);
	}
	lines_add(away, "(empty machine)",
		  "latency 0; reset 0; aqic 0; unbind 0");
}
