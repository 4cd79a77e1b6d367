// SPDX-License-Identifier: GPL-2.0-only
/*
 * traffic - a guest's requests, each with its name on it, and their replies
 *
 * A request is a modular exponentiation with exponent 1: its reply is the
 * message that was sent.  Guest, number and queue are in the message and in
 * the message id, so every reply tells whose it is, and a guest that gets
 * another's notices it without the machine's help.
 */
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "finding.h"
#include "traffic.h"

#define RSA_LEN		128
#define HEADER		16
#define REQUEST_LEN	(HEADER + 3 * RSA_LEN)
#define REPLY_LEN	(HEADER + RSA_LEN)

/* Room for one message in guest storage. */
#define ROOM		0x200

#define RC_NORMAL	0x00
#define RC_NOT_THERE	0x01
#define RC_CHECKSTOP	0x04
#define RC_BAD_NIB	0x06
#define RC_ALREADY_SO	0x07
#define RC_FULL		0x10
#define RC_NO_REPLY	0x10

#define AQIC_ON		0x800000000000UL

/**
 * traffic_init() - begin to talk for a guest
 * @traffic: filled in; without queues
 * @vm: the guest
 */
void traffic_init(struct traffic *traffic, struct vm *vm)
{
	static atomic_uint guests;

	memset(traffic, 0, sizeof(*traffic));
	traffic->vm = vm;
	traffic->id = (uint32_t)getpid() << 16 | atomic_fetch_add(&guests, 1);
}

/**
 * traffic_use() - talk to a queue from now on
 * @traffic: the guest
 * @apqn: the queue
 * @steady: nobody takes it away, so nothing may get lost
 */
void traffic_use(struct traffic *traffic, unsigned int apqn, int steady)
{
	traffic->queue[traffic->queues++] = (struct traffic_queue){
		.apqn = apqn, .steady = steady,
	};
}

static void put32(unsigned char *to, uint32_t value)
{
	to[0] = value >> 24;
	to[1] = value >> 16;
	to[2] = value >> 8;
	to[3] = value;
}

/* Below the modulus, which is all ones. */
static void fill_message(unsigned char *to, uint32_t id, uint32_t number,
			 unsigned int apqn)
{
	struct rand rand = rand_stream((uint64_t)id << 32 | number, apqn);
	int i;

	for (i = 0; i < RSA_LEN; i++)
		to[i] = rand_next(&rand);
	to[0] = 0;
	put32(to + 4, id);
	put32(to + 8, number);
	put32(to + 12, apqn);
}

static void fill_request(unsigned char *to, uint32_t id, uint32_t number,
			 unsigned int apqn)
{
	memset(to, 0, REQUEST_LEN);
	to[1] = 0x50;
	to[2] = REQUEST_LEN >> 8;
	to[3] = REQUEST_LEN & 0xff;
	to[9] = 0x01;
	to[HEADER + RSA_LEN - 1] = 1;
	memset(to + HEADER + RSA_LEN, 0xff, RSA_LEN);
	fill_message(to + HEADER + 2 * RSA_LEN, id, number, apqn);
}

static struct ap_call send_call(struct traffic *t, unsigned int slot)
{
	unsigned int apqn = t->queue[slot].apqn;
	uint32_t where = VM_REQUEST + slot * ROOM;

	fill_request(t->vm->mem + where, t->id, t->next, apqn);
	return (struct ap_call){
		.insn = AP_NQAP,
		.gr0 = AP_NQAP_LAST | apqn,
		.gr4 = t->id,
		.gr5 = t->next++,
		.gr6 = where,
		.gr7 = REQUEST_LEN,
	};
}

static struct ap_call fetch_call(struct traffic *t, unsigned int slot)
{
	return (struct ap_call){
		.insn = AP_DQAP,
		.gr0 = AP_DQAP_FIRST | t->queue[slot].apqn,
		.gr6 = VM_REPLY + slot * ROOM,
		.gr7 = ROOM,
	};
}

/* Something that changes nothing: ask, or switch interruptions off and on. */
static struct ap_call other_call(struct traffic *t, unsigned int slot,
				 struct rand *rand)
{
	struct ap_call call = {
		.insn = AP_PQAP,
		.gr0 = AP_FC_TAPQ | t->queue[slot].apqn,
	};

	if (rand_one_in(rand, 4)) {
		call.gr0 |= AP_FC_AQIC;
		call.gr1 = rand_one_in(rand, 2) && !t->polls ? AQIC_ON : 0;
		call.gr2 = VM_BLOCK;
	}
	return call;
}

/* Is a reply one to this guest's own request, and the first one? */
static void check_reply(struct traffic *t, struct traffic_queue *queue,
			const struct ap_call *call, const unsigned char *reply)
{
	uint32_t id = call->gr4, number = call->gr5;
	unsigned char want[RSA_LEN];

	if (call->cc || call->gr7 != ROOM - REPLY_LEN) {
		finding("%04x: guest %08x: a reply of %d bytes, condition code %d",
			queue->apqn, t->id, (int)(ROOM - call->gr7),
			(int)call->cc);
		return;
	}
	if (id != t->id) {
		finding("%04x: guest %08x got a reply to %08x's request %u",
			queue->apqn, t->id, id, number);
		return;
	}
	if (number < t->floor || number >= t->next ||
	    t->ring[number % TRAFFIC_RING] != queue->apqn) {
		finding("%04x: guest %08x got a reply to request %u, that can be %u to %u",
			queue->apqn, t->id, number, t->floor, t->next - 1);
		return;
	}
	t->ring[number % TRAFFIC_RING] = 0;
	fill_message(want, id, number, queue->apqn);
	if (reply[1] != 0x80 || memcmp(want, reply + HEADER, RSA_LEN))
		finding("%04x: guest %08x: the reply to %u is another's, type %02x code %02x",
			queue->apqn, id, number, reply[1], reply[4]);
	queue->got++;
}

