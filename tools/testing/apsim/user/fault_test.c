// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - faults as data: rules for instructions to come
 */
#include "fixture.h"

static u32 zapq(struct fixture *f)
{
	return fx_pqap(f, FX_ZAPQ, FX_APQN);
}

static bool there(struct fixture *f, unsigned int apid, unsigned int apqi)
{
	u8 block[APSIM_QCI_LEN] __aligned(8);

	f->op.insn = APSIM_PQAP;
	f->op.gr[0] = (u64)FX_QCI << 24;
	f->op.gr[2] = (u64)block;
	fx_execute(f);
	return block[0x10 + apid / 8] & 0x80 >> apid % 8 &&
	       block[0x30 + apqi / 8] & 0x80 >> apqi % 8;
}

/* All rules that are left, each with a newline. */
static const char *left(struct fixture *f)
{
	static char text[4096];
	char *at = text;
	u64 after = 0;

	*at = '\0';
	while (apsim_rule_next(f->m, &after, at, APSIM_RULE_LINE)) {
		at += strlen(at);
		at[0] = '\n';
		*++at = '\0';
	}
	return text;
}

/* On the third ZAPQ: busy four times, then another code; others are not meant. */
static void fault_script(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 zapq at 3 times 4 rc 5");
	fx_command(test, "fault 05.0047 zapq rc 0x0a");
	for (int i = 1; i <= 9; i++) {
		const u32 rc = i >= 3 && i < 7 ? 5 : i == 7 ? 0xa : 0;

		KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_RAPQ, FX_APQN), FX_E);
		KUNIT_EXPECT_EQ(test, fx_pqap(f, FX_ZAPQ, 0x0504), FX_E);
		KUNIT_EXPECT_EQ_MSG(test, zapq(f), FX_E | FX_RC(rc), "ZAPQ %d", i);
	}
	KUNIT_EXPECT_STREQ(test, left(f), "");
}

/* Where one rule counts, the next does not. */
static void fault_at_counts_from_its_turn(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 tapq at 2 rc 1");
	fx_command(test, "fault 05.0047 tapq at 2 rc 2");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(1));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

static void fault_for_ever(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 zapq at 2 forever rc 2");
	fx_command(test, "fault 05.0047 zapq rc 5");
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E);
	for (int i = 0; i < 1000; i++)
		KUNIT_ASSERT_EQ(test, zapq(f), FX_E | FX_RC(2));
	KUNIT_EXPECT_STREQ(test, left(f), "fault 05.0047 zapq forever rc 0x02\n"
					  "fault 05.0047 zapq rc 0x05\n");
	fx_command(test, "nofault 05.0047 zapq");
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E);
}

/* Any code can be an earlier, asynchronous error, of this instruction alone. */
static void fault_with_the_a_bit(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 zapq rc 5 async");
	fx_command(test, "fault 05.0047 zapq rc 0x36");
	fx_command(test, "fault 05.0047 zapq rc 0 async");
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E | FX_A | FX_RC(5));
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E | FX_A | FX_RC(0x36));
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E | FX_A);
	KUNIT_EXPECT_EQ(test, f->op.cc, 3);
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E);
}

/* The I bit stays for 200 ms after this AQIC, and not after the next. */
static void fault_late_aqic(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "aqic 10");
	fx_command(test, "fault 05.0047 aqic at 2 late 200000");
	for (int i = 0; i < 4; i++) {
		const u32 was = i & 1 ? FX_I : 0;
		const u64 us = i == 1 ? 200010 : 10;

		KUNIT_EXPECT_EQ(test, fx_aqic(f, FX_APQN, was ? 0 : FX_IR,
					      FX_NIB), FX_E | was);
		KUNIT_EXPECT_EQ(test, apsim_next(f->m), f->now + us * 1000);
		f->now += us * 1000 - 1;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | was);
		f->now++;
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | (was ^ FX_I));
	}
}

static void fault_late_reset(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 zapq late 50");
	fx_command(test, "fault 05.0047 rapq late 18446744073709551");
	zapq(f);
	f->now += 49999;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	f->now++;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	/* The end of time is not passed. */
	fx_pqap(f, FX_RAPQ, FX_APQN);
	f->now += 1ull << 62;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(2));
	/* What has to unbind the queue takes longer for that. */
	fx_command(test, "nocard 5");
	fx_command(test, "card 5 CEX8 A 8");
	fx_command(test, "bound 05.0047 1");
	fx_command(test, "fault 05.0047 zapq late 50");
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E | FX_RC(0xa));
	f->now += 49999;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(0xa));
	f->now++;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

/* And so are those behind it. */
static void fault_late_reply(struct kunit *test)
{
	struct fixture *f = test->priv;
	u8 msg[16] = {};

	fx_command(test, "latency 10");
	fx_command(test, "fault 05.0047 nqap late 90");
	fx_nqap(f, FX_APQN, 1, msg, 16);
	fx_nqap(f, FX_APQN, 2, msg, 16);
	KUNIT_EXPECT_EQ(test, apsim_next(f->m), f->now + 100000);
	f->now += 99999;
	KUNIT_EXPECT_EQ(test, fx_work(f), 0);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_RC(0x10));
	f->now++;
	KUNIT_EXPECT_EQ(test, fx_work(f), 2);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_R);
	KUNIT_EXPECT_EQ(test, fx_psmid(f), 1);
	KUNIT_EXPECT_EQ(test, fx_dqap(f, FX_APQN, msg, 16), FX_E);
}

