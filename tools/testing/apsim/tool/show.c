// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - the machine of this kernel, for a person to read
 *
 * The kernel says it in the control language, so a machine in this process can
 * become the same and be asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/apsim.h"
#include "tool.h"

#define TYPE_CEX4	10
#define TYPE_CEX8	14

static const char * const states[] = {
	[APSIM_CARD_ON] = "on",
	[APSIM_CARD_OFF] = "off",
	[APSIM_CARD_STANDBY] = "standby",
	[APSIM_CARD_CHECKSTOP] = "checkstop",
};

static const char * const modes[] = {
	[APSIM_CCA] = "CCA",
	[APSIM_ACCEL] = "accelerator",
	[APSIM_EP11] = "EP11",
};

/* The status word's bits that are not the response code. */
static const struct {
	unsigned int bit;
	const char *name;
} flags[] = {
	{ 0x80000000u, "empty" },
	{ 0x40000000u, "replies" },
	{ 0x20000000u, "full" },
	{ 0x02000000u, "asynchronous" },
	{ 0x01000000u, "interrupts" },
};

static unsigned int mask_count(const struct apsim_mask *mask)
{
	unsigned int count = 0;
	unsigned int i;

	for (i = 0; i < APSIM_IDS; i++)
		count += apsim_mask_test(mask, i);
	return count;
}

/* 0004 0047-004a */
static void show_mask(const char *title, const struct apsim_mask *mask)
{
	unsigned int first;
	unsigned int i;

	printf("%-16s", title);
	for (i = 0; i < APSIM_IDS; i++) {
		if (!apsim_mask_test(mask, i))
			continue;
		first = i;
		while (i + 1 < APSIM_IDS && apsim_mask_test(mask, i + 1))
			i++;
		printf(" %04x", first);
		if (i > first)
			printf("-%04x", i);
	}
	printf("%s\n", mask_count(mask) ? "" : " none");
}

static void show_card(const struct apsim_card *card,
		      enum apsim_card_state state, unsigned int queues)
{
	char type[8];

	if (card->type >= TYPE_CEX4 && card->type <= TYPE_CEX8)
		snprintf(type, sizeof(type), "CEX%u",
			 card->type - TYPE_CEX4 + 4);
	else
		snprintf(type, sizeof(type), "%u", card->type);
	printf("%02x    %-4s  %-11s  %-9s  %5u  %6u\n", card->apid, type,
	       modes[card->mode], states[state], card->depth, queues);
}

static void show_cards(const struct apsim *machine)
{
	enum apsim_card_state state;
	struct apsim_tuning us;
	struct apsim_view view;
	struct apsim_card card;
	unsigned int i;

	apsim_get_view(machine, &view);
	printf("CARD  TYPE  MODE         STATE      DEPTH  QUEUES\n");
	for (i = 0; i < APSIM_IDS; i++)
		if (!apsim_get_card(machine, i, &card, &state))
			show_card(&card, state, mask_count(&view.aqm));
	printf("\n");
	show_mask("usage domains", &view.aqm);
	show_mask("control domains", &view.adm);
	apsim_get_tuning(machine, &us);
	printf("%-16s latency %llu, reset %llu, aqic %llu, unbind %llu\n",
	       "microseconds", us.latency_ns / 1000, us.reset_ns / 1000,
	       us.aqic_ns / 1000, us.unbind_ns / 1000);
}

/* @text: a line for each queue: its name, status word, messages */
static void show_queues(const char *text)
{
	unsigned int messages;
	unsigned int word;
	char name[8];
	size_t i;

	printf("\nQUEUE    CODE  MESSAGES  FLAGS\n");
	while (text && sscanf(text, "%7s %x %u", name, &word, &messages) == 3) {
		printf("%s    %02x  %8u ", name, word >> 16 & 0xff, messages);
		for (i = 0; i < ARRAY_SIZE(flags); i++)
			if (word & flags[i].bit)
				printf(" %s", flags[i].name);
		printf("\n");
		text = strchr(text, '\n');
		if (text)
			text++;
	}
}

static enum end show_these(const struct lines *lines)
{
	struct apsim *machine = check_machine(lines);

	if (!machine)
		return END_REFUSED;
	show_cards(machine);
	apsim_free(machine);
	return END_OK;
}

enum end show_machine(bool queues)
{
	struct lines lines = {};
	char *text = NULL;
	enum end end;

	end = kernel_machine(&lines);
	if (!end && queues)
		end = kernel_queues(&text);
	if (!end)
		end = show_these(&lines);
	if (!end && queues)
		show_queues(text);
	free(text);
	lines_free(&lines);
	return end;
}

enum end dump_machine(void)
{
	struct lines lines = {};
	enum end end = kernel_machine(&lines);
	size_t i;

	for (i = 0; i < lines.count; i++)
		printf("%s\n", lines.line[i].text);
	lines_free(&lines);
	return end;
}
