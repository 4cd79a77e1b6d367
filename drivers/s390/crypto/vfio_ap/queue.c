// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - queue devices are bound and unbound, and what the bus may not take
 *
 * A queue that was just bound is not clean: the bus has used it.  It is
 * zeroized first, and only the proof lets it into a guest.
 */
#include <linux/slab.h>

#include "port/bus.h"
#include "port/hw.h"
#include "names.h"
#include "note.h"
#include "vap.h"

static struct apm_region region_of_one(u16 apqn)
{
	struct apm_matrix one = {};

	apm_mask_add(&one.adapters, apm_apid(apqn));
	apm_mask_add(&one.domains, apm_apqi(apqn));
	return apm_region_of(&one);
}

static void settle_owner(u16 apqn, const char *cause)
{
	struct vap_mdev *owner = vap_mdev_owning(apqn);

	if (owner)
		vap_settle(owner, cause);
}

/**
 * vap_on_expect - the AP bus will give us a queue in a moment
 * @apqn: the queue
 *
 * Nothing leaves a guest for want of it meanwhile.
 */
void vap_on_expect(u16 apqn)
{
	guard(mutex)(&vap.config);
	vap_reset_expect(apqn);
}

/**
 * vap_on_unexpect - it will not, after all
 * @apqn: the queue, not bound
 */
void vap_on_unexpect(u16 apqn)
{
	guard(mutex)(&vap.config);
	if (xa_load(&vap.queues, apqn))
		return;
	vap_reset_unexpect(apqn);
	settle_owner(apqn, "not-bound-after-all");
}

/**
 * vap_on_bind - the AP bus gives us a queue
 * @dev: its device
 * @apqn: the queue
 *
 * Does not wait for the hardware.
 *
 * Return: 0 or -ENOMEM.
 */
int vap_on_bind(struct device *dev, u16 apqn)
{
	struct vap_queue *queue __free(kfree) = kzalloc(sizeof(*queue), GFP_KERNEL);
	struct vap_mdev *owner;
	int rc;

	if (!queue)
		return -ENOMEM;
	queue->apqn = apqn;
	INIT_LIST_HEAD(&queue->busy);
	INIT_LIST_HEAD(&queue->news);
	guard(mutex)(&vap.config);
	rc = xa_insert(&vap.queues, apqn, queue, GFP_KERNEL);
	if (rc)
		return rc;
	apm_table_add(&vap.bound, apqn);
	apm_table_del(&vap.clean, apqn);
	vap_note_bound(apqn, "bind");
	vap_reset_start(no_free_ptr(queue), VAP_RESET_PROOF);
	owner = vap_mdev_owning(apqn);
	if (owner)
		vap_tell(owner, "bind");
	return 0;
}

/* In the masks of a guest, and the host has it. */
static bool is_reachable(u16 apqn)
{
	guard(mutex)(&vap.config);
	return vap_reset_is_used(apqn) && apm_matrix_has(&vap.host.now.has, apqn);
}

/*
 * Masks are off at once, but if the guest's user space keeps the guest's lock.
 * There is no limit: who gets the queue next must not share it.
 */
static void wait_until_unreachable(u16 apqn)
{
	while (is_reachable(apqn))
		wait_event_timeout(vap.engine.idle, !vap_reset_is_used(apqn), HZ);
}

/**
 * vap_on_unbind - the AP bus takes a queue back
 * @dev: its device
 * @apqn: the queue
 *
 * The guest loses the queue (and with it the whole adapter) at once.  If it was
 * not proven clean it is zeroized, and waited for, not longer than the time
 * allowed, and not again if it is quarantined.  Cannot fail; without a proof it
 * remains owed to the host.
 */
void vap_on_unbind(struct device *dev, u16 apqn)
{
	struct apm_region one = region_of_one(apqn);
	struct vap_queue *queue;

	scoped_guard(mutex, &vap.config) {
		queue = xa_load(&vap.queues, apqn);
		apm_table_del(&vap.bound, apqn);
		vap_note_bound(apqn, "unbind");
		settle_owner(apqn, "unbind");
		apm_table_del(&vap.clean, apqn);
	}
	wait_until_unreachable(apqn);
	vap_reset_wait(&one);
	scoped_guard(mutex, &vap.config) {
		if (apm_table_test(&vap.owed, apqn))
			dev_warn_ratelimited(dev, "unbound, but not zeroized since a guest has used it: apmask and aqmask will not give it to the host\n");
		vap_reset_forget(queue);
		xa_erase(&vap.queues, apqn);
		settle_owner(apqn, "unbound");
	}
	kfree(queue);
}

/**
 * vap_queue_proven - a queue was seen clean
 * @apqn: the queue
 *
 * Proves nothing as long as a guest can reach it.  The caller settles
 * afterwards.
 */
void vap_queue_proven(u16 apqn)
{
	lockdep_assert_held(&vap.config);
	if (apm_table_test(&vap.engine.used, apqn))
		return;
	vap_nib_off(apqn);
	apm_table_del(&vap.owed, apqn);
	if (apm_table_test(&vap.bound, apqn))
		apm_table_add(&vap.clean, apqn);
}

static bool is_pure(u16 apqn)
{
	struct apm_tapq tapq = vap_hw_tapq(apqn);

	vap_note_ask(apqn, "tapq", tapq.status.rc);
	if (apm_reset_is_pure(&tapq))
		return true;
	apm_table_del(&vap.clean, apqn);
	vap_reset_start(xa_load(&vap.queues, apqn), VAP_RESET_PROOF);
	return false;
}

/**
 * vap_queues_pure - are queues still as they were when they were proven clean?
 * @region: clean queues
 *
 * Asks the hardware, which answers at once.  What is not is zeroized again.
 *
 * Return: true if all are.
 */
bool vap_queues_pure(const struct apm_region *region)
{
	unsigned int i, apid, apqi;
	bool pure = true;

	lockdep_assert_held(&vap.config);
	for (i = 0; i < ARRAY_SIZE(region->part); i++) {
		const struct apm_rect *rect = &region->part[i];

		apm_for_each(apid, &rect->adapters)
			apm_for_each(apqi, &rect->domains)
				if (!is_pure(apm_apqn(apid, apqi)))
					pure = false;
	}
	return pure;
}

static int keep_assigned(const struct apm_region *claim, u16 apqn)
{
	struct vap_mdev *owner = vap_mdev_owning(apqn);
	struct vap_queue_names names;

	vap_name_common(&names, claim, owner);
	dev_warn_ratelimited(vap.matrix,
			     "%s not given to the host: assigned to %s\n",
			     names.text, dev_name(owner->vdev.dev));
	return -EADDRINUSE;
}

static int keep_owed(const struct apm_region *claim)
{
	struct vap_queue_names names;

	vap_name_marked(&names, claim, &vap.owed);
	dev_warn_ratelimited(vap.matrix,
			     "%s not given to the host: a guest has used it and it is not zeroized yet\n",
			     names.text);
	return -EADDRINUSE;
}

/**
 * vap_on_claim - may the host have these queues for itself?
 * @claim: the queues
 *
 * Called with the bus frozen.
 *
 * Return: 0, or -EADDRINUSE if one of them is assigned, or was used by a guest
 * and not proven clean since.
 */
int vap_on_claim(const struct apm_rect *claim)
{
	const struct apm_region region = { .part[0] = *claim };
	u16 apqn;

	guard(mutex)(&vap.config);
	if (apm_table_meets(&vap.taken, &region, &apqn))
		return keep_assigned(&region, apqn);
	if (apm_table_meets(&vap.owed, &region, NULL))
		return keep_owed(&region);
	return 0;
}
