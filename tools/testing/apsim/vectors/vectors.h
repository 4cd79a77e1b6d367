/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What programs find: the same for every front end of the simulated machine
 */
#ifndef APSIM_VECTORS_H
#define APSIM_VECTORS_H

#include "vec.h"

/* The queues, and GR0 of what is done to the first. */
#define Q		0xc804
#define Q2		0xc847
#define FC(fc)		((u64)(fc) << 24 | Q)
#define T_BIT		0x00800000
#define F_BIT		0x00400000
#define LAST		(0x40000000 | Q)
#define FIRST		(0x80000000 | Q)

/* GR1: empty, replies, full, asynchronous, interrupts; a code. */
#define E		0x80000000
#define R		0x40000000
#define F		0x20000000
#define A		0x02000000
#define I		0x01000000
#define RC(rc)		((rc) << 16)
#define IR		0x0000800000000000ull

/* What is in registers that do not matter. */
#define G		0xfedcba9876543210ull
#define ID		0x11111111, 0x22222222

#define DO(command) { .kind = VEC_COMMAND, .text = (command) }

/* GR0; GR1 and GR2 before; condition code, GR1 and GR2 after */
#define PQAP(gr0, in1, in2, code, out1, out2)				\
	{ .kind = VEC_INSN, .insn = APSIM_PQAP, .cc = (code),		\
	  .in = { gr0, in1, in2, G, G, G, G, G },			\
	  .out = { gr0, out1, out2, G, G, G, G, G } }

/* The plain ones: nothing but a status word */
#define ASK(gr0, code, word)	PQAP(gr0, G, G, code, word, G)
#define TAPQ(word)		PQAP(Q, G, G, 0, word, 0x0eff0001)
#define TAPQ_RC(word)		PQAP(Q, G, G, 3, word, 0x0eff0001)

#define NQAP(gr0, size, code, word)					\
	{ .kind = VEC_INSN, .insn = APSIM_NQAP, .cc = (code),		\
	  .in = { gr0, G, G, G, ID, VEC_BUF, size },			\
	  .out = { gr0, word, G, G, ID, VEC_BUF, size } }

/* GR7: room, and what is left of it; the reply's rest in GR2 */
#define DQAP_(what, gr0, room, code, word, rest, id, left)		\
	{ .kind = (what), .insn = APSIM_DQAP, .cc = (code),		\
	  .in = { gr0, G, 0, G, 0, 0, VEC_BUF, room },			\
	  .out = { gr0, word, rest, G, id, VEC_BUF + (room) - (left), left } }
#define NO_ID		0, 0
#define DQAP(room, word, left)	DQAP_(VEC_INSN, FIRST, room, 0, word, 0, ID, left)
#define DQAP_RC(word)		DQAP_(VEC_INSN, FIRST, 99, 3, word, 0, NO_ID, 99)
#define PIECE(room, rest)	DQAP_(VEC_PIECE, FIRST, room, 1, G, rest, NO_ID, 0)
#define MORE(room, rest)	DQAP_(VEC_REST, FIRST, room, 1, G, rest, NO_ID, 0)
#define LAST_PIECE(room, word, left)					\
	DQAP_(VEC_REST, FIRST, room, 0, word, 0, ID, left)

/* A program interruption, and registers 0, 2 and 7 on which it depends */
#define PGM_(op, first, second, gr0, gr2, gr7, code)			\
	{ .kind = VEC_INSN, .insn = (op), .r1 = (first), .r2 = (second), \
	  .pgm = APSIM_PGM_##code,					\
	  .in = { gr0, G, gr2, G, ID, VEC_BUF, gr7 } }
#define PGM(op, gr0, gr2, gr7)	PGM_(op, 0, 0, gr0, gr2, gr7, SPECIFICATION)

#define WAIT(bits)							\
	{ .kind = VEC_WAIT, .insn = APSIM_PQAP, .in = { Q }, .out = { 0, bits } }
#define BYTES(offset, bytes)						\
	{ .kind = VEC_BYTES, .at = (offset), .text = (bytes),		\
	  .len = sizeof(bytes) - 1 }
#define END		{ .kind = VEC_END }

#define ACCELERATOR	DO("card 0xc8 CEX8 A 2")

/* A request that no adapter understands has a reply of eight bytes. */
#define BAD_REPLY	"\0\x82\0\0\x20\0\0\0"

#include "pqap.h"
#include "messages.h"

#define V(name)		{ #name, vec_##name }

static const struct vec vectors[] = {
	V(tapq_accelerator), V(tapq_coprocessor), V(tapq_ep11), V(tapq_absent),
	V(pqap_exceptions), V(pqap_reserved_bits), V(qci), V(qci_lies), V(qact),
	V(reset), V(reset_takes_time), V(reset_of_a_bound_queue), V(aqic),
	V(aqic_refused), V(aqic_not_now), V(aqic_takes_time), V(standby),
	V(checkstop), V(off), V(no_domain), V(async), V(forced), V(rules),
	V(message), V(message_exceptions), V(message_registers), V(full),
	V(empty), V(pending), V(pieces), V(piece_again), V(no_first_piece),
	V(oversized), V(parts), V(special), V(reset_drops),
};

#undef V

#endif /* APSIM_VECTORS_H */
