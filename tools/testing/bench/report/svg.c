// SPDX-License-Identifier: GPL-2.0-only
/*
 * report - the picture: how many times less this driver needs than the peer
 *
 * A bar for each measurement, on a logarithmic scale; to the right of the line in
 * the middle this driver needs less, to the left of it more.
 */
#include <math.h>
#include <string.h>

#include "report.h"

#define WIDTH		1100
#define MIDDLE		400
#define TOP		84
#define LINE		20
#define BAR		13
/* Of a factor of ten */
#define DECADE		105
#define DECADES		4

#define OURS_LESS	"#2a6f97"
#define OURS_MORE	"#c1440e"
#define SAME		"#8d99a6"

static int has_both(const struct row *row)
{
	return row->of[OURS].count && row->of[PEER].count &&
	       at(&row->of[OURS], 500) > 0 && at(&row->of[PEER], 500) > 0;
}

static void number(FILE *file, double value, const char *unit)
{
	if (!strcmp(unit, "ms"))
		fprintf(file, "%.2f ms", value);
	else if (value >= 1e6)
		fprintf(file, "%.1f M", value / 1e6);
	else if (value >= 1e4)
		fprintf(file, "%.0f k", value / 1e3);
	else
		fprintf(file, "%.0f", value);
	if (!strcmp(unit, "bytes"))
		fprintf(file, " B");
}

static void say(FILE *file, double x, double y, const char *more,
		const char *words)
{
	fprintf(file, "<text x=\"%.0f\" y=\"%.0f\"%s>%s</text>\n", x, y, more,
		words);
}

static void bar(FILE *file, const struct row *row, double y)
{
	double ours = at(&row->of[OURS], 500), peer = at(&row->of[PEER], 500);
	double ratio = peer / ours, len = log10(ratio) * DECADE;
	const char *color = ratio > 1.02 ? OURS_LESS :
			    ratio < 0.98 ? OURS_MORE : SAME;
	double from = len < 0 ? MIDDLE + len : MIDDLE;

	len = fabs(len) < 2 ? 2 : fabs(len);
	fprintf(file, "<text x=\"12\" y=\"%.0f\">%s <tspan class=\"p\">%s</tspan></text>\n",
		y + BAR - 2, row->what, row->parameters);
	fprintf(file, "<rect x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
		from, y, len, BAR, color);
	fprintf(file, "<text x=\"%.0f\" y=\"%.0f\">%.*f&#215; ",
		from + len + 6, y + BAR - 2, ratio < 0.1 ? 3 : ratio < 10 ? 2 : 0,
		ratio);
	fprintf(file, "<tspan class=\"p\">");
	number(file, ours, row->unit);
	fprintf(file, " : ");
	number(file, peer, row->unit);
	fprintf(file, "</tspan></text>\n");
}

static void scale(FILE *file, unsigned int height)
{
	char words[16];
	int i;

	for (i = 0; i <= DECADES; i++) {
		double x = MIDDLE + i * DECADE;

		fprintf(file, "<line x1=\"%.0f\" x2=\"%.0f\" y1=\"%d\" y2=\"%u\" stroke=\"%s\"/>\n",
			x, x, TOP - 8, height - 12, i ? "#dde2e7" : "#444");
		snprintf(words, sizeof(words), "%.0f&#215;", pow(10, i));
		say(file, x, TOP - 12, " class=\"p\" text-anchor=\"middle\"",
		    words);
	}
}

/**
 * draw() - write the picture
 * @path: where to
 * @rows: what was measured
 * @count: how many
 *
 * Return: 0, or -1 if it cannot be written.
 */
int draw(const char *path, const struct row *rows, unsigned int count)
{
	unsigned int i, lines = 0, height;
	FILE *file = fopen(path, "w");

	if (!file) {
		perror(path);
		return -1;
	}
	for (i = 0; i < count; i++)
		lines += has_both(&rows[i]);
	height = TOP + lines * LINE + 16;
	fprintf(file, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%u\"\n",
		WIDTH, height);
	fprintf(file, " font-family=\"sans-serif\" font-size=\"12\">\n");
	fprintf(file, "<style>.p{fill:#667}</style>\n");
	fprintf(file, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n");
	say(file, 12, 24, " font-size=\"16\"",
	    "vfio_ap: how much more the kernel's own needs (ours : peer, medians)");
	say(file, 12, 44, " class=\"p\"",
	    "Simulated AP, not IBM Z. One boot, both in turn; the clock counts instructions.");
	scale(file, height);
	for (i = 0, lines = 0; i < count; i++)
		if (has_both(&rows[i]))
			bar(file, &rows[i], TOP + LINE * lines++);
	fprintf(file, "</svg>\n");
	if (fclose(file)) {
		perror(path);
		return -1;
	}
	return 0;
}
