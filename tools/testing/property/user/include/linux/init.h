/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * property, user space - the module begins and ends when it is told to
 */
#ifndef PROPERTY_LINUX_INIT_H
#define PROPERTY_LINUX_INIT_H

#define __init
#define __exit

#endif /* PROPERTY_LINUX_INIT_H */
