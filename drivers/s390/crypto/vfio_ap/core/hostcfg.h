/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vfio_ap core - what the host has
 *
 * The host's configuration (PQAP(QCI)) changes in two steps: the AP bus first
 * tells that it changed, then it removes and creates queue devices, then it
 * tells that it is done.  What vanished must vanish from guests at the first
 * step; what is new can be trusted only after the second.  So what may be used
 * is what the host has now AND had when the bus was last done.
 */
#ifndef APM_HOSTCFG_H
#define APM_HOSTCFG_H

#include "matrix.h"

/**
 * struct apm_hostcfg - one PQAP(QCI) answer
 * @has: adapters, usage domains and control domains of the host
 * @limits: highest numbers it can address; 63 and 15 without APXA
 */
struct apm_hostcfg {
	struct apm_matrix has;
	struct apm_limits limits;
};

/**
 * struct apm_host - the host's configuration over time
 * @now: as last reported
 * @settled: as it was when the AP bus last finished a scan
 */
struct apm_host {
	struct apm_hostcfg now;
	struct apm_hostcfg settled;
};

/* PQAP(QCI) reports APXA with limits of its own; without it these hold. */
#define APM_NOAPXA_MAX_APID	63
#define APM_NOAPXA_MAX_APQI	15

void apm_host_changed(struct apm_host *host, const struct apm_hostcfg *cfg);
void apm_host_scanned(struct apm_host *host, const struct apm_hostcfg *cfg);
struct apm_matrix apm_host_usable(const struct apm_host *host);

#endif /* APM_HOSTCFG_H */
