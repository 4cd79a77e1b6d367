// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PSW, the clock, the facilities, and what KVM does itself
 */
#include <linux/kvm_host.h>
#include <linux/unaligned.h>
#include <asm/timex.h>

#include "../../core/apsim.h"
#include "sie.h"

/* Condition code and program mask, as IPM and SPM have them. */
#define PSW_MASK_CC_PM		(PSW_MASK_CC | PSW_MASK_PM)
#define PSW_CC_PM_SHIFT		40

/* A short PSW says that it is one. */
#define PSW32_FORMAT		BIT_ULL(51)

/* Interruption of SUPERVISOR CALL: ILC and code, old and new PSW */
#define LOWCORE_SVC		0x88
#define LOWCORE_SVC_OLD		0x140
#define LOWCORE_SVC_NEW		0x1c0

static int ipm(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	u64 bits = (g->scb->gpsw.mask & PSW_MASK_CC_PM) >> PSW_CC_PM_SHIFT;

	g->gr[o->r1] = (o->first & ~0xff000000ULL) | bits << 24;
	return 0;
}

static int spm(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	g->scb->gpsw.mask &= ~PSW_MASK_CC_PM;
	g->scb->gpsw.mask |= (o->first >> 24 & 0x3f) << PSW_CC_PM_SHIFT;
	return 0;
}

static int sam(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	g->scb->gpsw.mask &= ~(PSW_MASK_EA | PSW_MASK_BA);
	if (insn->arg >= 31)
		g->scb->gpsw.mask |= PSW_MASK_BA;
	if (insn->arg == 64)
		g->scb->gpsw.mask |= PSW_MASK_EA;
	return 0;
}

static int tam(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	u64 mask = g->scb->gpsw.mask;

	sie_set_cc(g, mask & PSW_MASK_EA ? 3 : mask & PSW_MASK_BA ? 1 : 0);
	return 0;
}

/* Both halves of the PSW's mask; the second register may be none. */
static int epsw(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	sie_put32(g, o->r1, g->scb->gpsw.mask >> 32);
	if (o->r2)
		sie_put32(g, o->r2, g->scb->gpsw.mask);
	return 0;
}

/* Eight bytes: bit 12 is 1, and the address has 31 bits. */
static int lpsw(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	if (o->addr & 7 || !(o->value & PSW32_FORMAT))
		return APSIM_PGM_SPECIFICATION;
	g->scb->gpsw.mask = (o->value & ~(u64)U32_MAX & ~PSW32_FORMAT) |
			    (o->value & PSW_MASK_BA);
	g->scb->gpsw.addr = o->value & 0x7fffffff;
	return 0;
}

/* The PSW key is where an address has its bits 56 to 59. */
static int spka(struct sie_guest *g, const struct sie_insn *insn,
		struct sie_operands *o)
{
	g->scb->gpsw.mask &= ~PSW_MASK_KEY;
	g->scb->gpsw.mask |= (o->addr & 0xf0) << 48;
	return 0;
}

static int ipk(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	g->gr[2] &= ~0xffULL;
	g->gr[2] |= (g->scb->gpsw.mask & PSW_MASK_KEY) >> 48;
	return 0;
}

/* All of it is in the first page, which is there from beginning to end. */
static int svc(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	psw_t old = g->scb->gpsw;
	u64 mask, addr;
	int rc;

	rc = sie_hold(g, 0, PAGE_SIZE) ?:
	     sie_load(g, LOWCORE_SVC_NEW, 8, &mask) ?:
	     sie_load(g, LOWCORE_SVC_NEW + 8, 8, &addr) ?:
	     sie_store(g, LOWCORE_SVC, 4, g->ilen << 16 | g->text[1]) ?:
	     sie_store(g, LOWCORE_SVC_OLD, 8, old.mask) ?:
	     sie_store(g, LOWCORE_SVC_OLD + 8, 8, old.addr);
	if (rc)
		return rc;
	g->scb->gpsw.mask = mask;
	g->scb->gpsw.addr = addr;
	return 0;
}

static int lpswe(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	u64 mask, addr;
	int rc;

	if (o->addr & 7)
		return APSIM_PGM_SPECIFICATION;
	rc = sie_load(g, o->addr, 8, &mask) ?:
	     sie_load(g, o->addr + 8, 8, &addr);
	if (rc)
		return rc;
	g->scb->gpsw.mask = mask;
	g->scb->gpsw.addr = addr;
	return 0;
}

/* The system mask is the PSW's first byte. */
static void put_system_mask(struct sie_guest *g, u8 mask)
{
	g->scb->gpsw.mask &= ~0ULL >> 8;
	g->scb->gpsw.mask |= (u64)mask << 56;
}

static int ssm(struct sie_guest *g, const struct sie_insn *insn,
	       struct sie_operands *o)
{
	put_system_mask(g, o->value);
	return 0;
}

