/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - devices without a driver core
 */
#ifndef PROPERTY_LINUX_DEVICE_H
#define PROPERTY_LINUX_DEVICE_H

#include <linux/array_size.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/limits.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct device {
	struct kobject kobj;
	char name[48];
	void *data;
};

struct attribute {
	const char *name;
};

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr,
			char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr,
			 const char *buf, size_t count);
};

struct attribute_group {
	struct attribute **attrs;
};

struct module;
struct device_driver {
	const char *name;
	struct module *owner;
	const char *mod_name;
	const struct attribute_group **dev_groups;
};

#define __ATTR_RO(_name)						\
	{ .attr = { #_name }, .show = _name##_show }
#define DEVICE_ATTR_RO(_name)						\
	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name)						\
	struct device_attribute dev_attr_##_name =			\
		{ .attr = { #_name }, .store = _name##_store }
#define DEVICE_ATTR_RW(_name)						\
	struct device_attribute dev_attr_##_name =			\
		{ .attr = { #_name }, .show = _name##_show, .store = _name##_store }

static inline const char *dev_name(const struct device *dev)
{
	return dev->name;
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->data = data;
}

/* Who would read it? */
__printf(1, 2)
static inline void user_log(const char *format, ...)
{
}

#define dev_warn_ratelimited(dev, ...)		((void)(dev), user_log(__VA_ARGS__))
#define dev_notice_ratelimited(dev, ...)	((void)(dev), user_log(__VA_ARGS__))
#define pr_warn(...)				user_log(__VA_ARGS__)
#define pr_info(...)		user_log(__VA_ARGS__)
#define pr_warn_ratelimited(...)		user_log(__VA_ARGS__)

#endif /* PROPERTY_LINUX_DEVICE_H */
