// SPDX-License-Identifier: GPL-2.0-only
/*
 * aqiclat - tables of what was measured
 */
#include <errno.h>
#include <stdlib.h>

#include "aqiclat.h"

static const char * const titles[KINDS] = {
	[KIND_NOTHING] = "into the guest and back, without an instruction",
	[KIND_ARM] = "AQIC that turns interruptions on, and the way",
	[KIND_DISARM] = "AQIC that turns them off, and the way",
};

static int compare(const void *a, const void *b)
{
	const unsigned long *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The smallest that is not less than so many per mille of them, in us */
static double at(const unsigned long *sorted, unsigned int count,
		 unsigned int per_mille)
{
	unsigned int i = ((unsigned long)count * per_mille + 999) / 1000;

	return count ? sorted[i ? i - 1 : 0] / 1000.0 : 0;
}

static double ratio(double value, double base)
{
	return base > 0 ? value / base : 0;
}

int result_init(struct result *result, unsigned int pairs)
{
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		struct series *series = &result->series[i];

		series->wall = calloc(pairs, sizeof(*series->wall));
		series->cpu = calloc(pairs, sizeof(*series->cpu));
		if (!series->wall || !series->cpu)
			return -ENOMEM;
	}
	return 0;
}

static void sort(struct result *result)
{
	unsigned int i;

	for (i = 0; i < KINDS; i++) {
		struct series *series = &result->series[i];

		qsort(series->wall, series->count, sizeof(*series->wall),
		      compare);
		qsort(series->cpu, series->count, sizeof(*series->cpu),
		      compare);
	}
}

static void print_row(const struct result *result, const struct result *alone,
		      enum kind kind)
{
	const struct series *s = &result->series[kind];
	const struct series *base = &alone->series[kind];
	double median = at(s->wall, s->count, 500);
	double p99 = at(s->wall, s->count, 990);
	double cpu = at(s->cpu, s->count, 500);
	double cpu99 = at(s->cpu, s->count, 990);

	printf("%-10s %6u %8.1f %8.1f %8.1f %8.1f %6.2f %6.2f",
	       result->background->name, s->count, at(s->wall, s->count, 0),
	       median, p99, at(s->wall, s->count, 1000),
	       ratio(median, at(base->wall, base->count, 500)),
	       ratio(p99, at(base->wall, base->count, 990)));
	printf(" %8.1f %8.1f %6.2f %6.2f\n", cpu, cpu99,
	       ratio(cpu, at(base->cpu, base->count, 500)),
	       ratio(cpu99, at(base->cpu, base->count, 990)));
}

static void print_times(const struct result *results, unsigned int count,
			enum kind kind)
{
	unsigned int i;

	printf("%s\n", titles[kind]);
	printf("%-10s %6s %8s %8s %8s %8s %6s %6s %8s %8s %6s %6s\n", "", "",
	       "us", "", "", "", "/alone", "", "us of CPU", "", "/alone", "");
	printf("%-10s %6s %8s %8s %8s %8s %6s %6s %8s %8s %6s %6s\n",
	       "background", "count", "min", "median", "p99", "max", "median",
	       "p99", "median", "p99", "median", "p99");
	for (i = 0; i < count; i++)
		print_row(&results[i], &results[0], kind);
	printf("\n");
}

static unsigned long longest(const struct result *result)
{
	const struct series *arm = &result->series[KIND_ARM];
	const struct series *disarm = &result->series[KIND_DISARM];
	double a = at(arm->wall, arm->count, 1000);
	double b = at(disarm->wall, disarm->count, 1000);

	return a > b ? a : b;
}

/* aqiclat.sh reads the lines with "fact". */
static void print_facts(const struct result *results, unsigned int count)
{
	unsigned int i;

	printf("%-4s %-10s %6s %8s %6s %9s %12s %10s %8s %6s\n", "", "",
	       "pairs", "refused", "aqics", "slept on", "slept off",
	       "longest us", "turns", "still");
	for (i = 0; i < count; i++) {
		const struct result *r = &results[i];

		printf("fact %-10s %6u %8lu %6ld %9lu %12lu %10lu %8lu %6s\n",
		       r->background->name, r->series[KIND_ARM].count,
		       r->refused, r->aqics, r->series[KIND_ARM].slept,
		       r->series[KIND_DISARM].slept, longest(r), r->turns,
		       r->left ? "no" : "yes");
	}
}

/**
 * results_print() - all tables
 * @results: sorted here; the first is what others are compared with
 * @count: how many
 */
void results_print(struct result *results, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		sort(&results[i]);
		printf("%-10s %s\n", results[i].background->name,
		       results[i].background->what);
	}
	printf("\n");
	for (i = 0; i < KINDS; i++)
		print_times(results, count, i);
	print_facts(results, count);
}
