/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/airq.h: adapter interruptions, delivered by ../../airq.c
 */
#ifndef APSIM_UML_ASM_AIRQ_H
#define APSIM_UML_ASM_AIRQ_H

#include <linux/hardirq.h>
#include <linux/list.h>
#include <linux/types.h>
#include <asm/tpi.h>

/**
 * struct airq_struct - who handles the interruptions of a subclass
 * @list: chain of all of them
 * @handler: called with interrupts off
 * @lsi_ptr: summary byte; NULL: register_adapter_interrupt() allocates it
 * @isc: interruption subclass
 * @flags: AIRQ_PTR_ALLOCATED
 */
struct airq_struct {
	struct hlist_node list;
	void (*handler)(struct airq_struct *airq, struct tpi_info *tpi_info);
	u8 *lsi_ptr;
	u8 isc;
	u8 flags;
};

#define AIRQ_PTR_ALLOCATED	0x01

int register_adapter_interrupt(struct airq_struct *airq);
void unregister_adapter_interrupt(struct airq_struct *airq);

/* Stub: nobody looks at /proc/interrupts, the machine has its own counters. */
#undef inc_irq_stat
#define inc_irq_stat(irq)	do { } while (0)

#endif /* APSIM_UML_ASM_AIRQ_H */
