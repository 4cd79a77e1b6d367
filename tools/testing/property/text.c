// SPDX-License-Identifier: GPL-2.0-only
/*
 * property - commands as text: a line each, as a regression is kept
 *
 *	ap_config 0 5 3 0
 *	open 0 1
 *	nqap 1 04.0047
 *
 * Small masks count from the right: 5 are the first and the third adapter.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prop.h"

/* All of them accelerators, which answer everything; some for large masks only. */
const unsigned char prop_adapter[ADAPTERS] = { 4, 5, 0x49 };
const unsigned char prop_domain[DOMAINS] = { 0x04, 0x47, 0xab };

const struct prop_op_info prop_ops[OPS] = {
	[OP_CREATE]		= { "create", "m", 12 },
	[OP_REMOVE]		= { "remove", "m", 4 },
	[OP_ASSIGN_ADAPTER]	= { "assign_adapter", "mA", 30 },
	[OP_UNASSIGN_ADAPTER]	= { "unassign_adapter", "mA", 14 },
	[OP_ASSIGN_DOMAIN]	= { "assign_domain", "mD", 30 },
	[OP_UNASSIGN_DOMAIN]	= { "unassign_domain", "mD", 14 },
	[OP_ASSIGN_CONTROL]	= { "assign_control_domain", "mD", 8 },
	[OP_UNASSIGN_CONTROL]	= { "unassign_control_domain", "mD", 6 },
	[OP_CONFIG]		= { "ap_config", "mxxx", 16 },
	[OP_WRONG]		= { "wrong", "mw", 3 },
	[OP_GIVE_ADAPTER]	= { "apmask-", "A", 10 },
	[OP_TAKE_ADAPTER]	= { "apmask+", "A", 5 },
	[OP_GIVE_DOMAIN]	= { "aqmask-", "D", 8 },
	[OP_TAKE_DOMAIN]	= { "aqmask+", "D", 5 },
	[OP_BIND]		= { "bind", "q", 14 },
	[OP_UNBIND]		= { "unbind", "q", 10 },
	[OP_PROBE]		= { "probe", "q", 6 },
	[OP_OVERRIDE]		= { "override", "qo", 8 },
	[OP_STEER]		= { "steer", "qo", 30 },
	[OP_PLUG]		= { "plug", "A", 8 },
	[OP_UNPLUG]		= { "unplug", "A", 3 },
	[OP_ON]			= { "on", "A", 14 },
	[OP_OFF]		= { "off", "A", 4 },
	[OP_STANDBY]		= { "standby", "A", 4 },
	[OP_CHECKSTOP]		= { "checkstop", "A", 4 },
	[OP_DOMAIN]		= { "domain", "Dk", 14 },
	[OP_NODOMAIN]		= { "nodomain", "D", 3 },
	[OP_STUCK]		= { "stuck", "q", 6 },
	[OP_UNSTUCK]		= { "unstuck", "q", 10 },
	[OP_BUSY]		= { "busy", "qn", 6 },
	[OP_ASYNC]		= { "async", "q", 8 },
	[OP_LAG]		= { "lag", "qs", 6 },
	[OP_RESETS]		= { "resets", "s", 4 },
	[OP_REPLIES]		= { "replies", "s", 4 },
	[OP_OPEN]		= { "open", "mv", 40 },
	[OP_CLOSE]		= { "close", "m", 16 },
	[OP_RESET]		= { "reset", "m", 12 },
	[OP_NQAP]		= { "nqap", "vq", 30 },
	[OP_DQAP]		= { "dqap", "vq", 20 },
	[OP_RAPQ]		= { "rapq", "vq", 6 },
	[OP_ZAPQ]		= { "zapq", "vq", 6 },
	[OP_AQIC_ON]		= { "aqic", "vq", 24 },
	[OP_AQIC_OFF]		= { "noaqic", "vq", 10 },
	[OP_MAP]		= { "map", "v", 6 },
	[OP_UNMAP]		= { "unmap", "v", 4 },
};

const struct prop_wrong prop_wrongs[WRONGS] = {
	{ "assign_adapter", "256", ENODEV },
	{ "unassign_adapter", "999", ENODEV },
	{ "assign_domain", "4 ", EINVAL },
	{ "assign_control_domain", "0x100", ENODEV },
	{ "unassign_domain", "0x10000000000000000", ERANGE },
	{ "ap_config", "0x08,0x08", EINVAL },
	{ "ap_config", "0xg,,", EINVAL },
};

static const char *const kinds[] = { "usage", "control", "both" };

static const char *const speeds[SPEEDS] = { "fast", "slow" };

/* As they are called in sysfs, but for the first */
const char *const prop_overrides[OVERRIDES] = {
	[OVERRIDE_NONE] = "-",
	[OVERRIDE_US] = "vfio_ap",
	[OVERRIDE_HOST] = "cex4queue",
	[OVERRIDE_NOBODY] = "nobody",
};

/* The APQN of a queue */
unsigned int prop_apqn(unsigned int q)
{
	return prop_adapter[q / DOMAINS] << 8 | prop_domain[q % DOMAINS];
}

