// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - fuzzer: the simulated machine, its programs and its operator
 *
 * The input is a list of events: instructions, time, work, commands.  Programs
 * behave well: a queue has an owner, and gets another one only after a ZAPQ that
 * was accepted.  So the machine's alarms have to be silent.
 */
#include "machine.h"

#define QUEUES		9
#define EVENTS		200

#define IR		0x0000800000000000ull
#define SAID_E		0x80000000u
#define SAID_R		0x40000000u
#define SAID_F		0x20000000u
#define SAID_I		0x01000000u

/**
 * struct tenancy - what the fuzzer knows of a queue
 * @owner: who may use it
 * @may: it may interrupt
 * @off: and was told not to
 * @kept: and nothing else was done to it since it was asked to
 * @bell: how
 */
struct tenancy {
	u32 owner;
	bool may;
	bool off;
	bool kept;
	struct apsim_irq bell;
};

static const u16 apqns[QUEUES] = {
	0x0504, 0x0547, 0x05ab, 0x0604, 0x0647, 0x06ab, 0x0704, 0x0747, 0x07ab,
};

static struct apsim *m;
static u64 now;
static struct tenancy tenancies[QUEUES];
static struct apsim_job job;
static struct apsim_job kept;
static bool is_kept;
static bool rules;		/* some were made */
static u8 bounce[APSIM_MSG_MAX];

static struct tenancy *tenancy_of(u64 gr0)
{
	for (unsigned int i = 0; i < QUEUES; i++)
		if (apqns[i] == (gr0 & 0xffff))
			return &tenancies[i];
	return NULL;
}

static u32 owner_of(u64 gr0)
{
	return tenancy_of(gr0) ? tenancy_of(gr0)->owner : 0;
}

/* An instruction that changed who may interrupt, or saw that nobody does */
static void note(const struct apsim_op *op, u64 gr0, u64 gr1, u64 gr2)
{
	struct tenancy *t = tenancy_of(gr0);
	unsigned int fc = gr0 >> 24 & 0xff;

	if (!t)
		return;
	if (op->insn == APSIM_PQAP && !op->cc && (fc == 1 || fc == 2))
		t->may = false;
	if (op->insn == APSIM_PQAP && !op->cc && fc == 3) {
		fuzz_must(!(gr1 & IR) || !t->may || !t->kept || t->off,
			  "interruptions are enabled once");
		t->off = !(gr1 & IR);
		if (gr1 & IR) {
			t->may = true;
			t->kept = true;
			t->bell.nib = gr2;
			t->bell.gisa = gr1 & APSIM_GR1_GISA;
			t->bell.isc = gr1 & 7;
			t->bell.gisc = gr1 >> 40 & 7;
		}
	}
	/* 01 tells nothing about the queue. */
	if (t->off && (op->gr[1] >> 16 & 0xff) != 0x01 &&
	    !(op->gr[1] & SAID_I))
		t->may = false;
}

static void check_word(const struct apsim_op *op)
{
	u32 word = op->gr[1];

	fuzz_must(op->gr[1] >> 32 == 0, "a status word has 32 bits");
	fuzz_must(!(word & 0x1c00ffff), "reserved bits are zero");
	fuzz_must(op->cc == (word & 0x00ff0000 ? 3 : 0), "code and condition");
	fuzz_must(!(word & SAID_E && word & (SAID_R | SAID_F)),
		  "what is empty has no reply and is not full");
}

static bool in_view(const struct apsim_op *op, u64 gr0)
{
	return !op->view || (apsim_mask_test(&op->view->apm, gr0 >> 8 & 0xff) &&
			     apsim_mask_test(&op->view->aqm, gr0 & 0xff));
}

