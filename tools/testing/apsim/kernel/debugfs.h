/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The machine in debugfs, to be read
 */
#ifndef APSIM_KERNEL_DEBUGFS_H
#define APSIM_KERNEL_DEBUGFS_H

/* Nobody depends on it: no errors.  Both can sleep. */
void apsim_debugfs_init(void);
void apsim_debugfs_exit(void);

#endif /* APSIM_KERNEL_DEBUGFS_H */
