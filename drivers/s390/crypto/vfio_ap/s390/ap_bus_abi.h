/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap adapter - the part of the AP bus's private header that a driver needs
 *
 * Packaged kernel headers do not contain drivers/s390/crypto/ap_bus.h, so its
 * layouts are declared here, under names of our own.  Where the real header is
 * there, ap_bus_check.c compares the two.
 */
#ifndef VAP_AP_BUS_ABI_H
#define VAP_AP_BUS_ABI_H

#include <linux/device.h>
#include <linux/mod_devicetable.h>
#include <linux/mutex.h>

struct ap_config_info;
struct ap_driver;
struct ap_perms;
struct module;

/* Hardware types, as in PQAP(TAPQ); the bus maps newer ones down to CEX8. */
#define VAP_AP_TYPE_CEX4	10
#define VAP_AP_TYPE_CEX5	11
#define VAP_AP_TYPE_CEX6	12
#define VAP_AP_TYPE_CEX7	13
#define VAP_AP_TYPE_CEX8	14

/**
 * struct vap_ap_device - struct ap_device
 * @device: the driver core's part
 * @device_type: hardware type
 */
struct vap_ap_device {
	struct device device;
	int device_type;
};

/**
 * struct vap_ap_driver - struct ap_driver
 * @driver: the driver core's part
 * @ids: hardware types it takes, ends with an empty entry
 * @flags: bit 0: default driver; never set here
 * @probe: a queue is bound
 * @remove: a queue is unbound
 * @in_use: may the host have these queues? called under ap_attr_mutex
 * @on_config_changed: QCI changed, devices not yet
 * @on_scan_complete: devices followed
 */
struct vap_ap_driver {
	struct device_driver driver;
#ifdef COMPAT_AP_DRIVER_IDS_FIRST
	struct ap_device_id *ids;
	unsigned int flags;
#endif
	int (*probe)(struct vap_ap_device *apdev);
	void (*remove)(struct vap_ap_device *apdev);
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
#define VAP_AP_MASK_LONGS	(256 / BITS_PER_LONG)

/**
 * struct vap_ap_perms - struct ap_perms: what the host keeps for itself
 * @ioctlm: nobody here needs it
 * @apm: apmask, bit 0 leftmost
 * @aqm: aqmask
 * @adm: nobody here needs it
 */
struct vap_ap_perms {
	unsigned long ioctlm[VAP_AP_MASK_LONGS];
	unsigned long apm[VAP_AP_MASK_LONGS];
	unsigned long aqm[VAP_AP_MASK_LONGS];
	unsigned long adm[VAP_AP_MASK_LONGS];
};

extern struct mutex ap_attr_mutex;
extern struct ap_perms ap_perms;
int ap_driver_register(struct ap_driver *drv, struct module *owner, char *name);
void ap_driver_unregister(struct ap_driver *drv);
int ap_apqn_in_matrix_owned_by_def_drv(unsigned long *apm, unsigned long *aqm);
int ap_owned_by_def_drv(int card, int queue);
bool ap_bus_force_rescan(void);

#endif /* VAP_AP_BUS_ABI_H */
