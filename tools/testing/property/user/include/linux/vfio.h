/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - VFIO without user space
 */
#ifndef PROPERTY_LINUX_VFIO_H
#define PROPERTY_LINUX_VFIO_H

#include_next <linux/vfio.h>

#include <linux/device.h>
#include <linux/iommu.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#ifndef VFIO_DEVICE_API_AP_STRING
#define VFIO_DEVICE_API_AP_STRING "vfio-ap"
#endif

#define __user

struct iommufd_ctx;
struct kvm;
struct vfio_device;

struct vfio_device_ops {
	const char *name;
	int (*init)(struct vfio_device *vdev);
	void (*release)(struct vfio_device *vdev);
	int (*open_device)(struct vfio_device *vdev);
	void (*close_device)(struct vfio_device *vdev);
	long (*ioctl)(struct vfio_device *vdev, unsigned int cmd,
		      unsigned long arg);
	void (*request)(struct vfio_device *vdev, unsigned int count);
	void (*dma_unmap)(struct vfio_device *vdev, u64 iova, u64 length);
	int (*bind_iommufd)(struct vfio_device *vdev, struct iommufd_ctx *ictx,
			    u32 *id);
	void (*unbind_iommufd)(struct vfio_device *vdev);
	int (*attach_ioas)(struct vfio_device *vdev, u32 *id);
	void (*detach_ioas)(struct vfio_device *vdev);
};

struct vfio_device {
	struct device *dev;
	const struct vfio_device_ops *ops;
	struct kvm *kvm;
	bool open;
};

void *user_vfio_alloc(size_t size, size_t offset, struct device *dev,
		      const struct vfio_device_ops *ops);

#define vfio_alloc_device(type, member, dev, ops)			\
	((struct type *)user_vfio_alloc(sizeof(struct type),		\
					offsetof(struct type, member), dev, ops))

#define vfio_register_emulated_iommu_dev(vdev)	((void)(vdev), 0)

void vfio_unregister_group_dev(struct vfio_device *vdev);
void vfio_put_device(struct vfio_device *vdev);
int vfio_pin_pages(struct vfio_device *vdev, u64 iova, int npage, int prot,
		   struct page **pages);
void vfio_unpin_pages(struct vfio_device *vdev, u64 iova, int npage);

static inline int vfio_iommufd_emulated_bind(struct vfio_device *vdev,
					     struct iommufd_ctx *ictx, u32 *id)
{
	return 0;
}

static inline void vfio_iommufd_emulated_unbind(struct vfio_device *vdev)
{
}

static inline int vfio_iommufd_emulated_attach_ioas(struct vfio_device *vdev,
						    u32 *id)
{
	return 0;
}

static inline void vfio_iommufd_emulated_detach_ioas(struct vfio_device *vdev)
{
}

#endif /* PROPERTY_LINUX_VFIO_H */
