/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim core - what the machine is made of
 *
 * An adapter owns one queue for each usage domain, so a queue is found with
 * two array lookups.  Queues with something under way are on a list, so that
 * the passing of time costs nothing for the others.
 */
#ifndef APSIM_PRIV_H
#define APSIM_PRIV_H

#include "apsim.h"

/* "Nothing will happen". */
#define APSIM_NEVER		(~(u64)0)

/* Who is told to turn interruptions off has that time, in nanoseconds. */
#define APSIM_OBEDIENCE		500000000ULL

/* Response codes the machine gives of its own accord. */
#define APSIM_RC_NORMAL		0x00
#define APSIM_RC_NOT_AVAIL	0x01
#define APSIM_RC_RESETTING	0x02
#define APSIM_RC_DECONFIGURED	0x03
#define APSIM_RC_CHECKSTOPPED	0x04
#define APSIM_RC_BAD_NIB	0x06
#define APSIM_RC_AS_WANTED	0x07
#define APSIM_RC_BAD_GISA	0x08
#define APSIM_RC_CHANGING	0x0a
#define APSIM_RC_FULL		0x10	/* NQAP */
#define APSIM_RC_NO_REPLY	0x10	/* DQAP */
#define APSIM_RC_NO_FIRST_PART	0x13
#define APSIM_RC_NO_FACILITY	0x16
#define APSIM_RC_ASSOC_UNIQUE	0x35
#define APSIM_RC_ASSOC_FAILED	0x36
#define APSIM_RC_BAD_DOMAIN	0x42

/* Not part of a code: the code reports an earlier, asynchronous error. */
#define APSIM_RC_ASYNC		0x100

/* PQAP function codes. */
enum apsim_fc {
	APSIM_TAPQ = 0,
	APSIM_RAPQ = 1,
	APSIM_ZAPQ = 2,
	APSIM_AQIC = 3,
	APSIM_QCI = 4,
	APSIM_QACT = 5,
	APSIM_QBAP = 6,
	APSIM_BAPQ = 7,
	APSIM_AAPQ = 8,
};

/* PQAP's functions, the last stands for all above, then NQAP and DQAP. */
#define APSIM_INSNS		(APSIM_AAPQ + 3)

/* Reply codes of a type 82 message, named as the error they report. */
enum apsim_reply_code {
	APSIM_RY_MACHINE = 0x10,
	APSIM_RY_MESSAGE_TYPE = 0x20,
	APSIM_RY_MESSAGE_LEN = 0x23,
	APSIM_RY_RESERVED = 0x24,
	APSIM_RY_FORMAT = 0x29,
	APSIM_RY_MALFORMED = 0x40,
	APSIM_RY_LENGTH = 0x80,
	APSIM_RY_OPERAND = 0x82,
	APSIM_RY_EVEN_MODULUS = 0x85,
	APSIM_RY_FILTERED = 0x8b,
};

enum apsim_msg_state {
	APSIM_MSG_WAITING,	/* for its time */
	APSIM_MSG_TAKEN,	/* apsim_job() gave it away */
	APSIM_MSG_READY,	/* it is a reply now */
};

/**
 * struct apsim_msg - one element of a queue, from NQAP to DQAP
 * @next: arrived later
 * @psmid: what the program calls it
 * @serial: what the machine calls it, never used twice
 * @start: when it arrived
 * @tenant: who sent it
 * @state: how far it is
 * @len: length of what @data holds
 * @offset: bytes of the reply that were already delivered
 * @data: request, then reply
 */
struct apsim_msg {
	struct apsim_msg *next;
	u64 psmid;
	u64 serial;
	u64 start;
	u32 tenant;
	enum apsim_msg_state state;
	u32 len;
	u32 offset;
	u8 *data;
};

/* A rule for every instruction. */
#define APSIM_ANY_FC		0xffffffff

/**
 * struct apsim_function - an instruction that rules can be made for
 * @name: how it is called
 * @fc: function code of PQAP, or the opcode of NQAP and DQAP
 */
struct apsim_function {
	const char *name;
	unsigned int fc;
};

extern const struct apsim_function apsim_functions[];

enum apsim_rule_kind {
	APSIM_RULE_RC,		/* an answer, and no effect */
	APSIM_RULE_LATE,	/* the effects come later */
	APSIM_RULE_DO,		/* a command is run before */
	APSIM_RULE_LIE,		/* QCI shows something else */
};

/**
 * struct apsim_rule - what an instruction to come finds instead of the truth
 * @next: used after this one
 * @serial: which one it is
 * @fc: function code, or opcode of NQAP and DQAP
 * @kind: what happens
 * @apqn: on which queue, but for QCI
 * @at: it is the turn of the how many-th instruction, at least 1
 * @times: how often from then on; 0: for ever
 * @rc: response code, maybe with APSIM_RC_ASYNC
 * @late_ns: how much later
 * @text: the command, or what QCI shows
 */
