// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own AP queue devices, compiled from the kernel source tree
 */
#include "ap_queue.c"
