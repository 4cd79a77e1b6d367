// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - why a guest does not have, or would not get, what it was assigned
 *
 * What is neither in guest_matrix nor named here does not exist.
 */
#include <linux/cleanup.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "core/text.h"
#include "core/why.h"
#include "vap.h"

/**
 * struct findings - queues that withhold something; too big for a stack
 * @all: all of them
 * @by_reason: the same, each where its reason is
 */
struct findings {
	struct apm_table all;
	struct apm_table by_reason[APM_WHY_OF_QUEUES];
};

/* A queue is asked once, so that it is named once whatever the engine does. */
static void sort_queues(struct findings *findings)
{
	unsigned int apid, apqi;

	lockdep_assert_held(&vap.config);
	for (apid = 0; apid < APM_IDS; apid++) {
		apm_for_each(apqi, &findings->all.row[apid]) {
			u16 apqn = apm_apqn(apid, apqi);
			enum apm_why why = APM_WHY_NOT_BOUND;

			if (apm_table_test(&vap.bound, apqn))
				why = vap_reset_why(apqn);
			apm_table_add(&findings->by_reason[why], apqn);
		}
	}
}

static void print_queues(struct apm_text *text, const struct findings *findings)
{
	unsigned int more = 0;
	unsigned int why;

	for (why = 0; why < APM_WHY_OF_QUEUES; why++)
		more += !apm_table_empty(&findings->by_reason[why]);
	for (why = 0; why < APM_WHY_OF_QUEUES; why++) {
		const struct apm_table *queues = &findings->by_reason[why];

		if (!apm_table_empty(queues))
			apm_text_why_queues(text, queues, why, --more);
	}
}

static void print(struct apm_text *text, const struct vap_mdev *mdev,
		  struct findings *findings)
{
	static const enum apm_why whole[] = {
		APM_WHY_NOT_IN_HOST, APM_WHY_FORMAT_LIMIT,
	};
	const struct apm_matrix *assigned = &mdev->assigned;
	struct apm_world world = vap_world(mdev);
	struct apm_matrix some;
	unsigned int i;

	lockdep_assert_held(&vap.config);
	for (i = 0; i < ARRAY_SIZE(whole); i++) {
		some = apm_why_matrix(&world, assigned, whole[i]);
		apm_text_why_matrix(text, &some, whole[i]);
	}
	apm_why_queues(&world, assigned, &mdev->plugged, &findings->all);
	sort_queues(findings);
	print_queues(text, findings);
}

static ssize_t withheld_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	struct findings *findings __free(kvfree) =
		kvzalloc(sizeof(*findings), GFP_KERNEL);
	struct apm_text text = { .buf = buf, .size = PAGE_SIZE };

	if (!findings)
		return -ENOMEM;
	guard(mutex)(&vap.config);
	print(&text, dev_get_drvdata(dev), findings);
	return text.len;
}

struct device_attribute vap_attr_withheld = __ATTR_RO(withheld);