struct apsim_rule {
	struct apsim_rule *next;
	u64 serial;
	unsigned int fc;
	enum apsim_rule_kind kind;
	u16 apqn;
	u32 at;
	u32 times;
	unsigned int rc;
	u64 late_ns;
	char text[64];
};

/**
 * struct apsim_forced - what rules make of one instruction
 * @answer: it only answers
 * @rc: so, maybe with APSIM_RC_ASYNC
 * @ran: a command was run, and the queue may have gone
 * @start: when its effects begin
 */
struct apsim_forced {
	bool answer;
	unsigned int rc;
	bool ran;
	u64 start;
};

/**
 * struct apsim_link - member of a list, or the head of one
 * @next: after this one
 * @prev: before this one; NULL: on no list
 * @queue: who is the member, NULL for a head
 */
struct apsim_link {
	struct apsim_link *next;
	struct apsim_link *prev;
	struct apsim_queue *queue;
};

enum apsim_change {
	APSIM_CHANGE_NONE,
	APSIM_CHANGE_ON,
	APSIM_CHANGE_OFF,
};

/**
 * struct apsim_queue - an adapter's queue for a usage domain
 * @card: the adapter
 * @apqi: the domain
 * @async: asynchronous error, 0: none
 * @bind_state: as TAPQ shows it, 0: not bound
 * @unbinding: and soon not bound any more
 * @resetting: RAPQ or ZAPQ is running
 * @irq_on: the I bit
 * @used: some tenant sent a message since the last ZAPQ
 * @change: AQIC was accepted and the I bit has to follow
 * @told_off: since interruptions were enabled AQIC was to turn them off
 * @tenant: the last one to send a message
 * @count: elements
 * @msgs: elements, oldest first
 * @rules: what is forced on it, next first
 * @reset_start: when the running reset began
 * @unbind_start: when the unbinding began
 * @change_start: when AQIC was accepted
 * @off_start: when it was first told so
 * @lag_ns: how much later than elsewhere the I bit follows
 * @irq: where interruptions go while @irq_on or @change say so
 * @busy: link to the queues that have something under way
 * @timed: link to those of them that do something by themselves when it is time
 * @raised: link to the queues that have an interruption to present
 */
struct apsim_queue {
	struct apsim_adapter *card;
	u8 apqi;
	u8 async;
	u8 bind_state;
	bool unbinding;
	bool resetting;
	bool irq_on;
	bool used;
	enum apsim_change change;
	bool told_off;
	u32 tenant;
	unsigned int count;
	struct apsim_msg *msgs;
	struct apsim_rule *rules;
	u64 reset_start;
	u64 unbind_start;
	u64 change_start;
	u64 off_start;
	u64 lag_ns;
	struct apsim_irq irq;
	struct apsim_link busy;
	struct apsim_link timed;
	struct apsim_link raised;
};

/**
 * struct apsim_adapter - a card and its queues
 * @info: what it was made with
 * @state: what was done to it since
 * @queue: by domain; NULL: the machine has no such usage domain
 */
struct apsim_adapter {
	struct apsim_card info;
	enum apsim_card_state state;
	struct apsim_queue *queue[APSIM_IDS];
};

/**
 * struct apsim - a machine
 * @env: its surroundings
 * @tuning: how slow it is
 * @stats: what happened so far
 * @answers: by instruction, as apsim_insn_index() counts them, and code
 * @alarms: what must not happen, and did
 * @guests: programs with a view
 * @usage: usage domains
 * @control: control domains
 * @now: the last time it was told
 * @serial: of the last message
 * @rules: how many rules there are
 * @rule_serial: of the last one
 * @qci_rules: those for QCI, next first
 * @busy: queues with something under way, in no order
 * @timed: those that do something by themselves when it is time: thousands may be
 *	resetting, and nobody needs to look at these after every instruction
 * @raised: queues with an interruption to present, oldest first
 * @card: by adapter number
 */
struct apsim {
	struct apsim_env env;
	struct apsim_tuning tuning;
	struct apsim_stats stats;
	u32 answers[APSIM_INSNS][256];
	struct apsim_alarms alarms;
	struct apsim_guest *guests;
	struct apsim_mask usage;
	struct apsim_mask control;
	u64 now;
	u64 serial;
	unsigned int rules;
	u64 rule_serial;
	struct apsim_rule *qci_rules;
	struct apsim_link busy;
	struct apsim_link timed;
	struct apsim_link raised;
	struct apsim_adapter *card[APSIM_IDS];
};

/* list.c */
void apsim_list_init(struct apsim_link *head);
void apsim_list_append(struct apsim_link *head, struct apsim_link *link);
void apsim_list_drop(struct apsim_link *link);

/* queue.c */
struct apsim_queue *apsim_queue_new(struct apsim *m, struct apsim_adapter *card,
				    unsigned int apqi);
