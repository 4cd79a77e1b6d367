/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - nobody polls, and nobody listens to events
 */
#ifndef PROPERTY_LINUX_KOBJECT_H
#define PROPERTY_LINUX_KOBJECT_H

struct kobject {
	int unused;
};

#define KOBJ_CHANGE	0

#define sysfs_notify(kobj, dir, file)					\
	((void)(kobj), (void)(dir), (void)(file))
#define kobject_uevent_env(kobj, action, env)				\
	((void)(kobj), (void)(action), (void)(env), 0)

#endif /* PROPERTY_LINUX_KOBJECT_H */
