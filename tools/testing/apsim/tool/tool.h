/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim - the command: what its files want from each other
 */
#ifndef APSIM_TOOL_H
#define APSIM_TOOL_H

#include <stdbool.h>
#include <stddef.h>

struct apsim;

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* How the command ends. */
enum end {
	END_OK = 0,
	END_REFUSED = 1,	/* a line is wrong, or the machine refused it */
	END_USAGE = 2,		/* called with wrong words, or an unreadable file */
	END_NO_MACHINE = 3,	/* no simulator here, or it may not be used */
};

/**
 * struct line - one command of the control language, and where it is from
 * @file: a name to tell
 * @nr: its line there, from 1
 * @text: without blanks around it, and without comment
 */
struct line {
	const char *file;
	unsigned int nr;
	char *text;
};

/**
 * struct lines - some of them
 * @line: in their order
 * @count: how many
 */
struct lines {
	struct line *line;
	size_t count;
};

/* lines.c: read, cut, and take comments away.  Memory that runs out ends it. */
void lines_add(struct lines *lines, const char *name, const char *text);
enum end lines_read(struct lines *lines, const char *file);
void lines_free(struct lines *lines);
void lines_empty(struct lines *away, const struct lines *machine);
char *text_read(int fd);

/* words.c: what is wrong with a line, by the errno it ended with */
void words_explain(const struct line *line, int error);
void words_list(void);

/* check.c: would a machine that ran @before take @lines?  Both tell errors. */
struct apsim *check_machine(const struct lines *lines);
enum end check_lines(const struct lines *before, const struct lines *lines);

/* kernel.c: the machine of this kernel; all tell what is wrong */
enum end kernel_run(const struct lines *lines);
enum end kernel_machine(struct lines *lines);
enum end kernel_described(struct lines *lines);
enum end kernel_stats(char **text);
enum end kernel_queues(char **text);

/* show.c, stats.c */
enum end show_machine(bool queues);
enum end dump_machine(void);
enum end stats_show(void);
int stats_delta(char **command);

#endif /* APSIM_TOOL_H */
