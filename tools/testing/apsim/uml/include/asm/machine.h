/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stub for asm/machine.h: not a guest of z/VM
 */
#ifndef APSIM_UML_ASM_MACHINE_H
#define APSIM_UML_ASM_MACHINE_H

static inline bool machine_is_vm(void)
{
	return false;
}

#endif /* APSIM_UML_ASM_MACHINE_H */
