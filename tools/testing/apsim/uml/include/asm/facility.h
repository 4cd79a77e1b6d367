/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/facility.h: the simulated machine's facilities
 */
#ifndef APSIM_UML_ASM_FACILITY_H
#define APSIM_UML_ASM_FACILITY_H

int test_facility(unsigned long nr);

/* Linux 6.12 asks here (asm/setup.h) what 7.3 asks asm/machine.h. */
#define MACHINE_IS_VM	0

#endif /* APSIM_UML_ASM_FACILITY_H */
