/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap tests - a stupid twin of plans
 */
#ifndef APM_TWIN_PLAN_H
#define APM_TWIN_PLAN_H

#include "../core/plan.h"
#include "twin.h"

static inline bool twin_beyond(const struct apm_mask *mask, unsigned int last)
{
	for (unsigned int id = 0; id < 256; id++)
		if (twin_in(mask, id) && id > last)
			return true;
	return false;
}

/* The assignment after an edit; what it was before if that is an error. */
static inline int twin_edit(const struct apm_limits *limits,
			    const struct apm_edit *edit, struct apm_matrix *m)
{
	bool add = edit->kind == APM_ADD_ADAPTER ||
		   edit->kind == APM_ADD_DOMAIN ||
		   edit->kind == APM_ADD_CONTROL;
	unsigned long last = limits->max_apqi;
	struct apm_mask *mask = NULL;

	if (edit->kind == APM_REPLACE) {
		if (twin_beyond(&edit->whole.adapters, limits->max_apid) ||
		    twin_beyond(&edit->whole.domains, limits->max_apqi) ||
		    twin_beyond(&edit->whole.controls, limits->max_apqi))
			return -ENODEV;
		*m = edit->whole;
		return 0;
	}
	if (edit->kind == APM_ADD_ADAPTER || edit->kind == APM_DEL_ADAPTER) {
		mask = &m->adapters;
		last = limits->max_apid;
	}
	if (edit->kind == APM_ADD_DOMAIN || edit->kind == APM_DEL_DOMAIN)
		mask = &m->domains;
	if (edit->kind == APM_ADD_CONTROL || edit->kind == APM_DEL_CONTROL)
		mask = &m->controls;
	if (!mask)
		return -EINVAL;
	if (edit->id > last)
		return -ENODEV;
	twin_put(mask, edit->id, add);
	return 0;
}

/* NULL, or what is wrong with what apm_plan() made of an edit. */
static inline const char *twin_plan_wrong(const struct apm_limits *limits,
					  const struct apm_matrix *assigned,
					  const struct apm_edit *edit, int err,
					  const struct apm_plan *plan)
{
	struct apm_matrix next = *assigned;

	if (err != twin_edit(limits, edit, &next))
		return "the error";
	if (err)
		return NULL;
	if (!twin_matrix_same(&plan->assigned, &next))
		return "the assignment";
	if (plan->changed != !twin_matrix_same(assigned, &next))
		return "whether it changes anything";
	if (!twin_is_minus(&plan->joining, &next, assigned))
		return "who joins";
	if (!twin_is_minus(&plan->leaving, assigned, &next))
		return "who leaves";
	return NULL;
}

#endif /* APM_TWIN_PLAN_H */
