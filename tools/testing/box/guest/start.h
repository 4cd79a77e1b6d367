/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * start - the guest's assembler and its C
 */
#ifndef BOX_START_H
#define BOX_START_H

/* In start.S: sleep; the interruption word, 0 if it was the clock. */
unsigned long doze(void);

/* Called by start.S; the guest ends when it returns. */
void guest_main(void);

#endif /* BOX_START_H */
