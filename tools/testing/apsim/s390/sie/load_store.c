// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads, stores and moves
 */
#include <linux/kvm_host.h>
#include <linux/unaligned.h>

#include "sie.h"

static int load64(struct sie_guest *g, const struct sie_insn *insn,
		  struct sie_operands *o)
{
	g->gr[o->r1] = o->value;
	return 0;
}

static int load32(struct sie_guest *g, const struct sie_insn *insn,
		  struct sie_operands *o)
{
	sie_put32(g, o->r1, o->value);
	return 0;
}

static int load_test64(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	g->gr[o->r1] = o->value;
	sie_set_cc_sign(g, o->value);
	return 0;
}

static int load_test32(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	sie_put32(g, o->r1, o->value);
	sie_set_cc_sign(g, (s32)o->value);
	return 0;
}

/* Bytes in reverse; arg is how many of them there are. */
static u64 reversed(u64 value, unsigned int bytes)
{
	return swab64(value) >> (64 - 8 * bytes);
}

static int load_reversed(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u64 value = reversed(o->value, insn->arg);

	if (insn->arg == 8)
		g->gr[o->r1] = value;
	else if (insn->arg == 4)
		sie_put32(g, o->r1, value);
	else
		g->gr[o->r1] = (g->gr[o->r1] & ~0xffffULL) | value;
	return 0;
}

static int store_reversed(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	return sie_store(g, o->addr, insn->arg,
			 reversed(g->gr[o->r1], insn->arg));
}

/* An address of 31 bits */
static int load_thirty_one(struct sie_guest *g, const struct sie_insn *insn,
			   struct sie_operands *o)
{
	g->gr[o->r1] = o->value & 0x7fffffff;
	return 0;
}

/* It would make things faster. */
static int do_nothing(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	return 0;
}

static int load_address(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	if (g->scb->gpsw.mask & PSW_MASK_EA)
		g->gr[o->r1] = o->addr;
	else
		sie_put32(g, o->r1, o->addr);
	return 0;
}

static int insert_byte(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	g->gr[o->r1] = (o->first & ~0xffULL) | o->value;
	return 0;
}

/* arg is how far from the right the immediate goes; the rest is zero. */
static int load_logical16(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	g->gr[o->r1] = o->value << insn->arg;
	return 0;
}

/* The rest stays. */
static int insert16(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	u64 mask = 0xffffULL << insn->arg;

	g->gr[o->r1] = (o->first & ~mask) | o->value << insn->arg;
	return 0;
}

static int insert32(struct sie_guest *g, const struct sie_insn *insn,
		    struct sie_operands *o)
{
	u64 mask = (u64)U32_MAX << insn->arg;

	g->gr[o->r1] = (o->first & ~mask) | o->value << insn->arg;
	return 0;
}

/* arg is the operand's length. */
static int store(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	return sie_store(g, o->addr, insn->arg, g->gr[o->r1]);
}

static int store_immediate(struct sie_guest *g, const struct sie_insn *insn,
			   struct sie_operands *o)
{
	return sie_store(g, o->addr, insn->arg, o->imm);
}

/* arg is how much of each register is concerned. */
static int load_multiple(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	unsigned int count = (o->r3 - o->r1) % 16 + 1, i;
	u8 buf[16 * 8], *p = buf;
	int rc;

	rc = sie_read(g, o->addr, buf, count * insn->arg);
	if (rc)
		return rc;
	for (i = o->r1; count--; i = (i + 1) % 16, p += insn->arg) {
		if (insn->arg == 8)
			g->gr[i] = get_unaligned_be64(p);
		else
			sie_put32(g, i, get_unaligned_be32(p));
	}
	return 0;
}

static int store_multiple(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	unsigned int count = (o->r3 - o->r1) % 16 + 1, len, i;
	u8 buf[16 * 8], *p = buf;

	len = count * insn->arg;
	for (i = o->r1; count--; i = (i + 1) % 16, p += insn->arg) {
		if (insn->arg == 8)
			put_unaligned_be64(g->gr[i], p);
		else
			put_unaligned_be32(g->gr[i], p);
	}
	return sie_write(g, o->addr, buf, len);
}

static void put_half(struct sie_guest *g, unsigned int r, unsigned int shift,
		     u32 word)
{
	g->gr[r] &= ~((u64)U32_MAX << shift);
	g->gr[r] |= (u64)word << shift;
}

