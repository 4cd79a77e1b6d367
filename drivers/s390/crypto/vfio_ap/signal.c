// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the two things user space can be told by eventfd
 *
 * "Please unplug the device" and "the guest's AP configuration changed".
 */
#include <linux/eventfd.h>
#include <linux/uaccess.h>

#include "vap.h"

static_assert(VFIO_AP_REQ_IRQ_INDEX < VAP_EVENTS);
static_assert(VFIO_AP_CFG_CHG_IRQ_INDEX < VAP_EVENTS);

/* How often a removal that nobody answers is worth a line in the log. */
#define REQUESTS_PER_NOTICE 10

static bool raise(struct vap_mdev *mdev, unsigned int index)
{
	guard(spinlock)(&mdev->state);
	if (!mdev->event[index])
		return false;
	eventfd_signal(mdev->event[index]);
	return true;
}

static void install(struct vap_mdev *mdev, unsigned int index,
		    struct eventfd_ctx *ctx)
{
	struct eventfd_ctx *old;

	scoped_guard(spinlock, &mdev->state) {
		old = mdev->event[index];
		mdev->event[index] = ctx;
	}
	if (old)
		eventfd_ctx_put(old);
}

/**
 * vap_signal_config - the guest's AP configuration changed
 * @mdev: the mediated device
 */
void vap_signal_config(struct vap_mdev *mdev)
{
	raise(mdev, VFIO_AP_CFG_CHG_IRQ_INDEX);
}

/**
 * vap_signal_request - the device should be unplugged
 * @mdev: the mediated device
 * @count: how often that was asked before; VFIO asks every ten seconds
 */
void vap_signal_request(struct vap_mdev *mdev, unsigned int count)
{
	bool heard = raise(mdev, VFIO_AP_REQ_IRQ_INDEX);

	if (heard && count && count % REQUESTS_PER_NOTICE == 0)
		dev_notice(mdev->vdev.dev, "removal waits for the user of the device (asked %u times)\n",
			   count);
	else if (!heard && !count)
		dev_notice(mdev->vdev.dev, "removal waits for the user of the device, who cannot be asked\n");
}

/* One eventfd, or -1 for none. */
static int set_event(struct vap_mdev *mdev, unsigned int index,
		     const void __user *data)
{
	struct eventfd_ctx *ctx = NULL;
	s32 fd;

	if (copy_from_user(&fd, data, sizeof(fd)))
		return -EFAULT;
	if (fd < -1)
		return -EINVAL;
	if (fd >= 0) {
		ctx = eventfd_ctx_fdget(fd);
		if (IS_ERR(ctx))
			return PTR_ERR(ctx);
	}
	install(mdev, index, ctx);
	return 0;
}

/* One byte: signal, or do not. */
static int trigger_if(struct vap_mdev *mdev, unsigned int index,
		      const void __user *data)
{
	u8 wanted;

	if (copy_from_user(&wanted, data, sizeof(wanted)))
		return -EFAULT;
	if (wanted)
		raise(mdev, index);
	return 0;
}

static int set_irq(struct vap_mdev *mdev, const struct vfio_irq_set *set,
		   const void __user *data)
{
	if ((set->flags & VFIO_IRQ_SET_ACTION_TYPE_MASK) !=
	    VFIO_IRQ_SET_ACTION_TRIGGER)
		return -EINVAL;
	switch (set->flags & VFIO_IRQ_SET_DATA_TYPE_MASK) {
	case VFIO_IRQ_SET_DATA_NONE:
		if (set->count)
			raise(mdev, set->index);
		else
			install(mdev, set->index, NULL);
		return 0;
	case VFIO_IRQ_SET_DATA_BOOL:
		return set->count ? trigger_if(mdev, set->index, data) : -EINVAL;
	default:
		return set->count ? set_event(mdev, set->index, data) : -EINVAL;
	}
}

/**
 * vap_signal_set_irqs - VFIO_DEVICE_SET_IRQS
 * @mdev: the mediated device
 * @arg: user space's struct vfio_irq_set and what belongs to it
 *
 * Each index has one interrupt.  With an eventfd it is signalled there, with -1
 * or with no data and a count of 0 nowhere; no data and a count of 1, or a byte
 * that is not 0, signal it now.
 *
 * Return: 0, -EFAULT, -EINVAL, or what the eventfd's lookup ended with (-EBADF,
 * -EINVAL if it is none).
 */
long vap_signal_set_irqs(struct vap_mdev *mdev, void __user *arg)
{
	size_t minsz = offsetofend(struct vfio_irq_set, count);
	struct vfio_irq_set set;
	size_t size;
	int rc;

	if (copy_from_user(&set, arg, minsz))
		return -EFAULT;
	rc = vfio_set_irqs_validate_and_prepare(&set, 1, VAP_EVENTS, &size);
	return rc ?: set_irq(mdev, &set, arg + minsz);
}

/**
 * vap_signal_release - let go of all eventfds
 * @mdev: the mediated device, closed
 */
void vap_signal_release(struct vap_mdev *mdev)
{
	unsigned int index;

	for (index = 0; index < VAP_EVENTS; index++)
		install(mdev, index, NULL);
}
