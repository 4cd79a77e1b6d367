/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Changed on purpose: linux/vfio.h, with VMs
 *
 * Without CONFIG_KVM VFIO never sets vfio_device.kvm.  So a device is
 * allocated with a copy of its driver's operations whose open_device() and
 * close_device() do what VFIO and KVM's VFIO device would have done; see
 * ../../vfio_open.c.
 */
#ifndef APSIM_UML_LINUX_VFIO_H
#define APSIM_UML_LINUX_VFIO_H

#include_next <linux/vfio.h>

/**
 * struct apsim_vfio_ops - a driver's operations, and what VFIO gets to see
 * @driver: the driver's own
 * @vfio: VFIO's
 */
struct apsim_vfio_ops {
	const struct vfio_device_ops *driver;
	struct vfio_device_ops vfio;
};

const struct vfio_device_ops *
apsim_vfio_ops_of(struct apsim_vfio_ops *ops,
		  const struct vfio_device_ops *driver);

#undef vfio_alloc_device
#define vfio_alloc_device(dev_struct, member, dev, ops)			\
({									\
	static struct apsim_vfio_ops __ops;				\
									\
	container_of(_vfio_alloc_device(sizeof(struct dev_struct) +	\
			BUILD_BUG_ON_ZERO(offsetof(struct dev_struct,	\
						   member)),		\
			dev, apsim_vfio_ops_of(&__ops, ops)),		\
		     struct dev_struct, member);			\
})

#endif /* APSIM_UML_LINUX_VFIO_H */
