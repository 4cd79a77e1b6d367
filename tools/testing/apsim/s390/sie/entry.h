/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What apsim_sie.ko counts
 */
#ifndef APSIM_SIE_ENTRY_H
#define APSIM_SIE_ENTRY_H

enum sie_counter {
	SIE_ENTRIES,
	SIE_INSTRUCTIONS,
	SIE_INTERCEPTIONS,
	SIE_COUNTERS
};

/* Any context. */
void sie_count(enum sie_counter what);

#endif /* APSIM_SIE_ENTRY_H */
