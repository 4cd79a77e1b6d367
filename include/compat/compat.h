/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels the driver supports
 *
 * Force-included into every file of the driver.  The driver is written for the
 * newest kernel; this header makes older ones look like it.  What an older one
 * lacks is asked by probe.sh, which defines COMPAT_..., so no version is named
 * here.
 */
#ifndef VFIO_AP_COMPAT_H
#define VFIO_AP_COMPAT_H

/* The mutex around the AP bus's attributes had another name. */
#ifdef COMPAT_NO_AP_ATTR_MUTEX
#define ap_attr_mutex ap_perms_mutex
#endif

/* A VFIO AP device had one interrupt only; clients ask how many there are. */
#ifdef COMPAT_NO_CFG_CHG_IRQ
#define VFIO_AP_CFG_CHG_IRQ_INDEX 1
#endif

#endif /* VFIO_AP_COMPAT_H */