static void check_end(const struct apsim_op *op, const u64 before[16])
{
	bool qci = op->insn == APSIM_PQAP && (before[0] >> 24 & 0xff) == 4;

	fuzz_must(op->store_len <= op->buf_len, "what is stored is there");
	if (op->pgm) {
		fuzz_must(!memcmp(op->gr, before, sizeof(op->gr)) &&
			  !op->store_len, "an exception changes nothing");
		return;
	}
	if (qci) {
		fuzz_must(op->store_len == APSIM_QCI_LEN, "QCI stores");
		return;
	}
	if (op->cc == 1) {
		fuzz_must(op->insn == APSIM_DQAP && op->gr[0] & 0x3f0000 &&
			  op->gr[2], "a part of a reply");
		return;
	}
	check_word(op);
	if (op->insn == APSIM_DQAP && !op->cc)
		fuzz_must(!op->gr[2] || before[0] >> 16 & 0x3f ||
			  op->r1 == 2 || op->r2 < 3, "a whole reply");
	if (!in_view(op, before[0]))
		fuzz_must((u32)op->gr[1] == 0x00010000, "not in view: 01");
	note(op, before[0], before[1], before[2]);
}

static void execute(struct apsim_op *op)
{
	struct apsim_stats was;
	struct apsim_stats is;
	u64 before[16];

	if (!op->buf) {
		op->buf = bounce;
		op->buf_len = sizeof(bounce);
	}
	op->tenant = owner_of(op->gr[0]);
	memcpy(before, op->gr, sizeof(before));
	apsim_get_stats(m, &was);
	apsim_prepare(m, op);
	fuzz_must(op->fetch_len <= op->buf_len, "what is fetched has room");
	apsim_execute(m, now, op);
	check_end(op, before);
	for (unsigned int i = 0; rules && i < QUEUES; i++)
		tenancies[i].kept = false;
	apsim_get_stats(m, &is);
	was.nqap += !op->pgm && op->insn == APSIM_NQAP;
	was.dqap += !op->pgm && op->insn == APSIM_DQAP;
	fuzz_must(is.nqap == was.nqap && is.dqap == was.dqap, "what is counted");
}

/* A request that an adapter understands, as far as the input goes. */
static u32 write_message(struct fuzz_input *in)
{
	static const u16 formats[] = { 0x0001, 0x0002, 0x0011, 0x0012 };
	unsigned int kind = fuzz_take(in, 1);
	unsigned int format = formats[kind >> 2 & 3];
	u32 len = fuzz_take(in, 1) * 4 + 1;

	memset(bounce, kind, sizeof(bounce));
	if (kind & 1) {			/* type 50 */
		len = (format & 1 ? 128 : 256) * (format & 0x10 ? 7 : 6) / 2 + 16;
		memset(bounce, 0, 16);
		bounce[1] = 0x50;
		bounce[2] = len >> 8;
		bounce[3] = len;
		bounce[9] = format;
		bounce[8] = format >> 8;
	} else if (kind & 2) {		/* type 6, "RL" or what it says */
		memset(bounce, 0, sizeof(bounce));
		bounce[1] = 0x06;
		bounce[19] = 88;
		memcpy(bounce + 52, "RL", 2);
		bounce[78] = kind;
		bounce[88 + 2] = 2;
		len += 88 + 220;
	}
	for (unsigned int count = kind >> 5; count--;)
		bounce[fuzz_take(in, 2) % len] = fuzz_take(in, 1);
	return len;
}

static void send(struct fuzz_input *in, u16 apqn)
{
	struct apsim_op op = {
		.insn = APSIM_NQAP,
		.r1 = 4,
		.r2 = 6,
		.gr[0] = 0x40000000 | apqn,
		.gr[7] = write_message(in),
	};

	execute(&op);
}

static void receive(struct fuzz_input *in, u16 apqn)
{
	struct apsim_op op = { .insn = APSIM_DQAP, .r1 = 4, .r2 = 6 };
	unsigned int pieces = fuzz_take(in, 1) % 5 + 1;

	op.gr[0] = 0x80000000 | apqn;
	do {
		op.gr[7] = fuzz_take(in, 1) * 8 + 1;
		execute(&op);
	} while (--pieces && op.cc == 1);
}

static void pqap(struct fuzz_input *in, u16 apqn)
{
	struct apsim_op op = { .insn = APSIM_PQAP };
	u64 flags = fuzz_take(in, 1);

	op.nib_valid = flags & 0x80;
	op.gisa_valid = flags & 0x40;
	op.gr[0] = (flags & 7) << 24 | (flags & 8) << 20 | (flags & 16) << 18 |
		   apqn;
	op.gr[1] = fuzz_take(in, 1) << 40 | fuzz_take(in, 1);
	if (flags & 0x20)
		op.gr[1] |= IR;
	op.gr[2] = (flags & 7) == 4 ? 8 : fuzz_take(in, 2);
	execute(&op);
}

