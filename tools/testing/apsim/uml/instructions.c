// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host's AP instructions, as functions
 *
 * Each puts its operands into general registers, executes the instruction on
 * the simulated machine and takes the results out of the registers, as the
 * inline assembly of s390's asm/ap.h does.  Storage addresses are kernel
 * addresses.
 */
#include <linux/bits.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include <asm/ap.h>

#include "../kernel/machine.h"
#include "front.h"

/* GR0 bits: function code, and modifiers counted from the right. */
#define GR0_FC(fc)		((u64)(fc) << 24)
#define GR0_T			BIT_ULL(23)
#define GR0_F			BIT_ULL(22)
#define GR0_NQAP_LAST		BIT_ULL(30)
#define GR0_DQAP_TAKE_LENGTH	BIT_ULL(31)

enum pqap_fc {
	FC_TAPQ = 0,
	FC_RAPQ = 1,
	FC_ZAPQ = 2,
	FC_AQIC = 3,
	FC_QCI = 4,
	FC_QACT = 5,
	FC_BAPQ = 7,
	FC_AAPQ = 8,
};

/* Register pairs of NQAP and DQAP: the message's identifier, the buffer. */
#define R1	4
#define R2	6

/* What ap_dqap() says if the reply is longer than the buffer. */
#define RC_TRUNCATED	0xff

static u8 kernel_fetch(void *ctx, u64 addr, void *buf, u32 len)
{
	memcpy(buf, (const void *)(uintptr_t)addr, len);
	return 0;
}

static u8 kernel_store(void *ctx, u64 addr, const void *buf, u32 len)
{
	memcpy((void *)(uintptr_t)addr, buf, len);
	return 0;
}

static const struct apsim_storage kernel_storage = {
	.fetch = kernel_fetch,
	.store = kernel_store,
};

static struct ap_queue_status status_in(const struct apsim_op *op)
{
	return (struct ap_queue_status) { .value = (u32)op->gr[1] };
}

static void pqap(struct apsim_op *op)
{
	op->insn = APSIM_PQAP;
	op->nib_valid = true;
	op->gisa_valid = true;
	apsim_machine_exec(op, &kernel_storage);
}

/**
 * ap_instructions_available - does TAPQ end without an operation exception?
 *
 * Return: true if so.
 */
bool ap_instructions_available(void)
{
	struct apsim_op op = {};

	pqap(&op);
	return !op.pgm;
}
EXPORT_SYMBOL_GPL(ap_instructions_available);

/**
 * ap_tapq - PQAP(TAPQ)
 * @qid: the queue, and possibly the T bit
 * @info: gets GR2, may be NULL
 *
 * Return: the status word.
 */
struct ap_queue_status ap_tapq(ap_qid_t qid, struct ap_tapq_hwinfo *info)
{
	struct apsim_op op = { .gr[0] = qid };

	pqap(&op);
	if (info)
		info->value = op.gr[2];
	return status_in(&op);
}
EXPORT_SYMBOL_GPL(ap_tapq);

/**
 * ap_test_queue - PQAP(TAPQ), with the T bit or without
 * @qid: the queue
 * @tbit: true: with
 * @info: gets GR2, may be NULL
 *
 * Return: the status word.
 */
struct ap_queue_status ap_test_queue(ap_qid_t qid, int tbit,
				     struct ap_tapq_hwinfo *info)
{
	return ap_tapq(tbit ? qid | GR0_T : qid, info);
}
EXPORT_SYMBOL_GPL(ap_test_queue);

static struct ap_queue_status reset(ap_qid_t qid, enum pqap_fc fc, int fbit)
{
	struct apsim_op op = { .gr[0] = qid | GR0_FC(fc) };

	if (fbit)
		op.gr[0] |= GR0_F;
	pqap(&op);
	return status_in(&op);
}

/**
 * ap_rapq - PQAP(RAPQ)
 * @qid: the queue
 * @fbit: true: with the F bit
 *
 * Return: the status word.
 */
struct ap_queue_status ap_rapq(ap_qid_t qid, int fbit)
{
	return reset(qid, FC_RAPQ, fbit);
}
EXPORT_SYMBOL_GPL(ap_rapq);

/**
 * ap_zapq - PQAP(ZAPQ)
 * @qid: the queue
 * @fbit: true: with the F bit
 *
 * Return: the status word.
 */
struct ap_queue_status ap_zapq(ap_qid_t qid, int fbit)
{
	return reset(qid, FC_ZAPQ, fbit);
}
EXPORT_SYMBOL_GPL(ap_zapq);

/**
 * ap_aqic - PQAP(AQIC)
 * @qid: the queue
 * @qirqctrl: GR1
 * @pa_ind: physical address of the notification indicator byte
 *
 * Return: the status word.
 */
struct ap_queue_status ap_aqic(ap_qid_t qid, union ap_qirq_ctrl qirqctrl,
			       phys_addr_t pa_ind)
{
	struct apsim_op op = {
		.gr[0] = qid | GR0_FC(FC_AQIC),
		.gr[1] = qirqctrl.value,
		.gr[2] = pa_ind,
	};
	const struct apsim_irq irq = {
		.nib = pa_ind,
		.gisa = qirqctrl.value & APSIM_GR1_GISA,
		.isc = qirqctrl.isc,
		.gisc = qirqctrl.gisc,
		.apqn = qid,
	};

	if (qirqctrl.ir && irq.gisa)
		apsim_vm_before_enable(&irq);
	pqap(&op);
	return status_in(&op);
}
EXPORT_SYMBOL_GPL(ap_aqic);

