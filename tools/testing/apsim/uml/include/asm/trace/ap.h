/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stub for asm/trace/ap.h: no trace points around NQAP and DQAP
 */
#ifndef APSIM_UML_ASM_TRACE_AP_H
#define APSIM_UML_ASM_TRACE_AP_H

#include <linux/tracepoint.h>

#define trace_s390_ap_nqap(card, dom, status, psmid)	do { } while (0)
#define trace_s390_ap_dqap(card, dom, status, psmid)	do { } while (0)
#undef EXPORT_TRACEPOINT_SYMBOL
#define EXPORT_TRACEPOINT_SYMBOL(name)

#endif /* APSIM_UML_ASM_TRACE_AP_H */
