/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Vectors of PQAP, a part of vectors.h
 */
#ifndef APSIM_VECTORS_PQAP_H
#define APSIM_VECTORS_PQAP_H

static const struct vec_step vec_tapq_accelerator[] = {
	ACCELERATOR,
	PQAP(Q, G, G, 0, E, 0x0eff0001),
	PQAP(Q | T_BIT, G, G, 0, E, 0x6a0000000eff0001),
	/* Bits 0 to 31 mean nothing. */
	PQAP(0xffffffff00000000ull | Q, G, G, 0, E, 0x0eff0001),
	END
};

static const struct vec_step vec_tapq_coprocessor[] = {
	DO("card 0xc8 CEX6 C 32"),
	PQAP(Q | T_BIT, 0, 0, 0, E, 0x920000000cff001f),
	END
};

static const struct vec_step vec_tapq_ep11[] = {
	DO("card 0xc8 CEX4 P 1"),
	PQAP(Q | T_BIT, 0, 0, 0, E, 0x060000000aff0000),
	END
};

static const struct vec_step vec_tapq_absent[] = {
	ASK(Q, 3, RC(1)),
	ACCELERATOR,
	PQAP(0xc805, G, G, 3, RC(1), G),
	PQAP(0xc705 | T_BIT, G, G, 3, RC(1), G),
	END
};

static const struct vec_step vec_pqap_exceptions[] = {
	ACCELERATOR,
	PGM(APSIM_PQAP, FC(6), 8, 0), PGM(APSIM_PQAP, FC(7), 8, 0),
	PGM(APSIM_PQAP, FC(8), 8, 0), PGM(APSIM_PQAP, FC(9), 8, 0),
	PGM(APSIM_PQAP, FC(42), 8, 0), PGM(APSIM_PQAP, FC(0xff), 8, 0),
	/* QCI's block is on a doubleword boundary. */
	PGM(APSIM_PQAP, FC(4), VEC_BUF + 1, 0),
	PGM(APSIM_PQAP, FC(4), VEC_BUF + 2, 0),
	PGM(APSIM_PQAP, FC(4), VEC_BUF + 4, 0),
	TAPQ(E),
	END
};

static const struct vec_step vec_pqap_reserved_bits[] = {
	ACCELERATOR,
	PGM(APSIM_PQAP, FC(0) | 0x400000, G, 0),
	PGM(APSIM_PQAP, FC(0) | 0x200000, G, 0),
	PGM(APSIM_PQAP, FC(0) | 0x100000, G, 0),
	PGM(APSIM_PQAP, FC(0) | 0x080000, G, 0),
	PGM(APSIM_PQAP, FC(0) | 0x040000, G, 0),
	PGM(APSIM_PQAP, FC(0) | 0x020000, G, 0),
	PGM(APSIM_PQAP, FC(0) | 0x010000, G, 0),
	PGM(APSIM_PQAP, FC(1) | 0x010000, G, 0),
	PGM(APSIM_PQAP, FC(2) | 0x200000, G, 0),
	PGM(APSIM_PQAP, FC(4) | 0x400000, VEC_BUF, 0),
	PGM(APSIM_PQAP, FC(5) | 0x200000, G, 0),
	/* .. but these are the F bit, and IF of QACT. */
	ASK(FC(1) | F_BIT, 0, E), ASK(FC(2) | F_BIT, 0, E),
	PQAP(FC(5) | F_BIT, 0, G, 0, E, 0x0800000000000000),
	END
};

