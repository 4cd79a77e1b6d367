// SPDX-License-Identifier: GPL-2.0-only
/*
 * guest - a guest with nothing but AP instructions
 *
 * Runs in the inner QEMU, without DAT, interrupts or an operating system.  It
 * tries the queues it was told of, asks which ones the machine says it has,
 * and has a card compute one RSA operation.
 */
#include "guest.h"

#define FC_TAPQ		0x00000000UL
#define FC_QCI		0x04000000UL
#define NQAP_LAST	0x40000000UL
#define DQAP_FIRST	0x80000000UL
#define STATUS_RC	0x00ff0000U
#define RC_NO_REPLY	0x00100000U

/* So many times the guest asks for a reply before it gives up. */
#define POLLS_MAX	2000000

/* A type 50 request: mod-exp with operands of 2048 bits. */
struct request {
	uint8_t zero;
	uint8_t type;
	uint16_t length;
	uint8_t reserved[4];
	uint16_t keyblock;
	uint8_t reserved2[6];
	uint8_t exponent[GUEST_RSA_LEN];
	uint8_t modulus[GUEST_RSA_LEN];
	uint8_t message[GUEST_RSA_LEN];
};

static struct request request;

static struct guest_outcome outcome(unsigned long cc, unsigned long status)
{
	return (struct guest_outcome){
		.cc = (uint32_t)cc >> 28 & 3,
		.status = (uint32_t)status,
	};
}

static struct guest_outcome pqap(unsigned long what, void *block)
{
	register unsigned long gr0 asm("0") = what;
	register unsigned long gr1 asm("1") = 0;
	register unsigned long gr2 asm("2") = (unsigned long)block;
	unsigned long cc = 0;

	asm volatile(".insn	rre,0xb2af0000,%%r0,%%r0\n"
		     "ipm	%0\n"
		     : "+d" (cc), "+d" (gr0), "+d" (gr1), "+d" (gr2)
		     : : "cc", "memory");
	return outcome(cc, gr1);
}

static struct guest_outcome nqap(unsigned int apqn)
{
	register unsigned long gr0 asm("0") = NQAP_LAST | apqn;
	register unsigned long gr1 asm("1") = 0;
	register unsigned long psmid_high asm("4") = 0;
	register unsigned long psmid_low asm("5") = 1;
	register unsigned long address asm("6") = (unsigned long)&request;
	register unsigned long length asm("7") = sizeof(request);
	unsigned long cc = 0;

	asm volatile(".insn	rre,0xb2ad0000,%%r4,%%r6\n"
		     "ipm	%0\n"
		     : "+d" (cc), "+d" (gr0), "+d" (gr1), "+d" (address),
		       "+d" (length)
		     : "d" (psmid_high), "d" (psmid_low)
		     : "cc", "memory");
	return outcome(cc, gr1);
}

static struct guest_outcome dqap(unsigned int apqn, struct guest_report *report)
{
	register unsigned long gr0 asm("0") = DQAP_FIRST | apqn;
	register unsigned long gr1 asm("1") = 0;
	register unsigned long gr2 asm("2") = 0;
	register unsigned long psmid_high asm("4") = 0;
	register unsigned long psmid_low asm("5") = 0;
	register unsigned long address asm("6") = (unsigned long)report->reply;
	register unsigned long left asm("7") = sizeof(report->reply);
	unsigned long cc = 0;

	asm volatile(".insn	rre,0xb2ae0000,%%r4,%%r6\n"
		     "ipm	%0\n"
		     : "+d" (cc), "+d" (gr0), "+d" (gr1), "+d" (gr2),
		       "+d" (psmid_high), "+d" (psmid_low), "+d" (address),
		       "+d" (left)
		     : : "cc", "memory");
	report->reply_len = sizeof(report->reply) - left;
	return outcome(cc, gr1);
}

/* Bytes one by one: the compiler must not make a library call of it. */
static void copy(uint8_t *to, const uint8_t *from, unsigned long len)
{
	while (len--) {
		*to++ = *from++;
		asm volatile("" : : : "memory");
	}
}

static void rsa(const struct guest_orders *orders, struct guest_report *report)
{
	request.type = 0x50;
	request.length = sizeof(request);
	request.keyblock = 0x0002;
	copy(request.exponent, orders->exponent, GUEST_RSA_LEN);
	copy(request.modulus, orders->modulus, GUEST_RSA_LEN);
	copy(request.message, orders->message, GUEST_RSA_LEN);

	report->nqap = nqap(orders->own);
	if (report->nqap.cc)
		return;
	do {
		report->dqap = dqap(orders->own, report);
		report->polls++;
	} while (report->polls < POLLS_MAX &&
		 (report->dqap.status & STATUS_RC) == RC_NO_REPLY);
}

void guest_main(void);

void guest_main(void)
{
	const struct guest_orders *orders = (void *)GUEST_ORDERS;
	struct guest_report *report = (void *)GUEST_REPORT;

	if (orders->magic != GUEST_ORDERS_MAGIC)
		return;
	copy((uint8_t *)&report->orders, (const uint8_t *)orders,
	     sizeof(*orders));
	report->own = pqap(FC_TAPQ | orders->own, 0);
	report->foreign = pqap(FC_TAPQ | orders->foreign, 0);
	report->qci = pqap(FC_QCI, report->block);
	report->foreign_nqap = nqap(orders->foreign);
	rsa(orders, report);
	report->magic = GUEST_REPORT_MAGIC;
}
