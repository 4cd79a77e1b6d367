// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - a rule as text
 *
 * The machine prints nothing; it writes a line into somebody's buffer.
 */
#include "apsim_priv.h"

/**
 * struct line - text that grows
 * @at: where it goes on
 * @left: room, without that for the zero byte
 */
struct line {
	char *at;
	size_t left;
};

static void put(struct line *line, const char *text)
{
	while (*text && line->left) {
		*line->at++ = *text++;
		line->left--;
	}
	*line->at = '\0';
}

static void put_hex(struct line *line, unsigned int value, unsigned int digits)
{
	char c[] = "0";

	while (digits--) {
		c[0] = "0123456789abcdef"[value >> 4 * digits & 0xf];
		put(line, c);
	}
}

static void put_number(struct line *line, const char *what, u64 value)
{
	char digits[21];
	char *c = digits + sizeof(digits) - 1;

	*c = '\0';
	do {
		*--c = '0' + value % 10;
		value /= 10;
	} while (value);
	put(line, what);
	put(line, c);
}

/**
 * apsim_rule_text() - what is left of a rule
 * @rule: the rule
 * @text: a command that would make it, without a newline
 * @size: room there, at least 1
 */
void apsim_rule_text(const struct apsim_rule *rule, char *text, size_t size)
{
	struct line line = { text, size - 1 };

	put(&line, "fault ");
	if (rule->kind == APSIM_RULE_LIE) {
		put(&line, "qci");
	} else {
		put_hex(&line, rule->apqn >> 8, 2);
		put(&line, ".");
		put_hex(&line, rule->apqn & 0xff, 4);
		put(&line, " ");
		put(&line, apsim_function_name(rule->fc));
	}
	if (rule->at > 1)
		put_number(&line, " at ", rule->at);
	if (!rule->times)
		put(&line, " forever");
	else if (rule->times > 1)
		put_number(&line, " times ", rule->times);

	if (rule->kind == APSIM_RULE_RC) {
		put(&line, " rc 0x");
		put_hex(&line, rule->rc & 0xff, 2);
		put(&line, rule->rc & APSIM_RC_ASYNC ? " async" : "");
	} else if (rule->kind == APSIM_RULE_LATE) {
		put_number(&line, " late ", rule->late_ns / 1000);
	} else {
		put(&line, rule->kind == APSIM_RULE_DO ? " do " : " ");
		put(&line, rule->text);
	}
}
