/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * rounds - a guest that changes all of its data again and again
 */
#ifndef VFIO_AP_TEST_ROUNDS_H
#define VFIO_AP_TEST_ROUNDS_H

/* The guest, in rounds.S. */
extern const unsigned char rounds_guest[];
extern const unsigned char rounds_guest_end[];

/* Not 0 in the orders: end.  Then the rounds so far, and the pattern */
#define ORDERS		0x30000
#define ROUNDS		0x30008
#define PATTERN		0x30100
#define BLOCK_LEN	200

/* Data, in pairs of pages */
#define DATA		0x80000
#define PAIR		0x2000
#define PAIRS		16
#define DATA_LEN	(PAIRS * PAIR)

#endif /* VFIO_AP_TEST_ROUNDS_H */
