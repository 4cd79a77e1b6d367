// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - the machine's counters, and how they change
 *
 * Each is a line with a name and a number; which there are is the kernel's
 * affair.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tool.h"

enum end stats_show(void)
{
	char *text;
	enum end end = kernel_stats(&text);

	if (end)
		return end;
	fputs(text, stdout);
	free(text);
	return END_OK;
}

/* The number behind @name, which is @len long; 0 if there is none. */
static long long stats_value(const char *text, const char *name, size_t len)
{
	while (text && *text) {
		if (!strncmp(text, name, len) && text[len] == ' ')
			return strtoll(text + len, NULL, 0);
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	return 0;
}

/* To where time(1) writes, so that the command's own output stays clean. */
static void tell_delta(const char *before, const char *after)
{
	const char *line = after;
	bool any = false;
	long long delta;
	size_t len;

	while (line && *line) {
		len = strcspn(line, "\n ");
		delta = stats_value(after, line, len) -
			stats_value(before, line, len);
		if (delta) {
			fprintf(stderr, "%.*s %+lld\n", (int)len, line, delta);
			any = true;
		}
		line = strchr(line, '\n');
		if (line)
			line++;
	}
	if (!any)
		fprintf(stderr, "nothing was counted\n");
}

static int run(char **command)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		execvp(command[0], command);
		fprintf(stderr, "apsim: %s: %s\n", command[0], strerror(errno));
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		fprintf(stderr, "apsim: %s: %s\n", command[0], strerror(errno));
		return 127;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* What a command made the machine do; the status is the command's. */
int stats_delta(char **command)
{
	char *before;
	char *after;
	int status;
	int end;

	end = kernel_stats(&before);
	if (end)
		return end;
	status = run(command);
	end = kernel_stats(&after);
	if (!end) {
		tell_delta(before, after);
		free(after);
	}
	free(before);
	return end ? end : status;
}
