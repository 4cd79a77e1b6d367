// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench - what vfio_ap's work costs, measured from outside
 *
 *	bench SIDE CARDSxDOMAINS RUNS MEASUREMENT...
 *
 * makes a machine with that many adapters and domains, and does each measurement
 * RUNS times.  SIDE is whoever is loaded; it is only printed.  A result is a line:
 *
 *	SIDE MEASUREMENT PARAMETERS UNIT VALUE
 *
 * Units: "steps" (instructions until the call returned), "ms" (virtual time, in
 * which idle CPUs are in no hurry either), "count", "bytes".
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

struct shape shape;
const char *side;
unsigned int runs;

static const struct {
	const char *name;
	void (*run)(void);
} benches[] = {
	{ "assign", bench_assign },
	{ "config", bench_config },
	{ "open", bench_open },
	{ "close", bench_close },
	{ "unassign", bench_unassign },
	{ "workers", bench_workers },
	{ "hang", bench_hang },
	{ "aqic", bench_aqic },
	{ "neighbour", bench_neighbour },
	{ "unplug", bench_unplug },
	{ "bind", bench_bind },
	{ "scan", bench_scan },
	{ "veto", bench_veto },
	{ "memory", bench_memory },
};

unsigned long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000UL + now.tv_nsec;
}

static void print(const char *what, const char *unit, double value,
		  const char *format, va_list args)
{
	char parameters[64];

	vsnprintf(parameters, sizeof(parameters), format, args);
	printf("%s %s %s %s %.3f\n", side, what, parameters, unit, value);
}

void result(const char *what, const char *unit, double value,
	    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(what, unit, value, format, args);
	va_end(args);
}

void steps(const char *what, unsigned long ns, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(what, "steps", ns / NS_PER_STEP, format, args);
	va_end(args);
}

void ms(const char *what, unsigned long ns, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print(what, "ms", ns / 1e6, format, args);
	va_end(args);
}

void must(int rc, const char *what)
{
	if (rc >= 0)
		return;
	fflush(stdout);
	fprintf(stderr, "bench: %s: %s: %s\n", side, what, strerror(-rc));
	exit(1);
}

static void run(const char *name)
{
	unsigned long begun = now_ns();
	unsigned int i;

	for (i = 0; i < sizeof(benches) / sizeof(*benches); i++) {
		if (strcmp(benches[i].name, name))
			continue;
		benches[i].run();
		printf("# %s: %s on %ux%u took %lu ms\n", side, name,
		       shape.cards, shape.domains,
		       (now_ns() - begun) / 1000000);
		fflush(stdout);
		return;
	}
	fprintf(stderr, "bench: there is no measurement %s\n", name);
	exit(2);
}

int main(int argc, char **argv)
{
	unsigned int cards, domains;
	int i;

	if (argc < 5 || sscanf(argv[2], "%ux%u", &cards, &domains) != 2) {
		fputs("bench SIDE CARDSxDOMAINS RUNS MEASUREMENT...\n", stderr);
		return 2;
	}
	side = argv[1];
	runs = strtoul(argv[3], NULL, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	machine_make(cards, domains);
	for (i = 4; i < argc; i++)
		run(argv[i]);
	return 0;
}
