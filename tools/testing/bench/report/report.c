// SPDX-License-Identifier: GPL-2.0-only
/*
 * report - what bench has measured, as a table and as a picture
 *
 *	report [--svg FILE] < RESULTS
 *
 * A result is a line: SIDE MEASUREMENT PARAMETERS UNIT VALUE.  "ratio" is what the
 * peer needs for one of what this driver needs, by the medians.
 */
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define ROWS	256

const char * const side_names[SIDES] = { "ours", "peer", "none" };

static struct row rows[ROWS];
static unsigned int count;

static struct row *row_of(const char *what, const char *parameters,
			  const char *unit)
{
	struct row *row;

	for (row = rows; row < rows + count; row++)
		if (!strcmp(row->what, what) && !strcmp(row->unit, unit) &&
		    !strcmp(row->parameters, parameters))
			return row;
	if (count == ROWS)
		return NULL;
	row = &rows[count++];
	snprintf(row->what, NAME_LEN, "%s", what);
	snprintf(row->parameters, NAME_LEN, "%s", parameters);
	snprintf(row->unit, NAME_LEN, "%s", unit);
	return row;
}

static int add(struct samples *samples, double value)
{
	double *more = realloc(samples->values,
			       (samples->count + 1) * sizeof(*more));

	if (!more)
		return -1;
	more[samples->count++] = value;
	samples->values = more;
	return 0;
}

static int read_line(const char *line)
{
	char side[NAME_LEN], what[NAME_LEN], parameters[NAME_LEN];
	char unit[NAME_LEN];
	struct row *row;
	double value;
	int i;

	if (sscanf(line, "%31s %31s %31s %31s %lf", side, what, parameters,
		   unit, &value) != 5)
		return -1;
	if (!strcmp(side, "done"))
		return 0;
	row = row_of(what, parameters, unit);
	for (i = 0; row && i < SIDES; i++)
		if (!strcmp(side, side_names[i]))
			return add(&row->of[i], value);
	return -1;
}

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void sort_all(void)
{
	unsigned int i, side;

	for (i = 0; i < count; i++)
		for (side = 0; side < SIDES; side++)
			if (rows[i].of[side].count)
				qsort(rows[i].of[side].values,
				      rows[i].of[side].count, sizeof(double),
				      compare);
}

/* The smallest that is not less than so many per mille of them */
double at(const struct samples *samples, unsigned int per_mille)
{
	unsigned int i = (samples->count * per_mille + 999) / 1000;

	return samples->count ? samples->values[i ? i - 1 : 0] : 0;
}

static void print_value(const struct samples *samples, unsigned int per_mille,
			const char *unit)
{
	if (!samples->count)
		printf(" %12s", "-");
	else if (!strcmp(unit, "ms"))
		printf(" %12.3f", at(samples, per_mille));
	else
		printf(" %12.0f", at(samples, per_mille));
}

/* What both have in common because the bus does it is in "none". */
static void print_row(const struct row *row)
{
	double ours = at(&row->of[OURS], 500), peer = at(&row->of[PEER], 500);

	printf("%-19s %-13s %-6s %5u", row->what, row->parameters, row->unit,
	       row->of[OURS].count);
	print_value(&row->of[OURS], 500, row->unit);
	print_value(&row->of[OURS], 990, row->unit);
	print_value(&row->of[PEER], 500, row->unit);
	print_value(&row->of[PEER], 990, row->unit);
	if (ours > 0 && row->of[PEER].count)
		printf(" %9.2f", peer / ours);
	else
		printf(" %9s", "-");
	if (row->of[NONE].count)
		printf("  nobody: %.0f", at(&row->of[NONE], 500));
	printf("\n");
}

static void print_table(void)
{
	unsigned int i;

	printf("Simulated AP, not IBM Z.  One boot, both in turn; clock: instructions.\n\n");
	printf("%-19s %-13s %-6s %5s %12s %12s %12s %12s %9s\n", "", "", "", "",
	       "ours", "", "peer", "", "peer/ours");
	printf("%-19s %-13s %-6s %5s %12s %12s %12s %12s %9s\n", "measurement",
	       "with", "unit", "runs", "median", "p99", "median", "p99",
	       "median");
	for (i = 0; i < count; i++)
		print_row(&rows[i]);
}

int main(int argc, char **argv)
{
	const char *svg = argc == 3 && !strcmp(argv[1], "--svg") ? argv[2] : NULL;
	char line[256];

	if (argc != 1 && !svg) {
		fputs("report [--svg FILE] < RESULTS\n", stderr);
		return 2;
	}
	while (fgets(line, sizeof(line), stdin)) {
		if (read_line(line)) {
			fprintf(stderr, "report: not a result: %s", line);
			return 1;
		}
	}
	sort_all();
	print_table();
	return svg && draw(svg, rows, count) ? 1 : 0;
}
