// SPDX-License-Identifier: GPL-2.0-only
/*
 * Alarms of the machine in a kernel, and the module parameter "alarms"
 *
 * Who provokes some on purpose writes "count", then "warn".  What was counted in
 * between is forgotten, so that others still find that there were none.
 */
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/export.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "alarm.h"
#include "machine.h"

static const char * const names[] = {
	[APSIM_ALARM_SHARED] = "shared",
	[APSIM_ALARM_FOREIGN] = "foreign_replies",
	[APSIM_ALARM_UNZEROIZED] = "unzeroized",
	[APSIM_ALARM_UNPINNED] = "unpinned",
	[APSIM_ALARM_UNREGISTERED] = "unregistered",
};

static_assert(ARRAY_SIZE(names) == APSIM_ALARM_KINDS);

/* Alarms are only counted; so many there were before, under the mutex. */
static bool counting;
static struct apsim_alarms before;
static DEFINE_MUTEX(counting_mutex);

const char *apsim_alarm_name(enum apsim_alarm_kind kind)
{
	return names[kind];
}
EXPORT_SYMBOL_GPL(apsim_alarm_name);

void apsim_alarm_raised(const struct apsim_alarm *alarm)
{
	if (READ_ONCE(counting))
		return;
	WARN_ONCE(1, "apsim: %s: queue %02x.%04x, tenants %x and %x\n",
		  names[alarm->kind], alarm->apqn >> 8, alarm->apqn & 0xff,
		  alarm->tenant, alarm->other);
}

int apsim_alarms_count(bool count)
{
	int rc;

	guard(mutex)(&counting_mutex);
	if (count == counting)
		return 0;
	rc = apsim_machine_alarms(count ? &before : NULL,
				  count ? NULL : &before);
	if (!rc)
		WRITE_ONCE(counting, count);
	return rc;
}
EXPORT_SYMBOL_GPL(apsim_alarms_count);

static int alarms_set(const char *val, const struct kernel_param *kp)
{
	bool count = sysfs_streq(val, "count");

	if (!count && !sysfs_streq(val, "warn"))
		return -EINVAL;
	return apsim_alarms_count(count);
}

static int alarms_get(char *buf, const struct kernel_param *kp)
{
	struct apsim_alarms alarms;
	const struct apsim_alarm *first = &alarms.first;
	int i, rc, len = 0;

	rc = apsim_machine_alarms(&alarms, NULL);
	if (rc)
		return rc;
	for (i = APSIM_ALARM_NONE + 1; i < APSIM_ALARM_KINDS; i++)
		len += sysfs_emit_at(buf, len, "%s %llu\n", names[i],
				     alarms.count[i]);
	if (first->kind != APSIM_ALARM_NONE)
		len += sysfs_emit_at(buf, len, "first %s %02x.%04x %x %x\n",
				     names[first->kind], first->apqn >> 8,
				     first->apqn & 0xff, first->tenant,
				     first->other);
	return len;
}

static const struct kernel_param_ops alarms_ops = {
	.set = alarms_set,
	.get = alarms_get,
};

module_param_cb(alarms, &alarms_ops, NULL, 0644);
MODULE_PARM_DESC(alarms, "What must not happen; count: no WARN, warn: WARN again");
