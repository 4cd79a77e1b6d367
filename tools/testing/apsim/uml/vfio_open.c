// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which VM a VFIO device is opened for
 *
 * VFIO without KVM leaves vfio_device.kvm empty.  These operations, which
 * stand between VFIO and the driver, fill it for the time the device is open.
 */
#include <linux/export.h>
#include <linux/vfio.h>

#include "vm.h"

static const struct vfio_device_ops *driver_of(struct vfio_device *vdev)
{
	return container_of(vdev->ops, struct apsim_vfio_ops, vfio)->driver;
}

static void leave_vm(struct vfio_device *vdev)
{
	struct kvm *kvm = vdev->kvm;

	vdev->kvm = NULL;
	if (kvm)
		kvm_put_kvm(kvm);
}

static int open_device(struct vfio_device *vdev)
{
	struct vm *vm = apsim_vm_of_device(vdev);
	int rc;

	vdev->kvm = vm ? &vm->kvm : NULL;
	rc = driver_of(vdev)->open_device(vdev);
	if (rc)
		leave_vm(vdev);
	return rc;
}

static void close_device(struct vfio_device *vdev)
{
	driver_of(vdev)->close_device(vdev);
	leave_vm(vdev);
}

/**
 * apsim_vfio_ops_of - stand between VFIO and a driver
 * @ops: filled in; as static as @driver
 * @driver: the driver's operations
 *
 * Return: operations for VFIO.
 */
const struct vfio_device_ops *
apsim_vfio_ops_of(struct apsim_vfio_ops *ops,
		  const struct vfio_device_ops *driver)
{
	struct vfio_device_ops vfio = *driver;

	vfio.open_device = open_device;
	vfio.close_device = close_device;
	ops->driver = driver;
	ops->vfio = vfio;
	return &ops->vfio;
}
EXPORT_SYMBOL_GPL(apsim_vfio_ops_of);
