// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - how often things happened, a file for each
 */
#include <linux/atomic.h>
#include <linux/sysfs.h>

#include "note.h"

static atomic64_t counts[VAP_COUNTS];

/**
 * vap_count - it happened once more
 * @what: what
 */
void vap_count(enum vap_count what)
{
	atomic64_inc(&counts[what]);
}

#define COUNT_ATTR(name, what)						\
static ssize_t name##_show(struct device *dev,				\
			   struct device_attribute *attr, char *buf)	\
{									\
	return sysfs_emit(buf, "%lld\n", atomic64_read(&counts[what]));	\
}									\
static DEVICE_ATTR_RO(name)

COUNT_ATTR(resets, VAP_COUNT_RESETS);
COUNT_ATTR(reset_retries, VAP_COUNT_RETRIES);
COUNT_ATTR(reset_failures, VAP_COUNT_FAILURES);
COUNT_ATTR(aqic_on, VAP_COUNT_AQIC_ON);
COUNT_ATTR(aqic_off, VAP_COUNT_AQIC_OFF);
COUNT_ATTR(settles, VAP_COUNT_SETTLES);
COUNT_ATTR(updates, VAP_COUNT_UPDATES);
COUNT_ATTR(kicks, VAP_COUNT_KICKS);
COUNT_ATTR(refusals, VAP_COUNT_REFUSALS);
COUNT_ATTR(events, VAP_COUNT_EVENTS);

static struct attribute *attrs[] = {
	&dev_attr_resets.attr,
	&dev_attr_reset_retries.attr,
	&dev_attr_reset_failures.attr,
	&dev_attr_aqic_on.attr,
	&dev_attr_aqic_off.attr,
	&dev_attr_settles.attr,
	&dev_attr_updates.attr,
	&dev_attr_kicks.attr,
	&dev_attr_refusals.attr,
	&dev_attr_events.attr,
	NULL,
};

const struct attribute_group vap_stats_group = {
	.name = "stats",
	.attrs = attrs,
};
