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
#include "port/hw.h"
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

static enum apm_why why_queue(u16 apqn)
{
	if (apm_table_test(&vap.bound, apqn))
		return vap_reset_why(apqn);
	return APM_WHY_NOT_BOUND;
}

/*
 * What nobody else here knows: the type.  All queues of an adapter have the same,
 * so the machine is asked once; anybody may read this file as often as he likes.
 */
static enum apm_why why_unbound(unsigned int apid, const struct apm_mask *row)
{
	struct apm_mask unbound = apm_mask_minus(row, &vap.bound.row[apid]);
	unsigned int apqi;

	apm_for_each(apqi, &unbound)
		return apm_why_unbound(vap_hw_tapq(apm_apqn(apid, apqi)).type);
	return APM_WHY_NOT_BOUND;
}

/* A queue is asked once, so that it is named once whatever the engine does. */
static void sort_queues(struct findings *findings)
{
	unsigned int apid, apqi;

	lockdep_assert_held(&vap.config);
	for (apid = 0; apid < APM_IDS; apid++) {
		const struct apm_mask *row = &findings->all.row[apid];
		enum apm_why unbound = why_unbound(apid, row);

		apm_for_each(apqi, row) {
			enum apm_why why = why_queue(apm_apqn(apid, apqi));

			if (why == APM_WHY_NOT_BOUND)
				why = unbound;
			apm_table_add(&findings->by_reason[why],
				      apm_apqn(apid, apqi));
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

/* What can be withheld as a whole. */
static const enum apm_why whole[] = {
	APM_WHY_NOT_IN_HOST, APM_WHY_FORMAT_LIMIT,
};

/* FNV-1a, a word at a time: what differs is not the same but once in 2^64. */
static u64 mix(u64 mark, u64 value)
{
	return (mark ^ value) * 0x100000001b3ULL;
}

static u64 mix_mask(u64 mark, const struct apm_mask *mask, u64 kind)
{
	unsigned int i;

	for (i = 0; i < APM_WORDS; i++)
		if (mask->word[i])
			mark = mix(mix(mark, kind << 8 | i), mask->word[i]);
	return mark;
}

static u64 mix_matrix(u64 mark, const struct apm_matrix *matrix, u64 why)
{
	mark = mix_mask(mark, &matrix->adapters, why << 4 | 1);
	mark = mix_mask(mark, &matrix->domains, why << 4 | 2);
	return mix_mask(mark, &matrix->controls, why << 4 | 3);
}

/*
 * The reasons of an adapter's queues.  Only what is away has one that has to be
 * looked up, one by one; the rest is in the tables, as owners know it.
 */
static u64 mix_row(u64 mark, unsigned int apid, const struct apm_mask *row)
{
	struct apm_mask bound = apm_mask_and(row, &vap.bound.row[apid]);
	struct apm_mask late = apm_mask_and(&bound, &vap.engine.late.row[apid]);
	struct apm_mask away = apm_mask_and(&bound, &vap.engine.away.row[apid]);
	unsigned int apqi;

	mark = mix_mask(mark, row, apid << 4 | 4);
	mark = mix_mask(mark, &bound, apid << 4 | 5);
	mark = mix_mask(mark, &late, apid << 4 | 6);
	apm_for_each(apqi, &away) {
		u16 apqn = apm_apqn(apid, apqi);

		mark = mix(mix(mark, apqn), why_queue(apqn));
	}
	return mark;
}

/**
 * vap_withheld_mark - a number that is another one when "withheld" says another
 * thing
 * @mdev: the mediated device
 *
 * Takes as long as there are adapters assigned, however many queues these have,
 * and needs no memory.  What a queue is not bound for makes no difference: it has
 * no other cause later.
 *
 * Return: the number, 0 if nothing is withheld.
 */
u64 vap_withheld_mark(const struct vap_mdev *mdev)
{
	const struct apm_matrix *assigned = &mdev->assigned;
	struct apm_world world = vap_world(mdev);
	struct apm_matrix wanted = apm_within(&world, assigned);
	struct apm_mask wait = apm_awaited(&world, &wanted, &mdev->plugged);
	const u64 nothing = 0xcbf29ce484222325ULL;
	u64 mark = nothing;
	unsigned int i, apid;

	for (i = 0; i < ARRAY_SIZE(whole); i++) {
		struct apm_matrix some = apm_why_matrix(&world, assigned, whole[i]);

		mark = mix_matrix(mark, &some, i);
	}
	apm_for_each(apid, &wanted.adapters) {
		struct apm_mask row = apm_why_row(&world, &wanted, &wait,
						  &mdev->plugged, apid);

		mark = mix_row(mark, apid, &row);
	}
	return mark == nothing ? 0 : mark;
}

static void print(struct apm_text *text, const struct vap_mdev *mdev,
		  struct findings *findings)
{
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
