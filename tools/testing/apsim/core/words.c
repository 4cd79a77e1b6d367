// SPDX-License-Identifier: GPL-2.0-only
/*
 * apsim core - the words of the control language
 *
 * Numbers are written as in C, queues as AA.DDDD in hexadecimal.
 */
#include "words.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int apsim_words_cut(const char *line, struct apsim_words *w)
{
	w->count = 0;
	for (;;) {
		while (is_blank(*line))
			line++;
		if (!*line)
			return 0;
		if (w->count == APSIM_WORDS_MAX)
			return -EINVAL;
		w->start[w->count] = line;
		while (*line && !is_blank(*line))
			line++;
		w->len[w->count] = line - w->start[w->count];
		w->count++;
	}
}

bool apsim_word_is(const struct apsim_words *w, unsigned int n,
		   const char *text)
{
	return n < w->count && strlen(text) == w->len[n] &&
	       !memcmp(text, w->start[n], w->len[n]);
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* @len digits, at least one; @max is less than 2^60. */
static int digits(const char *s, size_t len, int base, u64 max, u64 *value)
{
	u64 sum = 0;

	for (; len; len--, s++) {
		if (digit(*s) >= base)
			return -EINVAL;
		sum = sum * base + digit(*s);
		if (sum > max)
			return -EINVAL;
	}
	*value = sum;
	return 0;
}

/**
 * apsim_word_number() - a number in C notation
 * @w: the line
 * @n: which word
 * @max: the largest that is allowed
 * @value: the number
 *
 * Return: 0 or -EINVAL.
 */
int apsim_word_number(const struct apsim_words *w, unsigned int n, u64 max,
		      u64 *value)
{
	const char *s;
	size_t len;

	if (n >= w->count)
		return -EINVAL;
	s = w->start[n];
	len = w->len[n];
	if (len > 2 && s[0] == '0' && (s[1] | 0x20) == 'x')
		return digits(s + 2, len - 2, 16, max, value);
	if (len > 1 && s[0] == '0')
		return digits(s + 1, len - 1, 8, max, value);
	return digits(s, len, 10, max, value);
}

/**
 * apsim_word_apqn() - a queue, AA.DDDD
 * @w: the line
 * @n: which word; it is there
 * @apqn: the queue
 *
 * Return: 0 or -EINVAL.
 */
int apsim_word_apqn(const struct apsim_words *w, unsigned int n, u64 *apqn)
{
	const char *s = w->start[n];
	u64 apid;
	u64 apqi;

	if (w->len[n] != 7 || s[2] != '.' ||
	    digits(s, 2, 16, APSIM_IDS - 1, &apid) ||
	    digits(s + 3, 4, 16, APSIM_IDS - 1, &apqi))
		return -EINVAL;
	*apqn = apid << 8 | apqi;
	return 0;
}

/**
 * apsim_word_function() - an instruction that ends with a response code
 * @w: the line
 * @n: which word: its name, a function code of PQAP, or an opcode
 * @fc: the function code, or the opcode of NQAP and DQAP
 *
 * Return: 0 or -EINVAL.
 */
int apsim_word_function(const struct apsim_words *w, unsigned int n, u64 *fc)
{
	const struct apsim_function *f = apsim_functions;

	while (f->name && !apsim_word_is(w, n, f->name))
		f++;
	if (!f->name)
		return apsim_word_number(w, n, 0xffff, fc) ||
		       !apsim_function_name(*fc) ? -EINVAL : 0;
	*fc = f->fc;
	return 0;
}

/**
 * apsim_words_join() - the rest of a line, a blank between words
 * @w: the line
 * @n: the first word, at least one
 * @to: text, ends with a zero byte
 * @size: room there
 *
 * Return: 0, or -EINVAL if it does not fit.
 */
int apsim_words_join(const struct apsim_words *w, unsigned int n, char *to,
		     size_t size)
{
	for (; n < w->count; n++) {
		if (w->len[n] >= size)
			return -EINVAL;
		memcpy(to, w->start[n], w->len[n]);
		to += w->len[n];
		*to++ = n + 1 < w->count ? ' ' : '\0';
		size -= w->len[n] + 1;
	}
	return 0;
}
