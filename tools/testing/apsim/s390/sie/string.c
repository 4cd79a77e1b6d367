// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings: moves and comparisons of any length, searches, translation
 *
 * A unit of what may be long is carried out at a time.  Then the instruction is
 * left to be executed again, with what is left in its registers; or it says so with
 * condition code 3, if that is its way.
 */
#include <linux/kvm_host.h>

#include "../../core/apsim.h"
#include "sie.h"

#define UNIT	256

/* Where MVCL and CLCL have the length of an operand. */
#define LENGTH24	0xffffffULL

/* Of the second operand, the padding byte behind it */
static u8 padding(const struct sie_guest *g, unsigned int r)
{
	return g->gr[r + 1] >> 24;
}

static void again(struct sie_guest *g)
{
	g->scb->gpsw.addr = g->ia;
}

/* An operand in a pair of registers goes forward by @n. */
static void forward(struct sie_guest *g, unsigned int r, u64 n, u64 mask)
{
	u64 left = (g->gr[r + 1] & mask) - n;

	sie_put_address(g, r, sie_wrap(g, g->gr[r] + n));
	g->gr[r + 1] = (g->gr[r + 1] & ~mask) | (left & mask);
}

/* What lengths are made of: the extended instructions' depend on the mode. */
static u64 length_mask(const struct sie_guest *g)
{
	return g->scb->gpsw.mask & PSW_MASK_EA ? ~0ULL : U32_MAX;
}

/* The next @n bytes of an operand, padded if it ends. */
static int padded(struct sie_guest *g, unsigned int r, u64 len, u8 *buf,
		  unsigned int n, u8 pad)
{
	unsigned int have = min_t(u64, len, n);

	memset(buf + have, pad, n - have);
	return sie_read(g, sie_wrap(g, g->gr[r]), buf, have);
}

static int move_padded(struct sie_guest *g, unsigned int r1, unsigned int r2,
		       u64 mask, u8 pad)
{
	u64 to = g->gr[r1 + 1] & mask, from = g->gr[r2 + 1] & mask;
	unsigned int n = min_t(u64, to, UNIT);
	u8 buf[UNIT];
	int rc;

	rc = padded(g, r2, from, buf, n, pad) ?:
	     sie_write(g, sie_wrap(g, g->gr[r1]), buf, n);
	if (rc)
		return rc;
	forward(g, r1, n, mask);
	forward(g, r2, min_t(u64, from, n), mask);
	return 0;
}

/* Does it store into what it has not fetched yet?  Wrapping is not considered. */
static bool destructive(const struct sie_guest *g, const struct sie_operands *o)
{
	u64 to = sie_wrap(g, g->gr[o->r1]), from = sie_wrap(g, g->gr[o->r2]);
	u64 len = min(g->gr[o->r1 + 1] & LENGTH24, g->gr[o->r2 + 1] & LENGTH24);

	return len > 1 && to > from && to < from + len;
}

static unsigned int compare_lengths(u64 a, u64 b)
{
	return a == b ? 0 : a < b ? 1 : 2;
}

static int mvcl(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	u64 to = g->gr[o->r1 + 1] & LENGTH24, from;
	int rc;

	if ((o->r1 | o->r2) & 1)
		return APSIM_PGM_SPECIFICATION;
	from = g->gr[o->r2 + 1] & LENGTH24;
	if (destructive(g, o)) {
		sie_set_cc(g, 3);
		return 0;
	}
	rc = move_padded(g, o->r1, o->r2, LENGTH24, padding(g, o->r2));
	if (rc)
		return rc;
	/* Until one has ended the difference between the lengths stays. */
	if (to > UNIT)
		again(g);
	else
		sie_set_cc(g, compare_lengths(to, from));
	return 0;
}

static int mvcle(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	u64 mask = length_mask(g), to, from;
	int rc;

	if ((o->r1 | o->r3) & 1)
		return APSIM_PGM_SPECIFICATION;
	to = g->gr[o->r1 + 1] & mask;
	from = g->gr[o->r3 + 1] & mask;
	rc = move_padded(g, o->r1, o->r3, mask, o->addr);
	if (!rc)
		sie_set_cc(g, to > UNIT ? 3 : compare_lengths(to, from));
	return rc;
}

/* -1: as far as it goes they are equal; else a condition code. */
static int compare_padded(struct sie_guest *g, unsigned int r1,
			  unsigned int r2, u64 mask, u8 pad, int *cc)
{
	u64 a = g->gr[r1 + 1] & mask, b = g->gr[r2 + 1] & mask;
	unsigned int n = min_t(u64, max(a, b), UNIT), same;
	u8 buf[2 * UNIT];
	int rc;

	rc = padded(g, r1, a, buf, n, pad) ?:
	     padded(g, r2, b, buf + UNIT, n, pad);
	if (rc)
		return rc;
	for (same = 0; same < n && buf[same] == buf[UNIT + same]; same++)
		;
	forward(g, r1, min_t(u64, a, same), mask);
	forward(g, r2, min_t(u64, b, same), mask);
	if (same < n)
		*cc = buf[same] < buf[UNIT + same] ? 1 : 2;
	else
		*cc = max(a, b) > n ? -1 : 0;
	return 0;
}

static int clcl(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	int rc, cc;

	if ((o->r1 | o->r2) & 1)
		return APSIM_PGM_SPECIFICATION;
	rc = compare_padded(g, o->r1, o->r2, LENGTH24, padding(g, o->r2), &cc);
	if (rc)
		return rc;
	if (cc < 0)
		again(g);
	else
		sie_set_cc(g, cc);
	return 0;
}

