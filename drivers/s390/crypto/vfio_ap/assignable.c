// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - what could be assigned right now
 *
 * Queues that the host has, does not keep for itself, and that no mediated device
 * has.  Others may be assigned ahead of time; they are not there to be listed.
 *
 * The bus and vap.config are held for one adapter at a time, so that whoever
 * reads this stops nobody; it is out of date as soon as it is read anyway.
 */
#include <linux/cleanup.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "core/rows.h"
#include "vap.h"

static struct apm_matrix host_has(void)
{
	guard(mutex)(&vap.config);
	return vap.host.now.has;
}

static struct apm_mask free_row(unsigned int apid)
{
	struct apm_mask row = {};
	struct apm_mask hosts;

	guard(vap_bus)();
	guard(mutex)(&vap.config);
	if (apm_mask_test(&vap.host.now.has.adapters, apid))
		row = apm_mask_minus(&vap.host.now.has.domains,
				     &vap.taken.row[apid]);
	hosts = vap_bus_host_row(apid, &row, &vap.bound.row[apid]);
	return apm_mask_minus(&row, &hosts);
}

static struct apm_table *new_free_queues(void)
{
	struct apm_table *queues = kvzalloc(sizeof(*queues), GFP_KERNEL);
	struct apm_matrix host = host_has();
	unsigned int apid;

	if (queues)
		apm_for_each(apid, &host.adapters)
			queues->row[apid] = free_row(apid);
	return queues;
}

static ssize_t assignable_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct apm_text text = { .buf = buf, .size = PAGE_SIZE };
	struct apm_table *queues __free(kvfree) = new_free_queues();

	if (!queues)
		return -ENOMEM;
	apm_text_rows(&text, queues);
	return text.len;
}

struct device_attribute vap_attr_assignable = __ATTR_RO(assignable);

/* Whoever may have a domain may control it, and others may at the same time. */
static ssize_t assignable_config_show(struct device *dev,
				      struct device_attribute *attr, char *buf)
{
	struct apm_text text = { .buf = buf, .size = PAGE_SIZE };
	struct apm_table *queues __free(kvfree) = new_free_queues();
	struct apm_matrix matrix;

	if (!queues)
		return -ENOMEM;
	matrix = apm_rows_matrix(queues);
	matrix.controls = host_has().controls;
	apm_text_config(&text, &matrix);
	return text.len;
}

struct device_attribute vap_attr_assignable_config = __ATTR_RO(assignable_config);
