/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a vector is
 *
 * A vector is a list of steps: commands to the machine, and instructions with
 * the registers before and after.  It has a card of its own, number 0xc8, whose
 * queues of domains 4 and 0x47 nobody else uses, and nothing takes time.
 */
#ifndef APSIM_VECTORS_VEC_H
#define APSIM_VECTORS_VEC_H

#include "../core/apsim.h"

/* General registers 0 to 7. */
#define VEC_GRS		8

/* Stand for addresses in registers 2 and 6: of the buffer, of a free byte. */
#define VEC_BUF		0xb0f0000000000000ull
#define VEC_NIB		0xb1b0000000000000ull
#define VEC_BUF_SIZE	16384

enum vec_kind {
	VEC_END,
	VEC_COMMAND,		/* @text */
	VEC_INSN,		/* @in, then @cc and @out, or @pgm and @in */
	VEC_PIECE,		/* VEC_INSN; GR0 has a token, or is 0 */
	VEC_REST,		/* VEC_INSN; GR0 is what a piece has left */
	VEC_WAIT,		/* TAPQ until GR1 has all bits of @out[1] */
	VEC_BYTES,		/* the buffer: @len bytes at @at are @text */
};

/**
 * struct vec_step - one step
 * @kind: what it is
 * @text: a command, or bytes
 * @insn: opcode
 * @r1: register field, 0: register 4
 * @r2: register field, 0: register 6
 * @cc: condition code afterwards
 * @pgm: program interruption it ends with, 0: none
 * @at: an offset
 * @len: how many
 * @in: registers before
 * @out: registers afterwards
 */
struct vec_step {
	enum vec_kind kind;
	const char *text;
	u16 insn;
	u8 r1;
	u8 r2;
	u8 cc;
	u8 pgm;
	u16 at;
	u16 len;
	u64 in[VEC_GRS];
	u64 out[VEC_GRS];
};

/**
 * struct vec - a vector
 * @name: what it shows
 * @steps: how, ended by VEC_END
 */
struct vec {
	const char *name;
	const struct vec_step *steps;
};

#endif /* APSIM_VECTORS_VEC_H */
