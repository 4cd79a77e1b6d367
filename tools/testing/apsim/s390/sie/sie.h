/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest while its instructions are interpreted, and what an instruction is
 *
 * Interpretation runs in the task of the virtual CPU, in its own address
 * space, with interrupts on.  While it does, nothing waits for guest storage:
 * who has the lock of that address space may be waiting for the guest.
 */
#ifndef APSIM_SIE_H
#define APSIM_SIE_H

#include <linux/kvm_host.h>

#include "../../core/apsim.h"

/* What an instruction ends with: 0, one of these, or SIE_EXIT. */
#define PGM_NONE		0x00
#define PGM_EX			0x03
#define PGM_TRAP		0x07
#define PGM_OVERFLOW		0x08
#define PGM_DIVIDE		0x09

/* The interception is in the state description; leave. */
#define SIE_EXIT		(-1)
/* Storage is not there at the moment: as if the instruction had not begun. */
#define SIE_FAULT		(-2)

/* Pages that one instruction may store to: a reply of 12 KiB takes four. */
#define SIE_HOLDS		6

/**
 * struct sie_guest - a virtual CPU between entry to and exit from SIE
 * @vcpu: whose
 * @scb: its state description
 * @gr: general registers
 * @ia: address of the instruction at hand
 * @text: the instruction
 * @ilen: its length in bytes
 * @guest: its masks, as long as they cannot change
 * @fault: what ended with %SIE_FAULT: an address in the VMM, and for what
 * @hold: pages that stay where they are until the instruction is over
 * @holds: how many
 */
struct sie_guest {
	struct kvm_vcpu *vcpu;
	struct kvm_s390_sie_block *scb;
	u64 gr[16];
	u64 ia;
	u8 text[6];
	unsigned int ilen;
	struct apsim_guest guest;
	struct {
		unsigned long hva;
		bool write;
	} fault;
	struct {
		gfn_t gfn;
		struct page *page;
	} hold[SIE_HOLDS];
	unsigned int holds;
};

/* Where the fields of an instruction are; names are the architecture's. */
enum sie_format {
	SIE_E,
	SIE_RR,
	SIE_RX,
	SIE_RXY,
	SIE_RS,
	SIE_RSY,
	SIE_RI,
	SIE_RIL,
	SIE_SI,
	SIE_SIY,
	SIE_SIL,
	SIE_SS,
	SIE_S,
	SIE_RRE,
	SIE_RRF,	/* RRF-a */
	SIE_RRF_C,	/* a mask in the third field */
	SIE_RSI,
	SIE_RIE_A,	/* compare immediate and trap */
	SIE_RIE_B,	/* compare registers and branch */
	SIE_RIE_C,	/* compare immediate and branch */
	SIE_RIE_D,	/* three operands, one immediate */
	SIE_RIE_F,	/* rotate and insert */
	SIE_RIE_G,	/* an immediate and a mask */
};

/* Where the second operand comes from, and how it becomes 64 bits wide. */
enum sie_source {
	SIE_NONE,
	SIE_R64,
	SIE_R32S, SIE_R32Z,
	SIE_R16S, SIE_R16Z,
	SIE_R8S, SIE_R8Z,
	SIE_M64,
	SIE_M32S, SIE_M32Z,
	SIE_M16S, SIE_M16Z,
	SIE_M8S, SIE_M8Z,
	SIE_IMM, SIE_IMMZ,
};

/**
 * struct sie_operands - a decoded instruction
 * @r1: first register field, or mask
 * @r2: second register field
 * @r3: third register field, or mask, or length of an SS operand minus one
 * @addr: effective address, or target of a relative one; SS: first operand
 * @addr2: SS: second operand
 * @imm: immediate operand, sign extended
 * @first: first operand, if it is in a register
 * @value: second operand
 */
struct sie_operands {
	u8 r1;
	u8 r2;
	u8 r3;
	u64 addr;
	u64 addr2;
	s64 imm;
	u64 first;
	u64 value;
};

struct sie_insn;

/* Return: 0, a program interruption code, SIE_EXIT or SIE_FAULT. */
typedef int (*sie_run_fn)(struct sie_guest *g, const struct sie_insn *insn,
			  struct sie_operands *o);

/**
 * struct sie_insn - one row of the instruction tables
 * @key: first byte of the operation code and, if there is one, its second
 *	part, see sie_key()
 * @format: where the fields are
 * @source: what the second operand is
 * @privileged: needs the supervisor state
 * @arg: for @run; usually operand length in bytes, or a shift
 * @run: carry it out
 */
struct sie_insn {
	u16 key;
	u8 format;
	u8 source;
	bool privileged;
	u8 arg;
	sie_run_fn run;
};

struct sie_table {
	const struct sie_insn *insn;
	unsigned int count;
};

