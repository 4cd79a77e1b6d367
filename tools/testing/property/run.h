/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property - sequences are run in a bed, and made short if they fail
 */
#ifndef PROPERTY_RUN_H
#define PROPERTY_RUN_H

#include <stdio.h>

#include "model.h"

/**
 * enum prop_hidden - what cannot be seen
 * @HIDDEN_NOTHING: nothing
 * @HIDDEN_MOVE: a queue was bound, or its device was made; or a reset is slow
 * @HIDDEN_COMEBACK: a queue that could not be zeroized is, within seconds
 */
enum prop_hidden {
	HIDDEN_NOTHING,
	HIDDEN_MOVE,
	HIDDEN_COMEBACK,
};

/**
 * struct prop_order - what a bed is to do
 * @cmd: the command
 * @want: what it should end with
 * @id: NQAP, DQAP: the message's number
 * @hidden: what it causes takes time, and cannot be seen
 */
struct prop_order {
	const struct prop_cmd *cmd;
	int want;
	unsigned int id;
	enum prop_hidden hidden;
};

/**
 * struct prop_bed - where commands are executed
 * @begin: makes the world that model_init() describes; 0 or -errno
 * @order: executes; what it ended with
 * @end: ends the world; NULL, or what was wrong in the end
 * @look: waits until everything has settled, or what is seen is as @want, and
 *	says what is seen
 * @new_bus: which AP bus it has
 * @small_vm: %SMALL_VM has small masks
 */
struct prop_bed {
	int (*begin)(void);
	int (*order)(const struct prop_order *order);
	const char *(*end)(void);
	void (*look)(const struct prop_seen *want, struct prop_seen *seen);
	bool new_bus;
	bool small_vm;
};

#define WHAT_TEXT	600

/**
 * struct prop_verdict - how a sequence went
 * @failed: something was not as the model says
 * @steps: commands that were executed
 * @at: the command after which it was not
 * @what: what was not
 */
struct prop_verdict {
	bool failed;
	unsigned long steps;
	unsigned int at;
	char what[WHAT_TEXT];
};

/* run.c */
void prop_run(const struct prop_bed *bed, enum prop_flaw flaw,
	      const struct prop_seq *seq, struct prop_verdict *verdict);

/* shrink.c */
unsigned int prop_shrink(const struct prop_bed *bed, enum prop_flaw flaw,
			 struct prop_seq *seq, struct prop_verdict *verdict,
			 unsigned int tries);
void prop_report(FILE *to, const struct prop_seq *seq, const struct prop_verdict *verdict);

#endif /* PROPERTY_RUN_H */
