/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What differs between the kernels the simulator runs in
 *
 * The only place of the shared kernel part that knows kernel versions.
 */
#ifndef APSIM_KERNEL_COMPAT_H
#define APSIM_KERNEL_COMPAT_H

#include <linux/hrtimer.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 13, 0)
/* Callback and set-up were two steps. */
static inline void hrtimer_setup(struct hrtimer *timer,
				 enum hrtimer_restart (*fn)(struct hrtimer *),
				 clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = fn;
}
#endif

#endif /* APSIM_KERNEL_COMPAT_H */
