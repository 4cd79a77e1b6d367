/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * apsim core - the words of the control language
 */
#ifndef APSIM_WORDS_H
#define APSIM_WORDS_H

#include "apsim_priv.h"

#define APSIM_WORDS_MAX	20

/**
 * struct apsim_words - a line, cut
 * @start: where each word begins
 * @len: how long it is
 * @count: how many words there are
 */
struct apsim_words {
	const char *start[APSIM_WORDS_MAX];
	size_t len[APSIM_WORDS_MAX];
	unsigned int count;
};

/* 0 or -EINVAL. */
int apsim_words_cut(const char *line, struct apsim_words *w);
bool apsim_word_is(const struct apsim_words *w, unsigned int n,
		   const char *text);
int apsim_word_number(const struct apsim_words *w, unsigned int n, u64 max,
		      u64 *value);
int apsim_word_apqn(const struct apsim_words *w, unsigned int n, u64 *apqn);
int apsim_word_function(const struct apsim_words *w, unsigned int n, u64 *fc);
int apsim_words_join(const struct apsim_words *w, unsigned int n, char *to,
		     size_t size);

/* fault.c */
int apsim_run_fault(struct apsim *m, u64 now, const struct apsim_words *w);
int apsim_run_nofault(struct apsim *m, u64 now, const struct apsim_words *w);

/* command.c: is this a command, as far as its first word and its length go? */
bool apsim_is_command(const char *line);

#endif /* APSIM_WORDS_H */
