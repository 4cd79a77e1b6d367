// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - what can be seen: as the model has it, and in what it differs
 */
#include <stdio.h>
#include <string.h>

#include "model.h"

struct line {
	char *at;
	size_t left;
};

static struct line line_at(char *text)
{
	*text = '\0';
	return (struct line) { text, SEEN_TEXT };
}

#define ADD(line, ...) do {						\
	int len = snprintf((line)->at, (line)->left, __VA_ARGS__);	\
									\
	(line)->at += len;						\
	(line)->left -= len;						\
} while (0)

static void print_matrix(char *text, const struct model_matrix *matrix)
{
	struct line line = line_at(text);
	unsigned int i;

	for (i = 0; i < QUEUES; i++)
		if (model_has(matrix, i))
			ADD(&line, "%02x.%04x ", prop_apqn(i) >> 8,
			    prop_apqn(i) & 0xff);
	for (i = 0; !matrix->domains && i < ADAPTERS; i++)
		if (matrix->adapters >> i & 1)
			ADD(&line, "%02x. ", prop_adapter[i]);
	for (i = 0; !matrix->adapters && i < DOMAINS; i++)
		if (matrix->domains >> i & 1)
			ADD(&line, ".%04x ", prop_domain[i]);
}

static void print_controls(char *text, unsigned int mask)
{
	struct line line = line_at(text);
	unsigned int i;

	for (i = 0; i < DOMAINS; i++)
		if (mask >> i & 1)
			ADD(&line, "%04x ", prop_domain[i]);
}

/* Adapters 4 and 5 are neighbours, no domains are. */
static void add_missing(struct line *line, const char *kind, unsigned int mask,
			const unsigned char *names, unsigned int digits,
			const char *reason)
{
	const char *comma = "";
	unsigned int i;

	if (!mask)
		return;
	ADD(line, "%s ", kind);
	for (i = 0; i < 3; i++) {
		if (!(mask >> i & 1))
			continue;
		ADD(line, "%s%0*x", comma, digits, names[i]);
		if (i + 1 < 3 && mask >> (i + 1) & 1 &&
		    names[i + 1] == names[i] + 1)
			ADD(line, "-%0*x", digits, names[++i]);
		comma = ",";
	}
	ADD(line, " %s;", reason);
}

/* What is not in @there; that is what is left. */
static void add_numbers(struct line *line, struct model_matrix *left,
			const struct model_matrix *there, const char *reason)
{
	add_missing(line, "adapter", left->adapters & ~there->adapters,
		    prop_adapter, 2, reason);
	add_missing(line, "domain", left->domains & ~there->domains,
		    prop_domain, 4, reason);
	add_missing(line, "control-domain", left->controls & ~there->controls,
		    prop_domain, 4, reason);
	left->adapters &= there->adapters;
	left->domains &= there->domains;
	left->controls &= there->controls;
}

static const char *const reasons[] = {
	"not-bound", "quarantined", "deconfigured", "checkstopped",
};

static const char *reason_of(const struct model *m, unsigned int q)
{
	if (m->queue[q].driver != BY_US)
		return reasons[0];
	if (m->card[q / DOMAINS] == CARD_STANDBY)
		return reasons[2];
	if (m->card[q / DOMAINS] == CARD_CHECKSTOP)
		return reasons[3];
	return reasons[1];
}

static void add_queues(struct line *line, const struct model *m, unsigned int n,
		       const struct model_matrix *there, const char *reason)
{
	const char *before = "queue ";
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		if (!model_has(there, q) || !model_lacks(m, n, q) ||
		    reason_of(m, q) != reason)
			continue;
		ADD(line, "%s%02x.%04x", before, prop_apqn(q) >> 8,
		    prop_apqn(q) & 0xff);
		before = ",";
	}
	if (*before == ',')
		ADD(line, " %s;", reason);
}

static void print_withheld(char *text, const struct model *m, unsigned int n)
{
	struct model_matrix left = m->mdev[n].assigned;
	struct model_matrix room = model_room(m, n);
	struct line line = line_at(text);
	unsigned int i;

	add_numbers(&line, &left, &m->host, "not-in-host-config");
	add_numbers(&line, &left, &room, "format-limit");
	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		add_queues(&line, m, n, &left, reasons[i]);
}

static void see_mdev(const struct model *m, unsigned int n,
		     struct prop_seen_mdev *seen)
{
	const struct model_mdev *mdev = &m->mdev[n];
	struct model_matrix guest = mdev->plugged;

	seen->exists = mdev->exists && !mdev->leaving;
	if (!seen->exists)
		return;
	if (mdev->vm < 0)
		guest = model_wanted(m, n);
	print_matrix(seen->matrix, &mdev->assigned);
	print_matrix(seen->guest_matrix, &guest);
	print_controls(seen->controls, mdev->assigned.controls);
	print_withheld(seen->withheld, m, n);
}