static void mask_words(unsigned int *words, const u8 *bytes)
{
	unsigned int i;

	for (i = 0; i < 8; i++)
		words[i] = get_unaligned_be32(bytes + 4 * i);
}

/**
 * ap_qci - PQAP(QCI)
 * @config: gets the configuration
 *
 * Return: 0, or -EOPNOTSUPP if the machine has no such function.
 */
int ap_qci(struct ap_config_info *config)
{
	u8 block[APSIM_QCI_LEN] = {};
	struct apsim_op op = {
		.gr[0] = GR0_FC(FC_QCI),
		.gr[2] = (uintptr_t)block,
	};

	pqap(&op);
	if (op.pgm)
		return -EOPNOTSUPP;
	memset(config, 0, sizeof(*config));
	config->flags = get_unaligned_be32(block);
	config->na = block[4];
	config->nd = block[5];
	mask_words(config->apm, block + 16);
	mask_words(config->aqm, block + 48);
	mask_words(config->adm, block + 80);
	return 0;
}
EXPORT_SYMBOL_GPL(ap_qci);

/**
 * ap_qact - PQAP(QACT)
 * @qid: the queue
 * @ifbit: GR0's IF bit
 * @apinfo: GR1, then GR2
 *
 * Return: the status word.
 */
struct ap_queue_status ap_qact(ap_qid_t qid, int ifbit,
			       union ap_qact_ap_info *apinfo)
{
	struct apsim_op op = {
		.gr[0] = qid | GR0_FC(FC_QACT) | (ifbit & 1 ? GR0_F : 0),
		.gr[1] = apinfo->val,
	};

	pqap(&op);
	apinfo->val = op.gr[2];
	return status_in(&op);
}
EXPORT_SYMBOL_GPL(ap_qact);

/**
 * ap_bapq - PQAP(BAPQ)
 * @qid: the queue
 *
 * Return: the status word.
 */
struct ap_queue_status ap_bapq(ap_qid_t qid)
{
	return reset(qid, FC_BAPQ, 0);
}
EXPORT_SYMBOL_GPL(ap_bapq);

/**
 * ap_aapq - PQAP(AAPQ)
 * @qid: the queue
 * @sec_idx: index of the secret, GR2
 *
 * Return: the status word.
 */
struct ap_queue_status ap_aapq(ap_qid_t qid, unsigned int sec_idx)
{
	struct apsim_op op = {
		.gr[0] = qid | GR0_FC(FC_AAPQ),
		.gr[2] = sec_idx,
	};

	pqap(&op);
	return status_in(&op);
}
EXPORT_SYMBOL_GPL(ap_aapq);

/**
 * ap_nqap - NQAP
 * @qid: the queue
 * @psmid: identifier of the message
 * @msg: the message
 * @length: its length
 *
 * Return: the status word.
 */
struct ap_queue_status ap_nqap(ap_qid_t qid, unsigned long long psmid,
			       void *msg, size_t length)
{
	struct apsim_op op = {
		.insn = APSIM_NQAP,
		.r1 = R1,
		.r2 = R2,
		.gr[0] = qid | GR0_NQAP_LAST,
		.gr[R1] = upper_32_bits(psmid),
		.gr[R1 + 1] = lower_32_bits(psmid),
		.gr[R2] = (uintptr_t)msg,
		.gr[R2 + 1] = length,
	};

	do {
		apsim_machine_exec(&op, &kernel_storage);
	} while (op.cc == 2);
	return status_in(&op);
}
EXPORT_SYMBOL_GPL(ap_nqap);

/**
 * ap_dqap - DQAP
 * @qid: the queue
 * @psmid: gets the identifier of the message
 * @msg: buffer for it
 * @msglen: size of @msg
 * @length: gets the number of bytes stored, may be NULL
 * @reslength: gets what is left of the message, may be NULL
 * @resgr0: GR0 to continue a message with, 0: a new one; gets GR0 if the
 *	message is not complete, else 0; may be NULL
 *
 * Return: the status word; with response code FF, which no machine uses, if
 * the message did not fit into @msg.
 */
struct ap_queue_status ap_dqap(ap_qid_t qid, unsigned long *psmid, void *msg,
			       size_t msglen, size_t *length, size_t *reslength,
			       unsigned long *resgr0)
{
	struct apsim_op op = {
		.insn = APSIM_DQAP,
		.r1 = R1,
		.r2 = R2,
		.gr[0] = qid | GR0_DQAP_TAKE_LENGTH,
		.gr[R2] = (uintptr_t)msg,
		.gr[R2 + 1] = msglen,
	};
	struct ap_queue_status status;
	bool partial;

	if (resgr0 && *resgr0)
		op.gr[0] = *resgr0;
	while (op.gr[R2 + 1]) {
		apsim_machine_exec(&op, &kernel_storage);
		if (op.cc != 1 && op.cc != 2)
			break;
	}

	status = status_in(&op);
	partial = op.gr[2] && !op.gr[R2 + 1];
	if (partial)
		status.response_code = RC_TRUNCATED;
	else
		*psmid = op.gr[R1] << 32 | lower_32_bits(op.gr[R1 + 1]);
	if (resgr0)
		*resgr0 = partial ? op.gr[0] : 0;
	if (reslength)
		*reslength = op.gr[2];
	if (length)
		*length = msglen - op.gr[R2 + 1];
	return status;
}
EXPORT_SYMBOL_GPL(ap_dqap);
