// SPDX-License-Identifier: GPL-2.0-only
/*
 * From six bytes to a row of the tables and its operands
 */
#include <linux/bitops.h>
#include <linux/kvm_host.h>
#include <linux/moduleparam.h>
#include <linux/unaligned.h>

#include "../../core/apsim.h"
#include "sie.h"

/* These must not be executed by one another. */
#define KEY_EX		0x4400
#define KEY_EXRL	0xc600

static const struct sie_table *const tables[] = {
	&sie_branch, &sie_load_store, &sie_arith, &sie_multiply, &sie_logic,
	&sie_string, &sie_update, &sie_condition, &sie_control, &sie_ap,
};

/* Rows by number, 0: none; and the number by key. */
static const struct sie_insn *rows[768];
static u16 row_of[1 << 16];

void sie_decode_init(void)
{
	unsigned int t, i, n = 1;

	for (t = 0; t < ARRAY_SIZE(tables); t++) {
		for (i = 0; i < tables[t]->count; i++, n++) {
			if (WARN_ON(n >= ARRAY_SIZE(rows)))
				return;
			rows[n] = &tables[t]->insn[i];
			WARN_ON(row_of[rows[n]->key]);
			row_of[rows[n]->key] = n;
		}
	}
}

/* Operation codes have one byte, or a second part in one of three places. */
static u16 sie_key(const u8 *text)
{
	switch (text[0]) {
	case 0x01:
	case 0xb2:
	case 0xb9:
	case 0xe5:
		return text[0] << 8 | text[1];
	case 0xa5:
	case 0xa7:
	case 0xc0:
	case 0xc2:
	case 0xc4:
	case 0xc6:
	case 0xcc:
		return text[0] << 8 | (text[1] & 15);
	case 0xe3:
	case 0xeb:
	case 0xec:
		return text[0] << 8 | text[5];
	default:
		return text[0] << 8;
	}
}

/* Base and displacement in two bytes. */
static u64 base_disp(const struct sie_guest *g, const u8 *field)
{
	unsigned int base = field[0] >> 4;

	return (base ? g->gr[base] : 0) + (get_unaligned_be16(field) & 0xfff);
}

/* The high part of a long displacement is in the next byte, and signed. */
static u64 long_disp(const u8 *text)
{
	return (s64)(s8)text[4] * 4096;
}

static u64 index_value(const struct sie_guest *g, const u8 *text)
{
	return text[1] & 15 ? g->gr[text[1] & 15] : 0;
}

static void decode_relative(struct sie_guest *g, struct sie_operands *o,
			    s64 halfwords)
{
	o->imm = halfwords;
	o->addr = g->ia + 2 * halfwords;
}

static void decode_rie(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	const u8 *text = g->text;

	switch (insn->format) {
	case SIE_RIE_B:
		decode_relative(g, o, (s16)get_unaligned_be16(text + 2));
		o->r3 = text[4] >> 4;
		break;
	case SIE_RIE_C:
		decode_relative(g, o, (s16)get_unaligned_be16(text + 2));
		o->r3 = text[1] & 15;
		o->imm = (s8)text[4];
		break;
	case SIE_RIE_A:
		o->r3 = text[4] >> 4;
		fallthrough;
	case SIE_RIE_D:
	case SIE_RIE_G:
		o->imm = (s16)get_unaligned_be16(text + 2);
		break;
	}
}

/* Everything that needs more than the common places of r1 and r2. */
static void decode_fields(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	const u8 *text = g->text;

	switch (insn->format) {
	case SIE_RX:
		o->addr = index_value(g, text) + base_disp(g, text + 2);
		break;
	case SIE_RXY:
		o->addr = index_value(g, text) + base_disp(g, text + 2) +
			  long_disp(text);
		break;
	case SIE_RS:
		o->addr = base_disp(g, text + 2);
		break;
	case SIE_RSY:
		o->addr = base_disp(g, text + 2) + long_disp(text);
		break;
	case SIE_RI:
	case SIE_RSI:
		decode_relative(g, o, (s16)get_unaligned_be16(text + 2));
		break;
	case SIE_RIL:
		decode_relative(g, o, (s32)get_unaligned_be32(text + 2));
		break;
	case SIE_S:
		o->addr = base_disp(g, text + 2);
		break;
	case SIE_SI:
		o->imm = text[1];
		o->addr = base_disp(g, text + 2);
		break;
	case SIE_SIY:
		o->imm = text[1];
		o->addr = base_disp(g, text + 2) + long_disp(text);
		break;
	case SIE_SIL:
		o->imm = (s16)get_unaligned_be16(text + 4);
		o->addr = base_disp(g, text + 2);
		break;
	case SIE_SS:
		o->r3 = text[1];
		o->addr = base_disp(g, text + 2);
		o->addr2 = sie_wrap(g, base_disp(g, text + 4));
		break;
	default:
		decode_rie(g, insn, o);
	}
	o->addr = sie_wrap(g, o->addr);
}

static void decode_registers(struct sie_guest *g, const struct sie_insn *insn,
			     struct sie_operands *o)
{
	const u8 *text = g->text;
	u8 pair = text[1];

	if (insn->format == SIE_RRE || insn->format == SIE_RRF ||
	    insn->format == SIE_RRF_C)
		pair = text[3];
	o->r1 = pair >> 4;
	o->r2 = pair & 15;
	o->r3 = pair & 15;
	o->first = g->gr[o->r1];
	if (insn->format == SIE_RRF || insn->format == SIE_RRF_C)
		o->r3 = text[2] >> 4;
	if (insn->format == SIE_RRF)
		o->first = g->gr[o->r2];
	/* A third register is the first operand of what has three. */
	if (insn->format == SIE_RIE_D || insn->format == SIE_RSY)
		o->first = g->gr[o->r3];
}

