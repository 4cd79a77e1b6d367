/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim core - a simulated machine with Crypto Express adapters
 *
 * The machine is a value: adapters, usage domains, the queues where they
 * cross, the messages on them, and a clock that somebody else turns.  It does
 * not sleep, lock, print or read a clock.  A front end (user space, User Mode
 * Linux, or the operation exceptions of an s390x kernel) owns one machine,
 * serialises all calls, moves storage operands, and does the slow arithmetic
 * outside its lock.
 *
 * Bits are numbered as the architecture does: bit 0 is the most significant
 * bit of a mask, a word or a register.
 */
#ifndef APSIM_H
#define APSIM_H

#include "base.h"

/* Adapters and domains a machine can have; message limit without APXL. */
#define APSIM_IDS		256
#define APSIM_MSG_MAX		12288
#define APSIM_QCI_LEN		128

/* Interruption subclasses of a host, and of a guest. */
#define APSIM_ISCS		8

/* Program interruption codes an instruction can end with. */
#define APSIM_PGM_OPERATION	0x01
#define APSIM_PGM_PRIVILEGED	0x02
#define APSIM_PGM_ADDRESSING	0x05
#define APSIM_PGM_SPECIFICATION	0x06

/**
 * struct apsim_mask - 256 adapters or domains
 * @byte: bit n of the mask is bit n%8, counted from the left, of byte[n/8];
 *	the same bytes that QCI and the CRYCB have in storage
 */
struct apsim_mask {
	u8 byte[APSIM_IDS / 8];
};

/**
 * struct apsim_view - the part of the machine a program may use
 * @apm: adapters
 * @aqm: usage domains
 * @adm: control domains
 *
 * A guest's view is its CRYCB's masks.  The machine ANDs its own to them.
 */
struct apsim_view {
	struct apsim_mask apm;
	struct apsim_mask aqm;
	struct apsim_mask adm;
};

/* What a simulated adapter is; the mode bits are those of the TAPQ reply. */
enum apsim_mode {
	APSIM_CCA,		/* "C": coprocessor */
	APSIM_ACCEL,		/* "A": accelerator, computes RSA */
	APSIM_EP11,		/* "P": EP11 coprocessor */
};

/**
 * struct apsim_card - an adapter, as it is made
 * @apid: its number, 0..255
 * @type: hardware type, 10 (CEX4) .. 14 (CEX8); others are possible
 * @mode: what it does
 * @depth: messages a queue can hold, 1..32
 */
struct apsim_card {
	u8 apid;
	u8 type;
	enum apsim_mode mode;
	u8 depth;
};

/* States an adapter can be put in from outside, in any order. */
enum apsim_card_state {
	APSIM_CARD_ON,		/* in the configuration and usable */
	APSIM_CARD_OFF,		/* not in the configuration (HMC/SE took it) */
	APSIM_CARD_STANDBY,	/* deconfigured: code 03 */
	APSIM_CARD_CHECKSTOP,	/* broken: code 04 */
};

/**
 * struct apsim_tuning - how slow the machine is, may change at any time, also
 *	for what is under way
 * @latency_ns: from NQAP to the reply being ready
 * @reset_ns: from RAPQ/ZAPQ to its end; 0: at once
 * @aqic_ns: from AQIC to the I bit following; 0: at once
 * @unbind_ns: from the reset of a bound queue to its binding's end; 0: at once
 */
struct apsim_tuning {
	u64 latency_ns;
	u64 reset_ns;
	u64 aqic_ns;
	u64 unbind_ns;
};

enum apsim_insn {
	APSIM_NQAP = 0xb2ad,
	APSIM_DQAP = 0xb2ae,
	APSIM_PQAP = 0xb2af,
};

