// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim user - the control language
 */
#include "fixture.h"

/**
 * struct line - a line and what it does to queue 05.0047
 * @text: the line
 * @tapq: status word of TAPQ afterwards
 */
struct line {
	const char *text;
	u32 tapq;
};

static const struct line lines[] = {
	{ "", FX_E },
	{ "\n \t", FX_E },
	{ "off 5", FX_RC(1) },
	{ "off 0x5\n", FX_RC(1) },
	{ "off 05", FX_RC(1) },
	{ "\t standby   0X05 \r\n", FX_E | FX_RC(3) },
	{ "checkstop 005", FX_E | FX_RC(4) },
	{ "on 5", FX_E },
	{ "nocard 5", FX_RC(1) },
	{ "nodomain 0x47", FX_RC(1) },
	{ "nodomain 71", FX_RC(1) },
	{ "nodomain 0107", FX_RC(1) },
	{ "domain 71 control", FX_RC(1) },
	{ "domain 71 usage", FX_E },
	{ "domain 71 both", FX_E },
	{ "inject 05.0047 0 5 1", FX_E | FX_RC(5) },
	{ "inject 05.0047 0 0xff 0xffffffff", FX_E | FX_RC(0xff) },
	{ "inject 05.0047 0 017 1", FX_E | FX_RC(15) },
	{ "inject 05.0047 tapq 5 1", FX_E | FX_RC(5) },
	{ "inject 05.0047 nqap 2 1", FX_E },
	{ "inject 05.0047 dqap 2 1", FX_E },
	{ "fault 05.0047 tapq rc 5", FX_E | FX_RC(5) },
	{ "fault 05.0047 0 rc 5", FX_E | FX_RC(5) },
	{ "fault 05.0047 0xb2ad rc 5", FX_E },
	{ "fault 05.0047 tapq times 0xffffffff rc 5", FX_E | FX_RC(5) },
	{ "fault 05.0047 tapq at 2 rc 5", FX_E },
	{ "fault 05.0047 tapq forever rc 5 async", FX_E | FX_A | FX_RC(5) },
	{ "fault 05.0047 tapq do nodomain 0x47", FX_RC(1) },
	{ "fault 05.0047 zapq late 0", FX_E },
	{ "fault qci without card 5", FX_E },
	{ "nofault", FX_E },
	{ "nofault qci", FX_E },
	{ "nofault 05.0047", FX_E },
	{ "nofault 05.0047 aqic", FX_E },
	{ "async 05.0047 0x35", FX_E | FX_A | FX_RC(0x35) },
	{ "async 05.0047 0", FX_E },
	{ "latency 18446744073709551", FX_E },
	{ "reset 0x4189374bc6a7ef", FX_E },
	{ "aqic 0", FX_E },
	{ "unbind 18446744073709551", FX_E },
	{ "lag 05.0047 18446744073709551", FX_E },
	{ "bound 05.0047 3", FX_E },
	{ "bound 05.0047 0x1", FX_E },
	{ "bound 05.0047 0", FX_E },
};

static void line_desc(const struct line *line, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "'%s'", line->text);
	for (; *desc; desc++)
		if (*desc < ' ' || *desc == '#')
			*desc = '_';
}

KUNIT_ARRAY_PARAM(lines, lines, line_desc);

static void command_good(struct kunit *test)
{
	const struct line *line = test->param_value;
	struct fixture *f = test->priv;

	fx_command(test, line->text);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), line->tapq);
}

/**
 * struct mistake - a line that must not do anything
 * @text: the line
 * @rc: why
 */
struct mistake {
	const char *text;
	int rc;
};

