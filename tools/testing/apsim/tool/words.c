// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim - the words of the control language, explained
 *
 * The grammar itself is the core's, which is linked into this command.  This
 * only finds words for its errno.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tool.h"

#define QUEUE	"AA.DDDD is hexadecimal: 04.0047"

/**
 * struct word - a command
 * @name: its first word
 * @form: all of its words
 * @hint: what its operands are
 * @missing: what it may not find
 */
struct word {
	const char *name;
	const char *form;
	const char *hint;
	const char *missing;
};

static const struct word words[] = {
	{ "card", "card APID TYPE MODE [DEPTH]",
	  "APID 0-255; TYPE CEX4 .. CEX8 or 1-255; MODE A, C or P; DEPTH 1-32" },
	{ "nocard", "nocard APID", "APID 0-255", "adapter" },
	{ "domain", "domain APQI [usage|control|both]", "APQI 0-255" },
	{ "nodomain", "nodomain APQI", "APQI 0-255", "domain" },
	{ "on", "on APID", "APID 0-255", "adapter" },
	{ "off", "off APID", "APID 0-255", "adapter" },
	{ "standby", "standby APID", "APID 0-255", "adapter" },
	{ "checkstop", "checkstop APID", "APID 0-255", "adapter" },
	{ "latency", "latency US", "US is in microseconds" },
	{ "reset", "reset US", "US is in microseconds" },
	{ "aqic", "aqic US", "US is in microseconds" },
	{ "unbind", "unbind US", "US is in microseconds" },
	{ "inject", "inject AA.DDDD FC RC COUNT",
	  QUEUE "; FC 0, 1, 2, 3, 5, nqap or dqap; RC 0-255", "queue" },
	{ "fault", "fault AA.DDDD FC [at N] [times M|forever] rc RC [async]",
	  "or late US, or do COMMAND; fault qci ... with|without card|domain|control ID",
	  "queue" },
	{ "nofault", "nofault [AA.DDDD [FC] | qci]", QUEUE, "queue" },
	{ "async", "async AA.DDDD RC", QUEUE "; RC 0-255, 0 ends it", "queue" },
	{ "lag", "lag AA.DDDD US", QUEUE "; US is in microseconds", "queue" },
	{ "bound", "bound AA.DDDD BS", QUEUE "; BS 0-3, 0 is unbound", "queue" },
};

static const struct word *word_find(const char *text)
{
	size_t len = strcspn(text, " \t\r\n");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i].name) == len &&
		    !memcmp(words[i].name, text, len))
			return &words[i];
	return NULL;
}

static void explain_form(const struct line *line, const struct word *word)
{
	if (word) {
		fprintf(stderr, "should be: %s\n    %s\n", word->form,
			word->hint);
		return;
	}
	fprintf(stderr, "there is no command \"%.*s\"\n    see apsim words\n",
		(int)strcspn(line->text, " \t"), line->text);
}

static void explain_missing(const char *what)
{
	fprintf(stderr, "there is no such %s\n    %s\n", what,
		strcmp(what, "queue") ? "a line before has to make it: card, or domain" :
		"queues are where cards and usage domains cross: say these first");
}

/* FILE:LINE: "COMMAND": what is wrong, and what to do */
void words_explain(const struct line *line, int error)
{
	const struct word *word = word_find(line->text);

	fprintf(stderr, "%s:%u: \"%s\": ", line->file, line->nr, line->text);
	switch (error) {
	case EINVAL:
		explain_form(line, word);
		break;
	case EEXIST:
		fprintf(stderr, "it is plugged already\n"
			"    nocard takes it off; load --replace begins with an empty machine\n");
		break;
	case ENOENT:
		explain_missing(word && word->missing ? word->missing : "queue");
		break;
	default:
		fprintf(stderr, "%s\n", strerror(error));
	}
}

void words_list(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		printf("%-36s%s\n", words[i].form, words[i].hint);
}
