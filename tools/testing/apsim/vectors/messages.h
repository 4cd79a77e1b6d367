/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Vectors of NQAP and DQAP, a part of vectors.h
 *
 * The buffer is all zero when a vector begins.
 */
#ifndef APSIM_VECTORS_MESSAGES_H
#define APSIM_VECTORS_MESSAGES_H

static const struct vec_step vec_message[] = {
	ACCELERATOR,
	NQAP(LAST, 16, 0, 0),
	WAIT(R),
	TAPQ(R),
	DQAP(12288, E, 12280),
	BYTES(0, BAD_REPLY),
	TAPQ(E),
	END
};

static const struct vec_step vec_message_exceptions[] = {
	ACCELERATOR,
	PGM(APSIM_NQAP, LAST, 0, 0), PGM(APSIM_DQAP, FIRST, 0, 0),
	PGM(APSIM_NQAP, LAST, 0, 12289), PGM(APSIM_DQAP, FIRST, 0, 12289),
	PGM(APSIM_NQAP, LAST, 0, 0x100000010), PGM(APSIM_DQAP, FIRST, 0, 1ull << 63),
	PGM(APSIM_NQAP, LAST | 0x80000000, 0, 16),
	PGM(APSIM_NQAP, LAST | 0x20000000, 0, 16),
	PGM(APSIM_NQAP, LAST | 0x10000000, 0, 16),
	PGM(APSIM_NQAP, LAST | 0x00800000, 0, 16),
	PGM(APSIM_DQAP, FIRST | 0x40000000, 0, 16),
	PGM(APSIM_DQAP, FIRST | 0x20000000, 0, 16),
	PGM(APSIM_DQAP, FIRST | 0x10000000, 0, 16),
	PGM(APSIM_DQAP, FIRST | 0x00800000, 0, 16),
	PGM(APSIM_DQAP, FIRST | 0x00400000, 0, 16),
	TAPQ(E),
	END
};

static const struct vec_step vec_message_registers[] = {
	ACCELERATOR,
	PGM_(APSIM_NQAP, 5, 6, LAST, 0, 16, SPECIFICATION),
	PGM_(APSIM_NQAP, 4, 7, LAST, 0, 16, SPECIFICATION),
	PGM_(APSIM_DQAP, 5, 6, FIRST, 0, 16, SPECIFICATION),
	PGM_(APSIM_DQAP, 4, 7, FIRST, 0, 16, SPECIFICATION),
	TAPQ(E),
	END
};

/* A place is taken until the reply is fetched. */
static const struct vec_step vec_full[] = {
	ACCELERATOR, DO("latency 1000000000"),
	NQAP(LAST, 16, 0, 0), NQAP(LAST, 16, 0, F), TAPQ(F),
	NQAP(LAST, 16, 3, F | RC(0x10)),
	DO("latency 0"), WAIT(R | F), TAPQ(R | F),
	NQAP(LAST, 16, 3, R | F | RC(0x10)),
	END
};

static const struct vec_step vec_empty[] = {
	ACCELERATOR,
	DQAP_RC(E | RC(0x10)), DQAP_RC(E | RC(0x10)),
	END
};

/* Not empty, so the program has no reason to send it again. */
static const struct vec_step vec_pending[] = {
	ACCELERATOR, DO("latency 1000000000"),
	NQAP(LAST, 16, 0, 0),
	DQAP_RC(RC(0x10)), TAPQ(0),
	DO("latency 0"), WAIT(R), DQAP(8, E, 0),
	DQAP_RC(E | RC(0x10)),
	END
};

static const struct vec_step vec_pieces[] = {
	ACCELERATOR,
	NQAP(LAST, 16, 0, 0), WAIT(R),
	PIECE(3, 5), BYTES(0, "\0\x82\0"), TAPQ(R),
	MORE(1, 4),
	LAST_PIECE(12288, E, 12284),
	END
};

/* Without the token it begins again. */
static const struct vec_step vec_piece_again[] = {
	ACCELERATOR,
	NQAP(LAST, 16, 0, 0), WAIT(R),
	PIECE(7, 1), PIECE(5, 3), LAST_PIECE(3, E, 0),
	END
};

static const struct vec_step vec_no_first_piece[] = {
	ACCELERATOR,
	DQAP_(VEC_INSN, FIRST | 0x3f0000, 16, 3, E | RC(0x13), 0, NO_ID, 16),
	NQAP(LAST, 16, 0, 0), WAIT(R),
	DQAP_(VEC_INSN, FIRST | 0x3f0000, 16, 3, R | RC(0x13), 0, NO_ID, 16),
	DQAP(8, E, 0),
	END
};

/* The longest there is: longer ones are exceptions, and not a code. */
static const struct vec_step vec_oversized[] = {
	ACCELERATOR,
	NQAP(LAST, 12288, 0, 0), WAIT(R), DQAP(8, E, 0),
	PGM(APSIM_NQAP, LAST, 0, 12289),
	END
};

/* Parts of messages are a facility that is not there. */
static const struct vec_step vec_parts[] = {
	ACCELERATOR,
	NQAP(Q, 16, 3, E | RC(0x16)),
	END
};

static const struct vec_step vec_special[] = {
	ACCELERATOR,
	NQAP(LAST | 0x00400000, 16, 3, E | RC(0x16)),
	DO("nocard 0xc8"), DO("card 0xc8 CEX6 C 2"),
	NQAP(LAST | 0x00400000, 16, 0, 0),
	END
};

static const struct vec_step vec_reset_drops[] = {
	ACCELERATOR, DO("latency 1000000000"),
	NQAP(LAST, 16, 0, 0), NQAP(LAST, 16, 0, F), DO("latency 0"), WAIT(R),
	ASK(FC(1), 0, E), DQAP_RC(E | RC(0x10)),
	NQAP(LAST, 16, 0, 0), ASK(FC(2), 0, E), DQAP_RC(E | RC(0x10)),
	END
};

#endif /* APSIM_VECTORS_MESSAGES_H */
