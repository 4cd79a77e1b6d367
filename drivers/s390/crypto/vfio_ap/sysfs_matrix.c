// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - what a mediated device's directory shows and takes
 *
 * Every store is the same: parse, and hand one edit to vap_edit().
 */
#include <linux/string.h>
#include <linux/sysfs.h>

#include "core/text.h"
#include "note.h"
#include "vap.h"

/* Additions are appended; clients look for words they know. */
static const char *const features[] = {
	"guest_matrix", "hotplug", "ap_config", "withheld", "last_error",
	"guest", "guest_config", "queue_state", "assignable", "notify", "stats",
};

static ssize_t features_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	unsigned int last = ARRAY_SIZE(features) - 1;
	ssize_t len = 0;
	unsigned int i;

	for (i = 0; i < last; i++)
		len += sysfs_emit_at(buf, len, "%s ", features[i]);
	return len + sysfs_emit_at(buf, len, "%s\n", features[last]);
}
static DEVICE_ATTR_RO(features);

static struct attribute *vap_matrix_attrs[] = {
	&dev_attr_features.attr,
	&vap_attr_assignable.attr,
	&vap_attr_assignable_config.attr,
	NULL,
};

static const struct attribute_group vap_matrix_group = {
	.attrs = vap_matrix_attrs,
};

const struct attribute_group *vap_matrix_groups[] = {
	&vap_matrix_group,
	&vap_stats_group,
	NULL,
};

static struct vap_mdev *mdev_of(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static ssize_t store_id(struct device *dev, struct device_attribute *attr,
			const char *buf, size_t count, enum apm_edit_kind kind)
{
	struct apm_edit edit = { .kind = kind };
	int rc;

	/* A program may write the end of its string, too. */
	rc = apm_text_parse_id(buf, strnlen(buf, count), &edit.id);
	if (rc)
		return vap_refuse_text(mdev_of(dev), attr->attr.name, false, rc);
	return vap_edit(mdev_of(dev), attr->attr.name, &edit) ?: count;
}

#define ID_ATTR(name, kind)						\
static ssize_t name##_store(struct device *dev,				\
			    struct device_attribute *attr,		\
			    const char *buf, size_t count)		\
{									\
	return store_id(dev, attr, buf, count, kind);			\
}									\
static DEVICE_ATTR_WO(name)

ID_ATTR(assign_adapter, APM_ADD_ADAPTER);
ID_ATTR(unassign_adapter, APM_DEL_ADAPTER);
ID_ATTR(assign_domain, APM_ADD_DOMAIN);
ID_ATTR(unassign_domain, APM_DEL_DOMAIN);
ID_ATTR(assign_control_domain, APM_ADD_CONTROL);
ID_ATTR(unassign_control_domain, APM_DEL_CONTROL);

/* A file is one page; a line that does not fit is left out, never cut. */
static ssize_t emit(char *buf, const struct apm_matrix *matrix,
		    bool (*print)(struct apm_text *text,
				  const struct apm_matrix *matrix))
{
	struct apm_text text = { .buf = buf, .size = PAGE_SIZE };

	print(&text, matrix);
	return text.len;
}

static struct apm_matrix assigned(struct device *dev)
{
	guard(mutex)(&vap.config);
	return mdev_of(dev)->assigned;
}

static ssize_t matrix_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct apm_matrix matrix = assigned(dev);

	return emit(buf, &matrix, apm_text_matrix);
}
static DEVICE_ATTR_RO(matrix);

static struct apm_matrix of_guest(struct device *dev)
{
	guard(mutex)(&vap.config);
	return vap_guest_matrix(mdev_of(dev));
}

static ssize_t guest_matrix_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct apm_matrix matrix = of_guest(dev);

	return emit(buf, &matrix, apm_text_matrix);
}
static DEVICE_ATTR_RO(guest_matrix);

static ssize_t guest_config_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct apm_matrix matrix = of_guest(dev);

	return emit(buf, &matrix, apm_text_config);
}
static DEVICE_ATTR_RO(guest_config);

static ssize_t guest_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	guard(mutex)(&vap.config);
	return sysfs_emit(buf, "%s\n", mdev_of(dev)->kvm ? "attached" : "none");
}
static DEVICE_ATTR_RO(guest);

static ssize_t control_domains_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct apm_matrix matrix = assigned(dev);

	return emit(buf, &matrix, apm_text_controls);
}
static DEVICE_ATTR_RO(control_domains);

static ssize_t ap_config_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	struct apm_matrix matrix = assigned(dev);

	return emit(buf, &matrix, apm_text_config);
}

static ssize_t ap_config_store(struct device *dev, struct device_attribute *attr,
			       const char *buf, size_t count)
{
	struct apm_edit edit = { .kind = APM_REPLACE };
	int rc;

	rc = apm_text_parse_config(buf, count, &edit.whole);
	if (rc)
		return vap_refuse_text(mdev_of(dev), attr->attr.name, true, rc);
	return vap_edit(mdev_of(dev), attr->attr.name, &edit) ?: count;
}
static DEVICE_ATTR_RW(ap_config);

static struct attribute *vap_mdev_attrs[] = {
	&dev_attr_assign_adapter.attr,
	&dev_attr_unassign_adapter.attr,
	&dev_attr_assign_domain.attr,
	&dev_attr_unassign_domain.attr,
	&dev_attr_assign_control_domain.attr,
	&dev_attr_unassign_control_domain.attr,
	&dev_attr_ap_config.attr,
	&dev_attr_matrix.attr,
	&dev_attr_guest_matrix.attr,
	&dev_attr_guest.attr,
	&dev_attr_guest_config.attr,
	&dev_attr_control_domains.attr,
	&vap_attr_withheld.attr,
	&vap_attr_last_error.attr,
	NULL,
};

static const struct attribute_group vap_mdev_group = {
	.attrs = vap_mdev_attrs,
};

const struct attribute_group *vap_mdev_groups[] = {
	&vap_mdev_group,
	NULL,
};
