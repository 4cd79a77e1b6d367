/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An alarm of the machine in a kernel
 */
#ifndef APSIM_KERNEL_ALARM_H
#define APSIM_KERNEL_ALARM_H

#include "../core/apsim.h"

/**
 * apsim_alarm_raised() - what must not happen has happened
 * @alarm: what, where, who
 *
 * A WARN, in the context of who did it, with the machine's lock held; nothing
 * while alarms are only counted.
 */
void apsim_alarm_raised(const struct apsim_alarm *alarm);

/* As in the parameters "alarms" and "stats" */
const char *apsim_alarm_name(enum apsim_alarm_kind kind);

/**
 * apsim_alarms_count() - provoke alarms on purpose
 * @count: true: only count them from now on; false: forget those since then
 *
 * Return: 0 or -ENODEV (no machine).
 */
int apsim_alarms_count(bool count);

#endif /* APSIM_KERNEL_ALARM_H */
