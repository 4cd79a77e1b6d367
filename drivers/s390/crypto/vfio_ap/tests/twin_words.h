/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - stupid twins of what deals with the machine's answers
 *
 * The two state machines are tables; their twins have no state, they read the
 * whole story again after each answer.
 */
#ifndef APM_TWIN_WORDS_H
#define APM_TWIN_WORDS_H

#include "../core/aqic.h"
#include "../core/quietfsm.h"
#include "../core/resetfsm.h"
#include "twin.h"

/* Bit @n of a register or a word, 0 is leftmost. */
static inline bool twin_bit(u64 value, unsigned int bits, unsigned int n)
{
	return value >> (bits - 1 - n) & 1;
}

static inline u64 twin_bits(u64 value, unsigned int bits, unsigned int first,
			    unsigned int last)
{
	u64 field = 0;

	for (unsigned int n = first; n <= last; n++)
		field = field * 2 + twin_bit(value, bits, n);
	return field;
}

static inline bool twin_is_status(const struct apm_status *s, u32 word)
{
	return s->empty == twin_bit(word, 32, 0) &&
	       s->replies == twin_bit(word, 32, 1) &&
	       s->full == twin_bit(word, 32, 2) &&
	       s->async == twin_bit(word, 32, 6) &&
	       s->irq == twin_bit(word, 32, 7) &&
	       s->rc == twin_bits(word, 32, 8, 15);
}

/* NULL, or what of a status word and its parts is wrong. */
static inline const char *twin_word_wrong(u32 word)
{
	struct apm_status s = apm_status_of(word);
	u32 again = apm_status_word(&s);

	if (!twin_is_status(&s, word))
		return "the parts of the word";
	if (!twin_is_status(&s, again))
		return "the word of the parts";
	if (twin_bits(again, 32, 3, 5) || twin_bits(again, 32, 16, 31))
		return "a reserved bit";
	return NULL;
}

static inline bool twin_is_aqic(const struct apm_aqic *aqic, u64 gr0, u64 gr1,
				u64 gr2)
{
	return aqic->apqn == twin_bits(gr0, 64, 48, 63) &&
	       aqic->enable == twin_bit(gr1, 64, 16) &&
	       aqic->isc == twin_bits(gr1, 64, 61, 63) && aqic->nib == gr2;
}

/* The code a guest gets at once, 0: none. */
static inline unsigned int twin_refusal(const struct apm_matrix *plugged,
					u64 gr0, u64 gr1, u64 gr2)
{
	if (!twin_matrix_has(plugged, twin_bits(gr0, 64, 48, 63)))
		return 0x01;
	return twin_bit(gr1, 64, 16) && !gr2 ? 0x06 : 0;
}

#define TWIN_STORY	32

/**
 * struct twin_story - what was asked and answered, first to last
 * @count: how many answers there are
 * @started: by answer: it is one to ZAPQ, or to AQIC; else to TAPQ
 * @said: the answers
 */
struct twin_story {
	unsigned int count;
	bool started[TWIN_STORY];
	struct apm_tapq said[TWIN_STORY];
};

static inline bool twin_code(const struct apm_tapq *said, u8 a, u8 b, u8 c)
{
	const struct apm_status *s = &said->status;

	return !s->async && (s->rc == a || s->rc == b || s->rc == c);
}

static inline bool twin_pure(const struct apm_tapq *said)
{
	return twin_code(said, 0, 0, 0) && said->status.empty &&
	       !said->status.irq && !said->bind_state;
}

/* Was the last ZAPQ accepted, and nothing but 02 and 05 said since? */
static inline bool twin_reset_stands(const struct twin_story *story,
				     unsigned int count)
{
	while (count--) {
		if (story->started[count])
			return twin_code(&story->said[count], 0, 0, 0);
		if (!twin_code(&story->said[count], 2, 5, 5))
			return false;
	}
	return false;
}

static inline enum apm_reset_state twin_reset(const struct twin_story *story)
{
	const struct apm_tapq *said;
	unsigned int last;
	bool failed;

	if (!story->count)
		return APM_RESET_ISSUE;
	last = story->count - 1;
	said = &story->said[last];
	failed = said->status.async || twin_code(said, 0x35, 0x36, 0x36);
	if (twin_code(said, 1, 1, 1))
		return APM_RESET_GONE;
	if (twin_code(said, 3, 4, 4))
		return APM_RESET_AWAY;
	if (story->started[last])
		return twin_code(said, 0, 0, 0) ? APM_RESET_VERIFY :
						  APM_RESET_WAIT;
	if (twin_pure(said) && twin_reset_stands(story, last))
		return APM_RESET_CLEAN;
	if (failed || twin_code(said, 0, 0, 0))
		return APM_RESET_ISSUE;
	return twin_reset_stands(story, story->count) ? APM_RESET_VERIFY :
							APM_RESET_WAIT;
}

/* The code of the last AQIC, if it is the last one that counts; else 0x100. */
static inline unsigned int twin_told_off(const struct twin_story *story)
{
	for (unsigned int i = story->count; i--;)
		if (story->started[i])
			return story->said[i].status.async ?
			       0x100 : story->said[i].status.rc;
	return 0x100;
}

static inline enum apm_quiet_state twin_quiet(const struct twin_story *story)
{
	unsigned int told = twin_told_off(story);
	const struct apm_tapq *said;
	bool off;

	if (!story->count)
		return APM_QUIET_ISSUE;
	said = &story->said[story->count - 1];
	off = twin_code(said, 0, 0, 0) && !said->status.irq;
	if (twin_code(said, 1, 3, 4))
		return APM_QUIET_OVER;
	if (story->started[story->count - 1] && told == 0x07)
		return APM_QUIET_DOUBT;
	if (told == 0x00 && !story->started[story->count - 1] && off)
		return APM_QUIET_OVER;
	if (told == 0x00)
		return APM_QUIET_WATCH;
	if (told == 0x07 && off)
		return APM_QUIET_SEEMS;
	return APM_QUIET_ISSUE;
}

#endif /* APM_TWIN_WORDS_H */
