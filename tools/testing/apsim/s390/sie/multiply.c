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

static int mul128(struct sie_guest *g, const struct sie_insn *insn,
		  struct sie_operands *o)
{
	s64 first = o->first;
	__int128 product;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	if (insn->format != SIE_RRF)
		first = g->gr[o->r1 + 1];
	product = (__int128)first * (s64)o->value;
	g->gr[o->r1] = product >> 64;
	g->gr[o->r1 + 1] = product;
	return 0;
}

/* The same in right halves; the source says whether it is signed. */
static int mul64_halves(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	u64 product;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	if (insn->arg)
		product = (u64)(u32)g->gr[o->r1 + 1] * o->value;
	else
		product = (s64)(s32)g->gr[o->r1 + 1] * (s64)o->value;
	sie_put32(g, o->r1, product >> 32);
	sie_put32(g, o->r1 + 1, product);
	return 0;
}

static int mul_overflow64(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	__int128 product = (__int128)(s64)o->first * (s64)o->value;

	g->gr[o->r1] = product;
	sie_set_cc(g, product ? (product < 0 ? 1 : 2) : 0);
	return product == (s64)product ? 0 : sie_overflow(g);
}

static int mul_overflow32(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	s64 product = (s64)(s32)o->first * (s32)o->value;

	sie_put32(g, o->r1, product);
	sie_set_cc_sign(g, product);
	return product == (s32)product ? 0 : sie_overflow(g);
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

/* A signed doubleword in right halves, by a word */
static int div_halves(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	s64 dividend, divisor = o->value, quotient;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	dividend = g->gr[o->r1] << 32 | (u32)g->gr[o->r1 + 1];
	if (!divisor || (dividend == S64_MIN && divisor == -1))
		return PGM_DIVIDE;
	quotient = dividend / divisor;
	if (quotient != (s32)quotient)
		return PGM_DIVIDE;
	sie_put32(g, o->r1, dividend % divisor);
	sie_put32(g, o->r1 + 1, quotient);
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

/* Arithmetically to the left: the sign stays, and must not differ from a bit. */
static int shift_left_signed(struct sie_guest *g, s64 value, unsigned int bits,
			     s64 *result)
{
	s64 sign = value & S64_MIN;
	bool overflow = false;

	while (bits--) {
		overflow |= ((u64)value << 1 ^ sign) >> 63;
		value = ((u64)value << 1 & S64_MAX) | sign;
	}
	*result = value;
	sie_set_cc_sign(g, value);
	return overflow ? sie_overflow(g) : 0;
}

static int shift_left_signed64(struct sie_guest *g,
			       const struct sie_insn *insn,
			       struct sie_operands *o)
{
	return shift_left_signed(g, o->first, amount(o), (s64 *)&g->gr[o->r1]);
}

/* In the left half of a doubleword, whose right one stays 0 */
static int shift_left_signed32(struct sie_guest *g,
			       const struct sie_insn *insn,
			       struct sie_operands *o)
{
	s64 result;
	int rc;

	rc = shift_left_signed(g, o->first << 32, amount(o), &result);
	sie_put32(g, o->r1, result >> 32);
	return rc;
}

/* Doublewords in right halves of a pair; arg: what is done */
enum { LEFT, RIGHT, LEFT_SIGNED, RIGHT_SIGNED };

static int shift_pair(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	s64 value = g->gr[o->r1] << 32 | (u32)g->gr[(o->r1 + 1) % 16];
	int rc = 0;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	switch (insn->arg) {
	case LEFT:
		value = (u64)value << amount(o);
		break;
	case RIGHT:
		value = (u64)value >> amount(o);
		break;
	case LEFT_SIGNED:
		rc = shift_left_signed(g, value, amount(o), &value);
		break;
	default:
		value >>= amount(o);
		sie_set_cc_sign(g, value);
	}
	sie_put32(g, o->r1, value >> 32);
	sie_put32(g, o->r1 + 1, value);
	return rc;
}

/* The leftmost one: how far it is from the left, and what is without it */
static int find_one(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	u64 value = o->value;
	unsigned int zeros = 64 - fls64(value);

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	g->gr[o->r1] = zeros;
	g->gr[o->r1 + 1] = value ? value & ~(BIT_ULL(63) >> zeros) : 0;
	sie_set_cc(g, value ? 2 : 0);
	return 0;
}

/* Ones in each byte, or in all of them if the mask says so */
static int count_ones(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	u64 sum = 0;
	unsigned int i;

	if (o->r3 & 8) {
		sum = hweight64(o->value);
	} else {
		for (i = 0; i < 64; i += 8)
			sum |= (u64)hweight8(o->value >> i) << i;
	}
	g->gr[o->r1] = sum;
	sie_set_cc(g, sum ? 1 : 0);
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
	{ 0x1c00, SIE_RR, SIE_R32S, .run = mul64_halves },	/* MR */
	{ 0x1d00, SIE_RR, SIE_R32S, .run = div_halves },	/* DR */
	{ 0x4c00, SIE_RX, SIE_M16S, .run = mul32 },	/* MH */
	{ 0x5c00, SIE_RX, SIE_M32S, .run = mul64_halves },	/* M */
	{ 0x5d00, SIE_RX, SIE_M32S, .run = div_halves },	/* D */
	{ 0x7100, SIE_RX, SIE_M32S, .run = mul32 },	/* MS */
	{ 0x8800, SIE_RS, .run = shift_right32 },	/* SRL */
	{ 0x8900, SIE_RS, .run = shift_left32 },	/* SLL */
	{ 0x8a00, SIE_RS, .run = shift_right_signed32 },	/* SRA */
	{ 0x8b00, SIE_RS, .run = shift_left_signed32 },	/* SLA */
	{ 0x8c00, SIE_RS, .arg = RIGHT, .run = shift_pair },	/* SRDL */
	{ 0x8d00, SIE_RS, .arg = LEFT, .run = shift_pair },	/* SLDL */
	{ 0x8e00, SIE_RS, .arg = RIGHT_SIGNED, .run = shift_pair },	/* SRDA */
	{ 0x8f00, SIE_RS, .arg = LEFT_SIGNED, .run = shift_pair },	/* SLDA */
	{ 0xa70c, SIE_RI, SIE_IMM, .run = mul32 },	/* MHI */
	{ 0xa70d, SIE_RI, SIE_IMM, .run = mul64 },	/* MGHI */
	{ 0xb252, SIE_RRE, SIE_R32S, .run = mul32 },	/* MSR */
	{ 0xb90c, SIE_RRE, SIE_R64, .run = mul64 },	/* MSGR */
	{ 0xb90d, SIE_RRE, SIE_R64, .run = div_single },	/* DSGR */
	{ 0xb91c, SIE_RRE, SIE_R32S, .run = mul64 },	/* MSGFR */
	{ 0xb91d, SIE_RRE, SIE_R32S, .run = div_single },	/* DSGFR */
	{ 0xb983, SIE_RRE, SIE_R64, .run = find_one },	/* FLOGR */
	{ 0xb986, SIE_RRE, SIE_R64, .run = mul_logical128 },	/* MLGR */
	{ 0xb987, SIE_RRE, SIE_R64, .run = div_logical128 },	/* DLGR */
	{ 0xb996, SIE_RRE, SIE_R32Z, .arg = 1, .run = mul64_halves },	/* MLR */
	{ 0xb997, SIE_RRE, SIE_R32Z, .run = div_logical64 },	/* DLR */
	{ 0xb9e1, SIE_RRF_C, SIE_R64, .run = count_ones },	/* POPCNT */
	{ 0xb9ec, SIE_RRF, SIE_R64, .run = mul128 },	/* MGRK */
	{ 0xb9ed, SIE_RRF, SIE_R64, .run = mul_overflow64 },	/* MSGRKC */
	{ 0xb9fd, SIE_RRF, SIE_R32S, .run = mul_overflow32 },	/* MSRKC */
	{ 0xc200, SIE_RIL, SIE_IMM, .run = mul64 },	/* MSGFI */
	{ 0xc201, SIE_RIL, SIE_IMM, .run = mul32 },	/* MSFI */
	{ 0xe30c, SIE_RXY, SIE_M64, .run = mul64 },	/* MSG */
	{ 0xe30d, SIE_RXY, SIE_M64, .run = div_single },	/* DSG */
	{ 0xe31c, SIE_RXY, SIE_M32S, .run = mul64 },	/* MSGF */
	{ 0xe31d, SIE_RXY, SIE_M32S, .run = div_single },	/* DSGF */
	{ 0xe33c, SIE_RXY, SIE_M16S, .run = mul64 },	/* MGH */
	{ 0xe351, SIE_RXY, SIE_M32S, .run = mul32 },	/* MSY */
	{ 0xe353, SIE_RXY, SIE_M32S, .run = mul_overflow32 },	/* MSC */
	{ 0xe35c, SIE_RXY, SIE_M32S, .run = mul64_halves },	/* MFY */
	{ 0xe37c, SIE_RXY, SIE_M16S, .run = mul32 },	/* MHY */
	{ 0xe383, SIE_RXY, SIE_M64, .run = mul_overflow64 },	/* MSGC */
	{ 0xe384, SIE_RXY, SIE_M64, .run = mul128 },	/* MG */
	{ 0xe386, SIE_RXY, SIE_M64, .run = mul_logical128 },	/* MLG */
	{ 0xe387, SIE_RXY, SIE_M64, .run = div_logical128 },	/* DLG */
	{ 0xe396, SIE_RXY, SIE_M32Z, .arg = 1, .run = mul64_halves },	/* ML */
	{ 0xe397, SIE_RXY, SIE_M32Z, .run = div_logical64 },	/* DL */
	{ 0xeb0a, SIE_RSY, .run = shift_right_signed64 },	/* SRAG */
	{ 0xeb0b, SIE_RSY, .run = shift_left_signed64 },	/* SLAG */
	{ 0xeb0c, SIE_RSY, .run = shift_right64 },	/* SRLG */
	{ 0xeb0d, SIE_RSY, .run = shift_left64 },	/* SLLG */
	{ 0xeb1c, SIE_RSY, .run = rotate64 },	/* RLLG */
	{ 0xeb1d, SIE_RSY, .run = rotate32 },	/* RLL */
	{ 0xebdc, SIE_RSY, .run = shift_right_signed32 },	/* SRAK */
	{ 0xebdd, SIE_RSY, .run = shift_left_signed32 },	/* SLAK */
	{ 0xebde, SIE_RSY, .run = shift_right32 },	/* SRLK */
	{ 0xebdf, SIE_RSY, .run = shift_left32 },	/* SLLK */
};

const struct sie_table sie_multiply = { insns, ARRAY_SIZE(insns) };
