/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/isc.h: the interruption subclasses that AP has to do with
 */
#ifndef APSIM_UML_ASM_ISC_H
#define APSIM_UML_ASM_ISC_H

#define MAX_ISC	7
#define GAL_ISC	5	/* alerts for guests */
#define AP_ISC	6	/* the host's own queues */

#endif /* APSIM_UML_ASM_ISC_H */
