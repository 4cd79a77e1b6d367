// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own AP bus, compiled from the kernel source tree
 */
#include "ap_bus.c"

#include "../front.h"

/* Who keeps it keeps the bus from looking for queues. */
struct mutex *apsim_scan_bus_mutex(void)
{
	return &ap_scan_bus_mutex;
}
EXPORT_SYMBOL_GPL(apsim_scan_bus_mutex);
