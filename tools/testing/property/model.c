// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - the model: what commands end with
 */
#include <errno.h>
#include <string.h>

#include "run.h"

/**
 * model_init() - the world before a sequence
 * @m: filled in
 * @flaw: the mistake that it is to make
 * @bed: what it can do
 */
void model_init(struct model *m, enum prop_flaw flaw, const struct prop_bed *bed)
{
	unsigned int i;

	memset(m, 0, sizeof(*m));
	m->flaw = flaw;
	m->new_bus = bed->new_bus;
	m->small_vm = bed->small_vm;
	m->card[0] = CARD_ON;
	m->card[1] = CARD_ON;
	m->host = (struct model_matrix) { 3, 7, 7 };
	m->usage = 7;
	m->control = 7;
	m->apm = 7;
	m->aqm = 7;
	for (i = 0; i < 2 * DOMAINS; i++) {
		m->queue[i].device = true;
		m->queue[i].driver = BY_HOST;
	}
	for (i = 0; i < MDEVS; i++)
		m->mdev[i].vm = -1;
}

static struct model_matrix edited(const struct model_matrix *matrix,
				  const struct prop_cmd *cmd)
{
	struct model_matrix next = *matrix;
	unsigned int bit = 1U << cmd->arg[1];

	switch (cmd->op) {
	case OP_ASSIGN_ADAPTER:
		next.adapters |= bit;
		break;
	case OP_UNASSIGN_ADAPTER:
		next.adapters &= ~bit;
		break;
	case OP_ASSIGN_DOMAIN:
		next.domains |= bit;
		break;
	case OP_UNASSIGN_DOMAIN:
		next.domains &= ~bit;
		break;
	case OP_ASSIGN_CONTROL:
		next.controls |= bit;
		break;
	case OP_UNASSIGN_CONTROL:
		next.controls &= ~bit;
		break;
	default:
		next.adapters = cmd->arg[1];
		next.domains = cmd->arg[2];
		next.controls = cmd->arg[3];
	}
	return next;
}

/* The host comes first, then the others. */
static int edit(struct model *m, const struct prop_cmd *cmd)
{
	struct model_mdev *mdev = &m->mdev[cmd->arg[0]];
	struct model_matrix next;
	unsigned int q;

	if (!mdev->exists || mdev->leaving)
		return MODEL_SKIP;
	if (cmd->op == OP_WRONG)
		return -prop_wrongs[cmd->arg[1]].error;
	next = edited(&mdev->assigned, cmd);
	for (q = 0; q < QUEUES; q++)
		if (model_has(&next, q) && !model_has(&mdev->assigned, q) &&
		    model_is_hosts(m, q))
			return -EADDRNOTAVAIL;
	for (q = 0; q < QUEUES; q++)
		if (model_has(&next, q) && !model_has(&mdev->assigned, q) &&
		    model_taken(m, q) >= 0 && m->flaw != FLAW_TAKEN)
			return -EADDRINUSE;
	mdev->assigned = next;
	return 0;
}

static int create(struct model_mdev *mdev)
{
	if (mdev->exists)
		return -EEXIST;
	memset(mdev, 0, sizeof(*mdev));
	mdev->exists = true;
	mdev->vm = -1;
	return 0;
}

/* While it is open this waits for its user, who loses everything at once. */
static int remove_mdev(struct model_mdev *mdev)
{
	if (!mdev->exists || mdev->leaving)
		return MODEL_SKIP;
	mdev->leaving = mdev->vm >= 0;
	mdev->exists = mdev->leaving;
	return 0;
}

static int decide(struct model *m, const struct prop_cmd *cmd)
{
	if (cmd->op == OP_CREATE)
		return create(&m->mdev[cmd->arg[0]]);
	if (cmd->op == OP_REMOVE)
		return remove_mdev(&m->mdev[cmd->arg[0]]);
	if (cmd->op <= OP_WRONG)
		return edit(m, cmd);
	if (cmd->op <= OP_STEER)
		return model_bus(m, cmd);
	if (cmd->op <= OP_REPLIES)
		return model_machine(m, cmd);
	if (cmd->op >= OP_NQAP && cmd->op <= OP_AQIC_OFF)
		return model_guest(m, cmd);
	return model_vfio(m, cmd);
}

/* A queue rings once for each reply that comes while it may. */
static void ring(struct model *m, const struct model *was,
		 const struct prop_cmd *cmd, int rc)
{
	const struct model_queue *used = &m->queue[cmd->arg[1] % QUEUES];
	unsigned int q;

	memset(m->rung, 0, sizeof(m->rung));
	for (q = 0; q < QUEUES; q++) {
		struct model_queue *queue = &m->queue[q];

		queue->hazy &= queue->armed && queue->messages;
		if (queue->hazy || was->queue[q].hazy)
			m->rung[queue->listener][q] = PROP_ANY;
	}
	if (!rc && used->armed && used->messages &&
	    (cmd->op == OP_NQAP || cmd->op == OP_AQIC_ON))
		m->rung[cmd->arg[0]][cmd->arg[1]] = 1;
}

/**
 * model_do() - a command is executed, and everything settles
 * @m: the model
 * @cmd: the command
 *
 * Return: 0, -errno or a response code; %MODEL_SKIP: it is not to be executed.
 */
int model_do(struct model *m, const struct prop_cmd *cmd)
{
	struct model was = *m;
	int rc = decide(m, cmd);

	if (rc == MODEL_SKIP)
		return rc;
	model_settle(m);
	ring(m, &was, cmd, rc);
	return rc;
}
