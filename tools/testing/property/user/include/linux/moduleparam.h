/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - parameters are variables
 */
#ifndef PROPERTY_LINUX_MODULEPARAM_H
#define PROPERTY_LINUX_MODULEPARAM_H

#define module_param(name, type, mode)					\
	void user_set_##name(unsigned int value);			\
	void user_set_##name(unsigned int value)			\
	{								\
		name = value;						\
	}								\
	struct user_unused
#define MODULE_PARM_DESC(name, text)	struct user_unused

#endif /* PROPERTY_LINUX_MODULEPARAM_H */