/* The left halves of registers */
static int load_multiple_high(struct sie_guest *g, const struct sie_insn *insn,
			      struct sie_operands *o)
{
	unsigned int count = (o->r3 - o->r1) % 16 + 1, i;
	u8 buf[16 * 4], *p = buf;
	int rc;

	rc = sie_read(g, o->addr, buf, count * 4);
	if (rc)
		return rc;
	for (i = o->r1; count--; i = (i + 1) % 16, p += 4)
		put_half(g, i, 32, get_unaligned_be32(p));
	return 0;
}

static int store_multiple_high(struct sie_guest *g,
			       const struct sie_insn *insn,
			       struct sie_operands *o)
{
	unsigned int count = (o->r3 - o->r1) % 16 + 1, len, i;
	u8 buf[16 * 4], *p = buf;

	len = count * 4;
	for (i = o->r1; count--; i = (i + 1) % 16, p += 4)
		put_unaligned_be32(g->gr[i] >> 32, p);
	return sie_write(g, o->addr, buf, len);
}

/*
 * Bytes under a mask, from or to consecutive places in storage; arg is how far
 * from the right the half of the register is.
 */
static int insert_mask(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	unsigned int count = hweight8(o->r3), i;
	u32 word = g->gr[o->r1] >> insn->arg;
	u8 buf[4] = {}, *p = buf;
	int rc;

	rc = sie_read(g, o->addr, buf, count);
	if (rc)
		return rc;
	for (i = 0; i < 4; i++) {
		if (!(o->r3 & 8 >> i))
			continue;
		word &= ~(0xff000000 >> 8 * i);
		word |= *p++ << (24 - 8 * i);
	}
	put_half(g, o->r1, insn->arg, word);
	if (!memchr_inv(buf, 0, sizeof(buf)))
		sie_set_cc(g, 0);
	else
		sie_set_cc(g, buf[0] & 0x80 ? 1 : 2);
	return 0;
}

static int store_mask(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	u32 word = g->gr[o->r1] >> insn->arg;
	u8 buf[4], *p = buf;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		if (o->r3 & 8 >> i)
			*p++ = word >> (24 - 8 * i);
	}
	return sie_write(g, o->addr, buf, p - buf);
}

