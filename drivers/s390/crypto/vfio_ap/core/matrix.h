/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - assignments, and the queues in which two of them differ
 *
 * Whoever has some adapters and some domains has every queue where they
 * cross.  What an edit adds to or takes from somebody is therefore the
 * difference of two products,
 *
 *	(A x D) \ (A' x D')  =  ((A \ A') x D)  u  ((A n A') x (D \ D')),
 *
 * two disjoint products again: a value of fixed size, never a list of queues.
 */
#ifndef APM_MATRIX_H
#define APM_MATRIX_H

#include "mask.h"

/**
 * struct apm_matrix - adapters, usage domains and control domains
 * @adapters: APM
 * @domains: AQM
 * @controls: ADM
 */
struct apm_matrix {
	struct apm_mask adapters;
	struct apm_mask domains;
	struct apm_mask controls;
};

/**
 * struct apm_limits - the highest numbers somebody can address
 * @max_apid: last adapter, 0..255
 * @max_apqi: last domain, usage and control, 0..255
 */
struct apm_limits {
	u8 max_apid;
	u8 max_apqi;
};

/**
 * struct apm_rect - all queues of some adapters and some usage domains
 * @adapters: APM
 * @domains: AQM
 */
struct apm_rect {
	struct apm_mask adapters;
	struct apm_mask domains;
};

/**
 * struct apm_region - a set of queues: the difference of two products
 * @part: two disjoint products; either may be empty
 */
struct apm_region {
	struct apm_rect part[2];
};

/* An APQN as one number: adapter in the high byte, domain in the low one. */
static inline u16 apm_apqn(unsigned int apid, unsigned int apqi)
{
	return apid << 8 | apqi;
}

static inline unsigned int apm_apid(u16 apqn)
{
	return apqn >> 8;
}

static inline unsigned int apm_apqi(u16 apqn)
{
	return apqn & 0xff;
}

struct apm_matrix apm_matrix_and(const struct apm_matrix *a,
				 const struct apm_matrix *b);
struct apm_matrix apm_matrix_upto(const struct apm_limits *limits);
bool apm_matrix_equal(const struct apm_matrix *a, const struct apm_matrix *b);
bool apm_matrix_has(const struct apm_matrix *m, u16 apqn);
struct apm_region apm_region_of(const struct apm_matrix *m);
struct apm_region apm_region_minus(const struct apm_matrix *from,
				   const struct apm_matrix *what);
struct apm_region apm_region_and(const struct apm_region *region,
				 const struct apm_matrix *with);
struct apm_mask apm_region_row(const struct apm_region *region, unsigned int apid);
struct apm_mask apm_region_adapters(const struct apm_region *region);
bool apm_region_empty(const struct apm_region *region);
bool apm_region_has(const struct apm_region *region, u16 apqn);

#endif /* APM_MATRIX_H */
