// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine as a tree of directories, for who prefers mkdir to commands
 *
 *	/sys/kernel/config/apsim	the machine: there is one, and it is
 *					always there
 *	    latency reset aqic unbind	how slow it is, microseconds
 *	    stats			what it did so far
 *	    cards/AA			an adapter
 *	    domains/DDDD		a domain
 *	    queues/AA.DDDD		what is done to a queue
 *
 * A module of its own, because the simulator may have to be there before
 * configfs is.
 */
#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sysfs.h>

#include "tree.h"

int apsim_tree_id(const char *name, unsigned int digits)
{
	unsigned int i;
	int id = 0;

	for (i = 0; i < digits; i++) {
		if (!isxdigit(name[i]) || isupper(name[i]))
			return -EINVAL;
		id = id << 4 | hex_to_bin(name[i]);
	}
	return id < APSIM_IDS ? id : -EINVAL;
}

static ssize_t show_us(char *page, size_t offset)
{
	struct apsim_tuning tuning;
	int rc = apsim_control_get_tuning(&tuning);
	u64 *ns = (void *)&tuning + offset;

	if (rc)
		return rc;
	return sysfs_emit(page, "%llu\n", *ns / 1000);
}

static ssize_t store_us(const char *name, const char *page, size_t count)
{
	char line[40];
	u64 us;
	int rc;

	rc = kstrtou64(page, 0, &us);
	if (rc)
		return rc;
	snprintf(line, sizeof(line), "%s %llu", name, us);
	return apsim_machine_command(line, NULL) ?: count;
}

#define MACHINE_US(_name)						\
static ssize_t machine_##_name##_show(struct config_item *item, char *page) \
{									\
	return show_us(page, offsetof(struct apsim_tuning, _name##_ns)); \
}									\
									\
static ssize_t machine_##_name##_store(struct config_item *item,	\
				       const char *page, size_t count)	\
{									\
	return store_us(#_name, page, count);				\
}									\
CONFIGFS_ATTR(machine_, _name)

MACHINE_US(latency);
MACHINE_US(reset);
MACHINE_US(aqic);
MACHINE_US(unbind);

static ssize_t machine_stats_show(struct config_item *item, char *page)
{
	return apsim_control_stats(page);
}
CONFIGFS_ATTR_RO(machine_, stats);

static struct configfs_attribute *machine_attrs[] = {
	&machine_attr_latency,
	&machine_attr_reset,
	&machine_attr_aqic,
	&machine_attr_unbind,
	&machine_attr_stats,
	NULL
};

static const struct config_item_type machine_type = {
	.ct_owner = THIS_MODULE,
	.ct_attrs = machine_attrs,
};

static struct configfs_subsystem machine = {
	.su_group.cg_item = {
		.ci_namebuf = "apsim",
		.ci_type = &machine_type,
	},
};

static struct config_group cards, domains, queues;

static int __init apsim_configfs_init(void)
{
	config_group_init(&machine.su_group);
	mutex_init(&machine.su_mutex);
	config_group_init_type_name(&cards, "cards", &apsim_cards_type);
	config_group_init_type_name(&domains, "domains", &apsim_domains_type);
	config_group_init_type_name(&queues, "queues", &apsim_queues_type);
	configfs_add_default_group(&cards, &machine.su_group);
	configfs_add_default_group(&domains, &machine.su_group);
	configfs_add_default_group(&queues, &machine.su_group);
	return configfs_register_subsystem(&machine);
}

static void __exit apsim_configfs_exit(void)
{
	configfs_unregister_subsystem(&machine);
}

module_init(apsim_configfs_init);
module_exit(apsim_configfs_exit);

MODULE_DESCRIPTION("Simulated Crypto Express adapters as directories");
MODULE_LICENSE("GPL");
