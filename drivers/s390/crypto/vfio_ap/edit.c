// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - what a user writes becomes an edit, and an edit is all or nothing
 */
#include "core/plan.h"
#include "names.h"
#include "note.h"
#include "vap.h"

/* Keeps the reason, and what it is about as "withheld" would say it. */
static int refuse(struct vap_mdev *mdev, const char *what, enum apm_refused why,
		  const struct vap_queue_names *names, const char *owner)
{
	char ids[APM_REFUSAL_IDS];
	const struct apm_refusal refusal = {
		.why = why, .what = what, .ids = ids, .owner = owner,
	};

	snprintf(ids, sizeof(ids), "queue %s", names->text);
	return vap_refuse(mdev, &refusal);
}

/* The first owner that is in the way, and all that is in its hands. */
static int refuse_taken(struct vap_mdev *mdev, const char *what,
			const struct apm_region *joining, u16 apqn)
{
	struct vap_mdev *owner = vap_mdev_owning(apqn);
	struct vap_queue_names names;

	vap_name_common(&names, joining, owner);
	dev_warn_ratelimited(mdev->vdev.dev,
			     "%s refused: %s assigned to %s\n", what,
			     names.text, dev_name(owner->vdev.dev));
	return refuse(mdev, what, APM_REFUSED_TAKEN, &names,
		      dev_name(owner->vdev.dev));
}

/* The queues that the host keeps for itself; none: an empty text. */
static void name_hosts(struct vap_queue_names *names,
		       const struct apm_region *joining)
{
	struct apm_text text = { .buf = names->text, .size = sizeof(names->text) };
	struct apm_mask adapters = apm_region_adapters(joining);
	unsigned int apid;

	names->text[0] = 0;
	apm_for_each(apid, &adapters) {
		struct apm_mask row = apm_region_row(joining, apid);

		row = vap_bus_host_row(apid, &row, &vap.bound.row[apid]);
		if (!apm_mask_empty(&row) && !apm_text_row(&text, apid, &row))
			return;
	}
}

static int refuse_host(struct vap_mdev *mdev, const char *what,
		       const struct vap_queue_names *names)
{
	dev_warn_ratelimited(mdev->vdev.dev,
			     "%s refused: %s reserved for the host (apmask, aqmask or driver_override)\n",
			     what, names->text);
	return refuse(mdev, what, APM_REFUSED_HOST, names, NULL);
}

static int refuse_range(struct vap_mdev *mdev, const char *what,
			const struct apm_edit *edit)
{
	char ids[APM_REFUSAL_IDS];
	struct apm_text text = { .buf = ids, .size = sizeof(ids) };
	const struct apm_refusal refusal = {
		.why = APM_REFUSED_RANGE, .what = what, .ids = ids,
	};

	apm_text_beyond(&text, &mdev->limits, edit);
	dev_warn_ratelimited(mdev->vdev.dev,
			     "%s refused: there is no %s, the last adapter of this machine is %02x, the last domain %04x\n",
			     what, ids, mdev->limits.max_apid, mdev->limits.max_apqi);
	return vap_refuse(mdev, &refusal);
}

static int plan_and_commit(struct vap_mdev *mdev, const char *what,
			   const struct apm_edit *edit, struct apm_plan *plan)
{
	struct vap_queue_names hosts;
	u16 apqn;

	lockdep_assert_held(&vap.config);
	if (apm_plan(&mdev->limits, &mdev->assigned, edit, plan))
		return refuse_range(mdev, what, edit);
	if (!plan->changed)
		return 0;
	name_hosts(&hosts, &plan->joining);
	if (hosts.text[0])
		return refuse_host(mdev, what, &hosts);
	if (apm_table_meets(&vap.taken, &plan->joining, &apqn))
		return refuse_taken(mdev, what, &plan->joining, apqn);
	vap_reassign(mdev, what, plan);
	return 0;
}

/* A queue that takes too long stays with the engine; the user need not wait. */
static void wait_settled(struct vap_mdev *mdev, const char *what,
			 const struct apm_plan *plan)
{
	bool gained, lost;

	if (!vap_reset_wait_settled(mdev)) {
		dev_notice_ratelimited(mdev->vdev.dev,
				       "%s: the guest's user space holds its lock, the guest changes when that ends\n",
				       what);
		return;
	}
	gained = vap_reset_wait(&plan->joining);
	lost = vap_reset_wait(&plan->leaving);
	if (!gained || !lost)
		dev_notice_ratelimited(mdev->vdev.dev,
				       "%s: some queues are not zeroized yet, nobody gets them before they are\n",
				       what);
}

/**
 * vap_edit - change an assignment
 * @mdev: the mediated device
 * @what: the attribute that was written, for the log
 * @edit: the change
 *
 * Sleeps; takes the bus freeze and vap.config, then waits for the resets the
 * change caused, with no lock held and not longer than the time allowed.
 *
 * Return: 0, -ENODEV (no such adapter or domain on this machine),
 * -EADDRNOTAVAIL (the host's) or -EADDRINUSE (another mediated device's);
 * after an error nothing has changed.
 */
int vap_edit(struct vap_mdev *mdev, const char *what, const struct apm_edit *edit)
{
	struct apm_plan plan;
	int rc;

	scoped_guard(vap_bus)
		scoped_guard(mutex, &vap.config)
			rc = plan_and_commit(mdev, what, edit, &plan);
	vap_note_edit(mdev, what, rc);
	if (rc || !plan.changed)
		return rc;
	wait_settled(mdev, what, &plan);
	return 0;
}
