/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property - a bed with a kernel, for tools/testing/property
 */
#ifndef VFIO_AP_TEST_PROPERTY_H
#define VFIO_AP_TEST_PROPERTY_H

#include "../../property/run.h"

/*
 * How long anybody waits for a queue, in ms: where time is virtual, and on a slow
 * machine, where a queue that is all right must not be late.  If interruptions do
 * not end, its reset begins after a second.
 */
#define PATIENCE_UML	"1500"
#define PATIENCE_BOX	"3000"

int property_open(void);
void property_close(void);
extern struct prop_bed property_bed;

/* property_world.c */
int property_calm(void);
int property_bus(const struct prop_cmd *cmd, int want);
int property_machine(const struct prop_cmd *cmd);
void property_unstick(unsigned int q);

#endif /* VFIO_AP_TEST_PROPERTY_H */
