// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addition, subtraction, comparison
 *
 * Overflow sets the condition code; it is an exception if the PSW says so.
 */
#include <linux/bits.h>
#include <linux/kvm_host.h>
#include <linux/overflow.h>

#include "sie.h"

static int signed_result64(struct sie_guest *g, unsigned int r, s64 result,
			   bool overflow)
{
	g->gr[r] = result;
	sie_set_cc_sign(g, result);
	return overflow ? sie_overflow(g) : 0;
}

static int signed_result32(struct sie_guest *g, unsigned int r, s32 result,
			   bool overflow)
{
	sie_put32(g, r, result);
	sie_set_cc_sign(g, result);
	return overflow ? sie_overflow(g) : 0;
}

static int add64(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	s64 result;
	bool overflow = check_add_overflow((s64)o->first, (s64)o->value,
					   &result);

	return signed_result64(g, o->r1, result, overflow);
}

static int add32(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	s32 result;
	bool overflow = check_add_overflow((s32)o->first, (s32)o->value,
					   &result);

	return signed_result32(g, o->r1, result, overflow);
}

static int sub64(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	s64 result;
	bool overflow = check_sub_overflow((s64)o->first, (s64)o->value,
					   &result);

	return signed_result64(g, o->r1, result, overflow);
}

static int sub32(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	s32 result;
	bool overflow = check_sub_overflow((s32)o->first, (s32)o->value,
					   &result);

	return signed_result32(g, o->r1, result, overflow);
}

static int add_logical64(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u64 result = o->first + o->value;

	g->gr[o->r1] = result;
	sie_set_cc(g, (result ? 1 : 0) + (result < o->value ? 2 : 0));
	return 0;
}

static int add_logical32(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u32 result = (u32)o->first + (u32)o->value;

	sie_put32(g, o->r1, result);
	sie_set_cc(g, (result ? 1 : 0) + (result < (u32)o->value ? 2 : 0));
	return 0;
}

/* Result zero without borrow: 2; without borrow: 3; with: 1. */
static int sub_logical64(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u64 result = o->first - o->value;

	g->gr[o->r1] = result;
	sie_set_cc(g, o->first < o->value ? 1 : result ? 3 : 2);
	return 0;
}

static int sub_logical32(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u32 a = o->first, b = o->value;

	sie_put32(g, o->r1, a - b);
	sie_set_cc(g, a < b ? 1 : a - b ? 3 : 2);
	return 0;
}

/* With the carry that the condition code says there was */
static bool carry(const struct sie_guest *g)
{
	return sie_cc(g) & 2;
}

static int add_carry64(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	u128 sum = (u128)o->first + o->value + carry(g);

	g->gr[o->r1] = sum;
	sie_set_cc(g, ((u64)sum ? 1 : 0) + (sum >> 64 ? 2 : 0));
	return 0;
}

static int add_carry32(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	u64 sum = (u64)(u32)o->first + (u32)o->value + carry(g);

	sie_put32(g, o->r1, sum);
	sie_set_cc(g, ((u32)sum ? 1 : 0) + (sum >> 32 ? 2 : 0));
	return 0;
}

/* A borrow is a carry that is not there. */
static int sub_borrow64(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	o->value = ~o->value;
	return add_carry64(g, insn, o);
}

static int sub_borrow32(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	o->value = ~o->value;
	return add_carry32(g, insn, o);
}

static int compare(struct sie_guest *g, bool low, bool equal)
{
	sie_set_cc(g, equal ? 0 : low ? 1 : 2);
	return 0;
}

static int compare64(struct sie_guest *g, const struct sie_insn *insn,
		     struct sie_operands *o)
{
	return compare(g, (s64)o->first < (s64)o->value, o->first == o->value);
}

static int compare32(struct sie_guest *g, const struct sie_insn *insn,
		     struct sie_operands *o)
{
	return compare(g, (s32)o->first < (s32)o->value,
		       (s32)o->first == (s32)o->value);
}

