// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - why somebody was refused, in one line
 */
#include "refusal.h"

/* Clients know these words. */
static const struct {
	int err;
	const char *name;
	const char *word;
} reasons[APM_REFUSED] = {
	[APM_REFUSED_NUMBER] = { -EINVAL, "EINVAL", "not-a-number" },
	[APM_REFUSED_MASKS] = { -EINVAL, "EINVAL", "not-three-masks" },
	[APM_REFUSED_BITS] = { -ERANGE, "ERANGE", "more-than-64-bits" },
	[APM_REFUSED_RANGE] = { -ENODEV, "ENODEV", "not-on-this-machine" },
	[APM_REFUSED_HOST] = { -EADDRNOTAVAIL, "EADDRNOTAVAIL", "reserved-for-host" },
	[APM_REFUSED_TAKEN] = { -EADDRINUSE, "EADDRINUSE", "assigned-to" },
	[APM_REFUSED_NO_KVM] = { -EINVAL, "EINVAL", "no-kvm" },
	[APM_REFUSED_SECOND] = { -EPERM, "EPERM", "guest-already-has" },
};

/**
 * apm_refused_errno - what a refusal is to those who called
 * @why: the reason, below %APM_REFUSED
 *
 * Return: -errno.
 */
int apm_refused_errno(enum apm_refused why)
{
	return reasons[why].err;
}

/**
 * apm_refused_text - why was a text refused?
 * @masks: three masks were wanted, not a number
 * @err: what its parser said, not 0
 *
 * Return: the reason.
 */
enum apm_refused apm_refused_text(bool masks, int err)
{
	if (err == -ERANGE)
		return APM_REFUSED_BITS;
	return masks ? APM_REFUSED_MASKS : APM_REFUSED_NUMBER;
}

static bool add_word(struct apm_text *text, const char *word)
{
	if (!word || !*word)
		return true;
	return apm_text_word(text, " ") && apm_text_word(text, word);
}

/**
 * apm_text_refusal - one line about a refusal
 * @text: where to
 * @refusal: the refusal
 *
 * Errno, what was tried, what it is about if there is anything, reason, and
 * who is in the way if anybody is, such as `EADDRINUSE assign_adapter queue
 * 05.0004 assigned-to` and a name.
 *
 * Return: false if it did not fit.
 */
bool apm_text_refusal(struct apm_text *text, const struct apm_refusal *refusal)
{
	return apm_text_word(text, reasons[refusal->why].name) &&
	       add_word(text, refusal->what) && add_word(text, refusal->ids) &&
	       add_word(text, reasons[refusal->why].word) &&
	       add_word(text, refusal->owner) && apm_text_word(text, "\n");
}

static bool add_ids(struct apm_text *text, const char *kind,
		    unsigned int digits, const struct apm_mask *ids)
{
	return apm_text_word(text, kind) && apm_text_ids(text, digits, ids);
}

static bool add_beyond(struct apm_text *text, const struct apm_matrix *whole,
		       const struct apm_limits *limits)
{
	struct apm_matrix all = apm_matrix_upto(limits);
	struct apm_matrix above = {
		.adapters = apm_mask_minus(&whole->adapters, &all.adapters),
		.domains = apm_mask_minus(&whole->domains, &all.domains),
		.controls = apm_mask_minus(&whole->controls, &all.controls),
	};

	if (!apm_mask_empty(&above.adapters))
		return add_ids(text, "adapter ", 2, &above.adapters);
	if (!apm_mask_empty(&above.domains))
		return add_ids(text, "domain ", 4, &above.domains);
	return add_ids(text, "control-domain ", 4, &above.controls);
}

/* As short as its kind is written, or longer. */
static bool add_number(struct apm_text *text, const char *kind,
		       unsigned int digits, u64 id)
{
	while (digits < 16 && id >> 4 * digits)
		digits++;
	return apm_text_word(text, kind) && apm_text_hex(text, id, digits);
}

/**
 * apm_text_beyond - name what in an edit the machine does not have
 * @text: where to
 * @limits: the highest numbers that may be assigned, inclusive
 * @edit: an edit that apm_plan() refused for them
 *
 * A kind and numbers, such as `adapter 40-43`; of a whole assignment only the
 * first kind that has any.
 *
 * Return: false if it did not fit.
 */
bool apm_text_beyond(struct apm_text *text, const struct apm_limits *limits,
		     const struct apm_edit *edit)
{
	switch (edit->kind) {
	case APM_ADD_ADAPTER:
	case APM_DEL_ADAPTER:
		return add_number(text, "adapter ", 2, edit->id);
	case APM_ADD_DOMAIN:
	case APM_DEL_DOMAIN:
		return add_number(text, "domain ", 4, edit->id);
	case APM_ADD_CONTROL:
	case APM_DEL_CONTROL:
		return add_number(text, "control-domain ", 4, edit->id);
	default:
		return add_beyond(text, &edit->whole, limits);
	}
}
