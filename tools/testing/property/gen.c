// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - sequences are drawn, and know nothing of what they do
 *
 * What makes no sense where it comes is left out when it is run: a sequence
 * that becomes shorter stays a sequence.
 */
#include <string.h>

#include "prop.h"

/* Everything is given away, assigned and opened, or nothing would happen. */
static const char begin[] =
	"create 0\n"
	"create 1\n"
	"apmask- 04\n"
	"apmask- 05\n"
	"plug 49\n"
	"aqmask- 0047\n";

/* Queues are steered one by one, where masks are not used. */
static const char begin_steered[] =
	"create 0\n"
	"create 1\n"
	"steer 04.0004 vfio_ap\n"
	"steer 04.0047 vfio_ap\n"
	"steer 05.0004 vfio_ap\n"
	"steer 05.0047 vfio_ap\n";

/* One sequence in so many */
#define STEERED		3

static unsigned char draw_arg(char kind, struct rand *rand)
{
	switch (kind) {
	case 'A':
		return rand_below(rand, ADAPTERS);
	case 'D':
		return rand_below(rand, DOMAINS);
	case 'q':
		return rand_below(rand, QUEUES);
	case 'm':
		return rand_below(rand, MDEVS);
	case 'v':
		return rand_below(rand, VMS);
	case 'x':
		return rand_below(rand, 8);
	case 'k':
		return rand_one_in(rand, 4) ? rand_below(rand, 3) : 2;
	case 'o':
		return rand_one_in(rand, 2) ? OVERRIDE_US :
		       rand_below(rand, OVERRIDES);
	case 's':
		return rand_below(rand, SPEEDS);
	case 'w':
		return rand_below(rand, WRONGS);
	default:
		return 1 + rand_below(rand, 3);
	}
}

static unsigned char draw_op(struct rand *rand)
{
	static unsigned int total;
	unsigned int op, ticket;

	if (!total)
		for (op = 0; op < OPS; op++)
			total += prop_ops[op].weight;
	ticket = rand_below(rand, total);
	for (op = 0; ticket >= prop_ops[op].weight; op++)
		ticket -= prop_ops[op].weight;
	return op;
}

/**
 * prop_draw() - draw a sequence
 * @seq: filled in
 * @len: how long, at most %SEQ_MAX
 * @rand: what chooses
 */
void prop_draw(struct prop_seq *seq, unsigned int len, struct rand *rand)
{
	unsigned int i;

	prop_parse_all(rand_one_in(rand, STEERED) ? begin_steered : begin, seq);
	while (seq->len < len) {
		struct prop_cmd *cmd = &seq->cmd[seq->len++];

		memset(cmd, 0, sizeof(*cmd));
		cmd->op = draw_op(rand);
		for (i = 0; prop_ops[cmd->op].args[i]; i++)
			cmd->arg[i] = draw_arg(prop_ops[cmd->op].args[i], rand);
	}
	seq->len = len;
}
