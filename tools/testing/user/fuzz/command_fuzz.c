// SPDX-License-Identifier: GPL-2.0-only
/*
 * user bed - fuzzer: the simulator's control language
 *
 * The input is text, a command in each line.  Whether a command is one is said
 * by a second grammar, in which a letter stands for each word; an error changes
 * nothing that can be seen.
 */
#include "machine.h"

#define WORDS	20
#define TEXT	63
#define ROOM	512

/**
 * struct seen - all that can be seen of a machine
 * @view: its masks
 * @tuning: how slow it is
 * @stats: its counters
 * @rules: what is left of faults
 * @next: when to look again
 */
struct seen {
	struct apsim_view view;
	struct apsim_tuning tuning;
	struct apsim_stats stats;
	char rules[2048];
	u64 next;
};

/*
 * n: number up to 255; d: up to 32, not 0; T: type; M: mode; K: kind of domain;
 * q: queue; F: function; c: 32 bits; u: microseconds; b: 0 to 3.  A capital
 * that ends a rule may be missing, as D may.
 */
static const char *const grammar[] = {
	"card nTM", "card nTMd", "nocard n", "domain n", "domain nK",
	"nodomain n", "on n", "off n", "standby n", "checkstop n",
	"latency u", "reset u", "aqic u", "unbind u", "inject qFnc",
	"async qn", "lag qu", "bound qb", "nofault", "nofault q", "nofault qF",
};

static bool one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(word, *words))
			return true;
	return false;
}

/* As C writes numbers, but no sign, no suffix, and "0x" is none. */
static bool is_number(const char *word, u64 last)
{
	const char *digits = "0123456789";
	char *end;
	u64 value;

	if (!*word)
		return false;
	if (word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		if (!word[2] || strspn(word + 2, "0123456789abcdefABCDEF") !=
				strlen(word + 2))
			return false;
		digits = NULL;
	} else if (word[0] == '0') {
		digits = "01234567";
	}
	if (digits && strspn(word, digits) != strlen(word))
		return false;
	errno = 0;
	value = strtoull(word, &end, 0);
	return !errno && value <= last;
}

static bool is_queue(const char *word)
{
	return strlen(word) == 7 && word[2] == '.' && word[3] == '0' &&
	       word[4] == '0' &&
	       strspn(word, "0123456789abcdefABCDEF") == 2 &&
	       strspn(word + 3, "0123456789abcdefABCDEF") == 4;
}

static bool fits(char rule, const char *word)
{
	static const char *const types[] = {
		"CEX4", "CEX5", "CEX6", "CEX7", "CEX8", NULL,
	};
	static const char *const modes[] = { "A", "C", "P", NULL };
	static const char *const kinds[] = { "usage", "control", "both", NULL };
	static const char *const functions[] = {
		"nqap", "dqap", "tapq", "rapq", "zapq", "aqic", "qact", NULL,
	};

	switch (rule) {
	case 'n':
		return is_number(word, 255);
	case 'd':
		return is_number(word, 32) && !is_number(word, 0);
	case 'T':
		return one_of(word, types) ||
		       (is_number(word, 255) && !is_number(word, 0));
	case 'M':
		return one_of(word, modes);
	case 'K':
		return one_of(word, kinds);
	case 'q':
		return is_queue(word);
	case 'F':
		return one_of(word, functions) || is_number(word, 3) ||
		       is_number(word, 0xb2ae) != is_number(word, 0xb2ac) ||
		       (is_number(word, 5) && !is_number(word, 4));
	case 'c':
		return is_number(word, 0xffffffff);
	case 'u':
		return is_number(word, ~0ull / 1000);
	default:
		return is_number(word, 3);
	}
}

static bool matches(const char *rule, char *const *words, unsigned int count)
{
	size_t len = strcspn(rule, " ");

	if (!count || strlen(words[0]) != len || strncmp(rule, words[0], len))
		return false;
	rule += len + !!rule[len];
	if (strlen(rule) != count - 1)
		return false;
	for (unsigned int i = 1; i < count; i++)
		if (!fits(rule[i - 1], words[i]))
			return false;
	return true;
}

/* A command that a rule is to run: only its head and its length are looked at. */
static bool may_be_command(char *const *words, unsigned int count)
{
	size_t len = strlen(words[0]);

	if (!strcmp(words[0], "fault"))
		return count >= 5;
	if (!strcmp(words[0], "nofault"))
		return count <= 3;
	for (unsigned int i = 0; i < sizeof(grammar) / sizeof(*grammar); i++)
		if (!strncmp(grammar[i], words[0], len) &&
		    grammar[i][len] == ' ' &&
		    strlen(grammar[i] + len + 1) == count - 1)
			return true;
	return false;
}

/* The rest of a line has to fit into a rule. */
static bool is_short(char *const *words, unsigned int count)
{
	size_t len = 0;

	while (count--)
		len += strlen(*words++) + 1;
	return len - 1 <= TEXT;
}

static bool is_lie(char *const *words, unsigned int count)
{
	static const char *const kinds[] = { "card", "domain", "control", NULL };
	static const char *const ways[] = { "with", "without", NULL };
	bool kind = false;

	if (!count || !one_of(words[0], ways) ||
	    !is_number(words[count - 1], 255) || !is_short(words, count))
		return false;
	for (unsigned int i = 0; i < count; i++) {
		if (one_of(words[i], kinds))
			kind = true;
		else if (!one_of(words[i], ways) &&
			 !(kind && is_number(words[i], 255)))
			return false;
	}
	return true;
}