static u64 immediate(const struct sie_insn *insn, s64 imm, bool zero)
{
	if (!zero)
		return imm;
	switch (insn->format) {
	case SIE_RIL:
		return (u32)imm;
	case SIE_RIE_C:
		return (u8)imm;
	default:
		return (u16)imm;
	}
}

static u64 extend(u64 value, unsigned int bytes, bool sign)
{
	unsigned int shift = 64 - 8 * bytes;

	return sign ? (u64)((s64)(value << shift) >> shift) :
		      value << shift >> shift;
}

/* Length in bytes and sign of the sources that have one. */
static const struct {
	u8 bytes;
	bool sign;
} shape[] = {
	[SIE_R64] = { 8 }, [SIE_M64] = { 8 },
	[SIE_R32S] = { 4, true }, [SIE_R32Z] = { 4 },
	[SIE_R16S] = { 2, true }, [SIE_R16Z] = { 2 },
	[SIE_R8S] = { 1, true }, [SIE_R8Z] = { 1 },
	[SIE_M32S] = { 4, true }, [SIE_M32Z] = { 4 },
	[SIE_M16S] = { 2, true }, [SIE_M16Z] = { 2 },
	[SIE_M8S] = { 1, true }, [SIE_M8Z] = { 1 },
};

static int decode_source(struct sie_guest *g, const struct sie_insn *insn,
			 struct sie_operands *o)
{
	u64 value;
	int rc;

	switch (insn->source) {
	case SIE_NONE:
		return 0;
	case SIE_IMM:
	case SIE_IMMZ:
		o->value = immediate(insn, o->imm, insn->source == SIE_IMMZ);
		return 0;
	case SIE_R64 ... SIE_R8Z:
		value = g->gr[insn->format == SIE_RRF ? o->r3 : o->r2];
		break;
	default:
		rc = sie_load(g, o->addr, shape[insn->source].bytes, &value);
		if (rc)
			return rc;
	}
	o->value = extend(value, shape[insn->source].bytes,
			  shape[insn->source].sign);
	return 0;
}

int sie_intercept(struct sie_guest *g)
{
	g->scb->icptcode = ICPT_INST;
	g->scb->icptstatus = 0;
	g->scb->ipa = get_unaligned_be16(g->text);
	g->scb->ipb = get_unaligned_be32(g->text + 2);
	return SIE_EXIT;
}

int sie_run_intercept(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o)
{
	return sie_intercept(g);
}

static ushort flaw;
module_param(flaw, ushort, 0644);
MODULE_PARM_DESC(flaw, "Key of an instruction to get wrong, for tests of tests; 0: none");

/* Condition code 3 may mean again. */
static void spoil(struct sie_guest *g, const struct sie_operands *o)
{
	g->gr[o->r1] ^= 1;
	sie_set_cc(g, sie_cc(g) < 2 ? sie_cc(g) + 1 : 0);
}

int sie_run(struct sie_guest *g, bool executed)
{
	u16 key = sie_key(g->text);
	const struct sie_insn *insn = rows[row_of[key]];
	struct sie_operands o = {};
	int rc;

	if (!insn)
		return sie_unknown(g, key);
	if (insn->privileged && g->scb->gpsw.mask & PSW_MASK_PSTATE)
		return APSIM_PGM_PRIVILEGED;
	if (executed && (insn->key == KEY_EX || insn->key == KEY_EXRL))
		return PGM_EX;
	decode_registers(g, insn, &o);
	decode_fields(g, insn, &o);
	rc = decode_source(g, insn, &o) ?: insn->run(g, insn, &o);
	if (unlikely(key == READ_ONCE(flaw)) && !rc)
		spoil(g, &o);
	return rc;
}

int sie_fetch(struct sie_guest *g, u64 addr, unsigned int *ilen)
{
	unsigned int have;
	int rc;

	memset(g->text, 0, sizeof(g->text));
	if (addr & 1)
		return APSIM_PGM_SPECIFICATION;

	/* All at once, unless there may be nothing behind a page's end. */
	have = min_t(unsigned int, sizeof(g->text),
		     PAGE_SIZE - offset_in_page(addr));
	rc = sie_read(g, addr, g->text, have);
	if (rc)
		return rc;
	*ilen = g->text[0] < 0x40 ? 2 : g->text[0] < 0xc0 ? 4 : 6;
	if (*ilen > have)
		return sie_read(g, addr + have, g->text + have, *ilen - have);
	memset(g->text + *ilen, 0, sizeof(g->text) - *ilen);
	return 0;
}

static int step(struct sie_guest *g)
{
	int rc;

	g->ia = g->scb->gpsw.addr;
	g->ilen = 0;
	rc = sie_fetch(g, g->ia, &g->ilen);
	if (rc)
		return rc;
	g->scb->gpsw.addr = sie_wrap(g, g->ia + g->ilen);
	return sie_run(g, false);
}

int sie_step(struct sie_guest *g)
{
	psw_t psw = g->scb->gpsw;
	u64 gr[16];
	int rc;

	memcpy(gr, g->gr, sizeof(gr));
	rc = step(g);
	if (rc == SIE_FAULT) {
		g->scb->gpsw = psw;
		memcpy(g->gr, gr, sizeof(gr));
	}
	sie_release(g);
	return rc;
}