/**
 * struct apsim_op - one AP instruction on its way through the machine
 * @insn: which one
 * @r1: register fields of NQAP and DQAP
 * @r2: register fields of NQAP and DQAP
 * @problem: the program is in the problem state
 * @view: what the program may use; NULL: everything the machine has
 * @tenant: who the program is, 0 is the host; replies remember it
 * @gr: general registers, changed by apsim_execute()
 * @buf: storage operand's bounce buffer, at least @buf_len bytes
 * @buf_len: size of @buf; APSIM_MSG_MAX is always enough
 * @fetch_addr: apsim_prepare(): copy from here ...
 * @fetch_len: ... so many bytes into @buf, before apsim_execute()
 * @store_addr: apsim_execute(): copy to here ...
 * @store_len: ... so many bytes out of @buf, afterwards
 * @nib_valid: AQIC: the front end says whether GR2 can be addressed
 * @gisa_valid: AQIC: and the GISA that GR1 names, if it names one
 * @changed: a rule changed which adapters or domains there are
 * @cc: condition code
 * @pgm: program interruption code, 0: none; then nothing else is valid
 */
struct apsim_op {
	enum apsim_insn insn;
	u8 r1;
	u8 r2;
	bool problem;
	const struct apsim_view *view;
	u32 tenant;
	u64 gr[16];
	u8 *buf;
	u32 buf_len;
	u64 fetch_addr;
	u32 fetch_len;
	u64 store_addr;
	u32 store_len;
	bool nib_valid;
	bool gisa_valid;
	bool changed;
	u8 cc;
	u8 pgm;
};

/**
 * struct apsim_irq - an interruption the machine wants presented
 * @nib: absolute address of the notification indicator byte; store 0x01
 * @gisa: absolute address of the GISA, 0: the interruption is the host's own
 * @isc: host interruption subclass (for a GISA: that of the alert)
 * @gisc: guest interruption subclass
 * @apqn: which queue has a reply
 */
struct apsim_irq {
	u64 nib;
	u64 gisa;
	u8 isc;
	u8 gisc;
	u16 apqn;
};

/**
 * struct apsim_job - a request that is due and waits to be computed
 * @apqn: where it is queued
 * @serial: which one it is; survives resets, so a late result is dropped
 * @mode: what kind of adapter computes it
 * @msg: copy of the request, then, after apsim_compute(), the reply
 * @len: length of @msg
 */
struct apsim_job {
	u16 apqn;
	u64 serial;
	enum apsim_mode mode;
	u32 len;
	u8 msg[APSIM_MSG_MAX];
};

/* What must not happen, and is noticed. */
enum apsim_alarm_kind {
	APSIM_ALARM_NONE,
	APSIM_ALARM_SHARED,	/* a queue is in reach of two at once */
	APSIM_ALARM_FOREIGN,	/* a reply for somebody else was fetched */
	APSIM_ALARM_UNZEROIZED,	/* a queue was used after somebody else */
	APSIM_ALARM_UNPINNED,	/* a guest's indicator is in a free page */
	APSIM_ALARM_UNREGISTERED,	/* nobody waits on its subclass */
	APSIM_ALARM_KINDS
};

/**
 * struct apsim_alarm - it happened
 * @kind: what
 * @apqn: on which queue
 * @tenant: who did it
 * @other: at whose expense
 *
 * The last two are 0 if @kind is about interruptions.
 */
struct apsim_alarm {
	enum apsim_alarm_kind kind;
	u16 apqn;
	u32 tenant;
	u32 other;
};

/**
 * struct apsim_alarms - all that happened
 * @count: how often, for each kind
 * @first: the first; its kind is APSIM_ALARM_NONE without any
 */
struct apsim_alarms {
	u64 count[APSIM_ALARM_KINDS];
	struct apsim_alarm first;
};

/**
 * struct apsim_guest - a program with a view, for as long as it has one
 * @next: one more
 * @at: who points here; NULL: the machine does not know it
 * @tenant: who it is; several are one tenant's if this is the same
 * @view: what is in its reach
 *
 * The front end's memory; the machine's from apsim_guest_enter() to
 * apsim_guest_leave().
 */
struct apsim_guest {
	struct apsim_guest *next;
	struct apsim_guest **at;
	u32 tenant;
	struct apsim_view view;
};

