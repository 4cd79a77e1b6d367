/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * seeded - one mistake for each file
 */
#ifndef SEEDED_H
#define SEEDED_H

#include <linux/types.h>

int seeded_endian(__be32 value);
int seeded_user(const int __user *value);
int seeded_unused(int value);
int seeded_free(int *value);
int seeded_sometimes(int value);

#endif /* SEEDED_H */
