/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of the AP bus's private header that the driver needs
 *
 * Packaged kernel headers do not contain drivers/s390/crypto/ap_bus.h, so what
 * is in there is declared here once more, as far as it matters.  Where the real
 * one is at hand, ap_bus_check.c of the driver compares the two; in a kernel tree
 * there is only the real one.
 */
#ifndef VFIO_AP_COMPAT_AP_BUS_H
#define VFIO_AP_COMPAT_AP_BUS_H

#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>

struct ap_config_info;
struct module;

/* Hardware types, as in PQAP(TAPQ); the bus maps newer ones down to CEX8. */
#define AP_DEVICE_TYPE_CEX4	10
#define AP_DEVICE_TYPE_CEX5	11
#define AP_DEVICE_TYPE_CEX6	12
#define AP_DEVICE_TYPE_CEX7	13
#define AP_DEVICE_TYPE_CEX8	14

/**
 * struct ap_device - a card or a queue; some kernels have more at its end
 * @device: the driver core's part
 * @device_type: hardware type
 */
struct ap_device {
	struct device device;
	int device_type;
};

/**
 * struct ap_driver - a driver on the AP bus
 * @driver: the driver core's part
 * @ids: hardware types it takes, ends with an empty entry
 * @flags: bit 0: default driver; never set here
 * @probe: a queue is bound
 * @remove: a queue is unbound
 * @in_use: may the host have these queues? called under ap_attr_mutex
 * @on_config_changed: QCI changed, devices not yet
 * @on_scan_complete: devices followed
 */
struct ap_driver {
	struct device_driver driver;
#ifdef COMPAT_AP_DRIVER_IDS_FIRST
	struct ap_device_id *ids;
	unsigned int flags;
#endif
	int (*probe)(struct ap_device *apdev);
	void (*remove)(struct ap_device *apdev);
	int (*in_use)(unsigned long *apm, unsigned long *aqm);
	void (*on_config_changed)(struct ap_config_info *new_info,
				  struct ap_config_info *old_info);
	void (*on_scan_complete)(struct ap_config_info *new_info,
				 struct ap_config_info *old_info);
#ifndef COMPAT_AP_DRIVER_IDS_FIRST
	struct ap_device_id *ids;
	unsigned int flags;
#endif
};

/* 256 adapters, domains, and ioctls */
#define AP_MASK_LONGS	(256 / BITS_PER_LONG)

/**
 * struct ap_perms - what the host keeps for itself
 * @ioctlm: nobody here needs it
 * @apm: apmask, bit 0 leftmost
 * @aqm: aqmask
 * @adm: nobody here needs it
 */
struct ap_perms {
	unsigned long ioctlm[AP_MASK_LONGS];
	unsigned long apm[AP_MASK_LONGS];
	unsigned long aqm[AP_MASK_LONGS];
	unsigned long adm[AP_MASK_LONGS];
};

extern struct mutex ap_attr_mutex;
extern struct ap_perms ap_perms;
int ap_driver_register(struct ap_driver *drv, struct module *owner, char *name);
void ap_driver_unregister(struct ap_driver *drv);
int ap_apqn_in_matrix_owned_by_def_drv(unsigned long *apm, unsigned long *aqm);
int ap_owned_by_def_drv(int card, int queue);
bool ap_bus_force_rescan(void);

#endif /* VFIO_AP_COMPAT_AP_BUS_H */
