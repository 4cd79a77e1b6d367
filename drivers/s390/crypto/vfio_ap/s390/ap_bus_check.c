// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - proof that include/compat/ap_bus.h tells the truth
 *
 * Compiled only out of tree, and where the kernel's source, and with it the AP
 * bus's own header, is at hand.  Contains no code.
 */
#include <linux/build_bug.h>
#include <linux/stddef.h>

/* What we declare gets other names for once. */
#define ap_device		our_device
#define ap_driver		our_driver
#define ap_perms		our_perms
#define ap_driver_register	our_register
#define ap_driver_unregister	our_unregister
#include "compat/ap_bus.h"
#undef ap_device
#undef ap_driver
#undef ap_perms
#undef ap_driver_register
#undef ap_driver_unregister

enum our_types {
	OUR_CEX4 = AP_DEVICE_TYPE_CEX4,
	OUR_CEX5 = AP_DEVICE_TYPE_CEX5,
	OUR_CEX6 = AP_DEVICE_TYPE_CEX6,
	OUR_CEX7 = AP_DEVICE_TYPE_CEX7,
	OUR_CEX8 = AP_DEVICE_TYPE_CEX8,
};

#undef AP_DEVICE_TYPE_CEX4
#undef AP_DEVICE_TYPE_CEX5
#undef AP_DEVICE_TYPE_CEX6
#undef AP_DEVICE_TYPE_CEX7
#undef AP_DEVICE_TYPE_CEX8

/* Other functions and the mutex are the same declared twice, or this fails. */
#include "ap_bus.h"

#define real(member)	offsetof(struct ap_driver, member)
#define ours(member)	offsetof(struct our_driver, member)

static_assert(sizeof(struct ap_driver) == sizeof(struct our_driver));
static_assert(real(driver) == ours(driver));
static_assert(real(ids) == ours(ids));
static_assert(real(flags) == ours(flags));
static_assert(real(probe) == ours(probe));
static_assert(real(remove) == ours(remove));
static_assert(real(in_use) == ours(in_use));
static_assert(real(on_config_changed) == ours(on_config_changed));
static_assert(real(on_scan_complete) == ours(on_scan_complete));

static_assert(offsetof(struct ap_device, device) ==
	      offsetof(struct our_device, device));
static_assert(offsetof(struct ap_device, device_type) ==
	      offsetof(struct our_device, device_type));

static_assert(sizeof(struct ap_perms) == sizeof(struct our_perms));
static_assert(offsetof(struct ap_perms, apm) == offsetof(struct our_perms, apm));
static_assert(offsetof(struct ap_perms, aqm) == offsetof(struct our_perms, aqm));

static_assert(OUR_CEX4 == AP_DEVICE_TYPE_CEX4);
static_assert(OUR_CEX5 == AP_DEVICE_TYPE_CEX5);
static_assert(OUR_CEX6 == AP_DEVICE_TYPE_CEX6);
static_assert(OUR_CEX7 == AP_DEVICE_TYPE_CEX7);
static_assert(OUR_CEX8 == AP_DEVICE_TYPE_CEX8);
