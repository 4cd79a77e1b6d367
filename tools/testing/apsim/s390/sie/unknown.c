// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instructions that are in no table
 *
 * Control instructions are KVM's, if it does not know them either.  All others end
 * as operation exceptions, and the log says what it was, where, and what to do.
 */
#include <linux/kvm_host.h>
#include <linux/unaligned.h>

#include "sie.h"

#define SOFT_FLOAT	"compile the guest with -msoft-float"
#define NO_VECTORS	"compile the guest with -mno-vx"
#define NO_HTM		"compile the guest with -mno-htm"
#define NOT_HERE	"do without it, this SIE does not have that"
#define ASTRAY		"the guest has gone astray, look who went there"

/**
 * struct kind - what instructions are called that have much in common
 * @first: the first two bytes of the first of them
 * @last: and of the last
 * @format: where their fields are
 * @what: what they do; NULL: they may be anything
 * @advice: what to do if a guest has one; NULL: another machine, or a new row
 */
struct kind {
	u16 first;
	u16 last;
	const char *format;
	const char *what;
	const char *advice;
};

/* The first that fits */
static const struct kind kinds[] = {
	{ 0x0000, 0x00ff, "none", "no instruction", ASTRAY },
	{ 0x0100, 0x01ff, "E" },
	{ 0x2000, 0x3fff, "RR", "floating point", SOFT_FLOAT },
	{ 0x0200, 0x3fff, "RR" },
	{ 0x6000, 0x7fff, "RX", "floating point", SOFT_FLOAT },
	{ 0x4000, 0x7fff, "RX" },
	{ 0x9a00, 0x9bff, "RS", "access registers", NOT_HERE },
	{ 0xa500, 0xa5ff, "RI" },
	{ 0xa700, 0xa7ff, "RI" },
	{ 0x8000, 0xb1ff, "RS or SI" },
	{ 0xb24d, 0xb24f, "RRE", "access registers", NOT_HERE },
	{ 0xb299, 0xb299, "S", "floating point", SOFT_FLOAT },
	{ 0xb29c, 0xb29d, "S", "floating point", SOFT_FLOAT },
	{ 0xb2b8, 0xb2bd, "S", "floating point", SOFT_FLOAT },
	{ 0xb2e8, 0xb2ec, "RRF", "transactional execution", NO_HTM },
	{ 0xb2f8, 0xb2fc, "S", "transactional execution", NO_HTM },
	{ 0xb300, 0xb3ff, "RRE or RRF", "floating point", SOFT_FLOAT },
	{ 0xb200, 0xb9ff, "RRE, RRF or S" },
	{ 0xc500, 0xc5ff, "MII" },
	{ 0xc700, 0xc7ff, "SMI" },
	{ 0xc800, 0xc8ff, "SSF" },
	{ 0xc000, 0xcfff, "RIL" },
	{ 0xd000, 0xdfff, "SS" },
	{ 0xe300, 0xe3ff, "RXY" },
	{ 0xe560, 0xe561, "SIL", "transactional execution", NO_HTM },
	{ 0xe500, 0xe5ff, "SIL or SSE" },
	{ 0xe600, 0xe7ff, "VRX and others", "vector", NO_VECTORS },
	{ 0xeb00, 0xebff, "RSY" },
	{ 0xec00, 0xecff, "RIE, RIS or RRS" },
	{ 0xed00, 0xedff, "RXE, RXF or RSL", "floating point", SOFT_FLOAT },
	{ 0xe000, 0xefff, "SS" },
	{ 0xf000, 0xffff, "SS", "decimal", NOT_HERE },
};

static const struct kind *find_kind(u16 insn)
{
	const struct kind *kind = kinds;

	while (insn < kind->first || insn > kind->last)
		kind++;
	return kind;
}

int sie_unknown(struct sie_guest *g, u16 key)
{
	u16 insn = get_unaligned_be16(g->text);
	const struct kind *kind = find_kind(insn);

	if (g->text[0] == 0xb2 && !kind->what)
		return sie_intercept(g);
	if (kind->what)
		pr_warn_ratelimited("apsim_sie: unknown instruction %*phN (%s: %s) at %llx: %s\n",
				    g->ilen, g->text, kind->format, kind->what,
				    g->ia, kind->advice);
	else
		pr_warn_ratelimited("apsim_sie: unknown instruction %*phN (%s) at %llx: compile the guest for an older -march, or add %#x to a table in apsim/s390/sie\n",
				    g->ilen, g->text, kind->format, g->ia, key);
	sie_intercept(g);
	g->scb->icptcode = ICPT_OPEREXC;
	return SIE_EXIT;
}
