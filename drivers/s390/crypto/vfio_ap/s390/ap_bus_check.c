// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - proof that ap_bus_abi.h tells the truth
 *
 * Compiled only where the kernel source, and with it the AP bus's own header,
 * is at hand.  Contains no code.
 */
#include <linux/build_bug.h>
#include <linux/stddef.h>

#include "ap_bus.h"
#include "ap_bus_abi.h"

#define real(member)	offsetof(struct ap_driver, member)
#define ours(member)	offsetof(struct vap_ap_driver, member)

static_assert(sizeof(struct ap_driver) == sizeof(struct vap_ap_driver));
static_assert(real(driver) == ours(driver));
static_assert(real(ids) == ours(ids));
static_assert(real(flags) == ours(flags));
static_assert(real(probe) == ours(probe));
static_assert(real(remove) == ours(remove));
static_assert(real(in_use) == ours(in_use));
static_assert(real(on_config_changed) == ours(on_config_changed));
static_assert(real(on_scan_complete) == ours(on_scan_complete));

static_assert(sizeof(struct ap_device) == sizeof(struct vap_ap_device));
static_assert(offsetof(struct ap_device, device_type) ==
	      offsetof(struct vap_ap_device, device_type));

static_assert(sizeof(struct ap_perms) == sizeof(struct vap_ap_perms));
static_assert(offsetof(struct ap_perms, apm) ==
	      offsetof(struct vap_ap_perms, apm));
static_assert(offsetof(struct ap_perms, aqm) ==
	      offsetof(struct vap_ap_perms, aqm));

static_assert(VAP_AP_TYPE_CEX4 == AP_DEVICE_TYPE_CEX4);
static_assert(VAP_AP_TYPE_CEX5 == AP_DEVICE_TYPE_CEX5);
static_assert(VAP_AP_TYPE_CEX6 == AP_DEVICE_TYPE_CEX6);
static_assert(VAP_AP_TYPE_CEX7 == AP_DEVICE_TYPE_CEX7);
static_assert(VAP_AP_TYPE_CEX8 == AP_DEVICE_TYPE_CEX8);
