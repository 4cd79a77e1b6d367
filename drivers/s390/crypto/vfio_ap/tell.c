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

/* What can change, and the files that show it; the first one names it. */
enum subject {
	ASSIGNED,
	VISIBLE,
	WITHHELD,
	GUEST,
	SUBJECTS,
};

static const char *const files[SUBJECTS][3] = {
	[ASSIGNED] = { "ap_config", "matrix", "control_domains" },
	[VISIBLE] = { "guest_config", "guest_matrix" },
	[WITHHELD] = { "withheld" },
	[GUEST] = { "guest" },
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

static unsigned int compare(const struct vap_told *old, const struct vap_told *new)
{
	unsigned int changed = 0;

	if (!apm_matrix_equal(&old->assigned, &new->assigned))
		changed |= BIT(ASSIGNED);
	if (!apm_matrix_equal(&old->visible, &new->visible))
		changed |= BIT(VISIBLE);
	if (old->withheld != new->withheld)
		changed |= BIT(WITHHELD);
	if (old->attached != new->attached)
		changed |= BIT(GUEST);
	return changed;
}

static void wake(struct kobject *kobj, unsigned int subject)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files[subject]); i++)
		if (files[subject][i])
			sysfs_notify(kobj, NULL, files[subject][i]);
}

/**
 * vap_tell - tell user space what changed since it was told last
 * @mdev: the mediated device
 * @cause: what made it change, for the log
 */
void vap_tell(struct vap_mdev *mdev, const char *cause)
{
	struct kobject *kobj = &mdev->vdev.dev->kobj;
	struct vap_told now = look(mdev);
	unsigned int changed = compare(&mdev->told, &now);
	char words[64] = "VFIO_AP_CHANGED=";
	char *env[2] = {};
	size_t start = strlen(words);
	size_t len = start;
	unsigned int i;

	lockdep_assert_held(&vap.config);
	if (!changed)
		return;
	vap_log_change(mdev, cause, &mdev->told, &now);
	mdev->told = now;
	for (i = 0; i < SUBJECTS; i++) {
		if (!(changed & BIT(i)))
			continue;
		wake(kobj, i);
		len += scnprintf(words + len, sizeof(words) - len, "%s%s",
				 len > start ? " " : "", files[i][0]);
	}
	env[0] = words;
	if (!kobject_uevent_env(kobj, KOBJ_CHANGE, env))
		vap_count(VAP_COUNT_EVENTS);
}