/**
 * struct apsim_stats - exact counters since the machine was made, and one
 *	gauge; an instruction counts whatever its response code, but not with an
 *	exception
 * @pqap: PQAP by function code, 8 and up in [8]
 * @nqap: NQAP
 * @dqap: DQAP
 * @irqs: interruptions handed out by apsim_irq()
 * @jobs: requests handed out by apsim_job()
 * @foreign_replies: replies that another tenant than their cause dequeued,
 *	even in part
 * @unzeroized: NQAP accepted on a queue that another tenant used last, with
 *	no ZAPQ in between
 * @unpinned: how often the indicator byte for a guest was found in a page that
 *	the host did not hold
 * @shared: instructions that reached a queue which was in another's reach, too
 * @unregistered: how often a queue could interrupt a guest on a subclass that
 *	was not registered
 * @failed_rules: commands of rules that returned an error
 * @armed: queues whose interruptions are, at this moment, on or about to be,
 *	for a GISA
 */
struct apsim_stats {
	u64 pqap[9];
	u64 nqap;
	u64 dqap;
	u64 irqs;
	u64 jobs;
	u64 foreign_replies;
	u64 unzeroized;
	u64 unpinned;
	u64 shared;
	u64 unregistered;
	u64 failed_rules;
	u64 armed;
};

/**
 * struct apsim_queue_look - what can be seen of a queue from outside
 * @status: the status word of a TAPQ, if no answer is forced
 * @count: messages on it
 * @async: asynchronous error, 0: none
 * @bind_state: 0: not bound
 * @lag_ns: how much later than elsewhere the I bit follows
 */
struct apsim_queue_look {
	u32 status;
	u32 count;
	u8 async;
	u8 bind_state;
	u64 lag_ns;
};

/* Where AQIC's GR1 has the GISA; its lowest four bits are 0. */
#define APSIM_GR1_GISA		0x7ffffff0

struct apsim;

/**
 * struct apsim_env - what a machine needs from its front end
 * @alloc: zeroed memory or NULL; must not sleep
 * @free: gives it back; NULL is fine
 * @alarm: is told of an alarm when it happens, may be NULL; must not sleep, nor
 *	use the machine
 */
struct apsim_env {
	void *(*alloc)(size_t size);
	void (*free)(void *mem);
	void (*alarm)(const struct apsim_alarm *alarm);
};

struct apsim *apsim_new(const struct apsim_env *env);
void apsim_free(struct apsim *m);

/* The machine's description.  0, -EINVAL, -EEXIST, -ENOENT, -ENOMEM. */
int apsim_card_add(struct apsim *m, const struct apsim_card *card);
int apsim_card_remove(struct apsim *m, unsigned int apid);
int apsim_card_set(struct apsim *m, u64 now, unsigned int apid,
		   enum apsim_card_state state);
int apsim_domain_set(struct apsim *m, u64 now, unsigned int apqi, bool usage,
		     bool control);
void apsim_tune(struct apsim *m, const struct apsim_tuning *tuning);
void apsim_get_tuning(const struct apsim *m, struct apsim_tuning *tuning);
int apsim_lag(struct apsim *m, u64 now, unsigned int apqn, u64 lag_ns);
void apsim_get_view(const struct apsim *m, struct apsim_view *view);
void apsim_get_stats(const struct apsim *m, struct apsim_stats *stats);

/*
 * Answers so far.  @insn is a function code of PQAP, APSIM_NQAP or APSIM_DQAP;
 * pieces of a reply but the last are not counted, nor is QCI.
 */
u32 apsim_get_answers(const struct apsim *m, unsigned int insn, unsigned int rc);
const char *apsim_function_name(unsigned int fc);

/*
 * Guests whose masks are known, so that it is seen when one reaches a queue that
 * is in the reach of another, or the host uses it for messages.
 */
void apsim_guest_enter(struct apsim *m, struct apsim_guest *guest);
void apsim_guest_leave(struct apsim_guest *guest);

/* Alarms: those of the front end, all so far, and as if those were all. */
void apsim_raise(struct apsim *m, enum apsim_alarm_kind kind, unsigned int apqn);
void apsim_get_alarms(const struct apsim *m, struct apsim_alarms *alarms);
void apsim_set_alarms(struct apsim *m, const struct apsim_alarms *alarms);

