/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap port - the AP instructions the driver issues itself
 *
 * None of these sleeps or waits.
 */
#ifndef VAP_PORT_HW_H
#define VAP_PORT_HW_H

#include "../core/aqic.h"
#include "../core/hostcfg.h"
#include "../core/rc.h"

bool vap_hw_present(void);
int vap_hw_qci(struct apm_hostcfg *cfg);
struct apm_tapq vap_hw_tapq(u16 apqn);
struct apm_status vap_hw_zapq(u16 apqn);
struct apm_status vap_hw_aqic_on(u16 apqn, const struct apm_bell *bell);
struct apm_status vap_hw_aqic_off(u16 apqn);

#endif /* VAP_PORT_HW_H */
