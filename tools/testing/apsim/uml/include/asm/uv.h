/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/uv.h: what there is of an ultravisor
 *
 * It knows which pages a protected guest shares with its host
 * (../../kvm_mem.c), and nothing else; this kernel is no protected guest.
 */
#ifndef APSIM_UML_ASM_UV_H
#define APSIM_UML_ASM_UV_H

static inline int is_prot_virt_guest(void)
{
	return 0;
}

static inline int is_prot_virt_host(void)
{
	return 1;
}

int uv_pin_shared(unsigned long paddr);

#endif /* APSIM_UML_ASM_UV_H */
