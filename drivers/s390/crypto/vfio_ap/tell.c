// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - user space is told what changed, once for each change
 *
 * Whatever changes something that a mediated device shows ends in settle, and
 * settle ends here.  What was told last is compared with what is; a difference
 * wakes those who poll the files concerned, and is one uevent that names them.
 * So an action that changes several things is one event, and one that changes
 * nothing is none.  The log has a line of it, too.
 *
 * Nothing here waits for user space: a uevent is put where its readers find it.
 * If there is no memory for it, it is lost; the files are the truth.
 */
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/sysfs.h>

#include "note.h"
#include "vap.h"

/* What can change. */
#define QUEUES		BIT(0)	/* adapters and usage domains that are assigned */
#define CONTROLS	BIT(1)	/* control domains that are assigned */
#define SEEN_QUEUES	BIT(2)	/* the guest's adapters and usage domains */
#define SEEN_CONTROLS	BIT(3)	/* the guest's control domains */
#define WITHHELD	BIT(4)
#define GUEST		BIT(5)

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
	return (struct vap_told) {
		.assigned = mdev->assigned,
		.visible = vap_guest_matrix(mdev),
		.withheld = vap_withheld_mark(mdev),
		.attached = mdev->kvm,
	};
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

/* Those who poll are woken; who listens gets one event that names the files. */
static void tell(struct kobject *kobj, unsigned int changed)
{
	char words[64] = "VFIO_AP_CHANGED=";
	char *env[2] = { words };
	size_t start = strlen(words);
	size_t len = start;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(subjects); i++) {
		const struct subject *subject = &subjects[i];

		if (!(changed & subject->shows))
			continue;
		sysfs_notify(kobj, NULL, subject->file);
		if (subject->named)
			len += scnprintf(words + len, sizeof(words) - len, "%s%s",
					 len > start ? " " : "", subject->file);
	}
	if (!kobject_uevent_env(kobj, KOBJ_CHANGE, env))
		vap_count(VAP_COUNT_EVENTS);
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
	tell(&mdev->vdev.dev->kobj, changed);
}
