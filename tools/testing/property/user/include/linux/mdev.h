/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - mediated devices without their core
 */
#ifndef PROPERTY_LINUX_MDEV_H
#define PROPERTY_LINUX_MDEV_H

#include <linux/device.h>

struct mdev_type {
	const char *sysfs_name;
	const char *pretty_name;
};

struct mdev_parent {
	int unused;
};

struct mdev_device {
	struct device dev;
};

struct mdev_driver {
	const char *device_api;
	unsigned int max_instances;
	int (*probe)(struct mdev_device *dev);
	void (*remove)(struct mdev_device *dev);
	struct device_driver driver;
};

int mdev_register_driver(struct mdev_driver *driver);
void mdev_unregister_driver(struct mdev_driver *driver);

#define mdev_register_parent(parent, dev, driver, types, count)		\
	((void)(parent), (void)(dev), (void)(types), 0)
#define mdev_unregister_parent(parent)	((void)(parent))

#endif /* PROPERTY_LINUX_MDEV_H */
