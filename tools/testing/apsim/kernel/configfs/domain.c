// SPDX-License-Identifier: GPL-2.0-only
/*
 * domains/DDDD - a domain
 *
 *	usage control	0, 1: what it is; while it is there, one has to be 1
 *	live		0, 1: does the machine have it; rmdir ends it, too
 *
 * What a domain is may change while it is there, as with a real machine.
 */
#include <linux/cleanup.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "tree.h"

/**
 * struct domain - a directory
 * @item: what configfs knows
 * @lock: orders writes
 * @told: what it was told to be, under @lock
 */
struct domain {
	struct config_item item;
	struct mutex lock;	/* see above */
	struct apsim_control_domain told;
};

static struct domain *to_domain(struct config_item *item)
{
	return container_of(item, struct domain, item);
}

/* What there is, or else what there would be; is it there? */
static bool domain_now(struct domain *domain, struct apsim_control_domain *now)
{
	lockdep_assert_held(&domain->lock);
	*now = domain->told;
	if (!apsim_control_get_domain(now) && (now->usage || now->control))
		return true;
	*now = domain->told;
	return false;
}

static void domain_look(struct config_item *item,
			struct apsim_control_domain *now, bool *live)
{
	struct domain *domain = to_domain(item);

	guard(mutex)(&domain->lock);
	*live = domain_now(domain, now);
}

/* -1 stands for "as it is". */
static int domain_tell(struct config_item *item, int usage, int control)
{
	struct domain *domain = to_domain(item);
	struct apsim_control_domain now;
	bool live;
	int rc;

	guard(mutex)(&domain->lock);
	live = domain_now(domain, &now);
	if (usage >= 0)
		now.usage = usage;
	if (control >= 0)
		now.control = control;
	if (live) {
		if (!now.usage && !now.control)
			return -EINVAL;
		rc = apsim_control_set_domain(&now);
		if (rc)
			return rc;
	}
	domain->told = now;
	return 0;
}

static ssize_t domain_usage_show(struct config_item *item, char *page)
{
	struct apsim_control_domain now;
	bool live;

	domain_look(item, &now, &live);
	return sysfs_emit(page, "%d\n", now.usage);
}

static ssize_t domain_usage_store(struct config_item *item, const char *page,
				  size_t count)
{
	bool usage;

	if (kstrtobool(page, &usage))
		return -EINVAL;
	return domain_tell(item, usage, -1) ?: count;
}
CONFIGFS_ATTR(domain_, usage);

static ssize_t domain_control_show(struct config_item *item, char *page)
{
	struct apsim_control_domain now;
	bool live;

	domain_look(item, &now, &live);
	return sysfs_emit(page, "%d\n", now.control);
}

static ssize_t domain_control_store(struct config_item *item, const char *page,
				    size_t count)
{
	bool control;

	if (kstrtobool(page, &control))
		return -EINVAL;
	return domain_tell(item, -1, control) ?: count;
}
CONFIGFS_ATTR(domain_, control);

static ssize_t domain_live_show(struct config_item *item, char *page)
{
	struct apsim_control_domain now;
	bool live;

	domain_look(item, &now, &live);
	return sysfs_emit(page, "%d\n", live);
}

static int domain_plug(struct domain *domain, bool plug)
{
	struct apsim_control_domain now;

	lockdep_assert_held(&domain->lock);
	if (domain_now(domain, &now) == plug)
		return 0;
	now = domain->told;
	if (!plug)
		now = (struct apsim_control_domain){ .apqi = now.apqi };
	else if (!now.usage && !now.control)
		return -EINVAL;
	return apsim_control_set_domain(&now);
}

static ssize_t domain_live_store(struct config_item *item, const char *page,
				 size_t count)
{
	struct domain *domain = to_domain(item);
	bool live;

	if (kstrtobool(page, &live))
		return -EINVAL;
	guard(mutex)(&domain->lock);
	return domain_plug(domain, live) ?: count;
}
CONFIGFS_ATTR(domain_, live);

static struct configfs_attribute *domain_attrs[] = {
	&domain_attr_usage,
	&domain_attr_control,
	&domain_attr_live,
	NULL
};

static void domain_release(struct config_item *item)
{
	struct domain *domain = to_domain(item);

	mutex_destroy(&domain->lock);
	kfree(domain);
}

static struct configfs_item_operations domain_ops = {
	.release = domain_release,
};

static const struct config_item_type domain_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &domain_ops,
	.ct_attrs = domain_attrs,
};

/* A domain that is there already is taken over as it is. */
static struct config_item *domains_make(struct config_group *group,
					const char *name)
{
	struct apsim_control_domain now;
	int apqi = strlen(name) == 4 ? apsim_tree_id(name, 4) : -EINVAL;
	struct domain *domain;

	if (apqi < 0)
		return ERR_PTR(apqi);
	domain = kzalloc(sizeof(*domain), GFP_KERNEL);
	if (!domain)
		return ERR_PTR(-ENOMEM);
	mutex_init(&domain->lock);
	domain->told.apqi = apqi;
	domain->told.usage = true;
	domain->told.control = true;
	scoped_guard(mutex, &domain->lock)
		if (domain_now(domain, &now))
			domain->told = now;
	config_item_init_type_name(&domain->item, name, &domain_type);
	return &domain->item;
}

static void domains_drop(struct config_group *group, struct config_item *item)
{
	struct domain *domain = to_domain(item);

	scoped_guard(mutex, &domain->lock)
		domain_plug(domain, false);
	config_item_put(item);
}

static struct configfs_group_operations domains_ops = {
	.make_item = domains_make,
	.drop_item = domains_drop,
};

const struct config_item_type apsim_domains_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &domains_ops,
};
