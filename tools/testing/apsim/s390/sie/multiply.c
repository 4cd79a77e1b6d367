// SPDX-License-Identifier: GPL-2.0-only
/*
 * Multiplication, division, shifts
 */
#include <linux/bitops.h>
#include <linux/kvm_host.h>

#include "../../core/apsim.h"
#include "sie.h"

static int mul64(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	g->gr[o->r1] = o->first * o->value;
	return 0;
}

static int mul32(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	sie_put32(g, o->r1, (u32)o->first * (u32)o->value);
	return 0;
}

/* The pairs' even register takes the high part of a product. */
static int mul_logical128(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	unsigned __int128 product;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	product = (unsigned __int128)g->gr[o->r1 + 1] * o->value;
	g->gr[o->r1] = product >> 64;
	g->gr[o->r1 + 1] = product;
	return 0;
}

/* The even register takes the remainder, the odd one the quotient. */
static int div_logical128(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	u64 rest, low, quotient = 0;
	unsigned int i;
	bool carry;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	rest = g->gr[o->r1];
	low = g->gr[o->r1 + 1];
	if (rest >= o->value)
		return PGM_DIVIDE;
	for (i = 0; i < 64; i++) {
		carry = rest >> 63;
		rest = rest << 1 | low >> 63;
		low <<= 1;
		quotient <<= 1;
		if (carry || rest >= o->value) {
			rest -= o->value;
			quotient |= 1;
		}
	}
	g->gr[o->r1] = rest;
	g->gr[o->r1 + 1] = quotient;
	return 0;
}

static int div_logical64(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u64 dividend;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	if ((u32)g->gr[o->r1] >= o->value)
		return PGM_DIVIDE;
	dividend = g->gr[o->r1] << 32 | (u32)g->gr[o->r1 + 1];
	sie_put32(g, o->r1, dividend % o->value);
	sie_put32(g, o->r1 + 1, dividend / o->value);
	return 0;
}

static int div_single(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	s64 dividend, divisor = o->value;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	dividend = g->gr[o->r1 + 1];
	if (!divisor || (dividend == S64_MIN && divisor == -1))
		return PGM_DIVIDE;
	g->gr[o->r1] = dividend % divisor;
	g->gr[o->r1 + 1] = dividend / divisor;
	return 0;
}

static unsigned int amount(const struct sie_operands *o)
{
	return o->addr & 63;
}

static int shift_left32(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	sie_put32(g, o->r1, (u64)(u32)o->first << amount(o));
	return 0;
}

static int shift_right32(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	sie_put32(g, o->r1, (u64)(u32)o->first >> amount(o));
	return 0;
}

static int shift_right_signed32(struct sie_guest *g,
				const struct sie_insn *insn,
				struct sie_operands *o)
{
	s32 result = (s64)(s32)o->first >> amount(o);

	sie_put32(g, o->r1, result);
	sie_set_cc_sign(g, result);
	return 0;
}

static int shift_left64(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	g->gr[o->r1] = o->first << amount(o);
	return 0;
}

static int shift_right64(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	g->gr[o->r1] = o->first >> amount(o);
	return 0;
}

static int shift_right_signed64(struct sie_guest *g,
				const struct sie_insn *insn,
				struct sie_operands *o)
{
	s64 result = (s64)o->first >> amount(o);

	g->gr[o->r1] = result;
	sie_set_cc_sign(g, result);
	return 0;
}

static int rotate32(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	sie_put32(g, o->r1, rol32(o->first, o->addr & 31));
	return 0;
}

static int rotate64(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	g->gr[o->r1] = rol64(o->first, amount(o));
	return 0;
}

static const struct sie_insn insns[] = {
	{ 0x4c00, SIE_RX, SIE_M16S, .run = mul32 },	/* MH */
	{ 0x7100, SIE_RX, SIE_M32S, .run = mul32 },	/* MS */
	{ 0x8800, SIE_RS, .run = shift_right32 },	/* SRL */
	{ 0x8900, SIE_RS, .run = shift_left32 },	/* SLL */
	{ 0x8a00, SIE_RS, .run = shift_right_signed32 },	/* SRA */
	{ 0xa70c, SIE_RI, SIE_IMM, .run = mul32 },	/* MHI */
	{ 0xa70d, SIE_RI, SIE_IMM, .run = mul64 },	/* MGHI */
	{ 0xb252, SIE_RRE, SIE_R32S, .run = mul32 },	/* MSR */
	{ 0xb90c, SIE_RRE, SIE_R64, .run = mul64 },	/* MSGR */
	{ 0xb90d, SIE_RRE, SIE_R64, .run = div_single },	/* DSGR */
	{ 0xb91c, SIE_RRE, SIE_R32S, .run = mul64 },	/* MSGFR */
	{ 0xb91d, SIE_RRE, SIE_R32S, .run = div_single },	/* DSGFR */
	{ 0xb986, SIE_RRE, SIE_R64, .run = mul_logical128 },	/* MLGR */
	{ 0xb987, SIE_RRE, SIE_R64, .run = div_logical128 },	/* DLGR */
	{ 0xb997, SIE_RRE, SIE_R32Z, .run = div_logical64 },	/* DLR */
	{ 0xc200, SIE_RIL, SIE_IMM, .run = mul64 },	/* MSGFI */
	{ 0xc201, SIE_RIL, SIE_IMM, .run = mul32 },	/* MSFI */
	{ 0xe30c, SIE_RXY, SIE_M64, .run = mul64 },	/* MSG */
	{ 0xe30d, SIE_RXY, SIE_M64, .run = div_single },	/* DSG */
	{ 0xe31c, SIE_RXY, SIE_M32S, .run = mul64 },	/* MSGF */
	{ 0xe351, SIE_RXY, SIE_M32S, .run = mul32 },	/* MSY */
	{ 0xe386, SIE_RXY, SIE_M64, .run = mul_logical128 },	/* MLG */
	{ 0xe387, SIE_RXY, SIE_M64, .run = div_logical128 },	/* DLG */
	{ 0xe397, SIE_RXY, SIE_M32Z, .run = div_logical64 },	/* DL */
	{ 0xeb0a, SIE_RSY, .run = shift_right_signed64 },	/* SRAG */
	{ 0xeb0c, SIE_RSY, .run = shift_right64 },	/* SRLG */
	{ 0xeb0d, SIE_RSY, .run = shift_left64 },	/* SLLG */
	{ 0xeb1c, SIE_RSY, .run = rotate64 },	/* RLLG */
	{ 0xeb1d, SIE_RSY, .run = rotate32 },	/* RLL */
	{ 0xebdc, SIE_RSY, .run = shift_right_signed32 },	/* SRAK */
	{ 0xebde, SIE_RSY, .run = shift_right32 },	/* SRLK */
	{ 0xebdf, SIE_RSY, .run = shift_left32 },	/* SLLK */
};

const struct sie_table sie_multiply = { insns, ARRAY_SIZE(insns) };
