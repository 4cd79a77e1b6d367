/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap adapter - queues that the AP bus has not let go of yet
 */
#ifndef VAP_S390_LETGO_H
#define VAP_S390_LETGO_H

#include <linux/device.h>
#include <linux/types.h>

int vap_letgo_init(const struct device_driver *driver);
void vap_letgo_exit(void);
bool vap_letgo_hold(u16 apqn);
bool vap_letgo_release(u16 apqn);
int vap_letgo_apqn(const struct device *dev, u16 *apqn);

#endif /* VAP_S390_LETGO_H */
