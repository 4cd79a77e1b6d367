/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of the control language, for those who write it
 */
#ifndef APSIM_KERNEL_WORDS_H
#define APSIM_KERNEL_WORDS_H

#include <linux/kernel.h>

#include "../core/apsim.h"

/* Types with a name of their own: CEX4 is 10. */
#define APSIM_TYPE_CEX4		10
#define APSIM_TYPE_CEX8		14

static const char * const apsim_state_words[] = {
	[APSIM_CARD_ON] = "on",
	[APSIM_CARD_OFF] = "off",
	[APSIM_CARD_STANDBY] = "standby",
	[APSIM_CARD_CHECKSTOP] = "checkstop",
};

static const char apsim_mode_letters[] = {
	[APSIM_CCA] = 'C',
	[APSIM_ACCEL] = 'A',
	[APSIM_EP11] = 'P',
};

#define APSIM_TYPE_WORD		8

static inline const char *apsim_type_word(u8 type, char word[APSIM_TYPE_WORD])
{
	if (type >= APSIM_TYPE_CEX4 && type <= APSIM_TYPE_CEX8)
		snprintf(word, APSIM_TYPE_WORD, "CEX%u",
			 type - APSIM_TYPE_CEX4 + 4);
	else
		snprintf(word, APSIM_TYPE_WORD, "%u", type);
	return word;
}

#endif /* APSIM_KERNEL_WORDS_H */
