// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - the model's guests, and their user space
 */
#include <errno.h>

#include "model.h"

/* Response codes */
#define RC_NOT_AVAILABLE	0x01
#define RC_DECONFIGURED		0x03
#define RC_CHECKSTOPPED		0x04
#define RC_BUSY			0x05
#define RC_BAD_NIB		0x06
#define RC_ALREADY		0x07
#define RC_FULL_OR_EMPTY	0x10
#define RC_ASSOCIATE_FAILED	0x36

static struct model_mdev *mdev_of(struct model *m, unsigned int vm)
{
	unsigned int n;

	for (n = 0; n < MDEVS; n++)
		if (m->mdev[n].exists && m->mdev[n].vm == (int)vm)
			return &m->mdev[n];
	return NULL;
}

/**
 * model_code() - what a guest's TAPQ of a queue answers
 * @m: the model
 * @vm: the guest
 * @q: the queue
 *
 * Return: the response code, or %PROP_UNKNOWN: it has no mediated device.
 */
int model_code(const struct model *m, unsigned int vm, unsigned int q)
{
	const struct model_mdev *mdev = mdev_of((struct model *)m, vm);

	if (!mdev)
		return PROP_UNKNOWN;
	if (!model_has(&mdev->plugged, q))
		return RC_NOT_AVAILABLE;
	if (m->card[q / DOMAINS] == CARD_STANDBY)
		return RC_DECONFIGURED;
	if (m->card[q / DOMAINS] == CARD_CHECKSTOP)
		return RC_CHECKSTOPPED;
	return m->queue[q].async ? RC_ASSOCIATE_FAILED : 0;
}

static int nqap(const struct model *m, struct model_queue *queue)
{
	if (queue->messages == DEPTH)
		return RC_FULL_OR_EMPTY;
	if (m->flaw == FLAW_REPLY && m->replies == SPEED_SLOW)
		return 0;
	if (!queue->messages++)
		queue->first = queue->next;
	queue->next++;
	return 0;
}

static int dqap(struct model_queue *queue)
{
	if (!queue->messages)
		return RC_FULL_OR_EMPTY;
	queue->messages--;
	queue->first++;
	return 0;
}

static int reset(const struct model *m, struct model_queue *queue)
{
	model_empty(m, queue);
	return 0;
}

static int aqic_on(struct model_queue *queue, unsigned int vm)
{
	if (queue->armed)
		return RC_ALREADY;
	queue->hazy = queue->messages;
	queue->listener = vm;
	queue->armed = true;
	queue->pinned = true;
	return 0;
}

static int aqic_off(struct model_queue *queue)
{
	int rc = queue->armed ? 0 : RC_ALREADY;

	queue->armed = false;
	queue->pinned = false;
	return rc;
}

/* KVM does not even ask about a queue that small masks have no room for. */
static bool is_exception(struct model *m, unsigned int vm, unsigned int q)
{
	struct model_matrix room = model_room(m, mdev_of(m, vm) - m->mdev);

	return !model_has(&room, q);
}

/**
 * model_guest() - a guest executes an instruction
 * @m: the model
 * @cmd: the command
 *
 * Return: the response code, or %MODEL_SKIP.
 */
