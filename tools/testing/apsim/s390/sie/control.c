// SPDX-License-Identifier: GPL-2.0-only
/*
 * The PSW, the clock, the facilities, and what KVM does itself
 */
#include <linux/kvm_host.h>
#include <asm/timex.h>

#include "../../core/apsim.h"
#include "sie.h"

/* Condition code and program mask, as IPM and SPM have them. */
#define PSW_MASK_CC_PM		(PSW_MASK_CC | PSW_MASK_PM)
#define PSW_CC_PM_SHIFT		40

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
	g->scb->gpsw.mask |= PSW_MASK_BA;
	if (insn->arg == 64)
		g->scb->gpsw.mask |= PSW_MASK_EA;
	else
		g->scb->gpsw.mask &= ~PSW_MASK_EA;
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
	{ 0x0400, SIE_RR, .run = spm },				/* SPM */
	{ 0x010d, SIE_E, .arg = 31, .run = sam },		/* SAM31 */
	{ 0x010e, SIE_E, .arg = 64, .run = sam },		/* SAM64 */
	{ 0x8000, SIE_SI, SIE_M8Z, true, .run = ssm },		/* SSM */
	{ 0x8300, SIE_RS, .run = sie_run_intercept },		/* DIAG */
	{ 0xac00, SIE_SI, SIE_NONE, true, .run = stnsm },	/* STNSM */
	{ 0xad00, SIE_SI, SIE_NONE, true, .run = stosm },	/* STOSM */
	{ 0xae00, SIE_RS, .run = sie_run_intercept },		/* SIGP */
	{ 0xb205, SIE_S, .run = store_clock },				/* STCK */
	{ 0xb206, SIE_S, SIE_M64, true, .run = set_comparator }, /* SCKC */
	{ 0xb222, SIE_RRE, .run = ipm },			/* IPM */
	{ 0xb27c, SIE_S, .run = store_clock },				/* STCKF */
	{ 0xb2b0, SIE_S, .run = store_facilities },			/* STFLE */
	{ 0xb2b2, SIE_S, SIE_NONE, true, .run = lpswe },	/* LPSWE */
	{ 0xb600, SIE_RS, .run = sie_run_intercept },		/* STCTL */
	{ 0xb700, SIE_RS, .run = sie_run_intercept },		/* LCTL */
	{ 0xeb25, SIE_RSY, .run = sie_run_intercept },		/* STCTG */
	{ 0xeb2f, SIE_RSY, .run = sie_run_intercept },		/* LCTLG */
};

const struct sie_table sie_control = { insns, ARRAY_SIZE(insns) };
