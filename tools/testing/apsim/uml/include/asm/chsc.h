/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for asm/chsc.h: the machine says that its configuration changed
 */
#ifndef APSIM_UML_ASM_CHSC_H
#define APSIM_UML_ASM_CHSC_H

#include <linux/notifier.h>

enum chsc_notify_type {
	CHSC_NOTIFY_AP_CFG = 3,
};

int chsc_notifier_register(struct notifier_block *nb);
int chsc_notifier_unregister(struct notifier_block *nb);

#endif /* APSIM_UML_ASM_CHSC_H */