int model_guest(struct model *m, const struct prop_cmd *cmd)
{
	struct model_queue *queue = &m->queue[cmd->arg[1]];
	int rc = model_code(m, cmd->arg[0], cmd->arg[1]);
	bool resets = cmd->op == OP_RAPQ || cmd->op == OP_ZAPQ;

	if (rc == PROP_UNKNOWN)
		return MODEL_SKIP;
	if ((cmd->op == OP_AQIC_ON || cmd->op == OP_AQIC_OFF) &&
	    is_exception(m, cmd->arg[0], cmd->arg[1]))
		return MODEL_SKIP;
	if (cmd->op == OP_AQIC_ON && rc != RC_NOT_AVAILABLE &&
	    !m->mapped[cmd->arg[0]])
		return RC_BAD_NIB;
	/* An adapter that is not there makes no noise either. */
	if (cmd->op == OP_AQIC_OFF &&
	    (rc == RC_DECONFIGURED || rc == RC_CHECKSTOPPED))
		queue->pinned = false;
	/* What is injected is answered also by an adapter that is away. */
	if (rc > RC_NOT_AVAILABLE && cmd->op == OP_ZAPQ && queue->stuck)
		return RC_BUSY;
	if (rc && !(rc == RC_ASSOCIATE_FAILED && resets))
		return rc;
	switch (cmd->op) {
	case OP_NQAP:
		return nqap(m, queue);
	case OP_DQAP:
		return dqap(queue);
	case OP_ZAPQ:
		return queue->stuck ? RC_BUSY : reset(m, queue);
	case OP_RAPQ:
		return reset(m, queue);
	case OP_AQIC_ON:
		return aqic_on(queue, cmd->arg[0]);
	default:
		return aqic_off(queue);
	}
}

static int open_device(struct model *m, struct model_mdev *mdev, unsigned int vm)
{
	if (!mdev->exists || mdev->vm >= 0)
		return MODEL_SKIP;
	if (mdev_of(m, vm))
		return -EPERM;
	mdev->vm = vm;
	m->mapped[vm] = true;
	return 0;
}

/* Memory that cannot be reached any more is not pinned. */
static void forget(struct model *m, const struct model_mdev *mdev)
{
	unsigned int q;

	for (q = 0; q < QUEUES; q++) {
		if (!model_has(&mdev->plugged, q))
			continue;
		if (m->flaw != FLAW_PIN)
			model_silence(&m->queue[q]);
	}
}

static int close_device(struct model *m, struct model_mdev *mdev)
{
	unsigned int q;

	if (!mdev->exists || mdev->vm < 0)
		return MODEL_SKIP;
	forget(m, mdev);
	for (q = 0; q < QUEUES; q++)
		if (model_has(&mdev->plugged, q))
			m->queue[q].late = false;
	mdev->plugged = (struct model_matrix) { 0 };
	mdev->vm = -1;
	mdev->exists = !mdev->leaving;
	return 0;
}

static int reset_device(struct model *m, struct model_mdev *mdev)
{
	unsigned int q;
	int rc = 0;

	if (!mdev->exists || mdev->vm < 0)
		return MODEL_SKIP;
	for (q = 0; q < QUEUES; q++) {
		struct model_queue *queue = &m->queue[q];

		if (!model_has(&mdev->plugged, q))
			continue;
		model_silence(queue);
		if (m->resets == SPEED_SLOW && m->flaw == FLAW_SLOW)
			rc = -EIO;
		if (model_can_prove(m, q)) {
			queue->late = false;
			if (m->flaw != FLAW_RESET)
				model_empty(m, queue);
		} else if (m->card[q / DOMAINS] == CARD_ON) {
			queue->late = true;
			rc = -EIO;
		}
	}
	return rc;
}

static int map(struct model *m, unsigned int vm, bool mapped)
{
	struct model_mdev *mdev = mdev_of(m, vm);

	if (!mdev || m->mapped[vm] == mapped)
		return MODEL_SKIP;
	m->mapped[vm] = mapped;
	if (!mapped)
		forget(m, mdev);
	return 0;
}

/**
 * model_vfio() - what a guest's user space does
 * @m: the model
 * @cmd: the command
 *
 * Return: 0, -errno, or %MODEL_SKIP.
 */
int model_vfio(struct model *m, const struct prop_cmd *cmd)
{
	struct model_mdev *mdev = &m->mdev[cmd->arg[0]];

	switch (cmd->op) {
	case OP_OPEN:
		return open_device(m, mdev, cmd->arg[1]);
	case OP_CLOSE:
		return close_device(m, mdev);
	case OP_RESET:
		return reset_device(m, mdev);
	default:
		return map(m, cmd->arg[0], cmd->op == OP_MAP);
	}
}
