/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report - what bench has measured, as a table and as a picture
 */
#ifndef VFIO_AP_BENCH_REPORT_H
#define VFIO_AP_BENCH_REPORT_H

#include <stdio.h>

#define NAME_LEN	32

enum side {
	OURS,
	PEER,
	NONE,
	SIDES
};

/**
 * struct samples - of one side
 * @values: sorted
 * @count: how many
 */
struct samples {
	double *values;
	unsigned int count;
};

/**
 * struct row - what was measured, by whom
 * @what: the measurement
 * @parameters: of it
 * @unit: of the values
 * @of: the samples
 */
struct row {
	char what[NAME_LEN];
	char parameters[NAME_LEN];
	char unit[NAME_LEN];
	struct samples of[SIDES];
};

extern const char * const side_names[SIDES];

double at(const struct samples *samples, unsigned int per_mille);
int draw(const char *path, const struct row *rows, unsigned int count);

#endif /* VFIO_AP_BENCH_REPORT_H */