extern const struct sie_table sie_branch;
extern const struct sie_table sie_load_store;
extern const struct sie_table sie_arith;
extern const struct sie_table sie_multiply;
extern const struct sie_table sie_logic;
extern const struct sie_table sie_string;
extern const struct sie_table sie_update;
extern const struct sie_table sie_condition;
extern const struct sie_table sie_control;
extern const struct sie_table sie_ap;

/* decode.c: fills the index of the tables above; at module init. */
void sie_decode_init(void);

/* Fetch and carry out the instruction at the guest's PSW. */
int sie_step(struct sie_guest *g);

/* Fill @g->text from @addr; 0, pgm or SIE_FAULT. */
int sie_fetch(struct sie_guest *g, u64 addr, unsigned int *ilen);

/* Carry out @g->text.  @executed: it is the target of EXECUTE. */
int sie_run(struct sie_guest *g, bool executed);

/* Give the instruction to KVM. */
int sie_intercept(struct sie_guest *g);
int sie_run_intercept(struct sie_guest *g, const struct sie_insn *insn,
		      struct sie_operands *o);

/* unknown.c: no table has it; tell, and end it. */
int sie_unknown(struct sie_guest *g, u16 key);

/* ap.c: the guest may execute AP instructions, and may not any more. */
void sie_ap_enter(struct sie_guest *g);
void sie_ap_leave(struct sie_guest *g);

/* loop.c: until something makes the guest leave SIE. */
void sie_loop(struct kvm_s390_sie_block *scb, u64 *gprs);

/* storage.c: guest logical addresses, that is, real ones.  0, pgm or SIE_FAULT. */
int sie_storage_init(void);
struct kvm_vcpu *sie_running_vcpu(void);
int sie_read(struct sie_guest *g, u64 addr, void *buf, unsigned int len);
int sie_write(struct sie_guest *g, u64 addr, const void *buf, unsigned int len);

/* What is held can be written, whatever the VMM does until sie_release(). */
int sie_hold(struct sie_guest *g, u64 addr, unsigned int len);
void sie_release(struct sie_guest *g);

/* Where a page that is held has it; who asks is about to write. */
void *sie_held(struct sie_guest *g, u64 addr);

/* After SIE_FAULT, outside of SIE: 0 to try again, -EFAULT if there is nothing. */
int sie_resolve(const struct sie_guest *g);

/* An unsigned operand of @size (1, 2, 4 or 8) bytes. */
int sie_load(struct sie_guest *g, u64 addr, unsigned int size, u64 *value);
int sie_store(struct sie_guest *g, u64 addr, unsigned int size, u64 value);

/* The program mask: fixed-point overflow is an exception. */
#define SIE_MASK_OVERFLOW	BIT_ULL(43)

static inline u64 sie_wrap(const struct sie_guest *g, u64 addr)
{
	u64 mask = g->scb->gpsw.mask;

	if (mask & PSW_MASK_EA)
		return addr;
	return addr & (mask & PSW_MASK_BA ? 0x7fffffff : 0xffffff);
}

static inline unsigned int sie_cc(const struct sie_guest *g)
{
	return g->scb->gpsw.mask >> 44 & 3;
}

static inline void sie_set_cc(struct sie_guest *g, unsigned int cc)
{
	g->scb->gpsw.mask &= ~PSW_MASK_CC;
	g->scb->gpsw.mask |= (u64)cc << 44;
}

/* Zero, less than zero, greater than zero. */
static inline void sie_set_cc_sign(struct sie_guest *g, s64 result)
{
	sie_set_cc(g, result ? (result < 0 ? 1 : 2) : 0);
}

/* Of a fixed-point operation whose result is in its place */
static inline int sie_overflow(struct sie_guest *g)
{
	sie_set_cc(g, 3);
	return g->scb->gpsw.mask & SIE_MASK_OVERFLOW ? PGM_OVERFLOW : 0;
}

/* @mask as in BRANCH ON CONDITION: 8 is condition code 0. */
static inline bool sie_cc_matches(const struct sie_guest *g, unsigned int mask)
{
	return mask & 8 >> sie_cc(g);
}

static inline void sie_put32(struct sie_guest *g, unsigned int r, u32 value)
{
	g->gr[r] = (g->gr[r] & ~(u64)U32_MAX) | value;
}

/* All of a register that an address has in this mode */
static inline void sie_put_address(struct sie_guest *g, unsigned int r, u64 addr)
{
	if (g->scb->gpsw.mask & PSW_MASK_EA)
		g->gr[r] = addr;
	else
		sie_put32(g, r, addr);
}

static inline void sie_jump(struct sie_guest *g, u64 addr)
{
	g->scb->gpsw.addr = sie_wrap(g, addr);
}

#endif /* APSIM_SIE_H */
