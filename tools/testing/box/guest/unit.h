/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * unit - a guest that tests what AP instructions do to it
 *
 * What it finds is text in its storage, which QEMU's monitor saves: a line "ok -
 * NAME" or "not ok - NAME" for each case, behind lines that begin with "#".
 */
#ifndef BOX_UNIT_H
#define BOX_UNIT_H

#include <stddef.h>
#include <stdint.h>

#define UNIT_TEXT	0x50000
#define UNIT_TEXT_LEN	0x8000

/* "DONE" in front of the text, when it is complete */
#define UNIT_MAGIC	0x444f4e45

struct unit_text {
	uint32_t magic;
	uint32_t len;
	char text[UNIT_TEXT_LEN - 8];
};

/* Instructions, with the registers that are used here */
#define PQAP		0xb2af0000
#define NQAP		0xb2ad0046
#define DQAP		0xb2ae0046

/* Queues: the guest's, not the guest's, not there */
#define OWN		0x0404
#define FOREIGN		0x0504
#define NOWHERE		0x2004

#define PGM_OPERATION	0x01
#define PGM_PRIVILEGED	0x02
#define PGM_ADDRESSING	0x05
#define PGM_SPECIFICATION 0x06
#define PGM_OVERFLOW	0x08

#define MASK_64BIT	0x0000000180000000UL
#define MASK_PROBLEM	0x0001000000000000UL
#define MASK_OVERFLOW	0x0000080000000000UL

/* Nothing is there: QEMU gives it 64 MiB. */
#define BEYOND		0x8000000UL

/**
 * struct trial - an instruction with all registers (known to entry.S)
 * @gr: before and after
 * @ipm: condition code afterwards, as IPM has it
 * @pgm: program interruption code, 0: none
 * @mask: PSW mask
 * @slot: where it is; see try()
 * @length: program interruption: how far the PSW went
 */
struct trial {
	uint64_t gr[14];
	uint32_t ipm;
	uint32_t pgm;
	uint64_t mask;
	uint64_t slot;
	uint64_t length;
};

/* entry.S */
void try(struct trial *t, uint32_t instruction);
void wait_enabled(void);
void call_supervisor(void);

/* unit.c */
extern unsigned long unit_ios, unit_externals, unit_supervisors;
extern uint32_t unit_io_word;
void begin(struct trial *t);
void same(const char *what, uint64_t got, uint64_t want);
void same_registers(const struct trial *t, unsigned int changed);
void exception(struct trial *t, uint32_t instruction, unsigned int pgm);
void case_end(const char *name);
void sleep_for(unsigned long us);

static inline unsigned int cc(const struct trial *t)
{
	return t->ipm >> 28 & 3;
}

static inline unsigned int rc(const struct trial *t)
{
	return t->gr[1] >> 16 & 0xff;
}

/* Cases */
void unit_pqap(void);
void unit_message(void);
void unit_interrupts(void);
void unit_without(void);
void unit_machine(void);

#endif /* BOX_UNIT_H */