static bool is_times(const char *word)
{
	return is_number(word, 0xffffffff) && !is_number(word, 0);
}

/* Is it an instruction whose effects may be late? */
static bool is_slow(const char *word)
{
	static const char *const slow[] = { "nqap", "rapq", "zapq", "aqic", NULL };

	return one_of(word, slow) ||
	       (is_number(word, 3) && !is_number(word, 0)) ||
	       (is_number(word, 0xb2ad) && !is_number(word, 0xb2ac));
}

static bool is_action(const char *function, char *const *words,
		      unsigned int count)
{
	if (count < 2)
		return false;
	if (!strcmp(words[0], "do"))
		return is_short(words + 1, count - 1) &&
		       may_be_command(words + 1, count - 1);
	if (!strcmp(words[0], "late"))
		return count == 2 && is_number(words[1], ~0ull / 1000) &&
		       is_slow(function);
	return !strcmp(words[0], "rc") && is_number(words[1], 255) &&
	       (count == 2 || (count == 3 && !strcmp(words[2], "async")));
}

/* Behind "fault": whose, when, and what. */
static bool is_fault(char *const *words, unsigned int count)
{
	bool qci = count && !strcmp(words[0], "qci");
	const char *function;

	if (count < 4 || (!qci && !(is_queue(words[0]) && fits('F', words[1]))))
		return false;
	function = words[1];
	words += qci ? 1 : 2;
	count -= qci ? 1 : 2;
	if (count >= 2 && !strcmp(words[0], "at")) {
		if (!is_times(words[1]))
			return false;
		words += 2;
		count -= 2;
	}
	if (count && !strcmp(words[0], "forever")) {
		words++;
		count--;
	} else if (count >= 2 && !strcmp(words[0], "times")) {
		if (!is_times(words[1]))
			return false;
		words += 2;
		count -= 2;
	}
	return qci ? is_lie(words, count) : is_action(function, words, count);
}

/* Does the language have this line? */
static bool is_command(const char *line)
{
	char copy[ROOM];
	char *words[WORDS];
	unsigned int count = 0;
	char *rest = copy;
	char *word;

	strscpy(copy, line, sizeof(copy));
	while ((word = strtok_r(rest, " \t\r\n", &rest))) {
		if (count == WORDS)
			return false;
		words[count++] = word;
	}
	if (!count)
		return true;
	if (!strcmp(words[0], "fault"))
		return is_fault(words + 1, count - 1);
	if (count == 2 && !strcmp(words[0], "nofault") && !strcmp(words[1], "qci"))
		return true;
	for (unsigned int i = 0; i < sizeof(grammar) / sizeof(*grammar); i++)
		if (matches(grammar[i], words, count))
			return true;
	return false;
}

/* What is left of rules, as far as there is room; each would be a command. */
static void look_at_rules(const struct apsim *m, char *text, size_t room)
{
	u64 after = 0;

	while (room > APSIM_RULE_LINE && apsim_rule_next(m, &after, text, room)) {
		size_t len = strlen(text) + 1;

		fuzz_must(is_command(text), "a rule is a command");
		fuzz_must(len < APSIM_RULE_LINE, "a rule has room");
		room -= len;
		text += len;
	}
}

static void look(struct apsim *m, struct seen *seen)
{
	memset(seen, 0, sizeof(*seen));
	apsim_get_view(m, &seen->view);
	apsim_get_tuning(m, &seen->tuning);
	apsim_get_stats(m, &seen->stats);
	look_at_rules(m, seen->rules, sizeof(seen->rules));
	seen->next = apsim_next(m);
}

/* The machine's own words, and what a program is told, agree. */
static void check_qci(struct apsim *m, u64 now, const struct apsim_view *view)
{
	u8 block[APSIM_QCI_LEN];

	fuzz_qci(m, now, block);
	fuzz_must(!memcmp(block + 0x10, &view->apm, 32), "adapters in QCI");
	fuzz_must(!memcmp(block + 0x30, &view->aqm, 32), "domains in QCI");
	fuzz_must(!memcmp(block + 0x50, &view->adm, 32), "controls in QCI");
}

static void obey(struct apsim *m, u64 now, const char *line)
{
	long allocated = fuzz_allocated;
	struct seen before;
	struct seen after;
	int rc;

	look(m, &before);
	rc = apsim_command(m, now, line);
	look(m, &after);
	if (!is_command(line))
		fuzz_must(rc == -EINVAL, "what is no command is refused");
	else
		fuzz_must(!rc || rc == -ENOENT || rc == -EEXIST || rc == -ENOMEM ||
			  rc == -ENOSPC,
			  "what is a command is understood");
	if (rc)
		fuzz_must(!memcmp(&before, &after, sizeof(before)) &&
			  allocated == fuzz_allocated, "an error changes nothing");
	check_qci(m, now, &after.view);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct apsim *m = fuzz_machine();
	char copy[ROOM];
	char *line = copy;
	u64 now = 1;

	if (!size || size >= ROOM || !m) {
		fuzz_machine_ends(m);
		return 0;
	}
	/* A machine to begin with, and memory that ends some time. */
	apsim_command(m, 0, "card 5 CEX8 A");
	apsim_command(m, 0, "domain 0x47");
	fuzz_memory = data[0] < 128 ? data[0] : 100000;
	memcpy(copy, data + 1, size - 1);
	copy[size - 1] = '\0';
	while (line) {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		obey(m, now++, line);
		line = end ? end + 1 : NULL;
	}
	fuzz_machine_ends(m);
	return 0;
}
