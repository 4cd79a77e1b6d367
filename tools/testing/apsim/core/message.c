// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - messages, the elements of a queue
 *
 * An element is allocated when NQAP brings it and freed when DQAP has taken
 * its reply or a reset drops it.
 */
#include "apsim_priv.h"

/* Every element has room for an error reply, so there is always an answer. */
#define ROOM_MIN 8

/**
 * apsim_msg_new() - an element that holds a request
 * @m: the machine
 * @data: the request
 * @len: its length in bytes
 *
 * Return: the element, on no queue yet; NULL without memory.
 */
struct apsim_msg *apsim_msg_new(struct apsim *m, const u8 *data, u32 len)
{
	struct apsim_msg *msg = m->env.alloc(sizeof(*msg));

	if (!msg)
		return NULL;
	msg->data = m->env.alloc(len < ROOM_MIN ? ROOM_MIN : len);
	if (!msg->data) {
		m->env.free(msg);
		return NULL;
	}
	memcpy(msg->data, data, len);
	msg->len = len;
	return msg;
}

void apsim_msg_free(struct apsim *m, struct apsim_msg *msg)
{
	m->env.free(msg->data);
	m->env.free(msg);
}

void apsim_msg_append(struct apsim_queue *q, struct apsim_msg *msg)
{
	struct apsim_msg **end = &q->msgs;

	while (*end)
		end = &(*end)->next;
	*end = msg;
	q->count++;
}

void apsim_msg_remove(struct apsim_queue *q, struct apsim_msg *msg)
{
	struct apsim_msg **at = &q->msgs;

	while (*at != msg)
		at = &(*at)->next;
	*at = msg->next;
	q->count--;
}

/**
 * apsim_msg_reply() - turn a request into its reply
 * @m: the machine
 * @msg: the element
 * @data: the reply
 * @len: its length in bytes, at most APSIM_MSG_MAX
 *
 * A reply longer than its request needs memory; without it the reply is that
 * of a failing adapter.
 */
void apsim_msg_reply(struct apsim *m, struct apsim_msg *msg,
		     const u8 *data, u32 len)
{
	u8 *room = msg->data;

	if (len > msg->len && len > ROOM_MIN)
		room = m->env.alloc(len);
	msg->state = APSIM_MSG_READY;
	msg->offset = 0;
	if (!room) {
		msg->len = apsim_error_reply(msg->data, APSIM_RY_MACHINE);
		return;
	}
	if (room != msg->data)
		m->env.free(msg->data);
	memcpy(room, data, len);
	msg->data = room;
	msg->len = len;
}
