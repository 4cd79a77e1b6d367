// SPDX-License-Identifier: GPL-2.0-only
/*
 * unit - NQAP and DQAP, and interruptions by queues
 */
#include "unit.h"

#define LAST		0x40000000UL
#define FIRST		0x80000000UL
#define AQIC		0x03000000UL
#define AQIC_ON		0x0000800000000000UL
#define STATUS_INTERRUPTS 0x01000000UL
#define RC_NO_REPLY	0x10
#define RC_CHANGING	0x07

#define ISC		5
#define RSA_LEN		128
#define MESSAGE_MAX	12288
#define PAUSE_US	2000
#define PATIENCE_US	20000000
#define TRIES		1000

/* A type 50 request: 2 to the power of 3, with 1024 bits */
static struct {
	uint8_t zero;
	uint8_t type;
	uint16_t length;
	uint8_t reserved[4];
	uint16_t keyblock;
	uint8_t reserved2[6];
	uint8_t exponent[RSA_LEN];
	uint8_t modulus[RSA_LEN];
	uint8_t message[RSA_LEN];
} request = {
	.type = 0x50, .length = sizeof(request), .keyblock = 1,
	.exponent = { [RSA_LEN - 1] = 3 },
	.modulus = { [0] = 0xff, [RSA_LEN - 1] = 0xf1 },
	.message = { [RSA_LEN - 1] = 2 },
};

/* Across the end of a page */
static uint8_t replies[3 * 4096];
#define REPLY	((((uint64_t)replies + 4096) & -4096UL) + 4096 - 40)

static uint8_t indicator;

static void send(struct trial *t, unsigned int apqn)
{
	begin(t);
	t->gr[0] = LAST | apqn;
	t->gr[4] = 0x12345678;
	t->gr[5] = 0x9abcdef0;
	t->gr[6] = (uint64_t)&request;
	t->gr[7] = sizeof(request);
}

static void receive(struct trial *t, unsigned int apqn, uint64_t length)
{
	begin(t);
	t->gr[0] = FIRST | apqn;
	t->gr[6] = REPLY;
	t->gr[7] = length;
}

/* Until there is one */
static void fetch(struct trial *t, uint64_t length)
{
	unsigned int i;

	for (i = 0; i < TRIES; i++) {
		receive(t, OWN, length);
		try(t, DQAP);
		if (t->pgm || rc(t) != RC_NO_REPLY)
			return;
		sleep_for(PAUSE_US);
	}
}

static void is_eight(const uint8_t *message)
{
	unsigned int i;

	same("type", message[1], 0x80);
	same("code", message[4], 0);
	same("result", message[16 + RSA_LEN - 1], 8);
	for (i = 0; i < RSA_LEN - 1; i++)
		same("digit", message[16 + i], 0);
}

static void goes_and_comes(void)
{
	struct trial t;

	send(&t, OWN);
	try(&t, NQAP);
	same("interruption code", t.pgm, 0);
	same("condition code", cc(&t), 0);
	same("response code", rc(&t), 0);
	same_registers(&t, 1 << 0 | 1 << 1 | 0xf0);
	fetch(&t, 1024);
	same("condition code", cc(&t), 0);
	same("message id", t.gr[4] << 32 | t.gr[5], 0x123456789abcdef0UL);
	same("length", 1024 - t.gr[7], 16 + RSA_LEN);
	same("address", t.gr[6], REPLY + 16 + RSA_LEN);
	same("rest", t.gr[2], 0);
	same_registers(&t, 7 | 0xf0);
	is_eight((uint8_t *)REPLY);
	case_end("a request goes and its reply comes");
	fetch(&t, 1024);
	same("response code", rc(&t), RC_NO_REPLY);
	same("condition code", cc(&t), 3);
	same("left", t.gr[7], 1024);
	case_end("a reply comes once");
}

static void comes_in_pieces(void)
{
	struct trial t;
	uint64_t gr0;

	send(&t, OWN);
	try(&t, NQAP);
	fetch(&t, 50);
	same("condition code", cc(&t), 1);
	same("rest", t.gr[2], 16 + RSA_LEN - 50);
	gr0 = t.gr[0];
	receive(&t, OWN, 1024);
	t.gr[0] = (gr0 & ~FIRST) | OWN;
	t.gr[6] = REPLY + 50;
	try(&t, DQAP);
	same("condition code", cc(&t), 0);
	same("rest", t.gr[2], 0);
	same("message id", t.gr[4] << 32 | t.gr[5], 0x123456789abcdef0UL);
	is_eight((uint8_t *)REPLY);
	case_end("a reply comes in pieces");
}

