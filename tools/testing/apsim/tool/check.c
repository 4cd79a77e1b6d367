// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - would a machine take these lines?
 *
 * The answer is the core's own: a machine in this process, of the same source
 * as the kernel's, takes them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../core/apsim.h"
#include "tool.h"

/* More would not be read. */
#define ERRORS_MAX	20

static void *env_alloc(size_t size)
{
	return calloc(1, size);
}

static unsigned int check_run(struct apsim *machine, const struct lines *lines)
{
	unsigned int errors = 0;
	size_t i;
	int rc;

	for (i = 0; i < lines->count; i++) {
		rc = apsim_command(machine, 0, lines->line[i].text);
		if (!rc)
			continue;
		if (errors++ == ERRORS_MAX) {
			fprintf(stderr, "apsim: there are more errors\n");
			break;
		}
		words_explain(&lines->line[i], -rc);
	}
	return errors;
}

/* A machine that took these lines, to be given to apsim_free(), or NULL. */
struct apsim *check_machine(const struct lines *lines)
{
	const struct apsim_env env = { .alloc = env_alloc, .free = free };
	struct apsim *machine = apsim_new(&env);

	if (!machine) {
		fprintf(stderr, "apsim: out of memory\n");
		return NULL;
	}
	if (!check_run(machine, lines))
		return machine;
	apsim_free(machine);
	return NULL;
}

enum end check_lines(const struct lines *before, const struct lines *lines)
{
	struct apsim *machine = check_machine(before);
	unsigned int errors;

	if (!machine)
		return END_REFUSED;
	errors = check_run(machine, lines);
	apsim_free(machine);
	return errors ? END_REFUSED : END_OK;
}
