// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interlocked updates: compare and swap, load and change, quadwords
 *
 * They are interlocked against everybody who uses that storage, other virtual
 * CPUs and the host: done with the machine's own interlocked instructions on a
 * page that is held meanwhile.
 */
#include <linux/atomic.h>
#include <linux/kvm_host.h>
#include <linux/unaligned.h>

#include "../../core/apsim.h"
#include "sie.h"

/* arg of load_and_change(): the operation, and whether it is 64 bits wide */
enum { ADD, ADD_LOGICAL, AND, OR, XOR };
#define WIDE	0x80

/* *@where: the operand, to be changed in place; @size is its boundary, too. */
static int find_operand(struct sie_guest *g, u64 addr, unsigned int size,
			void **where)
{
	int rc;

	if (addr & (size - 1))
		return APSIM_PGM_SPECIFICATION;
	rc = sie_hold(g, addr, size);
	if (rc)
		return rc;
	*where = sie_held(g, addr);
	return *where ? 0 : APSIM_PGM_ADDRESSING;
}

static int cs32(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	u32 old = g->gr[o->r1], found;
	void *where;
	int rc;

	rc = find_operand(g, o->addr, 4, &where);
	if (rc)
		return rc;
	found = cmpxchg((u32 *)where, old, (u32)g->gr[o->r3]);
	if (found != old)
		sie_put32(g, o->r1, found);
	sie_set_cc(g, found != old);
	return 0;
}

static int cs64(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	u64 old = g->gr[o->r1], found;
	void *where;
	int rc;

	rc = find_operand(g, o->addr, 8, &where);
	if (rc)
		return rc;
	found = cmpxchg((u64 *)where, old, g->gr[o->r3]);
	if (found != old)
		g->gr[o->r1] = found;
	sie_set_cc(g, found != old);
	return 0;
}

/* The pair's right halves, as a doubleword. */
static u64 pair32(const struct sie_guest *g, unsigned int r)
{
	return g->gr[r] << 32 | (u32)g->gr[r + 1];
}

static int cds32(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	u64 old, found;
	void *where;
	int rc;

	if ((o->r1 | o->r3) & 1)
		return APSIM_PGM_SPECIFICATION;
	rc = find_operand(g, o->addr, 8, &where);
	if (rc)
		return rc;
	old = pair32(g, o->r1);
	found = cmpxchg((u64 *)where, old, pair32(g, o->r3));
	if (found != old) {
		sie_put32(g, o->r1, found >> 32);
		sie_put32(g, o->r1 + 1, found);
	}
	sie_set_cc(g, found != old);
	return 0;
}

static u128 pair64(const struct sie_guest *g, unsigned int r)
{
	return (u128)g->gr[r] << 64 | g->gr[r + 1];
}

static void put_pair64(struct sie_guest *g, unsigned int r, u128 value)
{
	g->gr[r] = value >> 64;
	g->gr[r + 1] = value;
}

static int cds64(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	u128 old, found;
	void *where;
	int rc;

	if ((o->r1 | o->r3) & 1)
		return APSIM_PGM_SPECIFICATION;
	rc = find_operand(g, o->addr, 16, &where);
	if (rc)
		return rc;
	old = pair64(g, o->r1);
	found = cmpxchg128((u128 *)where, old, pair64(g, o->r3));
	if (found != old)
		put_pair64(g, o->r1, found);
	sie_set_cc(g, found != old);
	return 0;
}

/* Whole quadwords: what is swapped with itself has been read at once. */
static int lpq(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	void *where;
	int rc;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	rc = find_operand(g, o->addr, 16, &where);
	if (!rc)
		put_pair64(g, o->r1, cmpxchg128((u128 *)where, 0, 0));
	return rc;
}

static int stpq(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	u128 old, value;
	void *where;
	int rc;

	if (o->r1 & 1)
		return APSIM_PGM_SPECIFICATION;
	rc = find_operand(g, o->addr, 16, &where);
	if (rc)
		return rc;
	value = pair64(g, o->r1);
	old = *(u128 *)where;
	while (!try_cmpxchg128((u128 *)where, &old, value))
		cpu_relax();
	return 0;
}

