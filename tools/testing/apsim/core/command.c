// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - the control language
 *
 *	card APID TYPE MODE [DEPTH]	plug an adapter; TYPE 1..255 or CEX4 ..
 *					CEX8, MODE A|C|P, DEPTH 1..32 (8)
 *	nocard APID			unplug it
 *	domain APQI [usage|control|both]	what a domain is (both)
 *	nodomain APQI			it is nothing
 *	on|off|standby|checkstop APID	state of an adapter
 *	latency|reset|aqic|unbind US	how slow the machine is, microseconds
 *	inject AA.DDDD FC RC COUNT	force answers; FC 0..5 (not 4), or tapq,
 *					rapq, zapq, aqic, qact, nqap, dqap
 *	fault ...			rules, see fault.c
 *	nofault [AA.DDDD [FC] | qci]	take rules back
 *	async AA.DDDD RC		asynchronous error, 0: none
 *	lag AA.DDDD US			its I bit is so much later than others'
 *	bound AA.DDDD BS		a secure guest binds it, BS 0..3; 0: none
 *
 * AA.DDDD is hexadecimal; other numbers are written as in C.  Words are parted
 * by blanks.  A line without words does nothing.
 */
#include "words.h"

#define DEPTH_DEFAULT	8

/**
 * struct command - a command of the language
 * @name: its first word
 * @min: words it has at least, with the first
 * @max: words it has at most
 * @run: does it; 0 or -errno
 */
struct command {
	const char *name;
	unsigned int min;
	unsigned int max;
	int (*run)(struct apsim *m, u64 now, const struct apsim_words *w);
};

static int card_type(const struct apsim_words *w, unsigned int n, u64 *type)
{
	char name[] = "CEX4";
	u64 i;

	for (i = 10; i <= 14; i++, name[3]++) {
		if (apsim_word_is(w, n, name)) {
			*type = i;
			return 0;
		}
	}
	return apsim_word_number(w, n, 255, type);
}

static int card_mode(const struct apsim_words *w, unsigned int n,
		     enum apsim_mode *mode)
{
	if (apsim_word_is(w, n, "A"))
		*mode = APSIM_ACCEL;
	else if (apsim_word_is(w, n, "C"))
		*mode = APSIM_CCA;
	else if (apsim_word_is(w, n, "P"))
		*mode = APSIM_EP11;
	else
		return -EINVAL;
	return 0;
}

static int run_card(struct apsim *m, u64 now, const struct apsim_words *w)
{
	struct apsim_card card = {};
	u64 depth = DEPTH_DEFAULT;
	u64 apid;
	u64 type;

	if (apsim_word_number(w, 1, APSIM_IDS - 1, &apid) || card_type(w, 2, &type) ||
	    card_mode(w, 3, &card.mode))
		return -EINVAL;
	if (w->count > 4 && apsim_word_number(w, 4, 255, &depth))
		return -EINVAL;
	card.apid = apid;
	card.type = type;
	card.depth = depth;
	return apsim_card_add(m, &card);
}

static int run_nocard(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 apid;

	if (apsim_word_number(w, 1, APSIM_IDS - 1, &apid))
		return -EINVAL;
	return apsim_card_remove(m, apid);
}

static int run_domain(struct apsim *m, u64 now, const struct apsim_words *w)
{
	bool both = w->count == 2 || apsim_word_is(w, 2, "both");
	bool usage = both || apsim_word_is(w, 2, "usage");
	bool control = both || apsim_word_is(w, 2, "control");
	u64 apqi;

	if (apsim_word_number(w, 1, APSIM_IDS - 1, &apqi) || (!usage && !control))
		return -EINVAL;
	return apsim_domain_set(m, now, apqi, usage, control);
}

static int run_nodomain(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 apqi;

	if (apsim_word_number(w, 1, APSIM_IDS - 1, &apqi))
		return -EINVAL;
	if (!apsim_mask_test(&m->usage, apqi) &&
	    !apsim_mask_test(&m->control, apqi))
		return -ENOENT;
	return apsim_domain_set(m, now, apqi, false, false);
}

static int run_state(struct apsim *m, u64 now, const struct apsim_words *w)
{
	enum apsim_card_state state = APSIM_CARD_ON;
	u64 apid;

	if (apsim_word_is(w, 0, "off"))
		state = APSIM_CARD_OFF;
	else if (apsim_word_is(w, 0, "standby"))
		state = APSIM_CARD_STANDBY;
	else if (apsim_word_is(w, 0, "checkstop"))
		state = APSIM_CARD_CHECKSTOP;
	if (apsim_word_number(w, 1, APSIM_IDS - 1, &apid))
		return -EINVAL;
	return apsim_card_set(m, now, apid, state);
}

