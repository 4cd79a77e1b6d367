// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bits: and, or, exclusive or, tests, and strings of bytes
 *
 * Nothing here is interlocked, see update.c.
 */
#include <linux/bitops.h>
#include <linux/kvm_host.h>

#include "sie.h"

/* arg of the functions below */
enum { AND, OR, XOR, MOVE, NAND, NOR, NXOR, AND_NOT, OR_NOT, DIGITS, ZONES };

static u64 combine(u8 operation, u64 a, u64 b)
{
	switch (operation) {
	case AND:
		return a & b;
	case OR:
		return a | b;
	case XOR:
		return a ^ b;
	case NAND:
		return ~(a & b);
	case NOR:
		return ~(a | b);
	case NXOR:
		return ~(a ^ b);
	case AND_NOT:
		return a & ~b;
	case OR_NOT:
		return a | ~b;
	case DIGITS:
		return (a & 0xf0) | (b & 0x0f);
	case ZONES:
		return (a & 0x0f) | (b & 0xf0);
	default:
		return b;
	}
}

static int logic64(struct sie_guest *g, const struct sie_insn *insn,
		   struct sie_operands *o)
{
	u64 result = combine(insn->arg, o->first, o->value);

	g->gr[o->r1] = result;
	sie_set_cc(g, result ? 1 : 0);
	return 0;
}

static int logic32(struct sie_guest *g, const struct sie_insn *insn,
		   struct sie_operands *o)
{
	u32 result = combine(insn->arg, o->first, o->value);

	sie_put32(g, o->r1, result);
	sie_set_cc(g, result ? 1 : 0);
	return 0;
}

/* Replace the bits under @mask; only they count for the condition code. */
static int logic_part(struct sie_guest *g, struct sie_operands *o, u8 operation,
		      u64 mask, unsigned int shift)
{
	u64 result = combine(operation, o->first, o->value << shift) & mask;

	g->gr[o->r1] = (o->first & ~mask) | result;
	sie_set_cc(g, result ? 1 : 0);
	return 0;
}

/* An immediate of 16 or 32 bits; arg says what to do how far from the right. */
#define PART(operation, shift)	((shift) | (operation))
#define PART_OPERATION		3

static int logic_part16(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	unsigned int shift = insn->arg & ~PART_OPERATION;

	return logic_part(g, o, insn->arg & PART_OPERATION, 0xffffULL << shift,
			  shift);
}

static int logic_part32(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	unsigned int shift = insn->arg & ~PART_OPERATION;

	return logic_part(g, o, insn->arg & PART_OPERATION,
			  (u64)U32_MAX << shift, shift);
}

static int test_mask(struct sie_guest *g, u16 bits, u16 mask, bool byte)
{
	bits &= mask;
	if (!bits)
		sie_set_cc(g, 0);
	else if (bits == mask)
		sie_set_cc(g, 3);
	else if (byte)
		sie_set_cc(g, 1);
	else	/* which it is depends on the leftmost selected bit */
		sie_set_cc(g, bits & BIT(fls(mask) - 1) ? 2 : 1);
	return 0;
}

static int tm(struct sie_guest *g, const struct sie_insn *insn,
	      struct sie_operands *o)
{
	return test_mask(g, o->value, o->imm, true);
}

/* arg is how far from the right the tested bits are. */
static int tm_register(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	return test_mask(g, o->first >> insn->arg, o->imm, false);
}

static int logic_byte(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	u8 result = combine(insn->arg, o->value, o->imm);

	sie_set_cc(g, result ? 1 : 0);
	return sie_store(g, o->addr, 1, result);
}

/* Byte by byte from left to right, also where the operands overlap. */
static int logic_string(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	unsigned int len = o->r3 + 1, i;
	u64 distance = o->addr - o->addr2;
	u8 *a, *b, nonzero = 0;
	u8 buf[2 * 256];
	int rc;

	a = buf;
	b = buf + 256;
	rc = sie_read(g, o->addr, a, len) ?: sie_read(g, o->addr2, b, len);
	if (rc)
		return rc;
	for (i = 0; i < len; i++) {
		if (distance && i >= distance)
			b[i] = a[i - distance];
		a[i] = combine(insn->arg, a[i], b[i]);
		nonzero |= a[i];
	}
	if (insn->arg < MOVE)
		sie_set_cc(g, nonzero ? 1 : 0);
	return sie_write(g, o->addr, a, len);
}