/* What may become of a queue and its adapter under a guest. */
static int is_usual(unsigned int rc)
{
	return rc <= RC_CHECKSTOP;
}

static void check_pqap(struct traffic *t, struct traffic_queue *queue,
		       const struct ap_call *call)
{
	unsigned int rc = ap_rc(call);

	if (queue->steady && !(call->gr0 & AP_FC_AQIC) ? !rc : is_usual(rc))
		return;
	if (call->gr0 & AP_FC_AQIC && (rc == RC_BAD_NIB || rc == RC_ALREADY_SO))
		return;
	finding("%04x: guest %08x: PQAP %08x ends with %02x", queue->apqn,
		t->id, (unsigned int)call->gr0, rc);
}

/* After the fact: what the guest's instruction came back with */
static void check_call(struct traffic *t, unsigned int slot,
		       const struct ap_call *call)
{
	struct traffic_queue *queue = &t->queue[slot];
	unsigned int rc = ap_rc(call);

	if (call->insn == AP_PQAP) {
		check_pqap(t, queue, call);
		return;
	}
	if (queue->steady ? rc != RC_NORMAL && rc != RC_FULL :
			    !is_usual(rc) && rc != RC_FULL)
		finding("%04x: guest %08x: %s ends with %02x", queue->apqn,
			t->id, call->insn == AP_NQAP ? "NQAP" : "DQAP", rc);
	if (rc)
		return;
	if (call->insn == AP_DQAP) {
		check_reply(t, queue, call, t->vm->mem + VM_REPLY + slot * ROOM);
		return;
	}
	t->ring[call->gr5 % TRAFFIC_RING] = queue->apqn;
	queue->sent++;
}

/* Execute; check in the order of execution. */
static int run_calls(struct traffic *t, struct ap_call *call,
		     const unsigned char *slot, unsigned int count)
{
	unsigned int i;
	int rc;

	if (!count)
		return 0;
	rc = vm_execute(t->vm, call, count);
	if (rc) {
		finding("guest %08x ends with %d", t->id, rc);
		return rc;
	}
	for (i = 0; i < count; i++)
		check_call(t, slot[i], &call[i]);
	return 0;
}

/**
 * traffic_round() - for each queue a few instructions, chosen at random
 * @traffic: the guest
 * @rand: what chooses
 *
 * Return: 0 or -errno if the guest is broken.
 */
int traffic_round(struct traffic *traffic, struct rand *rand)
{
	struct ap_call call[3 * TRAFFIC_QUEUES];
	unsigned char slot[3 * TRAFFIC_QUEUES];
	unsigned int count = 0;
	unsigned int i;

	for (i = 0; i < traffic->queues; i++) {
		memset(slot + count, i, 3);
		if (rand_one_in(rand, 4))
			call[count++] = other_call(traffic, i, rand);
		if (rand_one_in(rand, 2))
			call[count++] = send_call(traffic, i);
		call[count++] = fetch_call(traffic, i);
	}
	return run_calls(traffic, call, slot, count);
}

static unsigned int missing(const struct traffic *traffic)
{
	unsigned int i, sum = 0;

	for (i = 0; i < traffic->queues; i++)
		if (traffic->queue[i].steady)
			sum += traffic->queue[i].sent - traffic->queue[i].got;
	return sum;
}

/**
 * traffic_drain() - fetch all replies that still have to come
 * @traffic: the guest
 *
 * Return: how many requests to steady queues stay without a reply.
 */
int traffic_drain(struct traffic *traffic)
{
	struct ap_call call[TRAFFIC_QUEUES];
	unsigned char slot[TRAFFIC_QUEUES];
	unsigned int i, left;

	for (left = 500; left && missing(traffic); left--) {
		for (i = 0; i < traffic->queues; i++) {
			slot[i] = i;
			call[i] = fetch_call(traffic, i);
		}
		if (run_calls(traffic, call, slot, traffic->queues))
			break;
		usleep(2000);
	}
	return missing(traffic);
}

/* One request and its reply, within about a second */
static int one_reply(struct traffic *t, unsigned int slot)
{
	unsigned long got = t->queue[slot].got;
	unsigned char slots[1] = { slot };
	struct ap_call call = send_call(t, slot);
	unsigned int left;

	for (left = 200; left && t->queue[slot].got == got; left--) {
		if (run_calls(t, &call, slots, 1))
			return 0;
		usleep(5000);
		call = fetch_call(t, slot);
	}
	return t->queue[slot].got != got;
}

/**
 * traffic_works() - does a queue answer?
 * @traffic: the guest
 * @apqn: the queue, one that it uses
 *
 * Replies to earlier requests do as well.  What is lost is sent again, twice.
 *
 * Return: 1 if it does, else 0.
 */
int traffic_works(struct traffic *traffic, unsigned int apqn)
{
	unsigned int slot;

	for (slot = 0; slot < traffic->queues; slot++)
		if (traffic->queue[slot].apqn == apqn)
			return one_reply(traffic, slot) ||
			       one_reply(traffic, slot) ||
			       one_reply(traffic, slot);
	return 0;
}

/**
 * traffic_forget() - the guest's queues were reset
 * @traffic: the guest, which executes nothing meanwhile
 *
 * A reply to anything that was sent before would be wrong.
 */
void traffic_forget(struct traffic *traffic)
{
	traffic->floor = traffic->next;
}
