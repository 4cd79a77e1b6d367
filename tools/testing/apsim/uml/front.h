/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the UML front end want from each other
 */
#ifndef APSIM_UML_FRONT_H
#define APSIM_UML_FRONT_H

#include <linux/types.h>

#include "../core/apsim.h"

struct mutex;

/* airq.c */
void apsim_airq_exit(void);

/* kvm_irq.c; the second is called under the machine's lock */
void apsim_vm_before_enable(const struct apsim_irq *irq);
enum apsim_alarm_kind apsim_vm_interrupt(const struct apsim_irq *irq);

/* ap/bus.c, which is ap.ko's */
struct mutex *apsim_scan_bus_mutex(void);

/* kvm_dev.c */
int apsim_kvm_dev_init(void);
void apsim_kvm_dev_exit(void);

#endif /* APSIM_UML_FRONT_H */