static int stnsm(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	u8 old = g->scb->gpsw.mask >> 56;
	int rc;

	rc = sie_store(g, o->addr, 1, old);
	if (!rc)
		put_system_mask(g, old & o->imm);
	return rc;
}

static int stosm(struct sie_guest *g, const struct sie_insn *insn,
		 struct sie_operands *o)
{
	u8 old = g->scb->gpsw.mask >> 56;
	int rc;

	rc = sie_store(g, o->addr, 1, old);
	if (!rc)
		put_system_mask(g, old | o->imm);
	return rc;
}

static int store_clock(struct sie_guest *g, const struct sie_insn *insn,
		       struct sie_operands *o)
{
	sie_set_cc(g, 0);
	return sie_store(g, o->addr, 8, get_tod_clock_fast() + g->scb->epoch);
}

/* A byte in front, three more bytes of precision, a field for programs */
static int store_clock_extended(struct sie_guest *g,
				const struct sie_insn *insn,
				struct sie_operands *o)
{
	u64 now = get_tod_clock_fast() + g->scb->epoch;
	u8 buf[16] = {};

	put_unaligned_be64(now, buf + 1);
	put_unaligned_be16(g->scb->todpr, buf + 14);
	sie_set_cc(g, 0);
	return sie_write(g, o->addr, buf, sizeof(buf));
}

/* KVM looks at it when the guest waits, and at every entry. */
static int set_comparator(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	if (o->addr & 7)
		return APSIM_PGM_SPECIFICATION;
	g->scb->ckc = o->value;
	return 0;
}

/* GR0 says how many doublewords are wanted, minus one, and gets how many. */
static int store_facilities(struct sie_guest *g, const struct sie_insn *insn,
			    struct sie_operands *o)
{
	unsigned int want = (g->gr[0] & 0xff) + 1, i;
	const u64 *list = g->vcpu->kvm->arch.model.fac_list;
	int rc;

	if (o->addr & 7)
		return APSIM_PGM_SPECIFICATION;
	for (i = 0; i < min(want, S390_ARCH_FAC_LIST_SIZE_U64); i++) {
		rc = sie_store(g, o->addr + 8 * i, 8, list[i]);
		if (rc)
			return rc;
	}
	g->gr[0] &= ~0xffULL;
	g->gr[0] |= S390_ARCH_FAC_LIST_SIZE_U64 - 1;
	sie_set_cc(g, want < S390_ARCH_FAC_LIST_SIZE_U64 ? 3 : 0);
	return 0;
}

static const struct sie_insn insns[] = {
	{ 0x010b, SIE_E, .run = tam },	/* TAM */
	{ 0x010c, SIE_E, .arg = 24, .run = sam },	/* SAM24 */
	{ 0x0400, SIE_RR, .run = spm },				/* SPM */
	{ 0x010d, SIE_E, .arg = 31, .run = sam },		/* SAM31 */
	{ 0x010e, SIE_E, .arg = 64, .run = sam },		/* SAM64 */
	{ 0x0a00, SIE_RR, .run = svc },	/* SVC */
	{ 0x8000, SIE_SI, SIE_M8Z, true, .run = ssm },		/* SSM */
	{ 0x8200, SIE_SI, SIE_M64, true, .run = lpsw },	/* LPSW */
	{ 0x8300, SIE_RS, .run = sie_run_intercept },		/* DIAG */
	{ 0xac00, SIE_SI, SIE_NONE, true, .run = stnsm },	/* STNSM */
	{ 0xad00, SIE_SI, SIE_NONE, true, .run = stosm },	/* STOSM */
	{ 0xae00, SIE_RS, .run = sie_run_intercept },		/* SIGP */
	{ 0xb205, SIE_S, .run = store_clock },				/* STCK */
	{ 0xb206, SIE_S, SIE_M64, true, .run = set_comparator }, /* SCKC */
	{ 0xb20a, SIE_S, SIE_NONE, true, .run = spka },	/* SPKA */
	{ 0xb20b, SIE_S, SIE_NONE, true, .run = ipk },	/* IPK */
	{ 0xb222, SIE_RRE, .run = ipm },			/* IPM */
	{ 0xb278, SIE_S, .run = store_clock_extended },	/* STCKE */
	{ 0xb27c, SIE_S, .run = store_clock },				/* STCKF */
	{ 0xb2b0, SIE_S, .run = store_facilities },			/* STFLE */
	{ 0xb2b2, SIE_S, SIE_NONE, true, .run = lpswe },	/* LPSWE */
	{ 0xb600, SIE_RS, .run = sie_run_intercept },		/* STCTL */
	{ 0xb700, SIE_RS, .run = sie_run_intercept },		/* LCTL */
	{ 0xb98d, SIE_RRE, .run = epsw },	/* EPSW */
	{ 0xeb25, SIE_RSY, .run = sie_run_intercept },		/* STCTG */
	{ 0xeb2f, SIE_RSY, .run = sie_run_intercept },		/* LCTLG */
};

const struct sie_table sie_control = { insns, ARRAY_SIZE(insns) };
