// SPDX-License-Identifier: GPL-2.0-only
/*
 * Branches, compare-and-branch, EXECUTE
 */
#include <linux/kvm_host.h>

#include "sie.h"

/* The address behind the instruction, as linkage registers have it. */
static void link(struct sie_guest *g, unsigned int r)
{
	u64 next = g->scb->gpsw.addr;

	if (g->scb->gpsw.mask & PSW_MASK_EA)
		g->gr[r] = next;
	else
		sie_put32(g, r, next | (g->scb->gpsw.mask & PSW_MASK_BA));
}

static int bcr(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	if (o->r2 && sie_cc_matches(g, o->r1))
		sie_jump(g, o->value);
	return 0;
}

/* To an effective address or a relative one. */
static int bc(struct sie_guest *g, const struct sie_insn *insn,
	      struct sie_operands *o)
{
	if (sie_cc_matches(g, o->r1))
		sie_jump(g, o->addr);
	return 0;
}

static int basr(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	link(g, o->r1);
	if (o->r2)
		sie_jump(g, o->value);
	return 0;
}

static int bas(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	link(g, o->r1);
	sie_jump(g, o->addr);
	return 0;
}

/* Count in arg bytes of r1; the register form has its target in value. */
static int bct(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	bool by_register = insn->source != SIE_NONE;
	u64 left = o->first - 1;

	if (insn->arg == 8) {
		g->gr[o->r1] = left;
	} else {
		left = (u32)left;
		sie_put32(g, o->r1, left);
	}
	if (left && !(by_register && !o->r2))
		sie_jump(g, by_register ? o->value : o->addr);
	return 0;
}

/*
 * Add the increment in r3, branch if the sum is high (arg has HIGH) or not; what
 * it is compared with is in r3 if that is odd, else behind it.
 */
#define HIGH	0x80

static int branch_on_index(struct sie_guest *g, const struct sie_insn *insn,
			   struct sie_operands *o)
{
	s64 limit = g->gr[o->r3 | 1], sum = g->gr[o->r1] + g->gr[o->r3];

	if (insn->arg & 8) {
		g->gr[o->r1] = sum;
	} else {
		limit = (s32)limit;
		sum = (s32)sum;
		sie_put32(g, o->r1, sum);
	}
	if (insn->arg & HIGH ? sum > limit : sum <= limit)
		sie_jump(g, o->addr);
	return 0;
}

/* The older ones: with the mode in the linkage register, or from there */
static void link_mode(struct sie_guest *g, unsigned int r)
{
	u64 mask = g->scb->gpsw.mask;

	if (mask & PSW_MASK_EA)
		g->gr[r] = g->scb->gpsw.addr | 1;
	else
		link(g, r);
}

static void jump_with_mode(struct sie_guest *g, u64 target)
{
	unsigned long *mask = &g->scb->gpsw.mask;

	*mask &= ~(PSW_MASK_EA | PSW_MASK_BA);
	if (target & 1)
		*mask |= PSW_MASK_EA | PSW_MASK_BA;
	else if (target & 0x80000000)
		*mask |= PSW_MASK_BA;
	sie_jump(g, target & ~1ULL);
}

static int bsm(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	u64 mask = g->scb->gpsw.mask;

	if (o->r1 && mask & PSW_MASK_EA)
		g->gr[o->r1] |= 1;
	else if (o->r1)
		g->gr[o->r1] = (g->gr[o->r1] & ~0x80000000ULL) |
			       (mask & PSW_MASK_BA);
	if (o->r2)
		jump_with_mode(g, o->value);
	return 0;
}

static int bassm(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	link_mode(g, o->r1);
	if (o->r2)
		jump_with_mode(g, o->value);
	return 0;
}

static int compare_branch(struct sie_guest *g, struct sie_operands *o,
			  int order)
{
	unsigned int cc = order ? (order < 0 ? 1 : 2) : 0;

	if (o->r3 & 8 >> cc)
		sie_jump(g, o->addr);
	return 0;
}

/* Signed; arg is the operands' length. */
static int crj(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	s64 a = insn->arg == 8 ? o->first : (s32)o->first;
	s64 b = o->value;

	return compare_branch(g, o, a < b ? -1 : a > b);
}

/* Unsigned. */
static int clrj(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	u64 a = insn->arg == 8 ? o->first : (u32)o->first;
	u64 b = o->value;

	return compare_branch(g, o, a < b ? -1 : a > b);
}

