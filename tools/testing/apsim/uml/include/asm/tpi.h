/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stub for asm/tpi.h: AP interruption handlers ignore the interruption code
 */
#ifndef APSIM_UML_ASM_TPI_H
#define APSIM_UML_ASM_TPI_H

struct tpi_info {
	unsigned int isc;
};

#endif /* APSIM_UML_ASM_TPI_H */