void apsim_queue_free(struct apsim *m, struct apsim_queue *q);
struct apsim_queue *apsim_queue_find(const struct apsim *m, unsigned int apqn);
void apsim_queue_clear(struct apsim *m, struct apsim_queue *q);
void apsim_queue_reset(struct apsim *m, struct apsim_queue *q, u64 now,
		       u64 start);
void apsim_queue_unbind(struct apsim *m, struct apsim_queue *q, u64 now,
			u64 start);
void apsim_queue_settle(struct apsim *m, struct apsim_queue *q, u64 now);
void apsim_queue_track(struct apsim *m, struct apsim_queue *q);
void apsim_queue_raise(struct apsim *m, struct apsim_queue *q);
struct apsim_msg *apsim_queue_first(const struct apsim_queue *q,
				    enum apsim_msg_state state);
u64 apsim_queue_irq_delay(const struct apsim *m, const struct apsim_queue *q);
bool apsim_queue_armed(const struct apsim_queue *q);
bool apsim_queue_obeys(const struct apsim *m, const struct apsim_queue *q);
unsigned int apsim_queue_rc(const struct apsim_queue *q);
u32 apsim_queue_status(const struct apsim_queue *q, unsigned int rc);

/* message.c */
struct apsim_msg *apsim_msg_new(struct apsim *m, const u8 *data, u32 len);
void apsim_msg_free(struct apsim *m, struct apsim_msg *msg);
void apsim_msg_append(struct apsim_queue *q, struct apsim_msg *msg);
void apsim_msg_remove(struct apsim_queue *q, struct apsim_msg *msg);
void apsim_msg_reply(struct apsim *m, struct apsim_msg *msg,
		     const u8 *data, u32 len);

/* rule.c */
int apsim_rule_add(struct apsim *m, struct apsim_queue *q,
		   const struct apsim_rule *rule);
void apsim_rules_drop(struct apsim *m, struct apsim_queue *q, unsigned int fc);
void apsim_rule_take(struct apsim *m, u64 now, struct apsim_queue *q,
		     struct apsim_op *op, struct apsim_forced *forced);
void apsim_rule_lie(struct apsim *m, struct apsim_view *view);

/* fault.c, text.c */
void apsim_lie_apply(const char *text, struct apsim_view *view);
void apsim_rule_text(const struct apsim_rule *rule, char *text, size_t size);

/* alarm.c */
void apsim_alarm(struct apsim *m, const struct apsim_alarm *alarm);
void apsim_check_shared(struct apsim *m, const struct apsim_op *op);

/* insn.c */
unsigned int apsim_insn_index(unsigned int insn);
struct apsim_queue *apsim_reach(struct apsim *m, u64 now, struct apsim_op *op,
				struct apsim_forced *forced);
void apsim_end(struct apsim *m, struct apsim_op *op,
	       const struct apsim_queue *q, unsigned int rc);

/* One instruction each, whose operands are known to be valid. */
void apsim_pqap(struct apsim *m, u64 now, struct apsim_op *op);
void apsim_qci(struct apsim *m, struct apsim_op *op);
void apsim_nqap(struct apsim *m, u64 now, struct apsim_op *op);
void apsim_dqap(struct apsim *m, u64 now, struct apsim_op *op);

/* time.c */
bool apsim_elapsed(u64 now, u64 start, u64 delay);

/* What apsim_compute() is made of. */
u32 apsim_error_reply(u8 *msg, enum apsim_reply_code code);
void apsim_rsa(struct apsim_job *job);
void apsim_cprb(struct apsim_job *job);
bool apsim_cprb_domain(const u8 *msg, u32 len, enum apsim_mode mode,
		       u32 *domain);

/* Two codes are never anything but asynchronous. */
static inline unsigned int apsim_forced_rc(unsigned int rc, bool async)
{
	if (async || rc == APSIM_RC_ASSOC_UNIQUE || rc == APSIM_RC_ASSOC_FAILED)
		return rc | APSIM_RC_ASYNC;
	return rc;
}

static inline unsigned int apsim_op_apqn(const struct apsim_op *op)
{
	return op->gr[0] & 0xffff;
}

static inline unsigned int apsim_op_fc(const struct apsim_op *op)
{
	return (op->gr[0] >> 24) & 0xff;
}

static inline unsigned int apsim_queue_apqn(const struct apsim_queue *q)
{
	return q->card->info.apid << 8 | q->apqi;
}

static inline u32 apsim_get16(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static inline u32 apsim_get32(const u8 *p)
{
	return apsim_get16(p) << 16 | apsim_get16(p + 2);
}

static inline void apsim_put16(u8 *p, u32 value)
{
	p[0] = value >> 8 & 0xff;
	p[1] = value & 0xff;
}

static inline void apsim_put32(u8 *p, u32 value)
{
	apsim_put16(p, value >> 16);
	apsim_put16(p + 2, value);
}

#endif /* APSIM_PRIV_H */
