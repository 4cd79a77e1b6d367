/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels the driver supports
 *
 * Force-included into every file of the driver, and the only place that knows
 * kernel versions.  The driver is written for the newest kernel; this header
 * makes older ones look like it.
 */
#ifndef VFIO_AP_COMPAT_H
#define VFIO_AP_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0) && \
	LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)

/* The mutex around the AP bus's attributes had another name. */
#define ap_attr_mutex ap_perms_mutex

/* struct ap_driver began with what 7.3 has at its end. */
#define COMPAT_AP_DRIVER_IDS_FIRST

/* The second interrupt index of a VFIO AP device was added in 6.15. */
#define VFIO_AP_CFG_CHG_IRQ_INDEX 1

#elif LINUX_VERSION_CODE < KERNEL_VERSION(7, 3, 0) || \
	LINUX_VERSION_CODE >= KERNEL_VERSION(7, 4, 0)
#error "vfio_ap supports Linux 6.12 and 7.3; see include/compat/compat.h"
#endif

#endif /* VFIO_AP_COMPAT_H */