static int status_of(const struct model *m, unsigned int q)
{
	int n = model_taken(m, q);

	if (m->queue[q].driver != BY_US)
		return STATUS_NONE;
	if (n < 0)
		return STATUS_UNASSIGNED;
	if (m->mdev[n].vm >= 0 && model_has(&m->mdev[n].plugged, q))
		return STATUS_IN_USE;
	return STATUS_ASSIGNED;
}

static int woken(const struct model *m, unsigned int vm)
{
	int woken = 0;
	unsigned int q;

	for (q = 0; q < QUEUES; q++)
		if (m->rung[vm][q] && woken != 1)
			woken = m->rung[vm][q];
	return woken;
}

/**
 * model_see() - what the model lets be seen
 * @m: the model, settled
 * @seen: filled in
 */
void model_see(const struct model *m, struct prop_seen *seen)
{
	unsigned int i, q;

	memset(seen, 0, sizeof(*seen));
	for (i = 0; i < MDEVS; i++)
		see_mdev(m, i, &seen->mdev[i]);
	memcpy(seen->rung, m->rung, sizeof(seen->rung));
	for (i = 0; i < VMS; i++)
		seen->woken[i] = woken(m, i);
	for (q = 0; q < QUEUES; q++) {
		seen->status[q] = status_of(m, q);
		seen->armed += m->queue[q].armed;
		seen->pins += m->queue[q].pinned;
		for (i = 0; i < VMS; i++) {
			seen->tapq[i][q] = model_code(m, i, q);
			if (!seen->tapq[i][q])
				seen->tapq[i][q] = (m->queue[q].armed ? 0x100 : 0) |
					(m->queue[q].messages ? 0 : 0x200);
		}
	}
}

static bool texts_differ(const char *name, unsigned int n, const char *want,
			 const char *got, char *what, size_t size)
{
	if (!strcmp(want, got))
		return false;
	snprintf(what, size, "%s of %u is '%s', should be '%s'", name, n, got,
		 want);
	return true;
}

static bool mdevs_differ(unsigned int n, const struct prop_seen_mdev *want,
			 const struct prop_seen_mdev *got, char *what, size_t size)
{
	if (want->exists != got->exists) {
		snprintf(what, size, "mdev %u %s", n, got->exists ?
			 "exists, and should not" : "does not exist");
		return true;
	}
	return want->exists &&
	       (texts_differ("matrix", n, want->matrix, got->matrix, what, size) ||
		texts_differ("control_domains", n, want->controls,
			     got->controls, what, size) ||
		texts_differ("guest_matrix", n, want->guest_matrix,
			     got->guest_matrix, what, size) ||
		texts_differ("withheld", n, want->withheld, got->withheld, what,
			     size));
}

static bool numbers_differ(const char *name, const char *of, int want, int got,
			   char *what, size_t size)
{
	if (want == got || want == PROP_ANY || got == PROP_UNKNOWN)
		return false;
	snprintf(what, size, "%s%s is %d, should be %d", name, of, got, want);
	return true;
}

static bool queues_differ(unsigned int q, const struct prop_seen *want,
			  const struct prop_seen *got, char *what, size_t size)
{
	char of[40];
	unsigned int i;

	snprintf(of, sizeof(of), " of %02x.%04x", prop_apqn(q) >> 8,
		 prop_apqn(q) & 0xff);
	if (numbers_differ("status", of, want->status[q], got->status[q], what,
			   size))
		return true;
	for (i = 0; i < VMS; i++) {
		snprintf(of, sizeof(of), " of %02x.%04x in guest %u",
			 prop_apqn(q) >> 8, prop_apqn(q) & 0xff, i);
		if (numbers_differ("TAPQ", of, want->tapq[i][q],
				   got->tapq[i][q], what, size) ||
		    numbers_differ("rung", of, want->rung[i][q],
				   got->rung[i][q], what, size))
			return true;
	}
	return false;
}

/**
 * prop_seen_differ() - is something else seen than should be?
 * @want: what should be
 * @got: what is
 * @what: the first difference, in words
 * @size: how much room it has
 *
 * Return: true if it is.
 */
bool prop_seen_differ(const struct prop_seen *want, const struct prop_seen *got,
		      char *what, size_t size)
{
	char of[24];
	unsigned int i;

	for (i = 0; i < MDEVS; i++)
		if (mdevs_differ(i, &want->mdev[i], &got->mdev[i], what, size))
			return true;
	for (i = 0; i < QUEUES; i++)
		if (queues_differ(i, want, got, what, size))
			return true;
	for (i = 0; i < VMS; i++) {
		snprintf(of, sizeof(of), " of guest %u", i);
		if (numbers_differ("woken", of, want->woken[i], got->woken[i],
				   what, size))
			return true;
	}
	return numbers_differ("armed", "", want->armed, got->armed, what, size) ||
	       numbers_differ("pins", "", want->pins, got->pins, what, size) ||
	       numbers_differ("breaches", "", want->breaches, got->breaches,
			      what, size);
}