static int clcle(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	int rc, cc;

	if ((o->r1 | o->r3) & 1)
		return APSIM_PGM_SPECIFICATION;
	rc = compare_padded(g, o->r1, o->r3, length_mask(g), o->addr, &cc);
	if (!rc)
		sie_set_cc(g, cc < 0 ? 3 : cc);
	return rc;
}

/* The next @n bytes of a string without length, as many as its page has. */
static int peek(struct sie_guest *g, unsigned int r, u8 *buf, unsigned int *n)
{
	u64 addr = sie_wrap(g, g->gr[r]);

	*n = min_t(unsigned int, *n, PAGE_SIZE - offset_in_page(addr));
	return sie_read(g, addr, buf, *n);
}

/* Strings end with the byte in GR0, whose other bits there have to be 0. */
static bool bad_end(const struct sie_guest *g)
{
	return g->gr[0] & 0xffffff00;
}

static int mvst(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	unsigned int n = UNIT;
	u8 buf[UNIT], *end;
	u64 to;
	int rc;

	if (bad_end(g))
		return APSIM_PGM_SPECIFICATION;
	rc = peek(g, o->r2, buf, &n);
	if (rc)
		return rc;
	end = memchr(buf, (u8)g->gr[0], n);
	to = sie_wrap(g, g->gr[o->r1]);
	if (end)
		n = end - buf + 1;
	rc = sie_write(g, to, buf, n);
	if (rc)
		return rc;
	if (end) {
		sie_put_address(g, o->r1, sie_wrap(g, to + n - 1));
	} else {
		sie_put_address(g, o->r1, sie_wrap(g, to + n));
		sie_put_address(g, o->r2, sie_wrap(g, g->gr[o->r2] + n));
	}
	sie_set_cc(g, end ? 1 : 3);
	return 0;
}

static int clst(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	unsigned int n = UNIT, i;
	u8 a[UNIT], b[UNIT];
	u8 end = g->gr[0];
	int rc;

	if (bad_end(g))
		return APSIM_PGM_SPECIFICATION;
	rc = peek(g, o->r1, a, &n) ?: peek(g, o->r2, b, &n);
	if (rc)
		return rc;
	for (i = 0; i < n && a[i] == b[i]; i++) {
		if (a[i] != end)
			continue;
		sie_set_cc(g, 0);
		return 0;
	}
	sie_put_address(g, o->r1, sie_wrap(g, g->gr[o->r1] + i));
	sie_put_address(g, o->r2, sie_wrap(g, g->gr[o->r2] + i));
	if (i == n)
		sie_set_cc(g, 3);
	else	/* which one is shorter, or has the lower byte */
		sie_set_cc(g, a[i] == end || (b[i] != end && a[i] < b[i]) ?
			      1 : 2);
	return 0;
}

/* From r2 to r1, which points behind the string. */
static int srst(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	u64 from = sie_wrap(g, g->gr[o->r2]);
	u64 left = sie_wrap(g, g->gr[o->r1]) - from;
	unsigned int n = min_t(u64, left, UNIT);
	u8 buf[UNIT], *found;
	int rc;

	if (bad_end(g))
		return APSIM_PGM_SPECIFICATION;
	rc = peek(g, o->r2, buf, &n);
	if (rc)
		return rc;
	found = memchr(buf, (u8)g->gr[0], n);
	if (found) {
		sie_put_address(g, o->r1, from + (found - buf));
		sie_set_cc(g, 1);
	} else if (n == left) {
		sie_set_cc(g, 2);
	} else {
		sie_put_address(g, o->r2, sie_wrap(g, from + n));
		sie_set_cc(g, 3);
	}
	return 0;
}

static int tr(struct sie_guest *g, const struct sie_insn *insn,
	      struct sie_operands *o)
{
	unsigned int len = o->r3 + 1, i;
	u8 text[UNIT], table[UNIT];
	u64 at;
	int rc;

	rc = sie_read(g, o->addr, text, len) ?:
	     sie_read(g, o->addr2, table, sizeof(table));
	if (rc)
		return rc;
	for (i = 0; i < len; i++) {
		text[i] = table[text[i]];
		/* It may be its own table. */
		at = o->addr + i - o->addr2;
		if (at < sizeof(table))
			table[at] = text[i];
	}
	return sie_write(g, o->addr, text, len);
}

static int trt(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	unsigned int len = o->r3 + 1, i;
	u8 text[UNIT], table[UNIT];
	int rc;

	rc = sie_read(g, o->addr, text, len) ?:
	     sie_read(g, o->addr2, table, sizeof(table));
	if (rc)
		return rc;
	for (i = 0; i < len && !table[text[i]]; i++)
		;
	sie_set_cc(g, i == len ? 0 : i == len - 1 ? 2 : 1);
	if (i == len)
		return 0;
	sie_put_address(g, 1, sie_wrap(g, o->addr + i));
	g->gr[2] = (g->gr[2] & ~0xffULL) | table[text[i]];
	return 0;
}

static const struct sie_insn insns[] = {
	{ 0x0e00, SIE_RR, .run = mvcl },	/* MVCL */
	{ 0x0f00, SIE_RR, .run = clcl },	/* CLCL */
	{ 0xa800, SIE_RS, .run = mvcle },	/* MVCLE */
	{ 0xa900, SIE_RS, .run = clcle },	/* CLCLE */
	{ 0xb255, SIE_RRE, .run = mvst },	/* MVST */
	{ 0xb25d, SIE_RRE, .run = clst },	/* CLST */
	{ 0xb25e, SIE_RRE, .run = srst },	/* SRST */
	{ 0xdc00, SIE_SS, .run = tr },		/* TR */
	{ 0xdd00, SIE_SS, .run = trt },		/* TRT */
};

const struct sie_table sie_string = { insns, ARRAY_SIZE(insns) };