static int run_tune(struct apsim *m, u64 now, const struct apsim_words *w)
{
	struct apsim_tuning tuning;
	u64 us;

	if (apsim_word_number(w, 1, APSIM_NEVER / 1000, &us))
		return -EINVAL;
	m->now = now;
	apsim_get_tuning(m, &tuning);
	if (apsim_word_is(w, 0, "latency"))
		tuning.latency_ns = us * 1000;
	else if (apsim_word_is(w, 0, "reset"))
		tuning.reset_ns = us * 1000;
	else if (apsim_word_is(w, 0, "unbind"))
		tuning.unbind_ns = us * 1000;
	else
		tuning.aqic_ns = us * 1000;
	apsim_tune(m, &tuning);
	return 0;
}

static int run_inject(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 queue;
	u64 count;
	u64 fc;
	u64 rc;

	if (apsim_word_apqn(w, 1, &queue) || apsim_word_function(w, 2, &fc) ||
	    apsim_word_number(w, 3, 255, &rc) ||
	    apsim_word_number(w, 4, 0xffffffff, &count))
		return -EINVAL;
	return apsim_inject(m, queue, fc, rc, count);
}

static int run_async(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 queue;
	u64 rc;

	if (apsim_word_apqn(w, 1, &queue) || apsim_word_number(w, 2, 255, &rc))
		return -EINVAL;
	return apsim_async(m, queue, rc);
}

static int run_lag(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 queue;
	u64 us;

	if (apsim_word_apqn(w, 1, &queue) || apsim_word_number(w, 2, APSIM_NEVER / 1000, &us))
		return -EINVAL;
	return apsim_lag(m, now, queue, us * 1000);
}

static int run_bound(struct apsim *m, u64 now, const struct apsim_words *w)
{
	u64 queue;
	u64 bs;

	if (apsim_word_apqn(w, 1, &queue) || apsim_word_number(w, 2, 3, &bs))
		return -EINVAL;
	return apsim_bound(m, queue, bs);
}

static const struct command commands[] = {
	{ "card", 4, 5, run_card },
	{ "nocard", 2, 2, run_nocard },
	{ "domain", 2, 3, run_domain },
	{ "nodomain", 2, 2, run_nodomain },
	{ "on", 2, 2, run_state },
	{ "off", 2, 2, run_state },
	{ "standby", 2, 2, run_state },
	{ "checkstop", 2, 2, run_state },
	{ "latency", 2, 2, run_tune },
	{ "reset", 2, 2, run_tune },
	{ "aqic", 2, 2, run_tune },
	{ "unbind", 2, 2, run_tune },
	{ "inject", 5, 5, run_inject },
	{ "fault", 5, APSIM_WORDS_MAX, apsim_run_fault },
	{ "nofault", 1, 3, apsim_run_nofault },
	{ "async", 3, 3, run_async },
	{ "lag", 3, 3, run_lag },
	{ "bound", 3, 3, run_bound },
	{}
};

/* The command that a line begins with, if it is long enough; NULL: none. */
static const struct command *find_command(const struct apsim_words *w)
{
	const struct command *c = commands;

	while (c->name && !apsim_word_is(w, 0, c->name))
		c++;
	return c->name && w->count >= c->min && w->count <= c->max ? c : NULL;
}

bool apsim_is_command(const char *line)
{
	struct apsim_words w;

	apsim_words_cut(line, &w);	/* it was part of a line */
	return find_command(&w);
}

/**
 * apsim_command() - do what one line of the control language says
 * @m: the machine
 * @now: the time
 * @line: the line, ends with a zero byte, maybe after a newline
 *
 * Return: 0, or -EINVAL, -EEXIST, -ENOENT, -ENOMEM, -ENOSPC, and then nothing
 * changed.
 */
int apsim_command(struct apsim *m, u64 now, const char *line)
{
	const struct command *c;
	struct apsim_words w;

	if (apsim_words_cut(line, &w))
		return -EINVAL;
	if (!w.count)
		return 0;
	c = find_command(&w);
	return c ? c->run(m, now, &w) : -EINVAL;
}
