// SPDX-License-Identifier: GPL-2.0-only
/*
 * From entry to SIE to exit from it
 *
 * What this SIE does not do: address translation (a guest with DAT on gets a
 * validity interception), storage keys and protection, access registers, PER,
 * floating point, vector and decimal instructions, and SIE itself.  Timer and other
 * interruptions are not delivered here; it leaves often enough for KVM to do so.
 */
#include <linux/io.h>
#include <linux/kvm_host.h>
#include <linux/sched/signal.h>

#include "../../kernel/machine.h"
#include "entry.h"
#include "sie.h"

/* Instructions until KVM may look for timers and the like. */
#define SIE_BUDGET	20000

/* Validity interception reason: not one of the architecture's. */
#define VIWHY_UNABLE	0xffff

/* How often KVM's running CPU is looked for, a jiffy apart. */
#define FIND_TRIES		10

#define PROG_STAY_OUT	(PROG_BLOCK_SIE | PROG_REQUEST)

static void sie_icpt(struct sie_guest *g, u8 code)
{
	g->scb->icptcode = code;
	g->scb->icptstatus = 0;
}

static void sie_validity(struct sie_guest *g, u16 reason)
{
	sie_icpt(g, ICPT_VALIDITY);
	g->scb->ipa = 0x1000;
	g->scb->ipb = reason << 16;
}

/* Delivered by the machine if it were one; here KVM does it. */
static bool gisa_pending(const struct sie_guest *g)
{
	const struct kvm_s390_gisa *gisa;
	u8 enabled = g->scb->gcr[6] >> 24;

	if (!(g->scb->eca & ECA_AIV) || !g->scb->gd)
		return false;
	gisa = phys_to_virt(g->scb->gd & ~(u32)GISA_FORMAT1);
	return READ_ONCE(gisa->ipm) & enabled;
}

/* Anything that comes before the next instruction? */
static bool sie_leave(struct sie_guest *g)
{
	unsigned int flags = atomic_read(&g->scb->cpuflags);
	u64 mask = g->scb->gpsw.mask;

	if (atomic_read(&g->scb->prog20) & PROG_STAY_OUT)
		return true;
	if (need_resched() || signal_pending(current))
		return true;
	if (flags & CPUSTAT_STOP_INT) {
		sie_icpt(g, ICPT_STOP);
		return true;
	}
	if (flags & CPUSTAT_IO_INT && mask & PSW_MASK_IO) {
		sie_icpt(g, ICPT_IOREQ);
		return true;
	}
	if (flags & CPUSTAT_EXT_INT && mask & PSW_MASK_EXT) {
		sie_icpt(g, ICPT_EXTREQ);
		return true;
	}
	if (mask & PSW_MASK_IO && gisa_pending(g))
		return true;
	if (mask & PSW_MASK_WAIT) {
		sie_icpt(g, ICPT_WAIT);
		return true;
	}
	if (mask & PSW_MASK_DAT) {
		pr_warn_ratelimited("apsim_sie: guest with DAT on at %016lx\n",
				    g->scb->gpsw.addr);
		sie_validity(g, VIWHY_UNABLE);
		return true;
	}
	return false;
}

static void sie_program(struct sie_guest *g, int code)
{
	sie_icpt(g, ICPT_PROGI);
	g->scb->iprcc = code;
	g->scb->pgmilc = g->ilen;
}

/*
 * In SIE, until something makes it leave.
 *
 * Return: true if it is the VMM that lacks memory.
 */
static bool sie_interpret(struct sie_guest *g, unsigned int *budget)
{
	struct srcu_struct *srcu = &g->vcpu->kvm->srcu;
	bool inside = false;
	int idx, rc = 0;

	g->scb->prog0c |= PROG_IN_SIE;
	/*
	 * KVM sets a bit in prog20, then waits for this one to go away, so it
	 * has to be seen before prog20 is looked at.
	 */
	smp_mb();
	idx = srcu_read_lock(srcu);
	while (*budget && !rc && !sie_leave(g)) {
		/* Who gets so far is waited for before its masks change. */
		if (!inside)
			sie_ap_enter(g);
		inside = true;
		(*budget)--;
		rc = sie_step(g);
		sie_count(SIE_INSTRUCTIONS);
	}
	if (inside && atomic_read(&g->scb->prog20) & PROG_BLOCK_SIE)
		apsim_machine_kick();
	sie_ap_leave(g);
	srcu_read_unlock(srcu, idx);
	if (rc > 0)
		sie_program(g, rc);
	/* Who sees it gone may change what the guest has used so far. */
	smp_mb();
	g->scb->prog0c &= ~PROG_IN_SIE;
	return rc == SIE_FAULT;
}

/*
 * Back in the host, whose fault it is; with a signal pending nothing may come of
 * that, but then sie_leave() has the last word.
 */
static bool sie_host_fault(struct sie_guest *g)
{
	sie_count(SIE_FAULTS);
	if (!sie_resolve(g))
		return true;
	g->scb->gpsw.addr = sie_wrap(g, g->ia + g->ilen);
	sie_program(g, APSIM_PGM_ADDRESSING);
	return false;
}

/*
 * KVM knows its running CPU from the scheduler.  Once, when a VM was new, that was not
 * the one that had come here; why was not seen.  It may be the static key by which the
 * first VM has itself told of switches between tasks: so look again after some.
 */
static bool sie_find_vcpu(struct sie_guest *g)
{
	unsigned int tries = FIND_TRIES;

	for (;;) {
		g->vcpu = sie_running_vcpu();
		if (g->vcpu && g->vcpu->arch.sie_block == g->scb)
			return true;
		if (!tries--)
			return false;
		schedule_timeout_uninterruptible(1);
	}
}

void sie_loop(struct kvm_s390_sie_block *scb, u64 *gprs)
{
	struct sie_guest g = { .scb = scb };
	unsigned int flags = current->flags & PF_VCPU;
	unsigned int budget = SIE_BUDGET;

	sie_count(SIE_ENTRIES);
	/* A fault from here on is not the guest's. */
	current->flags &= ~PF_VCPU;
	if (!sie_find_vcpu(&g)) {
		pr_warn_ratelimited("apsim_sie: not a state description of KVM's own, which runs %s\n",
				    g.vcpu ? "another" : "none");
		current->flags |= flags;
		sie_validity(&g, VIWHY_UNABLE);
		return;
	}
	memcpy(g.gr, gprs, 14 * sizeof(g.gr[0]));
	g.gr[14] = scb->gg14;
	g.gr[15] = scb->gg15;

	while (sie_interpret(&g, &budget) && sie_host_fault(&g))
		cond_resched();

	memcpy(gprs, g.gr, 14 * sizeof(g.gr[0]));
	scb->gg14 = g.gr[14];
	scb->gg15 = g.gr[15];
	current->flags |= flags;
	if (scb->icptcode)
		sie_count(SIE_INTERCEPTIONS);
}
