// SPDX-License-Identifier: GPL-2.0-only
/*
 * guest - a guest with nothing but AP instructions
 *
 * Runs in the inner QEMU, without DAT or an operating system.  It tries the
 * queues it was told of, asks which ones the machine says it has, and has a card
 * compute one RSA operation, sleeping until the card interrupts it.
 */
#include "guest.h"
#include "start.h"

#define FC_TAPQ		0x00000000UL
#define FC_AQIC		0x03000000UL
#define FC_QCI		0x04000000UL
#define AQIC_ON		0x0000800000000000UL
#define NQAP_LAST	0x40000000UL
#define DQAP_FIRST	0x80000000UL
#define STATUS_INTERRUPTS 0x01000000U
#define STATUS_RC	0x00ff0000U
#define RC_NO_REPLY	0x00100000U

/* The subclass that the guest's queues interrupt it on; control registers. */
#define ISC		3
#define CR0_CLOCK	0x800UL
#define CR6_ISC		(0x80000000UL >> ISC)

/* The clock's unit is 1/4096 of a microsecond. */
#define US		4096UL

/* So long the guest sleeps until it counts as lost, or for no reason. */
#define PATIENCE	(2000000 * US)
#define NAP		(5000 * US)
#define PAUSE		(100000 * US)

/* So often the guest asks for a reply before it gives up. */
#define POLLS_MAX	1000

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

/* The machine says here that there are replies. */
static uint8_t indicator;

/* Sleep for @time at most; the interruption word, 0 if the time is over. */
static unsigned long sleep(unsigned long time)
{
	unsigned long until;

	asm volatile("stck	%0" : "=Q" (until) : : "cc");
	until += time;
	asm volatile("sckc	%0" : : "Q" (until));
	return doze();
}

static struct guest_outcome outcome(unsigned long cc, unsigned long status)
{
	return (struct guest_outcome){
		.cc = (uint32_t)cc >> 28 & 3,
		.status = (uint32_t)status,
	};
}

static struct guest_outcome pqap(unsigned long what, unsigned long control,
				 void *block)
{
	register unsigned long gr0 asm("0") = what;
	register unsigned long gr1 asm("1") = control;
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

/* Interruptions on, if they are not. */
static void arm(const struct guest_orders *orders, struct guest_report *report)
{
	if (report->own.cc || report->own.status & STATUS_INTERRUPTS)
		return;
	report->aqic = pqap(FC_AQIC | orders->own, AQIC_ON | ISC, &indicator);
	if (!report->aqic.cc)
		report->armed++;
}

/* Who is not armed looks now and then. */
static void wait_for_reply(struct guest_report *report)
{
	unsigned long word;

	if (report->aqic.cc) {
		sleep(NAP);
		return;
	}
	word = sleep(PATIENCE);
	if (!word) {
		report->lost++;
		return;
	}
	report->word = (uint32_t)word;
	report->indicator = indicator;
}

static void rsa(const struct guest_orders *orders, struct guest_report *report)
{
	request.type = 0x50;
	request.length = sizeof(request);
	request.keyblock = 0x0002;
	copy(request.exponent, orders->exponent, GUEST_RSA_LEN);
	copy(request.modulus, orders->modulus, GUEST_RSA_LEN);
	copy(request.message, orders->message, GUEST_RSA_LEN);

	indicator = 0;
	report->polls = 0;
	report->nqap = nqap(orders->own);
	if (report->nqap.cc)
		return;
	do {
		wait_for_reply(report);
		report->dqap = dqap(orders->own, report);
		report->polls++;
	} while (report->polls < POLLS_MAX &&
		 (report->dqap.status & STATUS_RC) == RC_NO_REPLY);
	if (!report->aqic.cc && !report->dqap.cc && indicator)
		report->woken++;
}

static void look_around(const struct guest_orders *orders,
			struct guest_report *report)
{
	report->own = pqap(FC_TAPQ | orders->own, 0, 0);
	report->foreign = pqap(FC_TAPQ | orders->foreign, 0, 0);
	report->qci = pqap(FC_QCI, 0, report->block);
	/* What has become the guest's own is not to be filled. */
	if (report->foreign.cc)
		report->foreign_nqap = nqap(orders->foreign);
}

static void begin(const struct guest_orders *orders,
		  struct guest_report *report)
{
	static const unsigned long cr0 = CR0_CLOCK;
	static const unsigned long cr6 = CR6_ISC;

	asm volatile("lctlg	0,0,%0" : : "Q" (cr0));
	asm volatile("lctlg	6,6,%0" : : "Q" (cr6));
	report->magic = 0;
	report->starts++;
	report->rounds = 0;
	report->armed = 0;
	report->woken = 0;
	report->lost = 0;
	copy((uint8_t *)&report->orders, (const uint8_t *)orders,
	     sizeof(*orders));
}

void guest_main(void)
{
	const struct guest_orders *orders = (void *)GUEST_ORDERS;
	struct guest_report *report = (void *)GUEST_REPORT;

	if (orders->magic != GUEST_ORDERS_MAGIC)
		return;
	begin(orders, report);
	for (;;) {
		look_around(orders, report);
		arm(orders, report);
		if (!report->own.cc)
			rsa(orders, report);
		report->rounds++;
		report->magic = GUEST_REPORT_MAGIC;
		if (!orders->stay)
			return;
		sleep(PAUSE);
	}
}
