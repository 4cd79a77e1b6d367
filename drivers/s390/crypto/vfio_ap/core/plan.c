// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - an edit of an assignment, thought through before it is done
 */
#include "plan.h"

static int add(struct apm_mask *mask, unsigned long id, u8 max)
{
	if (id > max)
		return -ENODEV;
	apm_mask_add(mask, id);
	return 0;
}

static int del(struct apm_mask *mask, unsigned long id, u8 max)
{
	if (id > max)
		return -ENODEV;
	apm_mask_del(mask, id);
	return 0;
}

static int replace(struct apm_matrix *to, const struct apm_matrix *whole,
		   const struct apm_limits *limits)
{
	struct apm_matrix all = apm_matrix_upto(limits);

	if (!apm_mask_subset(&whole->adapters, &all.adapters) ||
	    !apm_mask_subset(&whole->domains, &all.domains) ||
	    !apm_mask_subset(&whole->controls, &all.controls))
		return -ENODEV;
	*to = *whole;
	return 0;
}

static int apply(const struct apm_limits *limits, struct apm_matrix *to,
		 const struct apm_edit *edit)
{
	switch (edit->kind) {
	case APM_ADD_ADAPTER:
		return add(&to->adapters, edit->id, limits->max_apid);
	case APM_DEL_ADAPTER:
		return del(&to->adapters, edit->id, limits->max_apid);
	case APM_ADD_DOMAIN:
		return add(&to->domains, edit->id, limits->max_apqi);
	case APM_DEL_DOMAIN:
		return del(&to->domains, edit->id, limits->max_apqi);
	case APM_ADD_CONTROL:
		return add(&to->controls, edit->id, limits->max_apqi);
	case APM_DEL_CONTROL:
		return del(&to->controls, edit->id, limits->max_apqi);
	case APM_REPLACE:
		return replace(to, &edit->whole, limits);
	}
	return -EINVAL;
}

/**
 * apm_plan - think an edit through
 * @limits: the highest numbers that may be assigned, inclusive
 * @assigned: the assignment as it is
 * @edit: what is wanted
 * @plan: where the result goes, untouched if there is an error; @assigned may be
 *	part of it
 *
 * Adding what is there and removing what is not are no errors, they change
 * nothing.  Whether anybody else has the queues that join is not looked at.
 *
 * Return: 0, or -ENODEV if a number is above @limits, also one that is to be
 * removed, or -EINVAL if there is no such kind of edit.
 */
int apm_plan(const struct apm_limits *limits, const struct apm_matrix *assigned,
	     const struct apm_edit *edit, struct apm_plan *plan)
{
	struct apm_matrix next = *assigned;
	int err = apply(limits, &next, edit);

	if (err)
		return err;
	plan->joining = apm_region_minus(&next, assigned);
	plan->leaving = apm_region_minus(assigned, &next);
	plan->changed = !apm_matrix_equal(&next, assigned);
	plan->assigned = next;
	return 0;
}
