// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads and stores on condition, compare and trap
 */
#include <linux/kvm_host.h>

#include "sie.h"

/* What a compare-and-trap instruction leaves in the FPC. */
#define DXC_TRAP	0xff

/* The mask is where the format has its third field. */
static int load_on64(struct sie_guest *g, const struct sie_insn *insn,
		     struct sie_operands *o)
{
	if (sie_cc_matches(g, o->r3))
		g->gr[o->r1] = o->value;
	return 0;
}

static int load_on32(struct sie_guest *g, const struct sie_insn *insn,
		     struct sie_operands *o)
{
	if (sie_cc_matches(g, o->r3))
		sie_put32(g, o->r1, o->value);
	return 0;
}

/* Into the left half; arg: from there, too. */
static int load_high_on(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	u32 value = insn->arg ? o->value >> 32 : o->value;

	if (sie_cc_matches(g, o->r3))
		g->gr[o->r1] = (u64)value << 32 | (u32)g->gr[o->r1];
	return 0;
}

/* arg: the operand's length, and whether it is the left half. */
#define HIGH	0x80

static int store_on(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	u64 value = g->gr[o->r1] >> (insn->arg & HIGH ? 32 : 0);

	if (!sie_cc_matches(g, o->r3))
		return 0;
	return sie_store(g, o->addr, insn->arg & ~HIGH, value);
}

/* SELECT: the mask is in the field that other formats leave empty. */
static int select64(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	g->gr[o->r1] = sie_cc_matches(g, g->text[2] & 15) ? o->first : o->value;
	return 0;
}

static int select32(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	sie_put32(g, o->r1,
		  sie_cc_matches(g, g->text[2] & 15) ? o->first : o->value);
	return 0;
}

static int trap(struct sie_guest *g, struct sie_operands *o, int order)
{
	unsigned int cc = order ? (order < 0 ? 1 : 2) : 0;

	if (!(o->r3 & 8 >> cc))
		return 0;
	g->scb->dxc = DXC_TRAP;
	return PGM_TRAP;
}

/* Signed; arg is the operands' length. */
static int compare_trap(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	s64 a = insn->arg == 8 ? o->first : (s32)o->first;
	s64 b = o->value;

	return trap(g, o, a < b ? -1 : a > b);
}

static int compare_logical_trap(struct sie_guest *g,
				const struct sie_insn *insn,
				struct sie_operands *o)
{
	u64 a = insn->arg == 8 ? o->first : (u32)o->first;
	u64 b = o->value;

	return trap(g, o, a < b ? -1 : a > b);
}

static const struct sie_insn insns[] = {
	{ 0xb960, SIE_RRF_C, SIE_R64, .arg = 8, .run = compare_trap },	/* CGRT */
	{ 0xb961, SIE_RRF_C, SIE_R64, .arg = 8, .run = compare_logical_trap },	/* CLGRT */
	{ 0xb972, SIE_RRF_C, SIE_R32S, .arg = 4, .run = compare_trap },	/* CRT */
	{ 0xb973, SIE_RRF_C, SIE_R32Z, .arg = 4, .run = compare_logical_trap },	/* CLRT */
	{ 0xb9e0, SIE_RRF_C, SIE_R64, .arg = 1, .run = load_high_on },	/* LOCFHR */
	{ 0xb9e2, SIE_RRF_C, SIE_R64, .run = load_on64 },	/* LOCGR */
	{ 0xb9e3, SIE_RRF, SIE_R64, .run = select64 },	/* SELGR */
	{ 0xb9f0, SIE_RRF, SIE_R64, .run = select32 },	/* SELR */
	{ 0xb9f2, SIE_RRF_C, SIE_R64, .run = load_on32 },	/* LOCR */
	{ 0xebe0, SIE_RSY, SIE_M32Z, .run = load_high_on },	/* LOCFH */
	{ 0xebe1, SIE_RSY, .arg = 4 | HIGH, .run = store_on },	/* STOCFH */
	{ 0xebe2, SIE_RSY, SIE_M64, .run = load_on64 },	/* LOCG */
	{ 0xebe3, SIE_RSY, .arg = 8, .run = store_on },	/* STOCG */
	{ 0xebf2, SIE_RSY, SIE_M32Z, .run = load_on32 },	/* LOC */
	{ 0xebf3, SIE_RSY, .arg = 4, .run = store_on },	/* STOC */
	{ 0xec42, SIE_RIE_G, SIE_IMM, .run = load_on32 },	/* LOCHI */
	{ 0xec46, SIE_RIE_G, SIE_IMM, .run = load_on64 },	/* LOCGHI */
	{ 0xec4e, SIE_RIE_G, SIE_IMM, .run = load_high_on },	/* LOCHHI */
	{ 0xec70, SIE_RIE_A, SIE_IMM, .arg = 8, .run = compare_trap },	/* CGIT */
	{ 0xec71, SIE_RIE_A, SIE_IMMZ, .arg = 8, .run = compare_logical_trap },	/* CLGIT */
	{ 0xec72, SIE_RIE_A, SIE_IMM, .arg = 4, .run = compare_trap },	/* CIT */
	{ 0xec73, SIE_RIE_A, SIE_IMMZ, .arg = 4, .run = compare_logical_trap },	/* CLFIT */
};

const struct sie_table sie_condition = { insns, ARRAY_SIZE(insns) };
