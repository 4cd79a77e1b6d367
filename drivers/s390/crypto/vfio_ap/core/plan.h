/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - an edit of an assignment, thought through before it is done
 *
 * Whatever a user writes becomes one edit.  Planning it either fails, and then
 * nothing has happened, or says what the assignment will be and which queues
 * it gains and loses.  Carrying a plan out cannot fail.
 */
#ifndef APM_PLAN_H
#define APM_PLAN_H

#include "matrix.h"
#include "table.h"

/**
 * enum apm_edit_kind - the seven things a user can do to an assignment
 * @APM_ADD_ADAPTER: assign_adapter
 * @APM_DEL_ADAPTER: unassign_adapter
 * @APM_ADD_DOMAIN: assign_domain
 * @APM_DEL_DOMAIN: unassign_domain
 * @APM_ADD_CONTROL: assign_control_domain
 * @APM_DEL_CONTROL: unassign_control_domain
 * @APM_REPLACE: ap_config
 */
enum apm_edit_kind {
	APM_ADD_ADAPTER,
	APM_DEL_ADAPTER,
	APM_ADD_DOMAIN,
	APM_DEL_DOMAIN,
	APM_ADD_CONTROL,
	APM_DEL_CONTROL,
	APM_REPLACE,
};

/**
 * struct apm_edit - one thing a user wants
 * @kind: what to do
 * @id: adapter or domain number, any value; unused by %APM_REPLACE
 * @whole: the new assignment, only for %APM_REPLACE
 */
struct apm_edit {
	enum apm_edit_kind kind;
	unsigned long id;
	struct apm_matrix whole;
};

/**
 * struct apm_plan - what an edit comes to
 * @assigned: the assignment afterwards
 * @joining: queues that it has and the old one had not
 * @leaving: queues that the old one had and it has not
 * @changed: false: the edit changes nothing at all
 */
struct apm_plan {
	struct apm_matrix assigned;
	struct apm_region joining;
	struct apm_region leaving;
	bool changed;
};

int apm_plan(const struct apm_limits *limits, const struct apm_matrix *assigned,
	     const struct apm_edit *edit, struct apm_plan *plan);

#endif /* APM_PLAN_H */
