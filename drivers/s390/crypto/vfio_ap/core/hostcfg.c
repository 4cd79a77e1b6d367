// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap core - what the host has
 */
#include "hostcfg.h"

/**
 * apm_host_changed - the AP bus found a new configuration
 * @host: the host's configuration over time
 * @cfg: the new one
 *
 * What @cfg lacks cannot be used from now on; what it adds cannot be used yet.
 */
void apm_host_changed(struct apm_host *host, const struct apm_hostcfg *cfg)
{
	host->now = *cfg;
}

/**
 * apm_host_scanned - the AP bus has made its devices agree with a configuration
 * @host: the host's configuration over time
 * @cfg: the one it worked with
 */
void apm_host_scanned(struct apm_host *host, const struct apm_hostcfg *cfg)
{
	host->now = *cfg;
	host->settled = *cfg;
}

/**
 * apm_host_usable - what can be relied on
 * @host: the host's configuration over time
 *
 * Return: what the host has and had when the AP bus last finished a scan.
 */
struct apm_matrix apm_host_usable(const struct apm_host *host)
{
	return apm_matrix_and(&host->now.has, &host->settled.has);
}