static const struct mistake mistakes[] = {
	{ "card", -EINVAL },
	{ "card 8", -EINVAL },
	{ "card 8 CEX8", -EINVAL },
	{ "card 8 CEX8 A 8 8", -EINVAL },
	{ "card 8 CEX8 A 8 8 8", -EINVAL },
	{ "card 8 CEX3 A", -EINVAL },
	{ "card 8 CEX9 A", -EINVAL },
	{ "card 8 CEX A", -EINVAL },
	{ "card 8 CEX88 A", -EINVAL },
	{ "card 8 cex8 A", -EINVAL },
	{ "card 8 0 A", -EINVAL },
	{ "card 8 256 A", -EINVAL },
	{ "card 8 14 B", -EINVAL },
	{ "card 8 14 a", -EINVAL },
	{ "card 8 14 AA", -EINVAL },
	{ "card 8 14 A 0", -EINVAL },
	{ "card 8 14 A 33", -EINVAL },
	{ "card 8 14 A 256", -EINVAL },
	{ "card 8 14 A -1", -EINVAL },
	{ "card 256 14 A", -EINVAL },
	{ "card -1 14 A", -EINVAL },
	{ "card +8 14 A", -EINVAL },
	{ "card 08 14 A", -EINVAL },
	{ "card 5 14 A", -EEXIST },
	{ "Card 8 14 A", -EINVAL },
	{ "cards 8 14 A", -EINVAL },
	{ "car 8 14 A", -EINVAL },
	{ "nocard", -EINVAL },
	{ "nocard 8", -ENOENT },
	{ "nocard 256", -EINVAL },
	{ "nocard 5 6", -EINVAL },
	{ "domain", -EINVAL },
	{ "domain x", -EINVAL },
	{ "domain 0x", -EINVAL },
	{ "domain 0xg", -EINVAL },
	{ "domain 0x100", -EINVAL },
	{ "domain 256", -EINVAL },
	{ "domain 4294967300", -EINVAL },
	{ "domain 18446744073709551620", -EINVAL },
	{ "domain 0x10000000000000004", -EINVAL },
	{ "domain 4 none", -EINVAL },
	{ "domain 4 usag", -EINVAL },
	{ "domain 4 usage control", -EINVAL },
	{ "nodomain", -EINVAL },
	{ "nodomain 5", -ENOENT },
	{ "nodomain 0x47 0x4", -EINVAL },
	{ "off", -EINVAL },
	{ "off 8", -ENOENT },
	{ "off 5 6", -EINVAL },
	{ "off 5;", -EINVAL },
	{ "off 5.", -EINVAL },
	{ "off 1e", -EINVAL },
	{ "on", -EINVAL },
	{ "standby 0x", -EINVAL },
	{ "checkstop five", -EINVAL },
	{ "latency", -EINVAL },
	{ "latency 5us", -EINVAL },
	{ "latency 0.5", -EINVAL },
	{ "latency 18446744073709552", -EINVAL },
	{ "reset 18446744073709551616", -EINVAL },
	{ "aqic -1", -EINVAL },
	{ "inject", -EINVAL },
	{ "inject 05.0047 0 5", -EINVAL },
	{ "inject 05.0047 0 5 1 1", -EINVAL },
	{ "inject 5.0047 0 5 1", -EINVAL },
	{ "inject 05.047 0 5 1", -EINVAL },
	{ "inject 05.00047 0 5 1", -EINVAL },
	{ "inject 0500047 0 5 1", -EINVAL },
	{ "inject 05:0047 0 5 1", -EINVAL },
	{ "inject 05.0147 0 5 1", -EINVAL },
	{ "inject 0g.0047 0 5 1", -EINVAL },
	{ "inject 05.0x47 0 5 1", -EINVAL },
	{ "inject 0x0547 0 5 1", -EINVAL },
	{ "inject 05.0048 0 5 1", -ENOENT },
	{ "inject 08.0047 0 5 1", -ENOENT },
	{ "inject 05.0047 4 5 1", -EINVAL },
	{ "inject 05.0047 9 5 1", -EINVAL },
	{ "inject 05.0047 0x10000 5 1", -EINVAL },
	{ "inject 05.0047 0 256 1", -EINVAL },
	{ "inject 05.0047 0 5 0x100000000", -EINVAL },
	{ "fault", -EINVAL },
	{ "fault 05.0047 tapq", -EINVAL },
	{ "fault 05.0047 tapq rc", -EINVAL },
	{ "fault 05.0047 tapq at rc 5", -EINVAL },
	{ "fault 05.0047 tapq at 0 rc 5", -EINVAL },
	{ "fault 05.0047 tapq at 0x100000000 rc 5", -EINVAL },
	{ "fault 05.0047 tapq times 0 rc 5", -EINVAL },
	{ "fault 05.0047 tapq times forever rc 5", -EINVAL },
	{ "fault 05.0047 tapq forever times 2 rc 5", -EINVAL },
	{ "fault 05.0047 tapq times 2 at 2 rc 5", -EINVAL },
	{ "fault 05.0047 tapq at 2 times", -EINVAL },
	{ "fault 05.0047 tapq at 2 times 2", -EINVAL },
	{ "fault 05.0047 tapq at 2 forever", -EINVAL },
	{ "fault 05.0047 tapq rc 256", -EINVAL },
	{ "fault 05.0047 tapq rc 5 A", -EINVAL },
	{ "fault 05.0047 tapq rc 5 async 1", -EINVAL },
	{ "fault 05.0047 qci rc 5", -EINVAL },
	{ "fault 05.0047 4 rc 5", -EINVAL },
	{ "fault 05.0047 0xb2af rc 5", -EINVAL },
	{ "fault 05.0047 zap rc 5", -EINVAL },
	{ "fault 05.0048 zapq rc 5", -ENOENT },
	{ "fault 05.0048 zapq rc 500", -EINVAL },
	{ "fault 5 zapq rc 5", -EINVAL },
	{ "fault 05.0047 tapq late 5", -EINVAL },
	{ "fault 05.0047 dqap late 5", -EINVAL },
	{ "fault 05.0047 qact late 5", -EINVAL },
	{ "fault 05.0047 zapq late", -EINVAL },
	{ "fault 05.0047 zapq late 5 5", -EINVAL },
	{ "fault 05.0047 zapq late 18446744073709552", -EINVAL },
	{ "fault 05.0047 zapq do", -EINVAL },
	{ "fault 05.0047 zapq forever do", -EINVAL },
	{ "fault 05.0047 zapq do nothing", -EINVAL },
	{ "fault 05.0047 zapq do off", -EINVAL },
	{ "fault 05.0047 zapq do off 5 6", -EINVAL },
	{ "fault 05.0047 zapq do domain 0x0000000000000000000000000000000000000000000000000000047",
	  -EINVAL },
	{ "fault 05.0047 zapq do domain 0x0000000000000000000000000000000000000000000000047 usage",
	  -EINVAL },
	{ "fault qci rc 5 5", -EINVAL },
	{ "fault qci without 5 5", -EINVAL },
	{ "fault qci without card", -EINVAL },
	{ "fault qci without card 256", -EINVAL },
	{ "fault qci without card 5 domain", -EINVAL },
	{ "fault qci card 5 with domain 7", -EINVAL },
	{ "fault qci at 2 forever", -EINVAL },
	{ "fault qci at 0 without card 5", -EINVAL },
	{ "fault qci with card 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", -EINVAL },
	{ "fault qci with card 0000001 0000002 0000003 0000004 0000005 0000006 0000007", -EINVAL },
	{ "nofault 05", -EINVAL },
	{ "nofault 05.0048", -ENOENT },
	{ "nofault 05.0047 qci", -EINVAL },
	{ "nofault qci tapq", -EINVAL },
	{ "nofault 05.0047 tapq 1", -EINVAL },
	{ "async 05.0047", -EINVAL },
	{ "async 05.0047 256", -EINVAL },
	{ "async 05.0048 5", -ENOENT },
	{ "unbind", -EINVAL },
	{ "unbind 05.0047", -EINVAL },
	{ "unbind 18446744073709552", -EINVAL },
	{ "lag", -EINVAL },
	{ "lag 5", -EINVAL },
	{ "lag 05.0047", -EINVAL },
	{ "lag 05.0047 18446744073709552", -EINVAL },
	{ "lag 05.0047 5 5", -EINVAL },
	{ "lag 05.0048 5", -ENOENT },
	{ "bound", -EINVAL },
	{ "bound 05.0047", -EINVAL },
	{ "bound 05.0047 4", -EINVAL },
	{ "bound 05.0047 1 1", -EINVAL },
	{ "bound 05.0147 1", -EINVAL },
	{ "bound 05.0048 1", -ENOENT },
	{ "a", -EINVAL },
	{ "# comment", -EINVAL },
	{ "off\v5", -EINVAL },
	{ "one two three four five six seven eight nine ten", -EINVAL },
};

