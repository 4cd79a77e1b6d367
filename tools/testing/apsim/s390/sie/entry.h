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
	SIE_FAULTS,
	SIE_COUNTERS
};

/* Any context. */
void sie_count(enum sie_counter what);

/* masks.c: count how often KVM writes masks; 0 or -errno. */
int sie_masks_init(void);
void sie_masks_exit(void);

#endif /* APSIM_SIE_ENTRY_H */
