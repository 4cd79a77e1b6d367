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

static int queue_of(const struct device *dev, u16 *apqn)
{
	unsigned int apid, apqi;

	if (sscanf(dev_name(dev), "%02x.%04x", &apid, &apqi) != 2)
		return -ENODEV;
	*apqn = apm_apqn(apid, apqi);
	return 0;
}

static ssize_t status_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	u16 apqn;

	if (queue_of(dev, &apqn))
		return -ENODEV;
	guard(mutex)(&vap.config);
	return sysfs_emit(buf, "%s\n", status_word(apqn));
}
static DEVICE_ATTR_RO(status);

static ssize_t mdev_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	struct vap_mdev *mdev;
	u16 apqn;

	if (queue_of(dev, &apqn))
		return -ENODEV;
	guard(mutex)(&vap.config);
	mdev = vap_mdev_owning(apqn);
	return sysfs_emit(buf, "%s\n", mdev ? dev_name(mdev->vdev.dev) : "none");
}
static DEVICE_ATTR_RO(mdev);

/* The words of "withheld", and two for what withholds nothing. */
static const char *reset_word(u16 apqn)
{
	lockdep_assert_held(&vap.config);
	if (!apm_table_test(&vap.bound, apqn))
		return apm_why_text(APM_WHY_NOT_BOUND);
	if (apm_table_test(&vap.clean, apqn))
		return "clean";
	if (vap_reset_is_used(apqn) && !apm_table_test(&vap.engine.pending, apqn))
		return "used";
	return apm_why_text(vap_reset_why(apqn));
}

static ssize_t reset_state_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	u16 apqn;

	if (queue_of(dev, &apqn))
		return -ENODEV;
	guard(mutex)(&vap.config);
	return sysfs_emit(buf, "%s\n", reset_word(apqn));
}
static DEVICE_ATTR_RO(reset_state);

static ssize_t reset_rc_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	u16 apqn;

	if (queue_of(dev, &apqn))
		return -ENODEV;
	guard(mutex)(&vap.config);
	return sysfs_emit(buf, "%02x\n", vap_reset_code(apqn));
}
static DEVICE_ATTR_RO(reset_rc);

static struct attribute *vap_queue_attrs[] = {
	&dev_attr_status.attr,
	&dev_attr_mdev.attr,
	&dev_attr_reset_state.attr,
	&dev_attr_reset_rc.attr,
	NULL,
};

static const struct attribute_group vap_queue_group = {
	.attrs = vap_queue_attrs,
};

const struct attribute_group *vap_queue_groups[] = {
	&vap_queue_group,
	NULL,
};
