/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * guest - what the guest of the inner QEMU is told, and what it tells
 *
 * Both blocks lie at fixed addresses in guest storage: QEMU's loader device
 * puts the orders there, its monitor reads the report.  Everything is
 * big-endian, as the guest is.
 */
#ifndef BOX_GUEST_H
#define BOX_GUEST_H

#include <stdint.h>

#define GUEST_REPORT	0x30000
#define GUEST_ORDERS	0x40000

/* 2048 bits. */
#define GUEST_RSA_LEN	256

/* "ORDR" and "DONE", so that nobody reads storage that was never written. */
#define GUEST_ORDERS_MAGIC	0x4f524452
#define GUEST_REPORT_MAGIC	0x444f4e45

/**
 * struct guest_orders - what the guest is to do
 * @magic: %GUEST_ORDERS_MAGIC
 * @own: a queue (adapter << 8 | domain) that it should reach
 * @foreign: one that it should not
 * @exponent: the RSA operation, computed on @own
 * @modulus: ...
 * @message: ...
 * @stay: not 0: do it again and again
 */
struct guest_orders {
	uint32_t magic;
	uint16_t own;
	uint16_t foreign;
	uint8_t exponent[GUEST_RSA_LEN];
	uint8_t modulus[GUEST_RSA_LEN];
	uint8_t message[GUEST_RSA_LEN];
	uint32_t stay;
};

/**
 * struct guest_outcome - how an AP instruction ended
 * @cc: condition code
 * @status: status word of GR1
 */
struct guest_outcome {
	uint32_t cc;
	uint32_t status;
};

/**
 * struct guest_report - what the guest found
 * @magic: %GUEST_REPORT_MAGIC, written last, for the first time
 * @starts: how often the guest was started
 * @rounds: how often it went through its orders since then
 * @armed: how often it was told that interruptions will come (AQIC)
 * @woken: how often it was woken by one, and the reply was there
 * @lost: how often it was woken by the clock instead
 * @word: the last interruption word
 * @indicator: the notification byte after that
 * @polls: how often it asked for the reply
 * @orders: the orders it had
 * @own: TAPQ of the queue it should reach
 * @foreign: TAPQ of the one it should not
 * @foreign_nqap: NQAP to that one
 * @qci: QCI; @block has what it stored
 * @aqic: the last AQIC
 * @nqap: NQAP of the RSA request
 * @dqap: the last DQAP
 * @reply_len: length of the reply
 * @block: masks at 0x10 (adapters), 0x30 (domains), 0x50 (control domains)
 * @reply: the reply, a type 80 message if all went well
 */
struct guest_report {
	uint32_t magic;
	uint32_t starts;
	uint32_t rounds;
	uint32_t armed;
	uint32_t woken;
	uint32_t lost;
	uint32_t word;
	uint32_t indicator;
	uint32_t polls;
	struct guest_orders orders;
	struct guest_outcome own;
	struct guest_outcome foreign;
	struct guest_outcome foreign_nqap;
	struct guest_outcome qci;
	struct guest_outcome aqic;
	struct guest_outcome nqap;
	struct guest_outcome dqap;
	uint64_t reply_len;
	uint8_t block[128];
	uint8_t reply[16 + 2 * GUEST_RSA_LEN];
};

#endif /* BOX_GUEST_H */
