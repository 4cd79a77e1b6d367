// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the matrix device, parent of all mediated devices
 *
 * One device, "matrix", below a root device, "vfio_ap", on a bus of its own,
 * "matrix", bound to a driver called "vfio_ap": the mdev core names the type
 * after that driver, and clients look for all of these names.
 */
#include <linux/err.h>
#include <linux/slab.h>

#include "vap.h"

static struct device *root;

static const struct bus_type matrix_bus = {
	.name = "matrix",
};

static struct device_driver matrix_driver = {
	.name = VAP_NAME,
	.bus = &matrix_bus,
	.suppress_bind_attrs = true,
};

static void matrix_release(struct device *dev)
{
	kfree(dev);
}

static int matrix_device_add(void)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int rc;

	if (!dev)
		return -ENOMEM;
	device_initialize(dev);
	dev->parent = root;
	dev->bus = &matrix_bus;
	dev->groups = vap_matrix_groups;
	dev->release = matrix_release;
	rc = dev_set_name(dev, "matrix");
	rc = rc ?: device_add(dev);
	if (rc) {
		put_device(dev);
		return rc;
	}
	/* Types are named after its driver, so it has to have one. */
	if (!dev->driver) {
		device_unregister(dev);
		return -ENOMEM;
	}
	vap.matrix = dev;
	return 0;
}

/**
 * vap_matrix_init - make the matrix device
 *
 * Return: 0 or -errno of the driver core.
 */
int vap_matrix_init(void)
{
	int rc;

	root = root_device_register(VAP_NAME);
	if (IS_ERR(root))
		return PTR_ERR(root);
	rc = bus_register(&matrix_bus);
	if (rc)
		goto root;
	rc = driver_register(&matrix_driver);
	if (rc)
		goto bus;
	rc = matrix_device_add();
	if (rc)
		goto driver;
	return 0;

driver:
	driver_unregister(&matrix_driver);
bus:
	bus_unregister(&matrix_bus);
root:
	root_device_unregister(root);
	return rc;
}

/**
 * vap_matrix_exit - the reverse of vap_matrix_init()
 */
void vap_matrix_exit(void)
{
	device_unregister(vap.matrix);
	driver_unregister(&matrix_driver);
	bus_unregister(&matrix_bus);
	root_device_unregister(root);
}
