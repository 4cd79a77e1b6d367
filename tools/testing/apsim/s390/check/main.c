// SPDX-License-Identifier: GPL-2.0-only
/*
 * sie_check - is the SIE interpreter like the CPU?
 *
 *	sie_check [TESTS-PER-INSTRUCTION]
 *	sie_check --flaws
 *
 * Executes random instructions of every kind the interpreter knows natively
 * and in a KVM guest, and compares registers, condition code and storage.  With
 * --flaws the interpreter is told to get each wrong, one after the other, and that
 * has to be noticed.  Prints KTAP.  Runs in the box, as root; without --flaws also
 * on a real machine.
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

#define PRIVILEGED	"a program must not"
#define OTHER_PSW	"a program has another PSW"
#define CLOCK		"time goes on"

/* Not comparable */
static const struct {
	const char *name;
	const char *why;
} left_out[] = {
	{ "SAM24", "the stack is out of reach then" },
	{ "SAM31", "the stack is out of reach then" },
	{ "SAM64", "nothing happens" },
	{ "SVC", "it ends a program, perhaps" },
	{ "BSM", "QEMU does not have it" },
	{ "BASSM", "QEMU does not have it" },
	{ "STMH", "QEMU stores zeros" },
	{ "LPSW", PRIVILEGED }, { "LPSWE", PRIVILEGED }, { "SSM", PRIVILEGED },
	{ "STNSM", PRIVILEGED }, { "STOSM", PRIVILEGED },
	{ "SPKA", PRIVILEGED }, { "IPK", PRIVILEGED }, { "SCKC", PRIVILEGED },
	{ "DIAG", PRIVILEGED }, { "SIGP", PRIVILEGED },
	{ "STCTL", PRIVILEGED }, { "LCTL", PRIVILEGED },
	{ "STCTG", PRIVILEGED }, { "LCTLG", PRIVILEGED },
	{ "EPSW", OTHER_PSW },
	{ "STCK", CLOCK }, { "STCKF", CLOCK }, { "STCKE", CLOCK },
	{ "STFLE", "the guest may have less" },
};

static const char *why_left_out(const struct row *row)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(left_out); i++) {
		if (!strcmp(left_out[i].name, row->name))
			return left_out[i].why;
	}
	return NULL;
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

static bool set_flaw(unsigned int key)
{
	FILE *f = fopen("/sys/module/apsim_sie/parameters/flaw", "w");

	return f && fprintf(f, "%u\n", key) > 0 && !fclose(f);
}

/* Is it noticed, as soon as it can be compared at all? */
static bool flaw_noticed(const struct row *row)
{
	enum outcome outcome = INTERRUPTED;
	static struct test test;
	unsigned int tried;

	for (tried = 0; outcome == INTERRUPTED && tried < 100; tried++) {
		encode(row, &test);
		outcome = machines_compare(&test);
	}
	return outcome == DIFFERENT;
}

static int check_flaws(void)
{
	unsigned int i, made = 0, missed = 0;

	machines_quiet = true;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (why_left_out(&rows[i]))
			continue;
		made++;
		if (set_flaw(rows[i].key) && flaw_noticed(&rows[i]))
			continue;
		missed++;
		printf("# a wrong %s\n", rows[i].name);
	}
	set_flaw(0);
	printf("# %u flaws\n", made);
	printf("%sok 1 - each flaw is noticed\n", missed ? "not " : "");
	return missed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	bool flaws = argc > 1 && !strcmp(argv[1], "--flaws");
	unsigned int tests = argc > 1 ? strtoul(argv[1], NULL, 0) : 20;
	unsigned int i, failed = 0;
	const char *why;
	int rc;

	rc = machines_open();
	if (rc) {
		printf("1..0 # SKIP no KVM here: %s\n", strerror(-rc));
		return EXIT_SKIP;
	}
	printf("KTAP version 1\n1..%zu\n", flaws ? 1 : ARRAY_SIZE(rows));
	if (flaws)
		return check_flaws();
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		why = why_left_out(&rows[i]);
		if (why) {
			printf("ok %u - %s # SKIP not comparable: %s\n", i + 1,
			       rows[i].name, why);
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