static const struct vec_step vec_qci[] = {
	ACCELERATOR,
	PQAP(FC(4), G, VEC_BUF, 0, G, VEC_BUF),
	/* Special commands, extended addressing, QACT; the highest numbers. */
	BYTES(0, "\xe0\0\0\0\xff\xff\0\0\0\0\0\0\0\0\0\0"),
	/* Adapters 192 and up; usage domains 0 to 7 */
	BYTES(0x10 + 24, "\0\x80\0\0\0\0\0\0"),
	BYTES(0x30, "\x08"),
	BYTES(0x70, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
	DO("off 0xc8"),
	PQAP(FC(4), G, VEC_BUF + 8, 0, G, VEC_BUF + 8),
	BYTES(8 + 0x10 + 24, "\0\0\0\0\0\0\0\0"),
	/* Standby and broken cards are in the configuration. */
	DO("standby 0xc8"),
	PQAP(FC(4), G, VEC_BUF, 0, G, VEC_BUF),
	BYTES(0x10 + 24, "\0\x80\0\0\0\0\0\0"),
	END
};

static const struct vec_step vec_qci_lies[] = {
	ACCELERATOR,
	DO("fault qci with card 0xc9 without card 0xc8"),
	PQAP(FC(4), G, VEC_BUF, 0, G, VEC_BUF),
	BYTES(0x10 + 24, "\0\x40\0\0\0\0\0\0"),
	PQAP(FC(4), G, VEC_BUF, 0, G, VEC_BUF),
	BYTES(0x10 + 24, "\0\x80\0\0\0\0\0\0"),
	END
};

static const struct vec_step vec_qact[] = {
	ACCELERATOR,
	/* What is wanted, up to what there is, if it is the same kind. */
	PQAP(FC(5), 0x080000000b000000, 0, 0, E, 0x080000000b000000),
	PQAP(FC(5), 0x080000000f000000, 0, 0, E, 0x080000000e000000),
	PQAP(FC(5), 0x100000000b000000, 0, 0, E, 0x0800000000000000),
	DO("standby 0xc8"),
	PQAP(FC(5), G, G, 3, E | RC(3), G),
	END
};

static const struct vec_step vec_reset[] = {
	ACCELERATOR,
	ASK(FC(1), 0, E), TAPQ(E), ASK(FC(2), 0, E), TAPQ(E),
	ASK((FC(2) & ~0xffffull) | 0xc805, 3, RC(1)),
	END
};

static const struct vec_step vec_reset_takes_time[] = {
	ACCELERATOR, DO("reset 1000000000"),
	ASK(FC(2), 0, E), TAPQ_RC(E | RC(2)),
	ASK(FC(1), 3, E | RC(2)), ASK(FC(2), 3, E | RC(2)),
	NQAP(LAST, 16, 3, E | RC(2)), DQAP_RC(E | RC(2)),
	DO("reset 0"), TAPQ(E),
	END
};

static const struct vec_step vec_reset_of_a_bound_queue[] = {
	ACCELERATOR, DO("unbind 1000000000"), DO("bound c8.0004 1"),
	PQAP(Q | T_BIT, G, G, 0, E, 0x6a0040000eff0001),
	/* RAPQ leaves it bound; ZAPQ begins to unbind it, and no more. */
	ASK(FC(1), 0, E), PQAP(Q | T_BIT, G, G, 0, E, 0x6a0040000eff0001),
	ASK(FC(2), 3, E | RC(0x0a)), TAPQ_RC(E | RC(0x0a)),
	ASK(FC(2), 3, E | RC(0x0a)), ASK(FC(1), 3, E | RC(0x0a)),
	NQAP(LAST, 16, 3, E | RC(0x0a)),
	DO("unbind 0"), PQAP(Q | T_BIT, G, G, 0, E, 0x6a0000000eff0001),
	ASK(FC(2), 0, E),
	END
};

static const struct vec_step vec_aqic[] = {
	ACCELERATOR,
	PQAP(FC(3), IR | 3, VEC_NIB, 0, E | I, VEC_NIB), TAPQ(E | I),
	PQAP(FC(3), IR | 3, VEC_NIB, 3, E | I | RC(7), VEC_NIB),
	PQAP(FC(3), 0, G, 0, E, G), TAPQ(E),
	PQAP(FC(3), 0, G, 3, E | RC(7), G),
	/* A reset ends it. */
	PQAP(FC(3), IR, VEC_NIB, 0, E | I, VEC_NIB), ASK(FC(2), 0, E), TAPQ(E),
	PQAP(FC(3), IR, VEC_NIB, 0, E | I, VEC_NIB), ASK(FC(1), 0, E), TAPQ(E),
	END
};

static const struct vec_step vec_aqic_refused[] = {
	ACCELERATOR,
	PQAP(FC(3), IR, 0, 3, E | RC(6), 0),
	/* A zone, and a format, that no machine has; both with a GISA. */
	PQAP(FC(3), IR | 0x0001000000001000, VEC_NIB, 3, E | RC(8), VEC_NIB),
	PQAP(FC(3), IR | 0x0000000200001000, VEC_NIB, 3, E | RC(8), VEC_NIB),
	PGM(APSIM_PQAP, FC(3) | 0x400000, VEC_NIB, 0),
	TAPQ(E),
	END
};

static const struct vec_step vec_aqic_not_now[] = {
	ACCELERATOR, DO("reset 1000000000"), ASK(FC(2), 0, E),
	PQAP(FC(3), IR, VEC_NIB, 3, E | RC(2), VEC_NIB),
	DO("reset 0"), TAPQ(E), DO("async c8.0004 0x35"),
	PQAP(FC(3), IR, VEC_NIB, 3, E | A | RC(0x35), VEC_NIB),
	ASK(FC(2), 0, E), DO("standby 0xc8"),
	PQAP(FC(3), IR, VEC_NIB, 3, E | RC(3), VEC_NIB),
	DO("off 0xc8"),
	PQAP(FC(3), IR, VEC_NIB, 3, RC(1), VEC_NIB),
	DO("checkstop 0xc8"),
	PQAP(FC(3), IR, VEC_NIB, 3, E | RC(4), VEC_NIB),
	TAPQ_RC(E | RC(4)),
	END
};

static const struct vec_step vec_aqic_takes_time[] = {
	ACCELERATOR, DO("aqic 1000000000"),
	PQAP(FC(3), IR, VEC_NIB, 0, E, VEC_NIB), TAPQ(E),
	PQAP(FC(3), IR, VEC_NIB, 3, E | RC(7), VEC_NIB),
	PQAP(FC(3), 0, G, 3, E | RC(7), G),
	DO("aqic 0"), TAPQ(E | I), PQAP(FC(3), 0, G, 0, E, G),
	END
};

static const struct vec_step vec_standby[] = {
	ACCELERATOR, DO("standby 0xc8"),
	TAPQ_RC(E | RC(3)), ASK(FC(1), 3, E | RC(3)), ASK(FC(2), 3, E | RC(3)),
	NQAP(LAST, 16, 3, E | RC(3)), DQAP_RC(E | RC(3)),
	DO("on 0xc8"), TAPQ(E),
	END
};

static const struct vec_step vec_checkstop[] = {
	ACCELERATOR, DO("checkstop 0xc8"),
	TAPQ_RC(E | RC(4)), ASK(FC(1), 3, E | RC(4)), ASK(FC(2), 3, E | RC(4)),
	NQAP(LAST, 16, 3, E | RC(4)), DQAP_RC(E | RC(4)),
	DO("on 0xc8"), TAPQ(E),
	END
};

static const struct vec_step vec_off[] = {
	ACCELERATOR, DO("off 0xc8"),
	ASK(Q, 3, RC(1)), ASK(FC(1), 3, RC(1)), ASK(FC(2), 3, RC(1)),
	PQAP(FC(5), G, G, 3, RC(1), G),
	NQAP(LAST, 16, 3, RC(1)), DQAP_RC(RC(1)),
	DO("on 0xc8"), TAPQ(E),
	END
};

static const struct vec_step vec_no_domain[] = {
	ACCELERATOR, DO("domain 0xc9 control"),
	ASK(0xc8c9, 3, RC(1)),
	DO("domain 0xc9 usage"),
	PQAP(0xc8c9, G, G, 0, E, 0x0eff0001),
	DO("nodomain 0xc9"),
	ASK(0xc8c9, 3, RC(1)),
	END
};

static const struct vec_step vec_async[] = {
	ACCELERATOR, DO("async c8.0004 0x35"),
	TAPQ_RC(E | A | RC(0x35)), TAPQ_RC(E | A | RC(0x35)),
	NQAP(LAST, 16, 3, E | A | RC(0x35)), DQAP_RC(E | A | RC(0x35)),
	ASK(FC(2), 0, E), TAPQ(E),
	END
};

static const struct vec_step vec_forced[] = {
	ACCELERATOR,
	DO("inject c8.0004 0 5 2"), DO("inject c8.0004 nqap 0xff 1"),
	TAPQ_RC(E | RC(5)), TAPQ_RC(E | RC(5)), TAPQ(E),
	NQAP(LAST, 16, 3, E | RC(0xff)), TAPQ(E),
	DO("inject c8.0004 0 1 1"), ASK(Q, 3, E | RC(1)),
	END
};

static const struct vec_step vec_rules[] = {
	ACCELERATOR,
	DO("fault c8.0004 tapq at 2 do standby 0xc8"),
	TAPQ(E), TAPQ_RC(E | RC(3)), DO("on 0xc8"),
	DO("fault c8.0004 zapq late 1000000000"), DO("fault c8.0004 rapq rc 0 async"),
	ASK(FC(2), 0, E), TAPQ_RC(E | RC(2)), ASK(FC(1), 3, E | A),
	DO("fault c8.0004 tapq do nocard 0xc8"), ASK(Q, 3, RC(1)),
	END
};

#endif /* APSIM_VECTORS_PQAP_H */