static int compare_logical64(struct sie_guest *g, const struct sie_insn *insn,
			     struct sie_operands *o)
{
	return compare(g, o->first < o->value, o->first == o->value);
}

static int compare_logical32(struct sie_guest *g, const struct sie_insn *insn,
			     struct sie_operands *o)
{
	return compare(g, (u32)o->first < (u32)o->value,
		       (u32)o->first == (u32)o->value);
}

/* Storage against an immediate; the source says how storage is extended. */
static int compare_storage(struct sie_guest *g, const struct sie_insn *insn,
			   struct sie_operands *o)
{
	return compare(g, (s64)o->value < o->imm, (s64)o->value == o->imm);
}

/* arg says which bits of the immediate count. */
static int compare_storage_logical(struct sie_guest *g,
				   const struct sie_insn *insn,
				   struct sie_operands *o)
{
	u64 imm = o->imm & GENMASK_ULL(insn->arg - 1, 0);

	return compare(g, o->value < imm, o->value == imm);
}

/* ADD IMMEDIATE to storage; arg is its length. */
static int add_storage(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	s64 result, imm = (s8)o->imm;
	bool overflow;
	int rc;

	if (insn->arg == 8) {
		overflow = check_add_overflow((s64)o->value, imm, &result);
	} else {
		s32 result32;

		overflow = check_add_overflow((s32)o->value, (s32)imm,
					      &result32);
		result = result32;
	}
	rc = sie_store(g, o->addr, insn->arg, result);
	if (rc)
		return rc;
	sie_set_cc_sign(g, result);
	return overflow ? sie_overflow(g) : 0;
}

/* The immediate is signed here, too; the condition code is that of a sum. */
static int add_storage_logical(struct sie_guest *g,
			       const struct sie_insn *insn,
			       struct sie_operands *o)
{
	unsigned int shift = 64 - 8 * insn->arg;
	u64 a = o->value << shift, sum = a + ((u64)(s8)o->imm << shift);

	sie_set_cc(g, (sum ? 1 : 0) + (sum < a ? 2 : 0));
	return sie_store(g, o->addr, insn->arg, sum >> shift);
}

static int negate64(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	return signed_result64(g, o->r1, -o->value,
			       o->value == (u64)S64_MIN);
}

static int negate32(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	u32 value = o->value;

	return signed_result32(g, o->r1, -value, value == (u32)S32_MIN);
}

/* arg: what the sign becomes, as 0 or 1 */
enum { PLUS = 0, MINUS = 1 };

static int absolute64(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	if (((s64)o->value < 0) != insn->arg)
		return negate64(g, insn, o);
	return signed_result64(g, o->r1, o->value, false);
}

static int absolute32(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	if (((s32)o->value < 0) != insn->arg)
		return negate32(g, insn, o);
	return signed_result32(g, o->r1, o->value, false);
}

