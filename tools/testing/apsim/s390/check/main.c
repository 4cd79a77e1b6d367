// SPDX-License-Identifier: GPL-2.0-only
/*
 * sie_check - is the SIE interpreter like the CPU?
 *
 *	sie_check [TESTS-PER-INSTRUCTION]
 *
 * Executes random instructions of every kind the interpreter knows natively
 * and in a KVM guest, and compares registers, condition code and storage.
 * Prints KTAP.  Runs in the box, or on a real machine, as root.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* selftests/kselftest.h */
#define EXIT_SKIP	4

static const struct row rows[] = {
#include "rows.h"
};

/* Not comparable: privileged, of the clock, or KVM's. */
static const char * const left_out[] = {
	"SAM31", "SAM64", "SSM", "DIAG", "STNSM", "STOSM", "SIGP",
	"STCK", "STCKF", "SCKC", "STFLE", "LPSWE", "STCTL", "LCTL", "STCTG",
	"LCTLG",
};

static bool is_left_out(const struct row *row)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(left_out); i++) {
		if (!strcmp(left_out[i], row->name))
			return true;
	}
	return false;
}

static bool check_row(const struct row *row, unsigned int tests)
{
	static struct test test;
	unsigned int compared = 0, tried;

	for (tried = 0; compared < tests && tried < 10 * tests; tried++) {
		encode(row, &test);
		switch (machines_compare(&test)) {
		case SAME:
			compared++;
			break;
		case DIFFERENT:
			return false;
		case INTERRUPTED:
			break;
		}
	}
	if (compared < tests)
		printf("# only %u of %u could be compared\n", compared, tests);
	return compared == tests;
}

int main(int argc, char **argv)
{
	unsigned int tests = argc > 1 ? strtoul(argv[1], NULL, 0) : 20;
	unsigned int i, failed = 0;
	int rc;

	rc = machines_open();
	if (rc) {
		printf("1..0 # SKIP no KVM here: %s\n", strerror(-rc));
		return EXIT_SKIP;
	}
	printf("KTAP version 1\n1..%zu\n", ARRAY_SIZE(rows));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (is_left_out(&rows[i])) {
			printf("ok %u - %s # SKIP not comparable\n", i + 1,
			       rows[i].name);
			continue;
		}
		if (check_row(&rows[i], tests)) {
			printf("ok %u - %s\n", i + 1, rows[i].name);
			continue;
		}
		failed++;
		printf("not ok %u - %s\n", i + 1, rows[i].name);
	}
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