/* An instruction finds the machine as the command has left it. */
static void fault_card_leaves(struct kunit *test)
{
	const struct {
		const char *command;
		u32 word;
		bool changed;
	} ways[] = {
		{ "nocard 5", FX_RC(1), true },
		{ "nodomain 0x47", FX_RC(1), true },
		{ "off 5", FX_RC(1), true },
		{ "standby 5", FX_E | FX_RC(3), false },
		{ "checkstop 5", FX_E | FX_RC(4), false },
		{ "async 05.0047 0x35", FX_E | FX_A | FX_RC(0x35), false },
		{ "fault 05.0047 tapq rc 5", FX_E, false },
		{ "nofault", FX_E, false },
		{ "nocard 6", FX_E, true },
	};
	struct fixture *f = test->priv;

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		char line[80];

		snprintf(line, sizeof(line), "fault 05.0047 tapq at 2 do %s",
			 ways[i].command);
		fx_command(test, line);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
		KUNIT_EXPECT_FALSE(test, f->op.changed);
		KUNIT_EXPECT_EQ_MSG(test, fx_tapq(f, FX_APQN), ways[i].word,
				    "%s", line);
		KUNIT_EXPECT_EQ(test, f->op.changed, ways[i].changed);
		apsim_command(f->m, f->now, "card 5 CEX8 A 8");
		apsim_command(f->m, f->now, "domain 0x47");
		fx_command(test, "on 5");
		fx_command(test, "async 05.0047 0");
		fx_command(test, "nofault");
		KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
		KUNIT_EXPECT_FALSE(test, f->op.changed);
	}
	KUNIT_EXPECT_EQ(test, fx_stats(f).failed_rules, 0);
}

/* A command can make the next rule, also the one that made it. */
static void fault_do_again(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 tapq do fault 05.0047 tapq at 2 do off 5");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_RC(1));
}

/* A command that cannot be carried out is told, and has no effect. */
static void fault_do_fails(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "fault 05.0047 tapq times 2 do on 99");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_stats(f).failed_rules, 2);
}

/* QCI lies once, to the host; the machine is as it was. */
static void fault_qci_lies(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view view;

	apsim_get_view(f->m, &view);
	fx_command(test, "fault qci at 2 times 2 without card 5 domain 4 with card 9 10");
	KUNIT_EXPECT_TRUE(test, there(f, 5, 4));
	f->op.view = &view;
	KUNIT_EXPECT_TRUE(test, there(f, 5, 4));
	f->op.view = NULL;
	for (int i = 0; i < 2; i++) {
		if (i)
			KUNIT_EXPECT_FALSE(test, there(f, 5, 0x47));
		else
			KUNIT_EXPECT_TRUE(test, there(f, 9, 0x47));
		KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
		KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0904), FX_RC(1));
	}
	KUNIT_EXPECT_TRUE(test, there(f, 5, 4));
	KUNIT_EXPECT_FALSE(test, there(f, 9, 0x47));

	fx_command(test, "fault qci forever with domain 7 without control 4");
	KUNIT_EXPECT_TRUE(test, there(f, 5, 7));
	KUNIT_EXPECT_EQ(test, f->bounce[0x50] & 0x08, 0);
	KUNIT_EXPECT_TRUE(test, there(f, 6, 7));
	fx_command(test, "nofault qci");
	KUNIT_EXPECT_FALSE(test, there(f, 6, 7));
	KUNIT_EXPECT_EQ(test, f->bounce[0x50] & 0x08, 0x08);
}

/* What does not reach the queue is not counted, nor is an exception. */
static void fault_counts_what_arrives(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_view none = {};

	fx_command(test, "fault 05.0047 tapq at 2 rc 5");
	f->op.view = &none;
	fx_tapq(f, FX_APQN);
	f->op.view = NULL;
	f->op.problem = true;
	fx_tapq(f, FX_APQN);
	f->op.problem = false;
	fx_command(test, "off 5");
	fx_tapq(f, FX_APQN);
	fx_command(test, "on 5");
	KUNIT_EXPECT_STREQ(test, left(f), "fault 05.0047 tapq at 2 rc 0x05\n");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_STREQ(test, left(f), "fault 05.0047 tapq rc 0x05\n");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(5));
}

