/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stub for asm/zcrypt.h: the AP bus needs one number of zcrypt's interface
 */
#ifndef APSIM_UML_ASM_ZCRYPT_H
#define APSIM_UML_ASM_ZCRYPT_H

#define MAX_ZDEV_ENTRIES_EXT	(256 * 256)

#endif /* APSIM_UML_ASM_ZCRYPT_H */
