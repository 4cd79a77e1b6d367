/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * user bed - the number of elements of an array
 */
#ifndef USER_LINUX_ARRAY_SIZE_H
#define USER_LINUX_ARRAY_SIZE_H

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof(*(array)))

#endif /* USER_LINUX_ARRAY_SIZE_H */
