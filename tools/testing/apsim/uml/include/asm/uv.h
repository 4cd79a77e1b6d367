/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stub for asm/uv.h: there is no ultravisor, so no secure guest and no secure
 * execution of this kernel
 */
#ifndef APSIM_UML_ASM_UV_H
#define APSIM_UML_ASM_UV_H

static inline int is_prot_virt_guest(void)
{
	return 0;
}

static inline int is_prot_virt_host(void)
{
	return 0;
}

/* Called for secure guests only. */
static inline int uv_pin_shared(unsigned long paddr)
{
	return 0;
}

#endif /* APSIM_UML_ASM_UV_H */
