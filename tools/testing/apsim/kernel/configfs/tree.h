/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine as a tree of directories: what its files want from each other
 *
 * A directory of an adapter or a domain is a description.  What the machine
 * has under this number, whoever put it there, is what the directory shows; what
 * it was told to be itself counts when the machine has nothing there.
 */
#ifndef APSIM_CONFIGFS_TREE_H
#define APSIM_CONFIGFS_TREE_H

#include <linux/configfs.h>

#include "../control.h"

/* Types of the folders in which directories can be made */
extern const struct config_item_type apsim_cards_type;
extern const struct config_item_type apsim_domains_type;
extern const struct config_item_type apsim_queues_type;

/**
 * apsim_tree_id() - a number as a name has it: hexadecimal, in small letters
 * @name: where it begins
 * @digits: how many digits it has
 *
 * One number has one name, or two directories would be the same adapter.
 *
 * Return: the number, or -EINVAL if it is more than 255 or no such number.
 */
int apsim_tree_id(const char *name, unsigned int digits);

#endif /* APSIM_CONFIGFS_TREE_H */