static const struct sie_insn insns[] = {
	{ 0x1200, SIE_RR, SIE_R32S, .run = load_test32 },	/* LTR */
	{ 0x1800, SIE_RR, SIE_R32S, .run = load32 },		/* LR */
	{ 0x4000, SIE_RX, .arg = 2, .run = store },		/* STH */
	{ 0x4100, SIE_RX, .run = load_address },		/* LA */
	{ 0x4200, SIE_RX, .arg = 1, .run = store },		/* STC */
	{ 0x4300, SIE_RX, SIE_M8Z, .run = insert_byte },	/* IC */
	{ 0x4800, SIE_RX, SIE_M16S, .run = load32 },		/* LH */
	{ 0x5000, SIE_RX, .arg = 4, .run = store },		/* ST */
	{ 0x5800, SIE_RX, SIE_M32S, .run = load32 },		/* L */
	{ 0x9000, SIE_RS, .arg = 4, .run = store_multiple },	/* STM */
	{ 0x9200, SIE_SI, .arg = 1, .run = store_immediate },	/* MVI */
	{ 0x9800, SIE_RS, .arg = 4, .run = load_multiple },	/* LM */
	{ 0xa500, SIE_RI, SIE_IMMZ, .arg = 48, .run = insert16 },	/* IIHH */
	{ 0xa501, SIE_RI, SIE_IMMZ, .arg = 32, .run = insert16 },	/* IIHL */
	{ 0xa502, SIE_RI, SIE_IMMZ, .arg = 16, .run = insert16 },	/* IILH */
	{ 0xa503, SIE_RI, SIE_IMMZ, .arg = 0, .run = insert16 },	/* IILL */
	{ 0xa50c, SIE_RI, SIE_IMMZ, .arg = 48, .run = load_logical16 },	/* LLIHH */
	{ 0xa50d, SIE_RI, SIE_IMMZ, .arg = 32, .run = load_logical16 },	/* LLIHL */
	{ 0xa50e, SIE_RI, SIE_IMMZ, .arg = 16, .run = load_logical16 },	/* LLILH */
	{ 0xa50f, SIE_RI, SIE_IMMZ, .arg = 0, .run = load_logical16 },	/* LLILL */
	{ 0xa708, SIE_RI, SIE_IMM, .run = load32 },		/* LHI */
	{ 0xa709, SIE_RI, SIE_IMM, .run = load64 },		/* LGHI */
	{ 0xb902, SIE_RRE, SIE_R64, .run = load_test64 },	/* LTGR */
	{ 0xb904, SIE_RRE, SIE_R64, .run = load64 },		/* LGR */
	{ 0xb906, SIE_RRE, SIE_R8S, .run = load64 },		/* LGBR */
	{ 0xb907, SIE_RRE, SIE_R16S, .run = load64 },		/* LGHR */
	{ 0xb912, SIE_RRE, SIE_R32S, .run = load_test64 },	/* LTGFR */
	{ 0xb914, SIE_RRE, SIE_R32S, .run = load64 },		/* LGFR */
	{ 0xb916, SIE_RRE, SIE_R32Z, .run = load64 },		/* LLGFR */
	{ 0xb926, SIE_RRE, SIE_R8S, .run = load32 },		/* LBR */
	{ 0xb927, SIE_RRE, SIE_R16S, .run = load32 },		/* LHR */
	{ 0xb90f, SIE_RRE, SIE_R64, .arg = 8, .run = load_reversed },	/* LRVGR */
	{ 0xb917, SIE_RRE, SIE_R64, .run = load_thirty_one },	/* LLGTR */
	{ 0xb91f, SIE_RRE, SIE_R64, .arg = 4, .run = load_reversed },	/* LRVR */
	{ 0xb984, SIE_RRE, SIE_R8Z, .run = load64 },		/* LLGCR */
	{ 0xb985, SIE_RRE, SIE_R16Z, .run = load64 },		/* LLGHR */
	{ 0xb994, SIE_RRE, SIE_R8Z, .run = load32 },		/* LLCR */
	{ 0xb995, SIE_RRE, SIE_R16Z, .run = load32 },		/* LLHR */
	{ 0xbe00, SIE_RS, .run = store_mask },			/* STCM */
	{ 0xbf00, SIE_RS, .run = insert_mask },			/* ICM */
	{ 0xc000, SIE_RIL, .run = load_address },		/* LARL */
	{ 0xc001, SIE_RIL, SIE_IMM, .run = load64 },		/* LGFI */
	{ 0xc008, SIE_RIL, SIE_IMMZ, .arg = 32, .run = insert32 },	/* IIHF */
	{ 0xc009, SIE_RIL, SIE_IMMZ, .arg = 0, .run = insert32 },	/* IILF */
	{ 0xc00e, SIE_RIL, SIE_IMMZ, .arg = 32, .run = load_logical16 },	/* LLIHF */
	{ 0xc00f, SIE_RIL, SIE_IMMZ, .arg = 0, .run = load_logical16 },	/* LLILF */
	{ 0xc402, SIE_RIL, SIE_M16Z, .run = load32 },		/* LLHRL */
	{ 0xc404, SIE_RIL, SIE_M16S, .run = load64 },		/* LGHRL */
	{ 0xc405, SIE_RIL, SIE_M16S, .run = load32 },		/* LHRL */
	{ 0xc406, SIE_RIL, SIE_M16Z, .run = load64 },		/* LLGHRL */
	{ 0xc407, SIE_RIL, .arg = 2, .run = store },		/* STHRL */
	{ 0xc408, SIE_RIL, SIE_M64, .run = load64 },		/* LGRL */
	{ 0xc40b, SIE_RIL, .arg = 8, .run = store },		/* STGRL */
	{ 0xc40c, SIE_RIL, SIE_M32S, .run = load64 },		/* LGFRL */
	{ 0xc40d, SIE_RIL, SIE_M32S, .run = load32 },		/* LRL */
	{ 0xc40e, SIE_RIL, SIE_M32Z, .run = load64 },		/* LLGFRL */
	{ 0xc40f, SIE_RIL, .arg = 4, .run = store },		/* STRL */
	{ 0xc602, SIE_RIL, .run = do_nothing },			/* PFDRL */
	{ 0xe302, SIE_RXY, SIE_M64, .run = load_test64 },	/* LTG */
	{ 0xe304, SIE_RXY, SIE_M64, .run = load64 },		/* LG */
	{ 0xe30f, SIE_RXY, SIE_M64, .arg = 8, .run = load_reversed },	/* LRVG */
	{ 0xe312, SIE_RXY, SIE_M32S, .run = load_test32 },	/* LT */
	{ 0xe314, SIE_RXY, SIE_M32S, .run = load64 },		/* LGF */
	{ 0xe315, SIE_RXY, SIE_M16S, .run = load64 },		/* LGH */
	{ 0xe316, SIE_RXY, SIE_M32Z, .run = load64 },		/* LLGF */
	{ 0xe317, SIE_RXY, SIE_M32Z, .run = load_thirty_one },	/* LLGT */
	{ 0xe31e, SIE_RXY, SIE_M32Z, .arg = 4, .run = load_reversed },	/* LRV */
	{ 0xe31f, SIE_RXY, SIE_M16Z, .arg = 2, .run = load_reversed },	/* LRVH */
	{ 0xe324, SIE_RXY, .arg = 8, .run = store },		/* STG */
	{ 0xe32f, SIE_RXY, .arg = 8, .run = store_reversed },	/* STRVG */
	{ 0xe332, SIE_RXY, SIE_M32S, .run = load_test64 },	/* LTGF */
	{ 0xe336, SIE_RXY, .run = do_nothing },			/* PFD */
	{ 0xe33e, SIE_RXY, .arg = 4, .run = store_reversed },	/* STRV */
	{ 0xe33f, SIE_RXY, .arg = 2, .run = store_reversed },	/* STRVH */
	{ 0xe350, SIE_RXY, .arg = 4, .run = store },		/* STY */
	{ 0xe358, SIE_RXY, SIE_M32S, .run = load32 },		/* LY */
	{ 0xe370, SIE_RXY, .arg = 2, .run = store },		/* STHY */
	{ 0xe371, SIE_RXY, .run = load_address },		/* LAY */
	{ 0xe372, SIE_RXY, .arg = 1, .run = store },		/* STCY */
	{ 0xe373, SIE_RXY, SIE_M8Z, .run = insert_byte },	/* ICY */
	{ 0xe376, SIE_RXY, SIE_M8S, .run = load32 },		/* LB */
	{ 0xe377, SIE_RXY, SIE_M8S, .run = load64 },		/* LGB */
	{ 0xe378, SIE_RXY, SIE_M16S, .run = load32 },		/* LHY */
	{ 0xe390, SIE_RXY, SIE_M8Z, .run = load64 },		/* LLGC */
	{ 0xe391, SIE_RXY, SIE_M16Z, .run = load64 },		/* LLGH */
	{ 0xe394, SIE_RXY, SIE_M8Z, .run = load32 },		/* LLC */
	{ 0xe395, SIE_RXY, SIE_M16Z, .run = load32 },		/* LLH */
	{ 0xe544, SIE_SIL, .arg = 2, .run = store_immediate },	/* MVHHI */
	{ 0xe548, SIE_SIL, .arg = 8, .run = store_immediate },	/* MVGHI */
	{ 0xe54c, SIE_SIL, .arg = 4, .run = store_immediate },	/* MVHI */
	{ 0xeb04, SIE_RSY, .arg = 8, .run = load_multiple },	/* LMG */
	{ 0xeb24, SIE_RSY, .arg = 8, .run = store_multiple },	/* STMG */
	{ 0xeb26, SIE_RSY, .run = store_multiple_high },	/* STMH */
	{ 0xeb2c, SIE_RSY, .arg = 32, .run = store_mask },	/* STCMH */
	{ 0xeb2d, SIE_RSY, .run = store_mask },			/* STCMY */
	{ 0xeb52, SIE_SIY, .arg = 1, .run = store_immediate },	/* MVIY */
	{ 0xeb80, SIE_RSY, .arg = 32, .run = insert_mask },	/* ICMH */
	{ 0xeb81, SIE_RSY, .run = insert_mask },		/* ICMY */
	{ 0xeb90, SIE_RSY, .arg = 4, .run = store_multiple },	/* STMY */
	{ 0xeb96, SIE_RSY, .run = load_multiple_high },		/* LMH */
	{ 0xeb98, SIE_RSY, .arg = 4, .run = load_multiple },	/* LMY */
};

const struct sie_table sie_load_store = { insns, ARRAY_SIZE(insns) };
