// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the mediated device as VFIO has it
 *
 * Open means that a guest has it, close that it has not.  There are no regions
 * and nothing to map; two eventfds tell user space what happens.
 */
#include <linux/uaccess.h>

#include "note.h"
#include "vap.h"

static int init_device(struct vfio_device *vdev)
{
	struct vap_mdev *mdev = to_vap_mdev(vdev);

	INIT_LIST_HEAD(&mdev->node);
	INIT_WORK(&mdev->settle_work, vap_settle_work);
	INIT_DELAYED_WORK(&mdev->poll_work, vap_poll_work);
	spin_lock_init(&mdev->state);
	INIT_LIST_HEAD(&mdev->nibs);
	mdev->unmap.until = jiffies;
	init_waitqueue_head(&mdev->nib_wait);
	INIT_WORK(&mdev->quiet_work, vap_quiet_work);
	INIT_WORK(&mdev->release_work, vap_release_work);
	return 0;
}

static void release_device(struct vfio_device *vdev)
{
	vap_signal_release(to_vap_mdev(vdev));
}

static int refuse_nobody(struct vap_mdev *mdev)
{
	const struct apm_refusal refusal = {
		.why = APM_REFUSED_NO_KVM, .what = "open",
	};

	dev_notice_ratelimited(mdev->vdev.dev, "open refused: no KVM is associated with it\n");
	guard(mutex)(&vap.config);
	return vap_refuse(mdev, &refusal);
}

static int open_device(struct vfio_device *vdev)
{
	struct vap_mdev *mdev = to_vap_mdev(vdev);
	int rc;

	if (!vdev->kvm)
		rc = refuse_nobody(mdev);
	else
		rc = vap_attach(mdev, vdev->kvm);
	vap_note_open(mdev, rc);
	return rc;
}

static void close_device(struct vfio_device *vdev)
{
	vap_detach(to_vap_mdev(vdev));
	vap_signal_release(to_vap_mdev(vdev));
}

static void request(struct vfio_device *vdev, unsigned int count)
{
	struct vap_mdev *mdev = to_vap_mdev(vdev);

	vap_withdraw(mdev);
	vap_signal_request(mdev, count);
}

static void dma_unmap(struct vfio_device *vdev, u64 iova, u64 length)
{
	vap_nib_unmap(to_vap_mdev(vdev), iova, length);
}

/* Through iommufd, not a container: see vap_nib_unmap(). */
static int bind_iommufd(struct vfio_device *vdev, struct iommufd_ctx *ictx,
			u32 *id)
{
	int rc = vfio_iommufd_emulated_bind(vdev, ictx, id);

	to_vap_mdev(vdev)->iommufd = !rc;
	return rc;
}

static void unbind_iommufd(struct vfio_device *vdev)
{
	/* It may be detached here, and then it is told to unmap everything. */
	vfio_iommufd_emulated_unbind(vdev);
	to_vap_mdev(vdev)->iommufd = false;
}

static long get_info(void __user *arg)
{
	struct vfio_device_info info;
	size_t minsz = offsetofend(struct vfio_device_info, num_irqs);

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	info.flags = VFIO_DEVICE_FLAGS_AP | VFIO_DEVICE_FLAGS_RESET;
	info.num_regions = 0;
	info.num_irqs = VAP_EVENTS;
	return copy_to_user(arg, &info, minsz) ? -EFAULT : 0;
}

static long get_irq_info(void __user *arg)
{
	struct vfio_irq_info info;
	size_t minsz = offsetofend(struct vfio_irq_info, count);

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz || info.index >= VAP_EVENTS)
		return -EINVAL;
	info.flags = VFIO_IRQ_INFO_EVENTFD;
	info.count = 1;
	return copy_to_user(arg, &info, minsz) ? -EFAULT : 0;
}

static long ioctl_device(struct vfio_device *vdev, unsigned int cmd, unsigned long arg)
{
	struct vap_mdev *mdev = to_vap_mdev(vdev);
	void __user *uarg = (void __user *)arg;

	switch (cmd) {
	case VFIO_DEVICE_GET_INFO:
		return get_info(uarg);
	case VFIO_DEVICE_GET_IRQ_INFO:
		return get_irq_info(uarg);
	case VFIO_DEVICE_SET_IRQS:
		return vap_signal_set_irqs(mdev, uarg);
	case VFIO_DEVICE_RESET:
		return vap_reset_mdev(mdev);
	default:
		return -EOPNOTSUPP;
	}
}

const struct vfio_device_ops vap_vfio_ops = {
	.name = "vfio-ap",
	.init = init_device,
	.release = release_device,
	.open_device = open_device,
	.close_device = close_device,
	.ioctl = ioctl_device,
	.request = request,
	.dma_unmap = dma_unmap,
	.bind_iommufd = bind_iommufd,
	.unbind_iommufd = unbind_iommufd,
	.attach_ioas = vfio_iommufd_emulated_attach_ioas,
	.detach_ioas = vfio_iommufd_emulated_detach_ioas,
};