static void not_to_others(void)
{
	struct trial t;

	send(&t, FOREIGN);
	try(&t, NQAP);
	same("response code", rc(&t), 1);
	same("condition code", cc(&t), 3);
	receive(&t, FOREIGN, 1024);
	try(&t, DQAP);
	same("response code", rc(&t), 1);
	same("condition code", cc(&t), 3);
	same_registers(&t, 3 | 0xc0);
	case_end("no message to or from other queues");
}

static void bad_send(unsigned int r, uint64_t value, unsigned int pgm)
{
	struct trial t;

	send(&t, OWN);
	t.gr[r] = value;
	exception(&t, NQAP, pgm);
}

static void bad_operands(void)
{
	struct trial t;

	send(&t, OWN);
	exception(&t, NQAP | 0x10, PGM_SPECIFICATION);
	exception(&t, NQAP | 0x01, PGM_SPECIFICATION);
	receive(&t, OWN, 1024);
	exception(&t, DQAP | 0x10, PGM_SPECIFICATION);
	exception(&t, DQAP | 0x01, PGM_SPECIFICATION);
	case_end("registers are pairs");
	bad_send(7, 0, PGM_SPECIFICATION);
	bad_send(7, MESSAGE_MAX + 1, PGM_SPECIFICATION);
	bad_send(7, -1UL, PGM_SPECIFICATION);
	receive(&t, OWN, 0);
	exception(&t, DQAP, PGM_SPECIFICATION);
	case_end("lengths have limits");
	bad_send(6, BEYOND, PGM_ADDRESSING);
	bad_send(6, BEYOND / 2 - 16, PGM_ADDRESSING);
	bad_send(6, -8UL, PGM_ADDRESSING);
	case_end("a request is in storage");
	fetch(&t, 1024);
	same("response code", rc(&t), RC_NO_REPLY);
	case_end("a bad request leaves nothing behind");
}

void unit_message(void)
{
	goes_and_comes();
	comes_in_pieces();
	not_to_others();
	bad_operands();
}

static void control(struct trial *t, unsigned int apqn, uint64_t what)
{
	begin(t);
	t->gr[0] = AQIC | apqn;
	t->gr[1] = what;
	t->gr[2] = (uint64_t)&indicator;
	try(t, PQAP);
	same("interruption code", t->pgm, 0);
	same("GR0", t->gr[0], AQIC | apqn);
	same("GR2", t->gr[2], (uint64_t)&indicator);
	same_registers(t, 7);
}

/* Until the I bit is @want */
static void wait_for_bit(uint64_t want)
{
	struct trial t;
	unsigned int i;

	for (i = 0; i < TRIES; i++) {
		begin(&t);
		t.gr[0] = OWN;
		try(&t, PQAP);
		if ((t.gr[1] & STATUS_INTERRUPTS) == want)
			break;
		sleep_for(PAUSE_US);
	}
	same("I bit", t.gr[1] & STATUS_INTERRUPTS, want);
}

static void is_woken(void)
{
	static const unsigned long cr6 = 0x80000000UL >> ISC;
	struct trial t;

	asm volatile("lctlg	6,6,%0" : : "Q" (cr6));
	control(&t, OWN, AQIC_ON | ISC);
	same("response code", rc(&t), 0);
	same("condition code", cc(&t), 0);
	wait_for_bit(STATUS_INTERRUPTS);
	case_end("AQIC enables");
	send(&t, OWN);
	try(&t, NQAP);
	unit_ios = 0;
	sleep_for(PATIENCE_US);
	same("I/O interruptions", unit_ios, 1);
	same("its subclass", unit_io_word >> 27 & 7, ISC);
	same("it is an adapter's", unit_io_word >> 31, 1);
	same("indicator", indicator, 1);
	receive(&t, OWN, 1024);
	try(&t, DQAP);
	same("response code", rc(&t), 0);
	is_eight((uint8_t *)REPLY);
	case_end("a reply interrupts, and is there");
}

static void is_not_woken(void)
{
	struct trial t;

	control(&t, OWN, AQIC_ON | ISC);
	same("response code", rc(&t), RC_CHANGING);
	same("condition code", cc(&t), 3);
	case_end("AQIC does not enable twice");
	control(&t, OWN, 0);
	same("response code", rc(&t), 0);
	wait_for_bit(0);
	case_end("AQIC disables");
	indicator = 0;
	unit_ios = 0;
	send(&t, OWN);
	try(&t, NQAP);
	fetch(&t, 1024);
	same("response code", rc(&t), 0);
	same("I/O interruptions", unit_ios, 0);
	same("indicator", indicator, 0);
	case_end("a reply comes without an interruption");
	control(&t, FOREIGN, AQIC_ON | ISC);
	same("response code", rc(&t), 1);
	same("condition code", cc(&t), 3);
	case_end("others are not enabled");
}

void unit_interrupts(void)
{
	is_woken();
	is_not_woken();
}
