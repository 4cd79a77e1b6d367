// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest's AP instructions
 *
 * With ECA.28 on they are carried out against the masks of the crypto control
 * block, except for PQAP(AQIC), which is KVM's as all of them are otherwise.
 */
#include <linux/hash.h>
#include <linux/io.h>
#include <linux/kvm_host.h>
#include <linux/sched/signal.h>

#include "../../kernel/machine.h"
#include "sie.h"

#define PQAP_FC_AQIC	3
#define PQAP_FC_QCI	4

/* What is not there at the moment, see ap_instruction(), is not in a context. */
struct ap_context {
	struct sie_guest *g;
	bool fault;
};

static u8 guest_result(struct ap_context *ap, int rc)
{
	ap->fault = rc == SIE_FAULT;
	return ap->fault ? APSIM_PGM_ADDRESSING : rc;
}

static u8 guest_fetch(void *ctx, u64 addr, void *buf, u32 len)
{
	struct ap_context *ap = ctx;

	return guest_result(ap, sie_read(ap->g, addr, buf, len));
}

static u8 guest_store(void *ctx, u64 addr, const void *buf, u32 len)
{
	struct ap_context *ap = ctx;

	return guest_result(ap, sie_write(ap->g, addr, buf, len));
}

/*
 * The machine cannot take back what it has done when it stores, so that must
 * not fault.  What ends with an exception here may not be stored to at all.
 */
static int hold_target(struct sie_guest *g, const struct sie_insn *insn,
		       const struct sie_operands *o)
{
	u64 len = APSIM_MSG_MAX;
	int rc = 0;

	if (insn->key == APSIM_DQAP && !(o->r1 & 1) && !(o->r2 & 1))
		rc = sie_hold(g, g->gr[o->r2],
			      min(len, g->gr[o->r2 + 1]));
	else if (insn->key == APSIM_PQAP && (u8)(g->gr[0] >> 24) == PQAP_FC_QCI)
		rc = sie_hold(g, g->gr[2], APSIM_QCI_LEN);
	return rc == SIE_FAULT ? rc : 0;
}

/*
 * Not zero, and not that of a machine that had the same control block before:
 * a reply left behind by one must be recognised when another gets it.
 */
static u32 tenant(const struct sie_guest *g)
{
	u64 start = current->group_leader->start_boottime;

	return hash_64(start ^ (u64)g->scb->crycbd << 32, 31) | BIT(31);
}

static void guest_view(const struct sie_guest *g, struct apsim_view *view)
{
	struct kvm_s390_crypto_cb *cb;

	memset(view, 0, sizeof(*view));
	cb = phys_to_virt(g->scb->crycbd & 0x7ffffff8);
	if ((g->scb->crycbd & CRYCB_FORMAT_MASK) == CRYCB_FORMAT2) {
		memcpy(&view->apm, cb->apcb1.apm, 32);
		memcpy(&view->aqm, cb->apcb1.aqm, 32);
		memcpy(&view->adm, cb->apcb1.adm, 32);
		return;
	}
	/* 64 adapters and 16 domains */
	memcpy(&view->apm, cb->apcb0.apm, 8);
	memcpy(&view->aqm, cb->apcb0.aqm, 2);
	memcpy(&view->adm, cb->apcb0.adm, 2);
}

/*
 * The masks do not change before the guest has left SIE, and in between others
 * may not reach what it does.
 */
void sie_ap_enter(struct sie_guest *g)
{
	if (!(g->scb->eca & ECA_APIE))
		return;
	g->guest.tenant = tenant(g);
	guest_view(g, &g->guest.view);
	apsim_machine_enter(&g->guest);
}

/* Whether it is known is looked up by the machine, under its lock. */
void sie_ap_leave(struct sie_guest *g)
{
	apsim_machine_leave(&g->guest);
}

static int ap_instruction(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o)
{
	struct ap_context ap = { .g = g };
	struct apsim_storage storage = {
		.fetch = guest_fetch,
		.store = guest_store,
		.ctx = &ap,
	};
	struct apsim_op op = {
		.insn = insn->key,
		.r1 = o->r1,
		.r2 = o->r2,
		.view = &g->guest.view,
		.tenant = g->guest.tenant,
	};
	int rc;

	if (!(g->scb->eca & ECA_APIE))
		return sie_intercept(g);
	if (insn->key == APSIM_PQAP && (u8)(g->gr[0] >> 24) == PQAP_FC_AQIC)
		return sie_intercept(g);

	rc = hold_target(g, insn, o);
	if (rc)
		return rc;
	memcpy(op.gr, g->gr, sizeof(op.gr));
	apsim_machine_exec(&op, &storage);
	if (ap.fault)
		return SIE_FAULT;
	if (op.pgm)
		return op.pgm;
	memcpy(g->gr, op.gr, sizeof(op.gr));
	sie_set_cc(g, op.cc);
	return 0;
}

static const struct sie_insn insns[] = {
	{ APSIM_NQAP, SIE_RRE, SIE_NONE, true, .run = ap_instruction },
	{ APSIM_DQAP, SIE_RRE, SIE_NONE, true, .run = ap_instruction },
	{ APSIM_PQAP, SIE_RRE, SIE_NONE, true, .run = ap_instruction },
};

const struct sie_table sie_ap = { insns, ARRAY_SIZE(insns) };
