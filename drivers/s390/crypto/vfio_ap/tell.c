// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - user space is told what changed, once for each change
 *
 * Whatever changes something that a mediated device shows ends in settle, and
 * settle ends here.  What was told last is compared with what is; a difference is
 * one uevent that names the files concerned.  So an action that changes several
 * things is one event, and one that changes nothing is none.  The log has a line
 * of it, too.
 *
 * An event is sent when the write that caused it returns.  Those who poll are woken a
 * moment later, once for all that changed until then: what a poll says is only that
 * there is something new to read.
 *
 * Nothing here waits for user space: a uevent is put where its readers find it.
 * If there is no memory for it, it is lost; the files are the truth.
 */
#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/workqueue.h>

#include "note.h"
#include "vap.h"

/* What can change. */
#define QUEUES		BIT(0)	/* adapters and usage domains that are assigned */
#define CONTROLS	BIT(1)	/* control domains that are assigned */
#define SEEN_QUEUES	BIT(2)	/* the guest's adapters and usage domains */
#define SEEN_CONTROLS	BIT(3)	/* the guest's control domains */
#define WITHHELD	BIT(4)
#define GUEST		BIT(5)

/* How long those who poll may be the last to know. */
#define POLL_DELAY	msecs_to_jiffies(10)

/**
 * struct subject - a file, and what it shows
 * @file: its name
 * @shows: what it is about
 * @named: events name it; it shows all that those do which are not named
 */
struct subject {
	const char *file;
	unsigned int shows;
	bool named;
};

static const struct subject subjects[] = {
	{ "ap_config", QUEUES | CONTROLS, true },
	{ "matrix", QUEUES },
	{ "control_domains", CONTROLS },
	{ "guest_config", SEEN_QUEUES | SEEN_CONTROLS, true },
	{ "guest_matrix", SEEN_QUEUES },
	{ "withheld", WITHHELD, true },
	{ "guest", GUEST, true },
};

static struct vap_told look(const struct vap_mdev *mdev)
{
	struct vap_told now = {
		.assigned = mdev->assigned,
		.visible = vap_guest_matrix(mdev),
		.attached = mdev->kvm,
	};

	/* Who has everything need not be asked for what it does not have. */
	if (!apm_matrix_equal(&now.visible, &now.assigned))
		now.withheld = vap_withheld_mark(mdev);
	return now;
}

static unsigned int differ(const struct apm_matrix *a, const struct apm_matrix *b,
			   unsigned int queues, unsigned int controls)
{
	unsigned int changed = 0;

	if (!apm_mask_equal(&a->adapters, &b->adapters) ||
	    !apm_mask_equal(&a->domains, &b->domains))
		changed |= queues;
	if (!apm_mask_equal(&a->controls, &b->controls))
		changed |= controls;
	return changed;
}

static unsigned int compare(const struct vap_told *old, const struct vap_told *new)
{
	unsigned int changed = 0;

	changed |= differ(&old->assigned, &new->assigned, QUEUES, CONTROLS);
	changed |= differ(&old->visible, &new->visible, SEEN_QUEUES, SEEN_CONTROLS);
	if (old->withheld != new->withheld)
		changed |= WITHHELD;
	if (old->attached != new->attached)
		changed |= GUEST;
	return changed;
}

/* Who listens gets one event that names the files. */
static void send_event(struct kobject *kobj, unsigned int changed)
{
	char words[64] = "VFIO_AP_CHANGED=";
	size_t start = strlen(words);
	char *env[2] = { words };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(subjects); i++) {
		const struct subject *subject = &subjects[i];

		if (!(changed & subject->shows) || !subject->named)
			continue;
		if (words[start])
			strlcat(words, " ", sizeof(words));
		strlcat(words, subject->file, sizeof(words));
	}
	if (!kobject_uevent_env(kobj, KOBJ_CHANGE, env))
		vap_count(VAP_COUNT_EVENTS);
}

/**
 * vap_poll_work - the worker that wakes those who poll
 * @work: struct vap_mdev.poll_work
 */
void vap_poll_work(struct work_struct *work)
{
	struct vap_mdev *mdev = container_of(to_delayed_work(work),
					     struct vap_mdev, poll_work);
	unsigned int changed = atomic_xchg(&mdev->unpolled, 0);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(subjects); i++)
		if (changed & subjects[i].shows)
			sysfs_notify(&mdev->vdev.dev->kobj, NULL,
				     subjects[i].file);
}

/**
 * vap_tell - tell user space what changed since it was told last
 * @mdev: the mediated device
 * @cause: what made it change, for the log
 */
void vap_tell(struct vap_mdev *mdev, const char *cause)
{
	struct vap_told now = look(mdev);
	unsigned int changed = compare(&mdev->told, &now);

	lockdep_assert_held(&vap.config);
	if (!changed)
		return;
	vap_log_change(mdev, cause, &mdev->told, &now);
	mdev->told = now;
	send_event(&mdev->vdev.dev->kobj, changed);
	atomic_or(changed, &mdev->unpolled);
	schedule_delayed_work(&mdev->poll_work, POLL_DELAY);
}
