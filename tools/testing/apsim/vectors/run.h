/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Carries out vectors; a front end says how
 */
#ifndef APSIM_VECTORS_RUN_H
#define APSIM_VECTORS_RUN_H

#include <linux/array_size.h>

#include "vec.h"

/**
 * struct vec_regs - the program's registers
 * @gr: general registers 0 to 7
 * @carry: GR0 of the last piece of a reply
 * @cc: condition code
 * @pgm: program interruption code, 0: none
 */
struct vec_regs {
	u64 gr[VEC_GRS];
	u64 carry;
	u8 cc;
	u8 pgm;
};

/**
 * struct vec_front - how a front end does things
 * @command: a command for the machine; 0 or -errno
 * @execute: the instruction of a step
 * @pause: let some time pass; false: it has been enough
 * @peek: the buffer, as the program sees it, up to @len bytes of it
 * @can: can it do that?  NULL: everything
 * @buf: the program's address of the buffer, zero at first
 * @nib: address of a byte that nobody else uses
 * @codes: it knows which program interruption there was
 */
struct vec_front {
	int (*command)(const char *line);
	void (*execute)(const struct vec_step *step, struct vec_regs *regs);
	bool (*pause)(void);
	const u8 *(*peek)(u32 len);
	bool (*can)(const struct vec_step *step);
	u64 buf;
	u64 nib;
	bool codes;
};

/**
 * struct vec_result - how a vector went
 * @step: the first step that went wrong, from 1; 0: none
 * @what: what was wrong with it
 * @want: what it should have been
 * @got: what it was
 * @skipped: the front end cannot do that
 */
struct vec_result {
	unsigned int step;
	const char *what;
	u64 want;
	u64 got;
	bool skipped;
};

/* DQAP's token in GR0. */
#define VEC_TOKEN	0x003f0000ull

static inline u64 vec_value(const struct vec_front *front, u64 value)
{
	if (value >> 48 == VEC_BUF >> 48)
		return value - VEC_BUF + front->buf;
	return value == VEC_NIB ? front->nib : value;
}

static inline bool vec_wrong(struct vec_result *result, const char *what,
			     u64 want, u64 got)
{
	if (want == got)
		return false;
	result->what = what;
	result->want = want;
	result->got = got;
	return true;
}

static inline bool vec_compare(const struct vec_front *front,
			       const struct vec_step *step,
			       const struct vec_regs *regs,
			       struct vec_result *result)
{
	static const char * const names[VEC_GRS] = {
		"GR0", "GR1", "GR2", "GR3", "GR4", "GR5", "GR6", "GR7",
	};
	const u64 *want = step->pgm ? step->in : step->out;
	bool piece = step->kind != VEC_INSN;
	unsigned int i;

	if (vec_wrong(result, "program interruption",
		      front->codes ? step->pgm : !!step->pgm,
		      front->codes ? regs->pgm : !!regs->pgm))
		return false;
	if (!step->pgm && vec_wrong(result, "condition code", step->cc, regs->cc))
		return false;
	for (i = 0; i < VEC_GRS; i++) {
		u64 mask = piece && !i ? ~VEC_TOKEN : ~0ull;

		if (vec_wrong(result, names[i], vec_value(front, want[i]) & mask,
			      regs->gr[i] & mask))
			return false;
	}
	return !piece || step->cc != 1 ||
	       !vec_wrong(result, "token", true, !!(regs->gr[0] & VEC_TOKEN));
}

static inline void vec_load(const struct vec_front *front,
			    const struct vec_step *step, struct vec_regs *regs)
{
	unsigned int i;

	for (i = 0; i < VEC_GRS; i++)
		regs->gr[i] = vec_value(front, step->in[i]);
	if (step->kind == VEC_REST)
		regs->gr[0] = regs->carry;
	regs->cc = 0;
	regs->pgm = 0;
}

static inline bool vec_wait(const struct vec_front *front,
			    const struct vec_step *step, struct vec_regs *regs,
			    struct vec_result *result)
{
	do {
		vec_load(front, step, regs);
		front->execute(step, regs);
		if ((regs->gr[1] & step->out[1]) == step->out[1])
			return true;
	} while (front->pause());
	return !vec_wrong(result, "GR1, after a while", step->out[1], regs->gr[1]);
}

static inline bool vec_step(const struct vec_front *front,
			    const struct vec_step *step, struct vec_regs *regs,
			    struct vec_result *result)
{
	const u8 *bytes;
	unsigned int i;

	switch (step->kind) {
	case VEC_COMMAND:
		return !vec_wrong(result, step->text, 0,
				  front->command(step->text));
	case VEC_WAIT:
		return vec_wait(front, step, regs, result);
	case VEC_BYTES:
		bytes = front->peek(step->at + step->len);
		for (i = 0; i < step->len; i++)
			if (vec_wrong(result, "byte", (u8)step->text[i],
				      bytes[step->at + i]))
				return false;
		return true;
	default:
		vec_load(front, step, regs);
		front->execute(step, regs);
		if (step->kind != VEC_INSN)
			regs->carry = regs->gr[0];
		return vec_compare(front, step, regs, result);
	}
}

/* What a guest needs of the machine to carry out vectors */
static inline void vec_guest_view(struct apsim_view *view)
{
	memset(view, 0, sizeof(*view));
	apsim_mask_put(&view->apm, 0xc8, true);
	apsim_mask_put(&view->aqm, 0x04, true);
	apsim_mask_put(&view->aqm, 0x47, true);
	apsim_mask_put(&view->aqm, 0xc9, true);
}

/* PQAP(AQIC) of a kernel's guest is the driver's; QCI tells guests no lies. */
static inline bool vec_guest_can(const struct vec_step *step)
{
	if (step->kind == VEC_COMMAND)
		return strncmp(step->text, "fault qci", 9);
	return step->insn != APSIM_PQAP || (step->in[0] >> 24 & 0xff) != 3;
}

/* The machine as it was, and nothing that takes time. */
static inline void vec_tidy(const struct vec_front *front)
{
	static const char * const commands[] = {
		"nofault", "nocard 0xc8", "nodomain 0xc9", "latency 0",
		"reset 0", "aqic 0", "unbind 0",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		front->command(commands[i]);
}

/**
 * vec_run() - carry out a vector
 * @front: by whom
 * @vec: the vector
 *
 * Return: how that went.
 */
static inline struct vec_result vec_run(const struct vec_front *front,
					const struct vec *vec)
{
	struct vec_result result = {};
	struct vec_regs regs = {};
	const struct vec_step *step;

	for (step = vec->steps; step->kind != VEC_END; step++)
		if (front->can && !front->can(step))
			result.skipped = true;
	if (result.skipped)
		return result;
	vec_tidy(front);
	for (step = vec->steps; step->kind != VEC_END; step++) {
		if (vec_step(front, step, &regs, &result))
			continue;
		result.step = step - vec->steps + 1;
		break;
	}
	vec_tidy(front);
	return result;
}

#endif /* APSIM_VECTORS_RUN_H */
