// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - what a queue's directory shows while it is bound
 */
#include <linux/sysfs.h>

#include "vap.h"

static const char *status_word(u16 apqn)
{
	struct vap_mdev *mdev;

	lockdep_assert_held(&vap.config);
	mdev = vap_mdev_owning(apqn);
	if (!mdev)
		return "unassigned";
	if (mdev->kvm && apm_matrix_has(&mdev->plugged, apqn))
		return "in use";
	return "assigned";
}

static ssize_t status_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	unsigned int apid, apqi;

	if (sscanf(dev_name(dev), "%02x.%04x", &apid, &apqi) != 2)
		return -ENODEV;
	guard(mutex)(&vap.config);
	return sysfs_emit(buf, "%s\n", status_word(apm_apqn(apid, apqi)));
}
static DEVICE_ATTR_RO(status);

static struct attribute *vap_queue_attrs[] = {
	&dev_attr_status.attr,
	NULL,
};

static const struct attribute_group vap_queue_group = {
	.attrs = vap_queue_attrs,
};

const struct attribute_group *vap_queue_groups[] = {
	&vap_queue_group,
	NULL,
};
