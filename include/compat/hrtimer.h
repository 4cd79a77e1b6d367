/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the simulated machine asks of timers, and older kernels lack
 */
#ifndef VFIO_AP_COMPAT_HRTIMER_H
#define VFIO_AP_COMPAT_HRTIMER_H

#include <linux/hrtimer.h>

#ifdef COMPAT_NO_HRTIMER_SETUP
/* Callback and set-up were two steps. */
static inline void hrtimer_setup(struct hrtimer *timer,
				 enum hrtimer_restart (*fn)(struct hrtimer *),
				 clockid_t clock, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock, mode);
	timer->function = fn;
}
#endif

#endif /* VFIO_AP_COMPAT_HRTIMER_H */
