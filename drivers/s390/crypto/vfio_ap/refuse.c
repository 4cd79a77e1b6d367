// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - whoever is refused can read why
 *
 * An errno is all that a write or an open can return.  What it was about is kept,
 * for one refusal by mediated device, until the next one: who looks a moment
 * later, or from another program, still finds it.
 */
#include <linux/sysfs.h>

#include "core/text.h"
#include "note.h"
#include "vap.h"

/**
 * vap_refuse - refuse something, and keep why
 * @mdev: the mediated device
 * @refusal: the reason
 *
 * Return: -errno for the caller.
 */
int vap_refuse(struct vap_mdev *mdev, const struct apm_refusal *refusal)
{
	struct apm_text text = {
		.buf = mdev->last_error,
		.size = sizeof(mdev->last_error),
	};

	lockdep_assert_held(&vap.config);
	apm_text_refusal(&text, refusal);
	vap_count(VAP_COUNT_REFUSALS);
	sysfs_notify(&mdev->vdev.dev->kobj, NULL, "last_error");
	return apm_refused_errno(refusal->why);
}

/**
 * vap_refuse_text - the same for what is no number, or no masks
 * @mdev: the mediated device
 * @what: the file that was written
 * @masks: masks were wanted
 * @err: what the parser said
 *
 * Return: -errno for the caller.
 */
int vap_refuse_text(struct vap_mdev *mdev, const char *what, bool masks, int err)
{
	const struct apm_refusal refusal = {
		.why = apm_refused_text(masks, err),
		.what = what,
	};

	guard(mutex)(&vap.config);
	err = vap_refuse(mdev, &refusal);
	vap_note_edit(mdev, what, err);
	return err;
}

static ssize_t last_error_show(struct device *dev, struct device_attribute *attr,
			       char *buf)
{
	struct apm_text text = { .buf = buf, .size = PAGE_SIZE };
	struct vap_mdev *mdev = dev_get_drvdata(dev);

	guard(mutex)(&vap.config);
	apm_text_word(&text, mdev->last_error);
	return text.len;
}

struct device_attribute vap_attr_last_error = __ATTR_RO(last_error);
