// SPDX-License-Identifier: GPL-2.0-only
/*
 * finding - what is wrong, noted by any thread, judged by the test in the end
 *
 * A harness's EXPECT belongs to the thread of the test.  Other threads, and
 * what is not part of a test function, say finding(), go on, and the test ends
 * with EXPECT_EQ(0, findings()).
 */
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include "finding.h"

/* Enough to understand; the rest is counted. */
#define PRINTED		20

static atomic_uint found;

/* One line in one write, whoever else prints. */
static void say(const char *prefix, const char *format, va_list args)
{
	char line[512];

	vsnprintf(line, sizeof(line), format, args);
	fprintf(stderr, "# %s%s\n", prefix, line);
}

/**
 * finding() - something is wrong
 * @format: what, without a newline
 */
void finding(const char *format, ...)
{
	va_list args;

	if (atomic_fetch_add(&found, 1) >= PRINTED)
		return;
	va_start(args, format);
	say("WRONG: ", format, args);
	va_end(args);
}

/* How often finding() was called in this process */
unsigned int findings(void)
{
	return atomic_load(&found);
}

/**
 * note() - something that helps to understand a result
 * @format: what, without a newline
 */
void note(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say("", format, args);
	va_end(args);
}