/* What becomes of @a, and the condition code. */
static u64 changed64(unsigned int operation, u64 a, u64 b, unsigned int *cc)
{
	u64 result;

	switch (operation) {
	case ADD:
		result = a + b;
		*cc = (s64)((a ^ result) & (b ^ result)) < 0 ? 3 :
		      result ? ((s64)result < 0 ? 1 : 2) : 0;
		return result;
	case ADD_LOGICAL:
		result = a + b;
		*cc = (result ? 1 : 0) + (result < a ? 2 : 0);
		return result;
	case AND:
		result = a & b;
		break;
	case OR:
		result = a | b;
		break;
	default:
		result = a ^ b;
	}
	*cc = result ? 1 : 0;
	return result;
}

/* In the left half everything comes out as in all of it. */
static u32 changed32(unsigned int operation, u32 a, u32 b, unsigned int *cc)
{
	return changed64(operation, (u64)a << 32, (u64)b << 32, cc) >> 32;
}

static int load_and_change(struct sie_guest *g, const struct sie_insn *insn,
			   struct sie_operands *o)
{
	unsigned int operation = insn->arg & ~WIDE, cc;
	void *where;
	u64 old64;
	u32 old32;
	int rc;

	rc = find_operand(g, o->addr, insn->arg & WIDE ? 8 : 4, &where);
	if (rc)
		return rc;
	if (insn->arg & WIDE) {
		old64 = READ_ONCE(*(u64 *)where);
		while (!try_cmpxchg((u64 *)where, &old64,
				    changed64(operation, old64, o->first, &cc)))
			cpu_relax();
		g->gr[o->r1] = old64;
	} else {
		old32 = READ_ONCE(*(u32 *)where);
		while (!try_cmpxchg((u32 *)where, &old32,
				    changed32(operation, old32, o->first, &cc)))
			cpu_relax();
		sie_put32(g, o->r1, old32);
	}
	sie_set_cc(g, cc);
	return 0;
}

static int test_and_set(struct sie_guest *g, const struct sie_insn *insn,
			struct sie_operands *o)
{
	void *where;
	int rc;

	rc = find_operand(g, o->addr, 1, &where);
	if (!rc)
		sie_set_cc(g, xchg((u8 *)where, 0xff) >> 7);
	return rc;
}

static const struct sie_insn insns[] = {
	{ 0x9300, SIE_SI, .run = test_and_set },	/* TS */
	{ 0xba00, SIE_RS, .run = cs32 },	/* CS */
	{ 0xbb00, SIE_RS, .run = cds32 },	/* CDS */
	{ 0xe38e, SIE_RXY, .run = stpq },	/* STPQ */
	{ 0xe38f, SIE_RXY, .run = lpq },	/* LPQ */
	{ 0xeb14, SIE_RSY, .run = cs32 },	/* CSY */
	{ 0xeb30, SIE_RSY, .run = cs64 },	/* CSG */
	{ 0xeb31, SIE_RSY, .run = cds32 },	/* CDSY */
	{ 0xeb3e, SIE_RSY, .run = cds64 },	/* CDSG */
	{ 0xebe4, SIE_RSY, .arg = AND | WIDE, .run = load_and_change },	/* LANG */
	{ 0xebe6, SIE_RSY, .arg = OR | WIDE, .run = load_and_change },	/* LAOG */
	{ 0xebe7, SIE_RSY, .arg = XOR | WIDE, .run = load_and_change },	/* LAXG */
	{ 0xebe8, SIE_RSY, .arg = ADD | WIDE, .run = load_and_change },	/* LAAG */
	{ 0xebea, SIE_RSY, .arg = ADD_LOGICAL | WIDE, .run = load_and_change },	/* LAALG */
	{ 0xebf4, SIE_RSY, .arg = AND, .run = load_and_change },	/* LAN */
	{ 0xebf6, SIE_RSY, .arg = OR, .run = load_and_change },	/* LAO */
	{ 0xebf7, SIE_RSY, .arg = XOR, .run = load_and_change },	/* LAX */
	{ 0xebf8, SIE_RSY, .arg = ADD, .run = load_and_change },	/* LAA */
	{ 0xebfa, SIE_RSY, .arg = ADD_LOGICAL, .run = load_and_change },	/* LAAL */
};

const struct sie_table sie_update = { insns, ARRAY_SIZE(insns) };
