// SPDX-License-Identifier: GPL-2.0-only
/*
 * queues/AA.DDDD - what is done to a queue
 *
 *	inject		write "FC RC COUNT": answers that are forced
 *	async		asynchronous error, 0: none
 *	lag		how much later its I bit follows, microseconds
 *	bound		its bind state, 0: not bound
 *	status		read: status word of a TAPQ, if no answer is forced
 *	messages	read: how many messages are on it
 *
 * Queues are made by adapters and domains, so a directory makes none: it can be
 * there before the queue is, and after.  With no queue all files are ENODEV.
 * rmdir takes back rules for its answers, async, lag and bound, whoever it was.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "tree.h"

#define NAME_LEN	7
#define LINE_MAX	64

/**
 * struct queue - a directory
 * @item: what configfs knows
 * @apqn: which queue
 */
struct queue {
	struct config_item item;
	u16 apqn;
};

static struct queue *to_queue(struct config_item *item)
{
	return container_of(item, struct queue, item);
}

static int queue_look(struct config_item *item, struct apsim_queue_look *look)
{
	int rc = apsim_control_get_queue(to_queue(item)->apqn, look);

	return rc == -ENOENT ? -ENODEV : rc;
}

/* @word AA.DDDD @rest */
static int queue_command(struct config_item *item, const char *word,
			 const char *rest)
{
	u16 apqn = to_queue(item)->apqn;
	char line[LINE_MAX];
	int rc;

	if (snprintf(line, sizeof(line), "%s %02x.%04x %s", word, apqn >> 8,
		     apqn & 0xff, rest) >= sizeof(line))
		return -EINVAL;
	rc = apsim_machine_command(line, NULL);
	return rc == -ENOENT ? -ENODEV : rc;
}

static ssize_t queue_store_number(struct config_item *item, const char *word,
				  const char *page, size_t count)
{
	char text[24];
	u64 value;
	int rc;

	rc = kstrtou64(page, 0, &value);
	if (rc)
		return rc;
	snprintf(text, sizeof(text), "%llu", value);
	return queue_command(item, word, text) ?: count;
}

/* One command, not two. */
static ssize_t queue_inject_store(struct config_item *item, const char *page,
				  size_t count)
{
	const char *end = strpbrk(page, ";\n");

	if (end && !sysfs_streq(end, ""))
		return -EINVAL;
	return queue_command(item, "inject", page) ?: count;
}
CONFIGFS_ATTR_WO(queue_, inject);

static ssize_t queue_async_show(struct config_item *item, char *page)
{
	struct apsim_queue_look look;

	return queue_look(item, &look) ?:
	       sysfs_emit(page, "0x%02x\n", look.async);
}

static ssize_t queue_async_store(struct config_item *item, const char *page,
				 size_t count)
{
	return queue_store_number(item, "async", page, count);
}
CONFIGFS_ATTR(queue_, async);

static ssize_t queue_lag_show(struct config_item *item, char *page)
{
	struct apsim_queue_look look;

	return queue_look(item, &look) ?:
	       sysfs_emit(page, "%llu\n", look.lag_ns / 1000);
}

static ssize_t queue_lag_store(struct config_item *item, const char *page,
			       size_t count)
{
	return queue_store_number(item, "lag", page, count);
}
CONFIGFS_ATTR(queue_, lag);

static ssize_t queue_bound_show(struct config_item *item, char *page)
{
	struct apsim_queue_look look;

	return queue_look(item, &look) ?:
	       sysfs_emit(page, "%u\n", look.bind_state);
}

static ssize_t queue_bound_store(struct config_item *item, const char *page,
				 size_t count)
{
	return queue_store_number(item, "bound", page, count);
}
CONFIGFS_ATTR(queue_, bound);

static ssize_t queue_status_show(struct config_item *item, char *page)
{
	struct apsim_queue_look look;

	return queue_look(item, &look) ?:
	       sysfs_emit(page, "%08x\n", look.status);
}
CONFIGFS_ATTR_RO(queue_, status);

static ssize_t queue_messages_show(struct config_item *item, char *page)
{
	struct apsim_queue_look look;

	return queue_look(item, &look) ?:
	       sysfs_emit(page, "%u\n", look.count);
}
CONFIGFS_ATTR_RO(queue_, messages);

static struct configfs_attribute *queue_attrs[] = {
	&queue_attr_inject,
	&queue_attr_async,
	&queue_attr_lag,
	&queue_attr_bound,
	&queue_attr_status,
	&queue_attr_messages,
	NULL
};

static void queue_release(struct config_item *item)
{
	kfree(to_queue(item));
}

static struct configfs_item_operations queue_ops = {
	.release = queue_release,
};

static const struct config_item_type queue_type = {
	.ct_owner = THIS_MODULE,
	.ct_item_ops = &queue_ops,
	.ct_attrs = queue_attrs,
};

static struct config_item *queues_make(struct config_group *group,
				       const char *name)
{
	struct queue *queue;
	int apid, apqi;

	if (strlen(name) != NAME_LEN || name[2] != '.')
		return ERR_PTR(-EINVAL);
	apid = apsim_tree_id(name, 2);
	apqi = apsim_tree_id(name + 3, 4);
	if (apid < 0 || apqi < 0)
		return ERR_PTR(-EINVAL);
	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (!queue)
		return ERR_PTR(-ENOMEM);
	queue->apqn = apid << 8 | apqi;
	config_item_init_type_name(&queue->item, name, &queue_type);
	return &queue->item;
}

static void queues_drop(struct config_group *group, struct config_item *item)
{
	struct apsim_queue_look look;

	if (!queue_look(item, &look)) {
		queue_command(item, "nofault", "");
		queue_command(item, "async", "0");
		queue_command(item, "lag", "0");
		queue_command(item, "bound", "0");
	}
	config_item_put(item);
}

static struct configfs_group_operations queues_ops = {
	.make_item = queues_make,
	.drop_item = queues_drop,
};

const struct config_item_type apsim_queues_type = {
	.ct_owner = THIS_MODULE,
	.ct_group_ops = &queues_ops,
};