/* What is listed can be given back to the machine. */
static void fault_listed(struct kunit *test)
{
	static const char all[] =
		"fault 05.0047 zapq at 3 times 4 rc 0x05\n"
		"fault qci at 4294967295 forever with card 9 without domain 4\n"
		"fault 05.0047 nqap late 1000000\n"
		"fault 07.00ab dqap times 4294967295 rc 0x36 async\n"
		"fault 05.0004 tapq at 2 do nocard 5\n"
		"fault 05.0047 qact forever do reset 18446744073709551\n"
		"fault 05.0047 zapq rc 0x0a\n";
	struct fixture *f = test->priv;
	char small[8];
	u64 after = 0;

	for (int i = 0; i < 2; i++) {
		char copy[sizeof(all)];
		char *rest = copy;
		char *line;

		strscpy(copy, i ? left(f) : all, sizeof(copy));
		fx_command(test, "nofault");
		KUNIT_EXPECT_STREQ(test, left(f), "");
		while ((line = strtok_r(rest, "\n", &rest)))
			fx_command(test, line);
		KUNIT_EXPECT_STREQ(test, left(f), all);
	}
	KUNIT_EXPECT_TRUE(test, apsim_rule_next(f->m, &after, small, 8));
	KUNIT_EXPECT_STREQ(test, small, "fault 0");
	/* Blanks are not kept, and "times 1" goes without saying. */
	fx_command(test, "nofault");
	fx_command(test, "fault  05.0047\t2 at 1 times 1  do  off   5 ");
	KUNIT_EXPECT_STREQ(test, left(f), "fault 05.0047 zapq do off 5\n");
	/* Answers that were injected are rules, too. */
	fx_command(test, "inject 05.0047 2 0x35 7");
	fx_command(test, "nofault 05.0047 2");
	fx_command(test, "inject 05.0047 2 0x35 7");
	KUNIT_EXPECT_STREQ(test, left(f),
			   "fault 05.0047 zapq times 7 rc 0x35 async\n");
}

static void fault_taken_back(struct kunit *test)
{
	struct fixture *f = test->priv;
	long pieces = fx_allocated;

	for (int i = 0; i < 2; i++) {
		fx_command(test, "fault 05.0047 zapq rc 5");
		fx_command(test, "fault 05.0047 tapq rc 5");
		fx_command(test, "fault 05.0004 tapq rc 5");
		fx_command(test, "fault qci without card 5");
	}
	fx_command(test, "nofault 05.0047 zapq");
	KUNIT_EXPECT_EQ(test, zapq(f), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(5));
	fx_command(test, "nofault 05.0047");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E | FX_RC(5));
	fx_command(test, "nofault qci");
	KUNIT_EXPECT_TRUE(test, there(f, 5, 4));
	fx_command(test, "fault qci without card 5");
	fx_command(test, "nofault");
	KUNIT_EXPECT_TRUE(test, there(f, 5, 4));
	KUNIT_EXPECT_EQ(test, fx_tapq(f, 0x0504), FX_E);
	KUNIT_EXPECT_EQ(test, fx_allocated, pieces);
	/* They go with their queue. */
	fx_command(test, "fault 05.0047 tapq rc 5");
	fx_command(test, "nodomain 0x47");
	KUNIT_EXPECT_STREQ(test, left(f), "");
	fx_command(test, "domain 0x47");
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

/* There is a limit, and making a rule is all that takes memory. */
static void fault_limits(struct kunit *test)
{
	const char *line = "fault 05.0047 tapq rc 5";
	struct fixture *f = test->priv;
	long pieces = fx_allocated;

	fx_memory = 0;
	KUNIT_EXPECT_EQ(test, apsim_command(f->m, 0, line), -ENOMEM);
	fx_memory = -1;
	for (int i = 0; i < 1024; i++)
		KUNIT_ASSERT_EQ(test, apsim_command(f->m, 0, line), 0);
	KUNIT_EXPECT_EQ(test, apsim_command(f->m, 0, line), -ENOSPC);
	KUNIT_EXPECT_EQ(test, apsim_command(f->m, 0, "fault qci with card 1"),
			-ENOSPC);
	KUNIT_EXPECT_EQ(test, apsim_inject(f->m, FX_APQN, 0, 5, 1), -ENOSPC);
	fx_memory = 0;
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E | FX_RC(5));
	fx_memory = -1;
	fx_command(test, line);
	KUNIT_EXPECT_EQ(test, apsim_command(f->m, 0, line), -ENOSPC);
	fx_command(test, "nofault");
	KUNIT_EXPECT_EQ(test, fx_allocated, pieces);
	fx_command(test, line);
}

static struct kunit_case fault_cases[] = {
	KUNIT_CASE(fault_script),
	KUNIT_CASE(fault_at_counts_from_its_turn),
	KUNIT_CASE(fault_for_ever),
	KUNIT_CASE(fault_with_the_a_bit),
	KUNIT_CASE(fault_late_aqic),
	KUNIT_CASE(fault_late_reset),
	KUNIT_CASE(fault_late_reply),
	KUNIT_CASE(fault_card_leaves),
	KUNIT_CASE(fault_do_again),
	KUNIT_CASE(fault_do_fails),
	KUNIT_CASE(fault_qci_lies),
	KUNIT_CASE(fault_counts_what_arrives),
	KUNIT_CASE(fault_listed),
	KUNIT_CASE(fault_taken_back),
	KUNIT_CASE(fault_limits),
	{}
};

static struct kunit_suite fault_suite = {
	.name = "apsim-fault",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = fault_cases,
};

kunit_test_suite(fault_suite);