/* Any registers at all, and a buffer of any size. */
static void anything(struct fuzz_input *in, u16 apqn)
{
	static const u16 insns[] = { 0xb2ad, 0xb2ae, 0xb2af, 0xb2b0 };
	struct apsim_view view = {};
	struct apsim_op op = {};
	unsigned int flags = fuzz_take(in, 1);
	unsigned int count = fuzz_take(in, 1) % 5;

	op.insn = insns[flags & 3];
	op.problem = (flags & 0x1c) == 0x1c;
	op.nib_valid = flags & 0x20;
	op.gisa_valid = flags & 0x40;
	op.r1 = fuzz_take(in, 1);
	op.r2 = fuzz_take(in, 1);
	op.gr[0] = fuzz_take(in, 6) << 16 | apqn;
	while (count--)
		op.gr[fuzz_take(in, 1) % 15 + 1] = fuzz_take(in, 8);
	if (flags & 0x80) {
		apsim_mask_put(&view.apm, fuzz_take(in, 1), true);
		apsim_mask_put(&view.aqm, fuzz_take(in, 1), true);
		apsim_mask_put(&view.adm, fuzz_take(in, 1), true);
		op.view = &view;
	}
	op.buf_len = fuzz_take(in, 1) * 50 + 1;
	op.buf = calloc(1, op.buf_len);
	if (!op.buf)
		return;
	execute(&op);
	free(op.buf);
}

/* A queue changes hands after a ZAPQ, and not before. */
static void hand_over(struct fuzz_input *in, u16 apqn)
{
	struct apsim_op op = {
		.insn = APSIM_PQAP,
		.gr[0] = 0x02000000 | apqn,
	};

	execute(&op);
	if (!op.cc)
		tenancy_of(apqn)->owner = fuzz_take(in, 1);
}

static void ring(void)
{
	struct apsim_irq irq;

	while (apsim_irq(m, now, &irq)) {
		struct tenancy *t = tenancy_of(irq.apqn);

		fuzz_must(t && t->may, "who interrupts was asked to");
		fuzz_must(irq.nib == t->bell.nib && irq.gisa == t->bell.gisa &&
			  irq.isc == t->bell.isc && irq.gisc == t->bell.gisc,
			  "and where");
	}
}

/* Nothing is due earlier than the machine said, and nothing is left over. */
static void work(void)
{
	if (now < apsim_next(m))
		fuzz_must(!apsim_job(m, now, &job), "nothing is due yet");
	while (apsim_job(m, now, &job)) {
		apsim_compute(&job);
		fuzz_must(job.len && job.len <= APSIM_MSG_MAX, "a reply's length");
		apsim_job_done(m, now, &job);
	}
	ring();
	fuzz_must(apsim_next(m) > now, "all that was due is done");
}

/* A worker that takes a request, and is done with it some time later */
static void work_slowly(void)
{
	if (is_kept)
		apsim_job_done(m, now, &kept);
	is_kept = apsim_job(m, now, &kept);
	if (is_kept)
		apsim_compute(&kept);
}

/* A rule; what it runs may change who interrupts at any moment. */
static void make_rule(struct fuzz_input *in, u16 apqn)
{
	static const char *const names[] = {
		"tapq", "rapq", "zapq", "aqic", "qact", "nqap", "dqap", "qci",
	};
	static const char *const actions[] = {
		"rc 5", "rc 0x0a async", "late %u", "do off %u", "do nocard %u",
		"do checkstop %u", "do aqic %u", "do nofault",
	};
	unsigned int what = fuzz_take(in, 1);
	unsigned int when = fuzz_take(in, 1);
	char line[120];
	int len;

	if (what % 8 == 7)
		len = snprintf(line, sizeof(line), "fault qci");
	else
		len = snprintf(line, sizeof(line), "fault %02x.%04x %s",
			       apqn >> 8, apqn & 0xff, names[what % 8]);
	len += snprintf(line + len, sizeof(line) - len, " at %u times %u ",
			when % 16 + 1, when / 16 + 1);
	if (what % 8 == 7)
		snprintf(line + len, sizeof(line) - len, "without card %u",
			 apqn >> 8);
	else
		snprintf(line + len, sizeof(line) - len,
			 actions[what / 8 % 8], apqn >> 8);
	apsim_command(m, now, line);
	rules = true;
}

