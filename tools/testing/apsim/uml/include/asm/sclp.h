/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/sclp.h: configure an adapter, or put it in standby
 */
#ifndef APSIM_UML_ASM_SCLP_H
#define APSIM_UML_ASM_SCLP_H

#include <linux/types.h>

int sclp_ap_configure(u32 apid);
int sclp_ap_deconfigure(u32 apid);

#endif /* APSIM_UML_ASM_SCLP_H */
