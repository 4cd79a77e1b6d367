// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - the vectors that all front ends have in common
 */
#include "fixture.h"
#include "../vectors/run.h"
#include "../vectors/vectors.h"

static struct fixture *fx;
static u8 buffer[VEC_BUF_SIZE] __aligned(8);
static struct apsim_view *view;

static int command(const char *line)
{
	return apsim_command(fx->m, fx->now, line);
}

static void execute(const struct vec_step *step, struct vec_regs *regs)
{
	struct apsim_op *op = &fx->op;

	op->insn = step->insn;
	op->r1 = step->r1 ?: 4;
	op->r2 = step->r2 ?: 6;
	op->view = view;
	memcpy(op->gr, regs->gr, sizeof(regs->gr));
	fx_execute(fx);
	memcpy(regs->gr, op->gr, sizeof(regs->gr));
	regs->cc = op->cc;
	regs->pgm = op->pgm;
}

static bool pause_some(void)
{
	return fx_work(fx) != 0;
}

static const u8 *peek(u32 len)
{
	return buffer;
}

KUNIT_ARRAY_PARAM_DESC(vectors, vectors, name);

static bool can(const struct vec_step *step)
{
	return step->kind != VEC_COMMAND || strncmp(step->text, "fault qci", 9);
}

/* @guest: it has a view of its own, and QCI tells it no lies */
static void run(struct kunit *test, bool guest)
{
	const struct vec_front front = {
		.command = command,
		.execute = execute,
		.pause = pause_some,
		.peek = peek,
		.can = guest ? can : NULL,
		.buf = (u64)buffer,
		.nib = 0x12345,
		.codes = true,
	};
	struct vec_result result;

	fx = test->priv;
	memset(buffer, 0, sizeof(buffer));
	result = vec_run(&front, test->param_value);
	KUNIT_EXPECT_EQ_MSG(test, result.got, result.want, "step %u: %s",
			    result.step, result.what);
	KUNIT_EXPECT_EQ(test, result.step, 0);
}

static void vectors_host(struct kunit *test)
{
	view = NULL;
	run(test, false);
}

static void vectors_guest(struct kunit *test)
{
	struct apsim_view all;

	vec_guest_view(&all);
	view = &all;
	run(test, true);
}

static struct kunit_case vectors_cases[] = {
	KUNIT_CASE_PARAM(vectors_host, vectors_gen_params),
	KUNIT_CASE_PARAM(vectors_guest, vectors_gen_params),
	{}
};

static struct kunit_suite vectors_suite = {
	.name = "apsim-vectors",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = vectors_cases,
};

kunit_test_suite(vectors_suite);
