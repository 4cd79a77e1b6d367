// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - a sequence that fails becomes one that fails and is short
 *
 * Delta debugging: parts of it are left out, large ones first, and stay out if it
 * still fails, whatever it is that is wrong then.
 */
#include <stdio.h>
#include <string.h>

#include "run.h"

/* What is left if a part is left out */
static void without(struct prop_seq *to, const struct prop_seq *from,
		    unsigned int first, unsigned int count)
{
	unsigned int rest = from->len - first - count;

	memcpy(to->cmd, from->cmd, first * sizeof(*to->cmd));
	memcpy(to->cmd + first, from->cmd + first + count,
	       rest * sizeof(*to->cmd));
	to->len = first + rest;
}

/**
 * prop_shrink() - make a failing sequence short
 * @bed: where it fails
 * @flaw: the model's mistake
 * @seq: the sequence; it is made shorter
 * @verdict: how it failed, and how the short one does
 * @tries: how often it may be run
 *
 * Return: how often it was run.
 */
unsigned int prop_shrink(const struct prop_bed *bed, enum prop_flaw flaw,
			 struct prop_seq *seq, struct prop_verdict *verdict,
			 unsigned int tries)
{
	static struct prop_seq less;
	struct prop_verdict again;
	unsigned int part, first, runs = 0;

	if (verdict->at < seq->len)
		seq->len = verdict->at + 1;
	part = seq->len / 2;
	while (part && runs < tries) {
		bool shorter = false;

		for (first = 0; first + part <= seq->len && runs < tries; runs++) {
			without(&less, seq, first, part);
			prop_run(bed, flaw, &less, &again);
			if (!again.failed) {
				first += part;
				continue;
			}
			*verdict = again;
			*seq = less;
			if (again.at < seq->len)
				seq->len = again.at + 1;
			shorter = true;
		}
		if (!shorter || part > seq->len / 2)
			part = part == 1 && shorter ? 1 : part / 2;
	}
	return runs;
}

/**
 * prop_report() - print a sequence that fails, as a regression is kept
 * @to: where to
 * @seq: the sequence
 * @verdict: how it failed
 */
void prop_report(FILE *to, const struct prop_seq *seq, const struct prop_verdict *verdict)
{
	unsigned int i;
	char text[128];

	for (i = 0; i < seq->len && i <= verdict->at; i++) {
		prop_print(text, sizeof(text), &seq->cmd[i]);
		fprintf(to, "# %s\n", text);
	}
	fprintf(to, "# WRONG: after that %s\n", verdict->what);
}