/* An injected 00 would be a ZAPQ that does nothing: no owner could tell. */
static void command(struct fuzz_input *in, u16 apqn)
{
	unsigned int what = fuzz_take(in, 1);
	unsigned int value = fuzz_take(in, 2);
	unsigned int apid = apqn >> 8;
	unsigned int apqi = apqn & 0xff;
	char line[80];
	static const char *const words[] = {
		"on", "off", "standby", "checkstop", "nocard", "domain",
		"nodomain", "latency", "reset", "aqic", "unbind", "card",
		"inject", "async", "lag", "bound",
	};
	const char *word = words[what % 16];

	if (what % 16 < 5)
		snprintf(line, sizeof(line), "%s %u", word, apid);
	else if (what % 16 < 7)
		snprintf(line, sizeof(line), "%s %u", word, apqi);
	else if (what % 16 < 11)
		snprintf(line, sizeof(line), "%s %u", word, value);
	else if (what % 16 == 11)
		snprintf(line, sizeof(line), "%s %u CEX7 %c %u", word, apid,
			 "ACP"[value % 3], value >> 8 & 7);
	else if (what % 16 == 12)
		snprintf(line, sizeof(line), "%s %02x.%04x %u %u %u", word,
			 apid, apqi, what >> 4, (value >> 8 & 0xff) ?: 5,
			 value & 7);
	else
		snprintf(line, sizeof(line), "%s %02x.%04x %u", word, apid,
			 apqi, value & (what % 16 == 15 ? 3 : 0xff));
	apsim_command(m, now, line);
	for (unsigned int i = 0; i < QUEUES; i++)
		tenancies[i].kept = false;
}

static void check_alarms(void)
{
	struct apsim_stats stats;
	unsigned int may = 0;

	apsim_get_stats(m, &stats);
	for (unsigned int i = 0; i < QUEUES; i++)
		may += tenancies[i].may && tenancies[i].bell.gisa;
	fuzz_must(!stats.foreign_replies, "replies are their owner's");
	fuzz_must(!stats.unzeroized, "owners find queues zeroized");
	fuzz_must(stats.armed <= may, "who may interrupt was asked to");
}

static void event(struct fuzz_input *in)
{
	unsigned int what = fuzz_take(in, 1);
	u16 apqn = apqns[(what >> 4) % QUEUES];

	switch (what % 16) {
	case 0 ... 2:
		return send(in, apqn);
	case 3 ... 4:
		return receive(in, apqn);
	case 5 ... 6:
		return pqap(in, apqn);
	case 7:
		return anything(in, fuzz_take(in, 1) & 1 ? apqn : what * 977);
	case 8:
		now += fuzz_take(in, 2) << (what >> 4);
		return;
	case 9:
		return work();
	case 10:
		return work_slowly();
	case 11:
		return ring();
	case 12 ... 13:
		return command(in, apqn);
	case 14:
		return hand_over(in, apqn);
	default:
		if ((what >> 4) % 4 == 1)
			return make_rule(in, apqn);
		fuzz_memory = what == 0xff ? 100000 : what >> 4;
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static const char *const setup[] = {
		"card 5 CEX8 A 3", "card 6 CEX7 P 3", "card 7 CEX6 C 3",
		"domain 4", "domain 0x47", "domain 0xab usage",
	};
	struct fuzz_input in = { data, size };

	memset(tenancies, 0, sizeof(tenancies));
	is_kept = false;
	rules = false;
	now = 1000;
	m = fuzz_machine();
	for (unsigned int i = 0; m && i < sizeof(setup) / sizeof(*setup); i++)
		apsim_command(m, now, setup[i]);
	for (unsigned int i = 0; m && i < EVENTS && in.left; i++) {
		event(&in);
		check_alarms();
	}
	fuzz_machine_ends(m);
	return 0;
}