static const struct sie_insn insns[] = {
	{ 0x1000, SIE_RR, SIE_R32S, .arg = PLUS, .run = absolute32 },	/* LPR */
	{ 0x1100, SIE_RR, SIE_R32S, .arg = MINUS, .run = absolute32 },	/* LNR */
	{ 0x1300, SIE_RR, SIE_R32S, .run = negate32 },	/* LCR */
	{ 0x1500, SIE_RR, SIE_R32Z, .run = compare_logical32 },	/* CLR */
	{ 0x1900, SIE_RR, SIE_R32S, .run = compare32 },	/* CR */
	{ 0x1a00, SIE_RR, SIE_R32S, .run = add32 },	/* AR */
	{ 0x1b00, SIE_RR, SIE_R32S, .run = sub32 },	/* SR */
	{ 0x1e00, SIE_RR, SIE_R32Z, .run = add_logical32 },	/* ALR */
	{ 0x1f00, SIE_RR, SIE_R32Z, .run = sub_logical32 },	/* SLR */
	{ 0x4900, SIE_RX, SIE_M16S, .run = compare32 },	/* CH */
	{ 0x4a00, SIE_RX, SIE_M16S, .run = add32 },	/* AH */
	{ 0x4b00, SIE_RX, SIE_M16S, .run = sub32 },	/* SH */
	{ 0x5500, SIE_RX, SIE_M32Z, .run = compare_logical32 },	/* CL */
	{ 0x5900, SIE_RX, SIE_M32S, .run = compare32 },	/* C */
	{ 0x5a00, SIE_RX, SIE_M32S, .run = add32 },	/* A */
	{ 0x5b00, SIE_RX, SIE_M32S, .run = sub32 },	/* S */
	{ 0x5e00, SIE_RX, SIE_M32Z, .run = add_logical32 },	/* AL */
	{ 0x5f00, SIE_RX, SIE_M32Z, .run = sub_logical32 },	/* SL */
	{ 0x9500, SIE_SI, SIE_M8Z, .arg = 8, .run = compare_storage_logical }, /* CLI */
	{ 0xa70a, SIE_RI, SIE_IMM, .run = add32 },	/* AHI */
	{ 0xa70b, SIE_RI, SIE_IMM, .run = add64 },	/* AGHI */
	{ 0xa70e, SIE_RI, SIE_IMM, .run = compare32 },	/* CHI */
	{ 0xa70f, SIE_RI, SIE_IMM, .run = compare64 },	/* CGHI */
	{ 0xb900, SIE_RRE, SIE_R64, .arg = PLUS, .run = absolute64 },	/* LPGR */
	{ 0xb901, SIE_RRE, SIE_R64, .arg = MINUS, .run = absolute64 },	/* LNGR */
	{ 0xb903, SIE_RRE, SIE_R64, .run = negate64 },	/* LCGR */
	{ 0xb908, SIE_RRE, SIE_R64, .run = add64 },	/* AGR */
	{ 0xb909, SIE_RRE, SIE_R64, .run = sub64 },	/* SGR */
	{ 0xb90a, SIE_RRE, SIE_R64, .run = add_logical64 },	/* ALGR */
	{ 0xb90b, SIE_RRE, SIE_R64, .run = sub_logical64 },	/* SLGR */
	{ 0xb910, SIE_RRE, SIE_R32S, .arg = PLUS, .run = absolute64 },	/* LPGFR */
	{ 0xb911, SIE_RRE, SIE_R32S, .arg = MINUS, .run = absolute64 },	/* LNGFR */
	{ 0xb913, SIE_RRE, SIE_R32S, .run = negate64 },	/* LCGFR */
	{ 0xb918, SIE_RRE, SIE_R32S, .run = add64 },	/* AGFR */
	{ 0xb919, SIE_RRE, SIE_R32S, .run = sub64 },	/* SGFR */
	{ 0xb91a, SIE_RRE, SIE_R32Z, .run = add_logical64 },	/* ALGFR */
	{ 0xb91b, SIE_RRE, SIE_R32Z, .run = sub_logical64 },	/* SLGFR */
	{ 0xb920, SIE_RRE, SIE_R64, .run = compare64 },	/* CGR */
	{ 0xb921, SIE_RRE, SIE_R64, .run = compare_logical64 },	/* CLGR */
	{ 0xb930, SIE_RRE, SIE_R32S, .run = compare64 },	/* CGFR */
	{ 0xb931, SIE_RRE, SIE_R32Z, .run = compare_logical64 },	/* CLGFR */
	{ 0xb988, SIE_RRE, SIE_R64, .run = add_carry64 },	/* ALCGR */
	{ 0xb989, SIE_RRE, SIE_R64, .run = sub_borrow64 },	/* SLBGR */
	{ 0xb998, SIE_RRE, SIE_R32Z, .run = add_carry32 },	/* ALCR */
	{ 0xb999, SIE_RRE, SIE_R32Z, .run = sub_borrow32 },	/* SLBR */
	{ 0xb9e8, SIE_RRF, SIE_R64, .run = add64 },	/* AGRK */
	{ 0xb9e9, SIE_RRF, SIE_R64, .run = sub64 },	/* SGRK */
	{ 0xb9ea, SIE_RRF, SIE_R64, .run = add_logical64 },	/* ALGRK */
	{ 0xb9eb, SIE_RRF, SIE_R64, .run = sub_logical64 },	/* SLGRK */
	{ 0xb9f8, SIE_RRF, SIE_R32S, .run = add32 },	/* ARK */
	{ 0xb9f9, SIE_RRF, SIE_R32S, .run = sub32 },	/* SRK */
	{ 0xb9fa, SIE_RRF, SIE_R32Z, .run = add_logical32 },	/* ALRK */
	{ 0xb9fb, SIE_RRF, SIE_R32Z, .run = sub_logical32 },	/* SLRK */
	{ 0xc204, SIE_RIL, SIE_IMMZ, .run = sub_logical64 },	/* SLGFI */
	{ 0xc205, SIE_RIL, SIE_IMMZ, .run = sub_logical32 },	/* SLFI */
	{ 0xc208, SIE_RIL, SIE_IMM, .run = add64 },	/* AGFI */
	{ 0xc209, SIE_RIL, SIE_IMM, .run = add32 },	/* AFI */
	{ 0xc20a, SIE_RIL, SIE_IMMZ, .run = add_logical64 },	/* ALGFI */
	{ 0xc20b, SIE_RIL, SIE_IMMZ, .run = add_logical32 },	/* ALFI */
	{ 0xc20c, SIE_RIL, SIE_IMM, .run = compare64 },	/* CGFI */
	{ 0xc20d, SIE_RIL, SIE_IMM, .run = compare32 },	/* CFI */
	{ 0xc20e, SIE_RIL, SIE_IMMZ, .run = compare_logical64 },	/* CLGFI */
	{ 0xc20f, SIE_RIL, SIE_IMMZ, .run = compare_logical32 },	/* CLFI */
	{ 0xc604, SIE_RIL, SIE_M16S, .run = compare64 },	/* CGHRL */
	{ 0xc605, SIE_RIL, SIE_M16S, .run = compare32 },	/* CHRL */
	{ 0xc606, SIE_RIL, SIE_M16Z, .run = compare_logical64 },	/* CLGHRL */
	{ 0xc607, SIE_RIL, SIE_M16Z, .run = compare_logical32 },	/* CLHRL */
	{ 0xc608, SIE_RIL, SIE_M64, .run = compare64 },	/* CGRL */
	{ 0xc60a, SIE_RIL, SIE_M64, .run = compare_logical64 },	/* CLGRL */
	{ 0xc60c, SIE_RIL, SIE_M32S, .run = compare64 },	/* CGFRL */
	{ 0xc60d, SIE_RIL, SIE_M32S, .run = compare32 },	/* CRL */
	{ 0xc60e, SIE_RIL, SIE_M32Z, .run = compare_logical64 },	/* CLGFRL */
	{ 0xc60f, SIE_RIL, SIE_M32Z, .run = compare_logical32 },	/* CLRL */
	{ 0xe308, SIE_RXY, SIE_M64, .run = add64 },	/* AG */
	{ 0xe309, SIE_RXY, SIE_M64, .run = sub64 },	/* SG */
	{ 0xe30a, SIE_RXY, SIE_M64, .run = add_logical64 },	/* ALG */
	{ 0xe30b, SIE_RXY, SIE_M64, .run = sub_logical64 },	/* SLG */
	{ 0xe318, SIE_RXY, SIE_M32S, .run = add64 },	/* AGF */
	{ 0xe319, SIE_RXY, SIE_M32S, .run = sub64 },	/* SGF */
	{ 0xe31a, SIE_RXY, SIE_M32Z, .run = add_logical64 },	/* ALGF */
	{ 0xe31b, SIE_RXY, SIE_M32Z, .run = sub_logical64 },	/* SLGF */
	{ 0xe320, SIE_RXY, SIE_M64, .run = compare64 },	/* CG */
	{ 0xe321, SIE_RXY, SIE_M64, .run = compare_logical64 },	/* CLG */
	{ 0xe330, SIE_RXY, SIE_M32S, .run = compare64 },	/* CGF */
	{ 0xe331, SIE_RXY, SIE_M32Z, .run = compare_logical64 },	/* CLGF */
	{ 0xe334, SIE_RXY, SIE_M16S, .run = compare64 },	/* CGH */
	{ 0xe338, SIE_RXY, SIE_M16S, .run = add64 },	/* AGH */
	{ 0xe339, SIE_RXY, SIE_M16S, .run = sub64 },	/* SGH */
	{ 0xe355, SIE_RXY, SIE_M32Z, .run = compare_logical32 },	/* CLY */
	{ 0xe359, SIE_RXY, SIE_M32S, .run = compare32 },	/* CY */
	{ 0xe35a, SIE_RXY, SIE_M32S, .run = add32 },	/* AY */
	{ 0xe35b, SIE_RXY, SIE_M32S, .run = sub32 },	/* SY */
	{ 0xe35e, SIE_RXY, SIE_M32Z, .run = add_logical32 },	/* ALY */
	{ 0xe35f, SIE_RXY, SIE_M32Z, .run = sub_logical32 },	/* SLY */
	{ 0xe379, SIE_RXY, SIE_M16S, .run = compare32 },	/* CHY */
	{ 0xe37a, SIE_RXY, SIE_M16S, .run = add32 },	/* AHY */
	{ 0xe37b, SIE_RXY, SIE_M16S, .run = sub32 },	/* SHY */
	{ 0xe388, SIE_RXY, SIE_M64, .run = add_carry64 },	/* ALCG */
	{ 0xe389, SIE_RXY, SIE_M64, .run = sub_borrow64 },	/* SLBG */
	{ 0xe398, SIE_RXY, SIE_M32Z, .run = add_carry32 },	/* ALC */
	{ 0xe399, SIE_RXY, SIE_M32Z, .run = sub_borrow32 },	/* SLB */
	{ 0xe554, SIE_SIL, SIE_M16S, .run = compare_storage },	/* CHHSI */
	{ 0xe555, SIE_SIL, SIE_M16Z, .arg = 16, .run = compare_storage_logical }, /* CLHHSI */
	{ 0xe558, SIE_SIL, SIE_M64, .run = compare_storage },	/* CGHSI */
	{ 0xe559, SIE_SIL, SIE_M64, .arg = 16, .run = compare_storage_logical }, /* CLGHSI */
	{ 0xe55c, SIE_SIL, SIE_M32S, .run = compare_storage },	/* CHSI */
	{ 0xe55d, SIE_SIL, SIE_M32Z, .arg = 16, .run = compare_storage_logical }, /* CLFHSI */
	{ 0xeb55, SIE_SIY, SIE_M8Z, .arg = 8, .run = compare_storage_logical }, /* CLIY */
	{ 0xeb6a, SIE_SIY, SIE_M32S, .arg = 4, .run = add_storage },	/* ASI */
	{ 0xeb6e, SIE_SIY, SIE_M32Z, .arg = 4, .run = add_storage_logical },	/* ALSI */
	{ 0xeb7a, SIE_SIY, SIE_M64, .arg = 8, .run = add_storage },	/* AGSI */
	{ 0xeb7e, SIE_SIY, SIE_M64, .arg = 8, .run = add_storage_logical },	/* ALGSI */
	{ 0xecd8, SIE_RIE_D, SIE_IMM, .run = add32 },	/* AHIK */
	{ 0xecd9, SIE_RIE_D, SIE_IMM, .run = add64 },	/* AGHIK */
	{ 0xecda, SIE_RIE_D, SIE_IMM, .run = add_logical32 },	/* ALHSIK */
	{ 0xecdb, SIE_RIE_D, SIE_IMM, .run = add_logical64 },	/* ALGHSIK */
};

const struct sie_table sie_arith = { insns, ARRAY_SIZE(insns) };