static int compare_string(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	unsigned int len = o->r3 + 1;
	u8 buf[2 * 256];
	int rc, order;

	rc = sie_read(g, o->addr, buf, len) ?:
	     sie_read(g, o->addr2, buf + 256, len);
	if (rc)
		return rc;
	order = memcmp(buf, buf + 256, len);
	sie_set_cc(g, order ? (order < 0 ? 1 : 2) : 0);
	return 0;
}

/* Bytes under a mask, against consecutive ones in storage */
static int compare_mask(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	u32 word = g->gr[o->r1] >> insn->arg;
	u8 have[4], buf[4], n = 0;
	unsigned int i;
	int rc, order;

	for (i = 0; i < 4; i++) {
		if (o->r3 & 8 >> i)
			have[n++] = word >> (24 - 8 * i);
	}
	rc = sie_read(g, o->addr, buf, n);
	if (rc)
		return rc;
	order = memcmp(have, buf, n);
	sie_set_cc(g, order ? (order < 0 ? 1 : 2) : 0);
	return 0;
}

/* Bits from @start to @end, perhaps around the end of the register */
static u64 selected(unsigned int start, unsigned int end)
{
	u64 left = GENMASK_ULL(63 - start, 0), right = ~0ULL << (63 - end);

	return start <= end ? left & right : left | right;
}

/* arg: is the condition code set? */
static int rotate_insert(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	unsigned int start = g->text[2] & 63, end = g->text[3] & 63;
	u64 value = rol64(o->value, g->text[4] & 63);
	u64 mask = selected(start, end);
	bool zero = g->text[3] & 0x80;

	g->gr[o->r1] = (value & mask) | (zero ? 0 : o->first & ~mask);
	if (insn->arg)
		sie_set_cc_sign(g, g->gr[o->r1]);
	return 0;
}

/* AND, OR or XOR with the rotated operand; arg says which */
static int rotate_combine(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	unsigned int start = g->text[2] & 63, end = g->text[3] & 63;
	u64 value = rol64(o->value, g->text[4] & 63);
	u64 mask = selected(start, end), result;

	result = combine(insn->arg, o->first, value) & mask;
	sie_set_cc(g, result ? 1 : 0);
	/* The T bit: it was a test. */
	if (!(g->text[2] & 0x80))
		g->gr[o->r1] = (o->first & ~mask) | result;
	return 0;
}

/* From left to right, each byte from the other side of the second operand */
static int move_inverse(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	unsigned int len = o->r3 + 1, i;
	u8 from[256], to[256];
	int rc;

	rc = sie_read(g, sie_wrap(g, o->addr2 - o->r3), from, len);
	if (rc)
		return rc;
	for (i = 0; i < len; i++)
		to[i] = from[o->r3 - i];
	return sie_write(g, o->addr, to, len);
}