void apsim_get_armed(const struct apsim *m, u64 gisa, u32 count[APSIM_ISCS]);
int apsim_get_card(const struct apsim *m, unsigned int apid,
		   struct apsim_card *card, enum apsim_card_state *state);
int apsim_get_queue(struct apsim *m, u64 now, unsigned int apqn,
		    struct apsim_queue_look *look);

/*
 * The next @count instructions with function @fc on @apqn end with @rc and do
 * nothing else.  @fc is a PQAP function code, APSIM_NQAP or APSIM_DQAP.  Calls
 * for the same function queue up; @count 0 takes back what is left of them.  The
 * command "fault" makes other rules.
 */
int apsim_inject(struct apsim *m, unsigned int apqn, unsigned int fc,
		 unsigned int rc, unsigned int count);

/* Room for a rule as text. */
#define APSIM_RULE_LINE		160

bool apsim_rule_next(const struct apsim *m, u64 *after, char *line, size_t size);

/* An asynchronous error: @rc with the A bit until a reset; 0: none. */
int apsim_async(struct apsim *m, unsigned int apqn, unsigned int rc);

/* A Secure Execution guest binds a queue: its bind state is @bs, 0: unbound. */
int apsim_bound(struct apsim *m, unsigned int apqn, unsigned int bs);

/*
 * One line of the control language (see command.c for its grammar), so that
 * every front end is configured with the same words.
 */
int apsim_command(struct apsim *m, u64 now, const char *line);

/* One instruction: prepare, fetch @op->buf, execute, store @op->buf. */
void apsim_prepare(const struct apsim *m, struct apsim_op *op);
void apsim_execute(struct apsim *m, u64 now, struct apsim_op *op);

/*
 * Time.  apsim_next() tells when something will happen (U64_MAX: nothing
 * will), apsim_job() takes one request that is due at @now (false: none), and
 * apsim_job_done() puts its reply on the queue, unless it was reset since.
 * apsim_compute() is the arithmetic in between; it touches only the job, may
 * sleep (it calls apsim_bn_*()) and needs no lock.
 */
u64 apsim_next(const struct apsim *m);
bool apsim_job(struct apsim *m, u64 now, struct apsim_job *job);
void apsim_compute(struct apsim_job *job);
void apsim_job_done(struct apsim *m, u64 now, const struct apsim_job *job);

/* Interruptions to present, oldest first; false: none. */
bool apsim_irq(struct apsim *m, u64 now, struct apsim_irq *irq);

/*
 * How a queue may interrupt a guest at this moment; false: it may not.  Until
 * then the page of the indicator byte has to be held for the guest.  The front
 * end can see whether it is, and tells with apsim_raise() that it is not.
 */
bool apsim_may_interrupt(const struct apsim *m, unsigned int apqn,
			 struct apsim_irq *irq);

/*
 * Big numbers, an existing implementation behind each front end (the kernel's
 * lib/crypto/mpi, libcrypto).  Operands are big-endian and @len bytes long.
 * 0 or -errno (-EINVAL: no such result, e.g. an even or zero modulus).
 */
int apsim_bn_modexp(u8 *out, const u8 *base, const u8 *exponent,
		    const u8 *modulus, size_t len);

/**
 * struct apsim_bn_crt - a private key as the type 50 message has it
 * @p: first prime, half a modulus long, like all others
 * @q: second prime
 * @dp: d mod (p-1)
 * @dq: d mod (q-1)
 * @u: q^-1 mod p
 */
struct apsim_bn_crt {
	const u8 *p;
	const u8 *q;
	const u8 *dp;
	const u8 *dq;
	const u8 *u;
};

int apsim_bn_modexp_crt(u8 *out, const u8 *base,
			const struct apsim_bn_crt *key, size_t len);

static inline bool apsim_mask_test(const struct apsim_mask *mask, unsigned int n)
{
	return mask->byte[n / 8] & (0x80 >> (n % 8));
}

static inline void apsim_mask_put(struct apsim_mask *mask, unsigned int n, bool on)
{
	if (on)
		mask->byte[n / 8] |= 0x80 >> (n % 8);
	else
		mask->byte[n / 8] &= ~(0x80 >> (n % 8));
}

#endif /* APSIM_H */
