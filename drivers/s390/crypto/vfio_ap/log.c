// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the log has one line for each change
 *
 * What was refused has a line where it is refused.  What was done has this one:
 * what made it happen, and in the words of the files what came and what went, such
 * as
 *
 *	ap_config: adapters +05 -06, guest_matrix +05.0004-0005 -06.0004
 *
 * Who changes something all the time is not worth more than a few lines a second.
 */
#include <linux/kernel.h>
#include <linux/ratelimit.h>

#include "names.h"
#include "vap.h"

/**
 * struct line - a line that is being written
 * @text: what it says
 * @len: how much of it there is
 */
struct line {
	char text[320];
	size_t len;
};

static void add(struct line *line, const char *what,
		const struct vap_queue_names *gained,
		const struct vap_queue_names *lost)
{
	if (!gained->text[0] && !lost->text[0])
		return;
	line->len += scnprintf(line->text + line->len,
			       sizeof(line->text) - line->len, "%s%s%s%s%s%s",
			       line->len ? ", " : "", what,
			       gained->text[0] ? " +" : "", gained->text,
			       lost->text[0] ? " -" : "", lost->text);
}

static struct vap_queue_names ids(const struct apm_mask *from,
				  const struct apm_mask *what,
				  unsigned int digits)
{
	struct apm_mask rest = apm_mask_minus(from, what);
	struct vap_queue_names names;
	struct apm_text text = { .buf = names.text, .size = sizeof(names.text) };

	apm_text_ids(&text, digits, &rest);
	return names;
}

static void add_ids(struct line *line, const char *what, unsigned int digits,
		    const struct apm_mask *old, const struct apm_mask *new)
{
	struct vap_queue_names gained = ids(new, old, digits);
	struct vap_queue_names lost = ids(old, new, digits);

	add(line, what, &gained, &lost);
}

static struct vap_queue_names queues(const struct apm_matrix *from,
				     const struct apm_matrix *what)
{
	struct apm_region rest = apm_region_minus(from, what);
	struct vap_queue_names names;
	struct apm_text text = { .buf = names.text, .size = sizeof(names.text) };

	apm_text_region(&text, &rest);
	return names;
}

static void add_queues(struct line *line, const char *what,
		       const struct apm_matrix *old, const struct apm_matrix *new)
{
	struct vap_queue_names gained = queues(new, old);
	struct vap_queue_names lost = queues(old, new);

	add(line, what, &gained, &lost);
}

/* What only waits for a reset, or has waited for it, is not worth a line. */
static bool is_worth_a_line(const struct vap_told *old, const struct vap_told *new)
{
	const struct apm_matrix *had = &old->visible, *has = &new->visible;
	struct apm_region gained, lost;

	if (old->attached != new->attached ||
	    !apm_matrix_equal(&old->assigned, &new->assigned))
		return true;
	gained = apm_region_minus(has, had);
	lost = apm_region_minus(had, has);
	return !apm_region_empty(&gained) || !apm_region_empty(&lost);
}

static void add_guest(struct line *line, bool old, bool new)
{
	if (old != new)
		line->len += scnprintf(line->text + line->len,
				       sizeof(line->text) - line->len, "%sguest %s",
				       line->len ? ", " : "",
				       new ? "attached" : "gone");
}

/**
 * vap_log_change - write a line about what changed
 * @mdev: the mediated device
 * @cause: what made it change
 * @old: how it was
 * @new: how it is
 *
 * To put it into words is most of the work, so those that are left out are not.
 */
void vap_log_change(const struct vap_mdev *mdev, const char *cause,
		    const struct vap_told *old, const struct vap_told *new)
{
	static DEFINE_RATELIMIT_STATE(limit, DEFAULT_RATELIMIT_INTERVAL,
				      DEFAULT_RATELIMIT_BURST);
	const struct apm_matrix *had = &old->assigned, *has = &new->assigned;
	struct line line = {};

	lockdep_assert_held(&vap.config);
	if (!is_worth_a_line(old, new) || !__ratelimit(&limit))
		return;
	add_ids(&line, "adapters", 2, &had->adapters, &has->adapters);
	add_ids(&line, "domains", 4, &had->domains, &has->domains);
	add_ids(&line, "control_domains", 4, &had->controls, &has->controls);
	add_guest(&line, old->attached, new->attached);
	add_queues(&line, "guest_matrix", &old->visible, &new->visible);
	dev_info(mdev->vdev.dev, "%s: %s\n", cause, line.text);
}