static void mistake_desc(const struct mistake *mistake, char *desc)
{
	const struct line line = { mistake->text, 0 };

	line_desc(&line, desc);
}

KUNIT_ARRAY_PARAM(mistakes, mistakes, mistake_desc);

static void command_bad(struct kunit *test)
{
	const struct mistake *mistake = test->param_value;
	struct fixture *f = test->priv;
	struct apsim_tuning tuning[2];
	struct apsim_view view[2];
	long pieces = fx_allocated;

	apsim_get_view(f->m, &view[0]);
	apsim_get_tuning(f->m, &tuning[0]);
	KUNIT_EXPECT_EQ(test, apsim_command(f->m, f->now, mistake->text),
			mistake->rc);
	apsim_get_view(f->m, &view[1]);
	apsim_get_tuning(f->m, &tuning[1]);
	KUNIT_EXPECT_MEMEQ(test, &view[0], &view[1], sizeof(view[0]));
	KUNIT_EXPECT_MEMEQ(test, &tuning[0], &tuning[1], sizeof(tuning[0]));
	KUNIT_EXPECT_EQ(test, fx_allocated, pieces);
	KUNIT_EXPECT_EQ(test, fx_tapq(f, FX_APQN), FX_E);
}

static void command_card(struct kunit *test)
{
	struct fixture *f = test->priv;

	fx_command(test, "card 0xff CEX4 A 32");
	fx_pqap_raw(f, 0x0080ff47, 0, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x6a0000000aff001f);
	fx_command(test, "card 0 11 C 1");
	fx_pqap_raw(f, 0x00800004, 0, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x920000000bff0000);
	fx_command(test, "card 017 0xc P");
	fx_pqap_raw(f, 0x00800f04, 0, 0);
	KUNIT_EXPECT_EQ(test, f->op.gr[2], 0x060000000cff0007);
}

