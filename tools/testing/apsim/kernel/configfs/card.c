// SPDX-License-Identifier: GPL-2.0-only
/*
 * cards/AA - an adapter
 *
 *	type mode depth		what it is; EBUSY while it is plugged
 *	state			on, off, standby, checkstop; at any time
 *	live			0, 1: plug it, unplug it; rmdir unplugs it, too
 */
#include <linux/cleanup.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "../words.h"
#include "tree.h"

#define DEPTH_MAX	32
#define DEPTH_DEFAULT	8

/**
 * struct card - a directory
 * @item: what configfs knows
 * @lock: orders writes
 * @told: what it was told to be, under @lock
 */
struct card {
	struct config_item item;
	struct mutex lock;	/* see above */
	struct apsim_control_card told;
};

static struct card *to_card(struct config_item *item)
{
	return container_of(item, struct card, item);
}

/* What there is, or else what there would be; is it plugged? */
static bool card_now(struct card *card, struct apsim_control_card *now)
{
	lockdep_assert_held(&card->lock);
	*now = card->told;
	return !apsim_control_get_card(now);
}

static void card_look(struct config_item *item, struct apsim_control_card *now)
{
	struct card *card = to_card(item);

	guard(mutex)(&card->lock);
	card_now(card, now);
}

/* Nobody changes what an adapter is while it is plugged. */
static int card_tell(struct config_item *item, u8 type, int mode, u8 depth)
{
	struct card *card = to_card(item);
	struct apsim_control_card now;

	guard(mutex)(&card->lock);
	if (card_now(card, &now))
		return -EBUSY;
	if (type)
		card->told.info.type = type;
	if (mode >= 0)
		card->told.info.mode = mode;
	if (depth)
		card->told.info.depth = depth;
	return 0;
}

static ssize_t card_type_show(struct config_item *item, char *page)
{
	struct apsim_control_card now;
	char word[APSIM_TYPE_WORD];

	card_look(item, &now);
	return sysfs_emit(page, "%s\n", apsim_type_word(now.info.type, word));
}

static ssize_t card_type_store(struct config_item *item, const char *page,
			       size_t count)
{
	char word[APSIM_TYPE_WORD];
	u8 type;

	for (type = APSIM_TYPE_CEX4; type <= APSIM_TYPE_CEX8; type++)
		if (sysfs_streq(page, apsim_type_word(type, word)))
			break;
	if (type > APSIM_TYPE_CEX8 && (kstrtou8(page, 0, &type) || !type))
		return -EINVAL;
	return card_tell(item, type, -1, 0) ?: count;
}
CONFIGFS_ATTR(card_, type);

static ssize_t card_mode_show(struct config_item *item, char *page)
{
	struct apsim_control_card now;

	card_look(item, &now);
	return sysfs_emit(page, "%c\n", apsim_mode_letters[now.info.mode]);
}

static ssize_t card_mode_store(struct config_item *item, const char *page,
			       size_t count)
{
	int mode;

	for (mode = 0; mode < ARRAY_SIZE(apsim_mode_letters); mode++)
		if (*page == apsim_mode_letters[mode] &&
		    sysfs_streq(page + 1, ""))
			return card_tell(item, 0, mode, 0) ?: count;
	return -EINVAL;
}
CONFIGFS_ATTR(card_, mode);

static ssize_t card_depth_show(struct config_item *item, char *page)
{
	struct apsim_control_card now;

	card_look(item, &now);
	return sysfs_emit(page, "%u\n", now.info.depth);
}

static ssize_t card_depth_store(struct config_item *item, const char *page,
				size_t count)
{
	u8 depth;

	if (kstrtou8(page, 0, &depth) || !depth || depth > DEPTH_MAX)
		return -EINVAL;
	return card_tell(item, 0, -1, depth) ?: count;
}
CONFIGFS_ATTR(card_, depth);

static ssize_t card_state_show(struct config_item *item, char *page)
{
	struct apsim_control_card now;

	card_look(item, &now);
	return sysfs_emit(page, "%s\n", apsim_state_words[now.state]);
}

static ssize_t card_state_store(struct config_item *item, const char *page,
				size_t count)
{
	int state = sysfs_match_string(apsim_state_words, page), rc;
	struct card *card = to_card(item);

	if (state < 0)
		return state;
	guard(mutex)(&card->lock);
	card->told.state = state;
	rc = apsim_control_set_state(&card->told);
	return rc && rc != -ENOENT ? rc : count;
}
CONFIGFS_ATTR(card_, state);

static ssize_t card_live_show(struct config_item *item, char *page)
{
	struct card *card = to_card(item);
	struct apsim_control_card now;

	guard(mutex)(&card->lock);
	return sysfs_emit(page, "%d\n", card_now(card, &now));
}

/* What was wanted already is so: that is no error. */
static int card_plug(struct card *card, bool plug)
{
	int rc;

	lockdep_assert_held(&card->lock);
	if (plug) {
		rc = apsim_control_plug(&card->told);
		return rc == -EEXIST ? 0 : rc;
	}
	rc = apsim_control_unplug(card->told.info.apid);
	return rc == -ENOENT ? 0 : rc;
}

static ssize_t card_live_store(struct config_item *item, const char *page,
			       size_t count)
{
	struct card *card = to_card(item);
	bool live;

	if (kstrtobool(page, &live))
		return -EINVAL;
	guard(mutex)(&card->lock);
	return card_plug(card, live) ?: count;
}
CONFIGFS_ATTR(card_, live);

static struct configfs_attribute *card_attrs[] = {
	&card_attr_type,
	&card_attr_mode,
	&card_attr_depth,
	&card_attr_state,
	&card_attr_live,
	NULL
};

static void card_release(struct config_item *item)
{
	struct card *card = to_card(item);

	mutex_destroy(&card->lock);
	kfree(card);
}

static struct configfs_item_operations card_ops = {
	.release = card_release,
};

static const struct config_item_type card_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &card_ops,
	.ct_attrs = card_attrs,
};

/* An adapter that is plugged already is taken over as it is. */
static struct config_item *cards_make(struct config_group *group,
				      const char *name)
{
	struct apsim_control_card now;
	int apid = strlen(name) == 2 ? apsim_tree_id(name, 2) : -EINVAL;
	struct card *card;

	if (apid < 0)
		return ERR_PTR(apid);
	card = kzalloc(sizeof(*card), GFP_KERNEL);
	if (!card)
		return ERR_PTR(-ENOMEM);
	mutex_init(&card->lock);
	card->told.info.apid = apid;
	card->told.info.type = APSIM_TYPE_CEX8;
	card->told.info.mode = APSIM_ACCEL;
	card->told.info.depth = DEPTH_DEFAULT;
	now = card->told;
	if (!apsim_control_get_card(&now))
		card->told = now;
	config_item_init_type_name(&card->item, name, &card_type);
	return &card->item;
}

static void cards_drop(struct config_group *group, struct config_item *item)
{
	struct card *card = to_card(item);

	scoped_guard(mutex, &card->lock)
		card_plug(card, false);
	config_item_put(item);
}

static struct configfs_group_operations cards_ops = {
	.make_item = cards_make,
	.drop_item = cards_drop,
};

const struct config_item_type apsim_cards_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &cards_ops,
};
