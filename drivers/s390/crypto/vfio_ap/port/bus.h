/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap port - the AP bus
 *
 * Calls down (vap_bus_*) are made by the shell and defined by the adapter,
 * calls up (vap_on_*) are made by the adapter and defined by the shell.
 */
#ifndef VAP_PORT_BUS_H
#define VAP_PORT_BUS_H

#include "../core/hostcfg.h"

struct attribute_group;
struct device;

int vap_bus_register(const struct attribute_group **groups);
void vap_bus_unregister(void);

/*
 * Freezes who owns which queue: the bus's masks and overrides.  Outermost of
 * all locks; the bus already holds it when it calls vap_on_claim().
 */
void vap_bus_freeze(void);
void vap_bus_thaw(void);

/*
 * The queues of adapter @apid in @domains that the host keeps for itself; those in
 * @bound are bound to us.
 */
struct apm_mask vap_bus_host_row(unsigned int apid, const struct apm_mask *domains,
				 const struct apm_mask *bound);

/*
 * A queue will be bound in a moment, or will not after all.  May sleep; the bus
 * may hold the device's lock.
 */
void vap_on_expect(u16 apqn);
void vap_on_unexpect(u16 apqn);

/* May sleep; the bus holds the device's lock. */
int vap_on_bind(struct device *dev, u16 apqn);
void vap_on_unbind(struct device *dev, u16 apqn);
/* The host wants @claim for itself: -EADDRINUSE if an assignment meets it. */
int vap_on_claim(const struct apm_rect *claim);
void vap_on_host_changed(const struct apm_hostcfg *cfg);
void vap_on_host_scanned(const struct apm_hostcfg *cfg);

#endif /* VAP_PORT_BUS_H */