static int ex(struct sie_guest *g, const struct sie_insn *insn,
	      struct sie_operands *o)
{
	unsigned int ilen;
	int rc;

	rc = sie_fetch(g, o->addr, &ilen);
	if (rc)
		return rc;
	if (o->r1)
		g->text[1] |= o->first;
	return sie_run(g, true);
}

static const struct sie_insn insns[] = {
	{ 0x0500, SIE_RR, SIE_R64, .run = basr },		/* BALR */
	{ 0x0600, SIE_RR, SIE_R64, .arg = 4, .run = bct },	/* BCTR */
	{ 0x0700, SIE_RR, SIE_R64, .run = bcr },		/* BCR */
	{ 0x0b00, SIE_RR, SIE_R64, .run = bsm },		/* BSM */
	{ 0x0c00, SIE_RR, SIE_R64, .run = bassm },		/* BASSM */
	{ 0x0d00, SIE_RR, SIE_R64, .run = basr },		/* BASR */
	{ 0x4400, SIE_RX, .run = ex },				/* EX */
	{ 0x4500, SIE_RX, .run = bas },				/* BAL */
	{ 0x4600, SIE_RX, .arg = 4, .run = bct },		/* BCT */
	{ 0x4700, SIE_RX, .run = bc },				/* BC */
	{ 0x4d00, SIE_RX, .run = bas },				/* BAS */
	{ 0x8400, SIE_RSI, .arg = 4 | HIGH, .run = branch_on_index },	/* BRXH */
	{ 0x8500, SIE_RSI, .arg = 4, .run = branch_on_index },	/* BRXLE */
	{ 0x8600, SIE_RS, .arg = 4 | HIGH, .run = branch_on_index },	/* BXH */
	{ 0x8700, SIE_RS, .arg = 4, .run = branch_on_index },	/* BXLE */
	{ 0xa704, SIE_RI, .run = bc },				/* BRC */
	{ 0xa705, SIE_RI, .run = bas },				/* BRAS */
	{ 0xa706, SIE_RI, .arg = 4, .run = bct },		/* BRCT */
	{ 0xa707, SIE_RI, .arg = 8, .run = bct },		/* BRCTG */
	{ 0xb946, SIE_RRE, SIE_R64, .arg = 8, .run = bct },	/* BCTGR */
	{ 0xc004, SIE_RIL, .run = bc },				/* BRCL */
	{ 0xc005, SIE_RIL, .run = bas },			/* BRASL */
	{ 0xc600, SIE_RIL, .run = ex },				/* EXRL */
	{ 0xe346, SIE_RXY, .arg = 8, .run = bct },		/* BCTG */
	{ 0xeb44, SIE_RSY, .arg = 8 | HIGH, .run = branch_on_index },	/* BXHG */
	{ 0xeb45, SIE_RSY, .arg = 8, .run = branch_on_index },	/* BXLEG */
	{ 0xec44, SIE_RSI, .arg = 8 | HIGH, .run = branch_on_index },	/* BRXHG */
	{ 0xec45, SIE_RSI, .arg = 8, .run = branch_on_index },	/* BRXLEG */
	{ 0xec64, SIE_RIE_B, SIE_R64, .arg = 8, .run = crj },	/* CGRJ */
	{ 0xec65, SIE_RIE_B, SIE_R64, .arg = 8, .run = clrj },	/* CLGRJ */
	{ 0xec76, SIE_RIE_B, SIE_R32S, .arg = 4, .run = crj },	/* CRJ */
	{ 0xec77, SIE_RIE_B, SIE_R32Z, .arg = 4, .run = clrj },	/* CLRJ */
	{ 0xec7c, SIE_RIE_C, SIE_IMM, .arg = 8, .run = crj },	/* CGIJ */
	{ 0xec7d, SIE_RIE_C, SIE_IMMZ, .arg = 8, .run = clrj },	/* CLGIJ */
	{ 0xec7e, SIE_RIE_C, SIE_IMM, .arg = 4, .run = crj },	/* CIJ */
	{ 0xec7f, SIE_RIE_C, SIE_IMMZ, .arg = 4, .run = clrj },	/* CLIJ */
};

const struct sie_table sie_branch = { insns, ARRAY_SIZE(insns) };
