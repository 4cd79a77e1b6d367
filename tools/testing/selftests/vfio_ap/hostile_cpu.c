// SPDX-License-Identifier: GPL-2.0-only
/*
 * hostile - the CPU of the VM: AP instructions, right and wrong ones
 *
 * Whatever it tries, queues that are not the mdev's are not there for it.
 */
#include <string.h>

#include "hostile.h"
#include "lib/finding.h"

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define KVM_NOT_THERE	(RC_NOT_THERE << 16)

/* Instructions in a row */
#define AT_ONCE		12

const unsigned int hostile_queue[HOSTILE_QUEUES] = {
	BELL_OWN, BELL_NEXT, BELL_OTHER, BELL_LAST,
};

/* The calm guest's, the host's, a domain and an adapter that are not there */
static const unsigned int not_ours[] = {
	0x0604, 0x0647, 0x0704, 0x04ab, 0x0448, 0x2004, 0xffff,
};

#define NOT_OURS	(sizeof(not_ours) / sizeof(*not_ours))

static unsigned int any_queue(struct rand *rand)
{
	if (rand_one_in(rand, 6))
		return not_ours[rand_below(rand, NOT_OURS)];
	return hostile_queue[rand_below(rand, HOSTILE_QUEUES)];
}

static int is_ours(unsigned int apqn)
{
	unsigned int i;

	for (i = 0; i < HOSTILE_QUEUES; i++)
		if (hostile_queue[i] == apqn)
			return 1;
	return 0;
}

/* An address: good, without storage, of the first page, or just a number */
static uint64_t any_byte(struct rand *rand)
{
	switch (rand_below(rand, 12)) {
	case 0:
		return VM_SIZE + rand_below(rand, (BEYOND + 1) * SLICE);
	case 1:
		/* Not its first half, where PSWs are. */
		return 0x800 + rand_below(rand, 0x800);
	case 2:
		return rand_next(rand);
	case 3:
		return -1ULL - rand_below(rand, 2);
	case 4:
		/* The last byte of a page, the first of the next one */
		return (FIRST + rand_below(rand, SLICES - FIRST)) * SLICE -
		       rand_below(rand, 2);
	default:
		return FIRST * SLICE +
		       rand_below(rand, (SLICES - FIRST) * SLICE);
	}
}

static struct ap_call any_aqic(struct rand *rand, unsigned int apqn)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_AQIC | apqn,
		.gr1 = rand_below(rand, 8),
		.gr2 = any_byte(rand),
	};

	if (!rand_one_in(rand, 4))
		call.gr1 |= AP_AQIC_ON;
	if (rand_one_in(rand, 12))
		call.gr1 ^= rand_next(rand);
	return call;
}

static struct ap_call any_pqap(struct rand *rand, unsigned int apqn)
{
	static const unsigned long function[] = {
		AP_FC_TAPQ, AP_FC_TAPQ, AP_FC_RAPQ, AP_FC_ZAPQ, AP_FC_QCI,
	};
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = function[rand_below(rand, 5)],
		.gr2 = VM_BLOCK,
	};

	/* QCI has no queue */
	if (call.gr0 != AP_FC_QCI)
		call.gr0 |= apqn;
	return call;
}

/* There is no such function, or it has to be somebody else's to ask. */
static struct ap_call strange_pqap(struct rand *rand)
{
	return (struct ap_call){
		.insn = AP_PQAP,
		.gr0 = rand_next(rand),
		.gr1 = rand_next(rand),
		.gr2 = rand_next(rand),
	};
}

static struct ap_call any_call(struct rand *rand)
{
	unsigned int apqn = any_queue(rand);
	const struct bell bell = { .apqn = apqn };
	struct ap_call call;

	switch (rand_below(rand, 16)) {
	case 0:
		return any_pqap(rand, apqn);
	case 1:
	case 2:
		call = bell_request(&bell, rand_next(rand));
		call.gr4 = 0xbadbad;
		return call;
	case 3:
		return bell_reply(&bell);
	case 4:
		call = bell_sleep();
		if (!rand_one_in(rand, 8))
			call.insn = AP_TAKE;
		return call;
	default:
		return any_aqic(rand, apqn);
	}
}

static unsigned long function_of(const struct ap_call *call)
{
	return call->gr0 & 0xffff0000;
}

static int is_aqic(const struct ap_call *call)
{
	return call->insn == AP_PQAP && function_of(call) == AP_FC_AQIC;
}

/*
 * The response code.  While nobody has the mdev open, KVM answers AQIC itself,
 * and puts the status word into the wrong half of GR1.
 */
static unsigned int answer(const struct ap_call *asked,
			   const struct ap_call *got)
{
	if (is_aqic(asked) && got->cc == 3 && got->gr1 >> 32 == KVM_NOT_THERE &&
	    (uint32_t)got->gr1 == (uint32_t)asked->gr1)
		return RC_NOT_THERE;
	return ap_rc(got);
}

static void count(struct ledger *ledger, const struct ap_call *asked,
		  unsigned int rc)
{
	if (is_aqic(asked))
		atomic_fetch_add(&ledger->aqic[rc], 1);
	if (rc != RC_NORMAL)
		return;
	if (is_aqic(asked))
		tally(ledger, asked->gr1 & AP_AQIC_ON ? ARMED : DISARMED);
	else if (asked->insn == AP_NQAP)
		tally(ledger, REQUESTS);
}

/* Whose queue is it, and what came back? */
static void look_at(struct ledger *ledger, const struct ap_call *asked,
		    const struct ap_call *got)
{
	unsigned int apqn = asked->gr0 & 0xffff;
	unsigned int rc = answer(asked, got);

	if (asked->insn > AP_DQAP ||
	    (asked->insn == AP_PQAP && function_of(asked) > AP_FC_AQIC))
		return;
	count(ledger, asked, rc);
	if (is_ours(apqn) || rc == RC_NOT_THERE)
		return;
	finding("%04x: instruction %llu, function %llx: a stranger gets %02x",
		apqn, (unsigned long long)asked->insn,
		(unsigned long long)function_of(asked), rc);
	atomic_fetch_add(&ledger->wrong, 1);
}

/**
 * deed_cpu() - the CPU executes a few instructions
 * @vmm: the VMM
 * @rand: what chooses
 */
void deed_cpu(struct vmm *vmm, struct rand *rand)
{
	unsigned int i, count = 1 + rand_below(rand, AT_ONCE);
	struct ap_call asked[AT_ONCE], got[AT_ONCE];
	int rc;

	for (i = 0; i < count; i++)
		asked[i] = any_call(rand);
	if (rand_one_in(rand, 16))
		asked[count - 1] = strange_pqap(rand);
	memcpy(got, asked, sizeof(got));
	pthread_mutex_lock(&vmm->cpu);
	rc = vm_execute(&vmm->vm, got, count);
	pthread_mutex_unlock(&vmm->cpu);
	for (i = 0; !rc && i < count; i++)
		look_at(vmm->ledger, &asked[i], &got[i]);
}