static const struct sie_insn insns[] = {
	{ 0x1400, SIE_RR, SIE_R32Z, .arg = AND, .run = logic32 },	/* NR */
	{ 0x1600, SIE_RR, SIE_R32Z, .arg = OR, .run = logic32 },	/* OR */
	{ 0x1700, SIE_RR, SIE_R32Z, .arg = XOR, .run = logic32 },	/* XR */
	{ 0x5400, SIE_RX, SIE_M32Z, .arg = AND, .run = logic32 },	/* N */
	{ 0x5600, SIE_RX, SIE_M32Z, .arg = OR, .run = logic32 },	/* O */
	{ 0x5700, SIE_RX, SIE_M32Z, .arg = XOR, .run = logic32 },	/* X */
	{ 0x9100, SIE_SI, SIE_M8Z, .run = tm },	/* TM */
	{ 0x9400, SIE_SI, SIE_M8Z, .arg = AND, .run = logic_byte },	/* NI */
	{ 0x9600, SIE_SI, SIE_M8Z, .arg = OR, .run = logic_byte },	/* OI */
	{ 0x9700, SIE_SI, SIE_M8Z, .arg = XOR, .run = logic_byte },	/* XI */
	{ 0xa504, SIE_RI, SIE_IMMZ, .arg = PART(AND, 48), .run = logic_part16 },	/* NIHH */
	{ 0xa505, SIE_RI, SIE_IMMZ, .arg = PART(AND, 32), .run = logic_part16 },	/* NIHL */
	{ 0xa506, SIE_RI, SIE_IMMZ, .arg = PART(AND, 16), .run = logic_part16 },	/* NILH */
	{ 0xa507, SIE_RI, SIE_IMMZ, .arg = PART(AND, 0), .run = logic_part16 },	/* NILL */
	{ 0xa508, SIE_RI, SIE_IMMZ, .arg = PART(OR, 48), .run = logic_part16 },	/* OIHH */
	{ 0xa509, SIE_RI, SIE_IMMZ, .arg = PART(OR, 32), .run = logic_part16 },	/* OIHL */
	{ 0xa50a, SIE_RI, SIE_IMMZ, .arg = PART(OR, 16), .run = logic_part16 },	/* OILH */
	{ 0xa50b, SIE_RI, SIE_IMMZ, .arg = PART(OR, 0), .run = logic_part16 },	/* OILL */
	{ 0xa700, SIE_RI, .arg = 16, .run = tm_register },	/* TMLH */
	{ 0xa701, SIE_RI, .arg = 0, .run = tm_register },	/* TMLL */
	{ 0xa702, SIE_RI, .arg = 48, .run = tm_register },	/* TMHH */
	{ 0xa703, SIE_RI, .arg = 32, .run = tm_register },	/* TMHL */
	{ 0xb964, SIE_RRF, SIE_R64, .arg = NAND, .run = logic64 },	/* NNGRK */
	{ 0xb965, SIE_RRF, SIE_R64, .arg = OR_NOT, .run = logic64 },	/* OCGRK */
	{ 0xb966, SIE_RRF, SIE_R64, .arg = NOR, .run = logic64 },	/* NOGRK */
	{ 0xb967, SIE_RRF, SIE_R64, .arg = NXOR, .run = logic64 },	/* NXGRK */
	{ 0xb974, SIE_RRF, SIE_R32Z, .arg = NAND, .run = logic32 },	/* NNRK */
	{ 0xb975, SIE_RRF, SIE_R32Z, .arg = OR_NOT, .run = logic32 },	/* OCRK */
	{ 0xb976, SIE_RRF, SIE_R32Z, .arg = NOR, .run = logic32 },	/* NORK */
	{ 0xb977, SIE_RRF, SIE_R32Z, .arg = NXOR, .run = logic32 },	/* NXRK */
	{ 0xb980, SIE_RRE, SIE_R64, .arg = AND, .run = logic64 },	/* NGR */
	{ 0xb981, SIE_RRE, SIE_R64, .arg = OR, .run = logic64 },	/* OGR */
	{ 0xb982, SIE_RRE, SIE_R64, .arg = XOR, .run = logic64 },	/* XGR */
	{ 0xb9e4, SIE_RRF, SIE_R64, .arg = AND, .run = logic64 },	/* NGRK */
	{ 0xb9e5, SIE_RRF, SIE_R64, .arg = AND_NOT, .run = logic64 },	/* NCGRK */
	{ 0xb9e6, SIE_RRF, SIE_R64, .arg = OR, .run = logic64 },	/* OGRK */
	{ 0xb9e7, SIE_RRF, SIE_R64, .arg = XOR, .run = logic64 },	/* XGRK */
	{ 0xb9f4, SIE_RRF, SIE_R32Z, .arg = AND, .run = logic32 },	/* NRK */
	{ 0xb9f5, SIE_RRF, SIE_R32Z, .arg = AND_NOT, .run = logic32 },	/* NCRK */
	{ 0xb9f6, SIE_RRF, SIE_R32Z, .arg = OR, .run = logic32 },	/* ORK */
	{ 0xb9f7, SIE_RRF, SIE_R32Z, .arg = XOR, .run = logic32 },	/* XRK */
	{ 0xbd00, SIE_RS, .arg = 0, .run = compare_mask },	/* CLM */
	{ 0xc006, SIE_RIL, SIE_IMMZ, .arg = PART(XOR, 32), .run = logic_part32 },	/* XIHF */
	{ 0xc007, SIE_RIL, SIE_IMMZ, .arg = PART(XOR, 0), .run = logic_part32 },	/* XILF */
	{ 0xc00a, SIE_RIL, SIE_IMMZ, .arg = PART(AND, 32), .run = logic_part32 },	/* NIHF */
	{ 0xc00b, SIE_RIL, SIE_IMMZ, .arg = PART(AND, 0), .run = logic_part32 },	/* NILF */
	{ 0xc00c, SIE_RIL, SIE_IMMZ, .arg = PART(OR, 32), .run = logic_part32 },	/* OIHF */
	{ 0xc00d, SIE_RIL, SIE_IMMZ, .arg = PART(OR, 0), .run = logic_part32 },	/* OILF */
	{ 0xd100, SIE_SS, .arg = DIGITS, .run = logic_string },	/* MVN */
	{ 0xd200, SIE_SS, .arg = MOVE, .run = logic_string },	/* MVC */
	{ 0xd300, SIE_SS, .arg = ZONES, .run = logic_string },	/* MVZ */
	{ 0xd400, SIE_SS, .arg = AND, .run = logic_string },	/* NC */
	{ 0xd500, SIE_SS, .run = compare_string },	/* CLC */
	{ 0xd600, SIE_SS, .arg = OR, .run = logic_string },	/* OC */
	{ 0xd700, SIE_SS, .arg = XOR, .run = logic_string },	/* XC */
	{ 0xe354, SIE_RXY, SIE_M32Z, .arg = AND, .run = logic32 },	/* NY */
	{ 0xe356, SIE_RXY, SIE_M32Z, .arg = OR, .run = logic32 },	/* OY */
	{ 0xe357, SIE_RXY, SIE_M32Z, .arg = XOR, .run = logic32 },	/* XY */
	{ 0xe380, SIE_RXY, SIE_M64, .arg = AND, .run = logic64 },	/* NG */
	{ 0xe381, SIE_RXY, SIE_M64, .arg = OR, .run = logic64 },	/* OG */
	{ 0xe382, SIE_RXY, SIE_M64, .arg = XOR, .run = logic64 },	/* XG */
	{ 0xe800, SIE_SS, .run = move_inverse },	/* MVCIN */
	{ 0xeb20, SIE_RSY, .arg = 32, .run = compare_mask },	/* CLMH */
	{ 0xeb21, SIE_RSY, .arg = 0, .run = compare_mask },	/* CLMY */
	{ 0xeb51, SIE_SIY, SIE_M8Z, .run = tm },	/* TMY */
	{ 0xeb54, SIE_SIY, SIE_M8Z, .arg = AND, .run = logic_byte },	/* NIY */
	{ 0xeb56, SIE_SIY, SIE_M8Z, .arg = OR, .run = logic_byte },	/* OIY */
	{ 0xeb57, SIE_SIY, SIE_M8Z, .arg = XOR, .run = logic_byte },	/* XIY */
	{ 0xec54, SIE_RIE_F, SIE_R64, .arg = AND, .run = rotate_combine },	/* RNSBG */
	{ 0xec55, SIE_RIE_F, SIE_R64, .arg = 1, .run = rotate_insert },	/* RISBG */
	{ 0xec56, SIE_RIE_F, SIE_R64, .arg = OR, .run = rotate_combine },	/* ROSBG */
	{ 0xec57, SIE_RIE_F, SIE_R64, .arg = XOR, .run = rotate_combine },	/* RXSBG */
	{ 0xec59, SIE_RIE_F, SIE_R64, .arg = 0, .run = rotate_insert },	/* RISBGN */
};

const struct sie_table sie_logic = { insns, ARRAY_SIZE(insns) };