static void command_tuning(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct apsim_tuning tuning;

	fx_command(test, "latency 1");
	fx_command(test, "reset 0x20");
	fx_command(test, "aqic 300");
	fx_command(test, "unbind 4000");
	apsim_get_tuning(f->m, &tuning);
	KUNIT_EXPECT_EQ(test, tuning.latency_ns, 1000);
	KUNIT_EXPECT_EQ(test, tuning.reset_ns, 32000);
	KUNIT_EXPECT_EQ(test, tuning.aqic_ns, 300000);
	KUNIT_EXPECT_EQ(test, tuning.unbind_ns, 4000000);
}

/* Lines of random bytes and of random words: no more than an error. */
static void command_noise(struct kunit *test)
{
	static const char * const words[] = {
		"card", "nocard", "domain", "nodomain", "on", "off", "standby",
		"checkstop", "latency", "reset", "aqic", "inject", "async",
		"unbind", "lag", "bound", "fault", "nofault", "qci",
		"at", "times", "forever", "rc", "late", "do", "without",
		"0", "5", "6", "0x47", "255", "256", "A", "C", "P", "CEX8",
		"usage", "control", "05.0047", "nqap", "dqap", "8", "-1", ".",
	};
	struct fixture *f = test->priv;
	u32 seed = 12345;
	char line[256];

	for (int i = 0; i < 20000; i++) {
		size_t len = 0;

		for (int n = 0; n < 7; n++) {
			const char *word;

			seed = seed * 1103515245 + 12345;
			word = words[(seed >> 16) % ARRAY_SIZE(words)];
			len += snprintf(line + len, sizeof(line) - len, "%s%c",
					word, seed >> 30 ? ' ' : seed >> 23);
			if ((seed >> 12) % 4 == 0)
				break;
		}
		if (apsim_command(f->m, i, line) > 0)
			KUNIT_FAIL(test, "'%s'", line);
	}
}

static struct kunit_case command_cases[] = {
	KUNIT_CASE_PARAM(command_good, lines_gen_params),
	KUNIT_CASE_PARAM(command_bad, mistakes_gen_params),
	KUNIT_CASE(command_card),
	KUNIT_CASE(command_tuning),
	KUNIT_CASE(command_noise),
	{}
};

static struct kunit_suite command_suite = {
	.name = "apsim-command",
	.init = fx_init,
	.exit = fx_exit,
	.test_cases = command_cases,
};

kunit_test_suite(command_suite);
