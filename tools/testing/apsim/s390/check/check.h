/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One instruction, executed by the CPU and by the SIE interpreter
 */
#ifndef SIE_CHECK_H
#define SIE_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Where things are, in this process and in the guest alike. */
#define LAYOUT		0x40000
#define DATA		0x40000
#define DATA_LEN	0x2000
#define BEFORE		0x50000
#define AFTER		0x50100
#define SAVED		0x51000
#define CODE		0x60000
#define INSN		0x60100
#define EXECUTED	0x60140
#define LEAVE		0x70000
#define LAYOUT_END	0x80000

/* Registers that operands are made of: data, target of branches, index. */
#define R_DATA		12
#define R_TARGET	11
#define R_INDEX		10
/* Says which way a branch went; registers above are the frame's. */
#define R_WAY		13
#define OPERANDS	12

/* The names of the interpreter's formats. */
enum format {
	E, RR, RX, RXY, RS, RSY, RI, RIL, SI, SIY, SIL, SS, S, RRE, RRF,
	RRF_C, RSI, RIE_A, RIE_B, RIE_C, RIE_D, RIE_F, RIE_G
};

struct row {
	unsigned int key;
	enum format format;
	const char *name;
};

/**
 * struct test - an instruction and what it starts with
 * @text: the instruction
 * @len: its length
 * @again: repeat it as long as it sets condition code 3
 * @executed: the target of EXECUTE
 * @gr: general registers 0 to 13
 * @cc: condition code
 * @data: storage at DATA
 */
struct test {
	unsigned char text[6];
	unsigned int len;
	bool again;
	unsigned char executed[6];
	uint64_t gr[14];
	unsigned int cc;
	unsigned char data[DATA_LEN];
};

/* Placed at AFTER by the code around the instruction. */
struct result {
	uint64_t gr[14];
	uint64_t unused[18];
	uint64_t ipm;
};

enum outcome {
	SAME,
	DIFFERENT,
	/* The CPU ended with a program interruption. */
	INTERRUPTED,
};

uint64_t any(void);
void encode(const struct row *row, struct test *test);

/* strings.c: operands that have a length or an end; nothing for other rows */
bool is_string(const struct row *row);
void string_fields(const struct row *row, struct test *test);
void string_operands(const struct row *row, struct test *test);

/* Differences are not explained. */
extern bool machines_quiet;

/* 0, or -errno if there is no KVM here. */
int machines_open(void);
enum outcome machines_compare(const struct test *test);
bool machines_refuse(const unsigned char *text, unsigned int len);

#endif /* SIE_CHECK_H */
