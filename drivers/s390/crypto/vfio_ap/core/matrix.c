// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - assignments, and the queues in which two of them differ
 */
#include "matrix.h"

static bool rect_empty(const struct apm_rect *rect)
{
	return apm_mask_empty(&rect->adapters) || apm_mask_empty(&rect->domains);
}

static bool rect_has(const struct apm_rect *rect, u16 apqn)
{
	return apm_mask_test(&rect->adapters, apm_apid(apqn)) &&
	       apm_mask_test(&rect->domains, apm_apqi(apqn));
}

/**
 * apm_matrix_and - what two assignments have in common
 * @a: one assignment
 * @b: the other
 *
 * Return: the intersection of adapters, of domains and of control domains.
 */
struct apm_matrix apm_matrix_and(const struct apm_matrix *a,
				 const struct apm_matrix *b)
{
	return (struct apm_matrix) {
		.adapters = apm_mask_and(&a->adapters, &b->adapters),
		.domains = apm_mask_and(&a->domains, &b->domains),
		.controls = apm_mask_and(&a->controls, &b->controls),
	};
}

/**
 * apm_matrix_upto - everything that can be addressed
 * @limits: the highest numbers
 *
 * Return: all adapters, domains and control domains up to @limits, inclusive.
 */
struct apm_matrix apm_matrix_upto(const struct apm_limits *limits)
{
	struct apm_mask domains = apm_mask_upto(limits->max_apqi);

	return (struct apm_matrix) {
		.adapters = apm_mask_upto(limits->max_apid),
		.domains = domains,
		.controls = domains,
	};
}

/**
 * apm_matrix_equal - are two assignments the same?
 * @a: one assignment
 * @b: the other
 *
 * Return: true if all three masks are equal.
 */
bool apm_matrix_equal(const struct apm_matrix *a, const struct apm_matrix *b)
{
	return apm_mask_equal(&a->adapters, &b->adapters) &&
	       apm_mask_equal(&a->domains, &b->domains) &&
	       apm_mask_equal(&a->controls, &b->controls);
}

/**
 * apm_matrix_has - does a queue belong to an assignment?
 * @m: the assignment
 * @apqn: the queue
 *
 * Return: true if both its adapter and its usage domain are in @m.
 */
bool apm_matrix_has(const struct apm_matrix *m, u16 apqn)
{
	return apm_mask_test(&m->adapters, apm_apid(apqn)) &&
	       apm_mask_test(&m->domains, apm_apqi(apqn));
}

/**
 * apm_region_of - all queues of an assignment
 * @m: the assignment
 *
 * Return: the product of its adapters and usage domains.
 */
struct apm_region apm_region_of(const struct apm_matrix *m)
{
	return (struct apm_region) {
		.part[0] = { .adapters = m->adapters, .domains = m->domains },
	};
}

/**
 * apm_region_minus - the queues one assignment has and another one has not
 * @from: the assignment to take from
 * @what: the assignment whose queues are taken
 *
 * The first part are whole adapters that @what has not, the second part the
 * missing domains of adapters that both have.
 *
 * Return: the difference.
 */
struct apm_region apm_region_minus(const struct apm_matrix *from,
				   const struct apm_matrix *what)
{
	return (struct apm_region) {
		.part[0] = {
			.adapters = apm_mask_minus(&from->adapters,
						   &what->adapters),
			.domains = from->domains,
		},
		.part[1] = {
			.adapters = apm_mask_and(&from->adapters,
						 &what->adapters),
			.domains = apm_mask_minus(&from->domains,
						  &what->domains),
		},
	};
}

static struct apm_rect rect_and(const struct apm_rect *rect,
				const struct apm_matrix *with)
{
	return (struct apm_rect) {
		.adapters = apm_mask_and(&rect->adapters, &with->adapters),
		.domains = apm_mask_and(&rect->domains, &with->domains),
	};
}

/**
 * apm_region_and - the queues of a region that an assignment has, too
 * @region: the region
 * @with: the assignment
 *
 * Return: what they have in common.
 */
struct apm_region apm_region_and(const struct apm_region *region,
				 const struct apm_matrix *with)
{
	return (struct apm_region) {
		.part[0] = rect_and(&region->part[0], with),
		.part[1] = rect_and(&region->part[1], with),
	};
}

/**
 * apm_region_row - the queues of a region that are on one adapter
 * @region: the queues
 * @apid: the adapter
 *
 * Return: their domains.
 */
struct apm_mask apm_region_row(const struct apm_region *region, unsigned int apid)
{
	struct apm_mask row = {};

	for (unsigned int i = 0; i < 2; i++)
		if (apm_mask_test(&region->part[i].adapters, apid))
			row = apm_mask_or(&row, &region->part[i].domains);
	return row;
}

/**
 * apm_region_adapters - the adapters that have queues of a region
 * @region: the queues
 *
 * Return: the adapters of both products, of one without domains, too.
 */
struct apm_mask apm_region_adapters(const struct apm_region *region)
{
	return apm_mask_or(&region->part[0].adapters, &region->part[1].adapters);
}

/**
 * apm_region_empty - is there no queue in a region?
 * @region: the region
 *
 * Return: true if both its products are empty.
 */
bool apm_region_empty(const struct apm_region *region)
{
	return rect_empty(&region->part[0]) && rect_empty(&region->part[1]);
}

/**
 * apm_region_has - does a queue belong to a region?
 * @region: the region
 * @apqn: the queue
 *
 * Return: true if one of its products has @apqn.
 */
bool apm_region_has(const struct apm_region *region, u16 apqn)
{
	return rect_has(&region->part[0], apqn) ||
	       rect_has(&region->part[1], apqn);
}
