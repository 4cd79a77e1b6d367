// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - why a guest does not see what it was assigned
 *
 * Nothing is decided here: the questions are the filter's, asked for the queue
 * that makes the difference.
 */
#include "rc.h"
#include "why.h"

/* Clients know these words. */
static const char *const words[APM_WHYS] = {
	[APM_WHY_NOT_BOUND]	= "not-bound",
	[APM_WHY_TYPE_TOO_OLD]	= "type-too-old",
	[APM_WHY_RESETTING]	= "resetting",
	[APM_WHY_QUARANTINED]	= "quarantined",
	[APM_WHY_DECONFIGURED]	= "deconfigured",
	[APM_WHY_CHECKSTOPPED]	= "checkstopped",
	[APM_WHY_NOT_AVAILABLE]	= "not-available",
	[APM_WHY_NOT_IN_HOST]	= "not-in-host-config",
	[APM_WHY_FORMAT_LIMIT]	= "format-limit",
};

/**
 * apm_why_text - a reason in one word
 * @why: the reason, below %APM_WHYS
 *
 * Return: a constant string of at most %APM_WHY_LEN lower-case letters and
 * hyphens.
 */
const char *apm_why_text(enum apm_why why)
{
	return words[why];
}

static struct apm_matrix minus(const struct apm_matrix *a,
			       const struct apm_matrix *b)
{
	return (struct apm_matrix) {
		.adapters = apm_mask_minus(&a->adapters, &b->adapters),
		.domains = apm_mask_minus(&a->domains, &b->domains),
		.controls = apm_mask_minus(&a->controls, &b->controls),
	};
}

/**
 * apm_why_matrix - what is withheld whatever its queues are
 * @world: everything that matters
 * @assigned: what the administrator wants the guest to have
 * @why: the reason
 *
 * Return: what of @assigned is withheld for this reason, nothing for those of
 * queues.  Nothing is withheld for two reasons.
 */
struct apm_matrix apm_why_matrix(const struct apm_world *world,
				 const struct apm_matrix *assigned,
				 enum apm_why why)
{
	struct apm_matrix there = apm_matrix_and(assigned, &world->host);
	struct apm_matrix limit = apm_matrix_upto(&world->limits);

	switch (why) {
	case APM_WHY_NOT_IN_HOST:
		return minus(assigned, &world->host);
	case APM_WHY_FORMAT_LIMIT:
		return minus(&there, &limit);
	default:
		return (struct apm_matrix) {};
	}
}

/**
 * apm_why_row - which queues of one adapter withhold something
 * @world: everything else that matters
 * @wanted: what the guest could have: apm_within()
 * @wait: which of its domains wait: apm_awaited()
 * @plugged: what it has now, empty if there is no guest
 * @apid: the adapter, one of @wanted
 *
 * Return: their domains.
 */
struct apm_mask apm_why_row(const struct apm_world *world,
			    const struct apm_matrix *wanted,
			    const struct apm_mask *wait,
			    const struct apm_matrix *plugged, unsigned int apid)
{
	struct apm_mask own = apm_awaited_row(world, wanted, plugged, apid);
	struct apm_mask row = apm_lacking_row(world, wanted, plugged, apid);

	row = apm_mask_minus(&row, wait);
	return apm_mask_or(&row, &own);
}

/**
 * apm_why_queues - which queues withhold something
 * @world: everything else that matters
 * @assigned: what the administrator wants the guest to have
 * @plugged: what it has now, empty if there is no guest
 * @queues: filled in; what was there is forgotten
 *
 * With apm_why_matrix() these are all reasons there are.  A queue withholds its
 * adapter or, while the adapter stays and waits for it, its domain.
 */
void apm_why_queues(const struct apm_world *world,
		    const struct apm_matrix *assigned,
		    const struct apm_matrix *plugged, struct apm_table *queues)
{
	struct apm_matrix wanted = apm_within(world, assigned);
	struct apm_mask wait = apm_awaited(world, &wanted, plugged);
	unsigned int apid;

	memset(queues, 0, sizeof(*queues));
	apm_for_each(apid, &wanted.adapters)
		queues->row[apid] = apm_why_row(world, &wanted, &wait, plugged,
						apid);
}

/**
 * apm_why_unbound - why is a queue not bound?
 * @type: the hardware type, 0 if it is not known
 *
 * Return: the reason.
 */
enum apm_why apm_why_unbound(u8 type)
{
	return type && type < APM_TYPE_OLDEST ? APM_WHY_TYPE_TOO_OLD
					      : APM_WHY_NOT_BOUND;
}

/**
 * apm_why_away - why can a queue not be reset?
 * @rc: the hardware's response code
 *
 * Return: the reason, %APM_WHY_QUARANTINED if the code gives none.
 */
enum apm_why apm_why_away(u8 rc)
{
	switch (rc) {
	case APM_RC_NOT_AVAILABLE:
		return APM_WHY_NOT_AVAILABLE;
	case APM_RC_DECONFIGURED:
		return APM_WHY_DECONFIGURED;
	case APM_RC_CHECKSTOPPED:
		return APM_WHY_CHECKSTOPPED;
	default:
		return APM_WHY_QUARANTINED;
	}
}