static int print_arg(char *at, char kind, unsigned int value)
{
	switch (kind) {
	case 'A':
		return sprintf(at, " %02x", prop_adapter[value]);
	case 'D':
		return sprintf(at, " %04x", prop_domain[value]);
	case 'q':
		return sprintf(at, " %02x.%04x", prop_apqn(value) >> 8,
			       prop_apqn(value) & 0xff);
	case 'k':
		return sprintf(at, " %s", kinds[value]);
	case 's':
		return sprintf(at, " %s", speeds[value]);
	case 'o':
		return sprintf(at, " %s", prop_overrides[value]);
	default:
		return sprintf(at, " %u", value);
	}
}

/**
 * prop_print() - a command as text
 * @text: where to
 * @size: how much room, at least 64 bytes
 * @cmd: the command
 *
 * Return: its length.
 */
int prop_print(char *text, size_t size, const struct prop_cmd *cmd)
{
	const struct prop_op_info *info = &prop_ops[cmd->op];
	int len = snprintf(text, size, "%s", info->name);
	unsigned int i;

	for (i = 0; info->args[i]; i++)
		len += print_arg(text + len, info->args[i], cmd->arg[i]);
	return len;
}

static bool find(const unsigned char *names, unsigned int count,
		 unsigned long name, unsigned char *value)
{
	for (*value = 0; *value < count; (*value)++)
		if (names[*value] == name)
			return true;
	return false;
}

static bool parse_queue(const char *word, unsigned char *value)
{
	unsigned char a, d;
	char *end;

	if (!find(prop_adapter, ADAPTERS, strtoul(word, &end, 16), &a) ||
	    *end != '.' ||
	    !find(prop_domain, DOMAINS, strtoul(end + 1, &end, 16), &d) || *end)
		return false;
	*value = a * DOMAINS + d;
	return true;
}

static bool parse_word(const char *word, const char *const *words,
		       unsigned int count, unsigned char *value)
{
	for (*value = 0; *value < count; (*value)++)
		if (!strcmp(words[*value], word))
			return true;
	return false;
}

static unsigned int limit_of(char kind)
{
	switch (kind) {
	case 'm':
		return MDEVS;
	case 'v':
		return VMS;
	case 'x':
		return 8;
	case 'w':
		return WRONGS;
	default:
		return 256;
	}
}

static bool parse_number(const char *word, char kind, unsigned char *value)
{
	unsigned long number;
	char *end;

	number = strtoul(word, &end, 10);
	*value = number;
	return !*end && number < limit_of(kind);
}

static bool parse_arg(const char *word, char kind, unsigned char *value)
{
	switch (kind) {
	case 'A':
		return find(prop_adapter, ADAPTERS, strtoul(word, NULL, 16), value);
	case 'D':
		return find(prop_domain, DOMAINS, strtoul(word, NULL, 16), value);
	case 'q':
		return parse_queue(word, value);
	case 'k':
		return parse_word(word, kinds, 3, value);
	case 's':
		return parse_word(word, speeds, SPEEDS, value);
	case 'o':
		return parse_word(word, prop_overrides, OVERRIDES, value);
	default:
		return parse_number(word, kind, value);
	}
}

/**
 * prop_parse() - a command from its text
 * @line: the text, without a newline
 * @cmd: filled in
 *
 * Return: true if it is one.
 */
bool prop_parse(const char *line, struct prop_cmd *cmd)
{
	char word[1 + ARGS][32] = { "" };
	unsigned int i;
	int words;

	memset(cmd, 0, sizeof(*cmd));
	words = sscanf(line, "%31s %31s %31s %31s %31s", word[0], word[1],
		       word[2], word[3], word[4]);
	for (cmd->op = 0; cmd->op < OPS; cmd->op++)
		if (!strcmp(word[0], prop_ops[cmd->op].name))
			break;
	if (cmd->op == OPS || words != 1 + (int)strlen(prop_ops[cmd->op].args))
		return false;
	for (i = 0; prop_ops[cmd->op].args[i]; i++)
		if (!parse_arg(word[1 + i], prop_ops[cmd->op].args[i],
			       &cmd->arg[i]))
			return false;
	return true;
}

/**
 * prop_parse_all() - a sequence from its text
 * @text: lines; what begins with # is a comment, a line of dashes is the end
 * @seq: filled in
 *
 * Return: what follows the end, NULL if something is no command.
 */
const char *prop_parse_all(const char *text, struct prop_seq *seq)
{
	char line[128];
	size_t len;

	seq->len = 0;
	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)len, text);
		if (!len || *line == '#')
			continue;
		if (*line == '-')
			return text + len + (text[len] == '\n');
		if (seq->len == SEQ_MAX || !prop_parse(line, &seq->cmd[seq->len]))
			return NULL;
		seq->len++;
	}
	return text;
}

static int put_mask(char *text, unsigned int small, const unsigned char *ids)
{
	unsigned int i, digit[64] = { 0 };
	int len = 2;

	for (i = 0; i < 3; i++)
		if (small >> i & 1)
			digit[ids[i] / 4] |= 8 >> ids[i] % 4;
	sprintf(text, "0x");
	for (i = 0; i < 64; i++)
		len += sprintf(text + len, "%x", digit[i]);
	return len;
}

/**
 * prop_config() - what an "ap_config" command writes
 * @text: PROP_CONFIG_LEN bytes
 * @arg: its arguments
 */
void prop_config(char *text, const unsigned char *arg)
{
	int len;

	len = put_mask(text, arg[1], prop_adapter);
	text[len++] = ',';
	len += put_mask(text + len, arg[2], prop_domain);
	text[len++] = ',';
	put_mask(text + len, arg[3], prop_domain);
}
