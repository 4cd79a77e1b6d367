// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the host's configuration changes
 */
#include "core/hostcfg.h"
#include "port/bus.h"
#include "port/hw.h"
#include "note.h"
#include "vap.h"

/**
 * vap_on_host_changed - the configuration is another one, devices follow
 * @cfg: what the host has now
 *
 * What is gone leaves the guests at once.
 */
void vap_on_host_changed(const struct apm_hostcfg *cfg)
{
	guard(mutex)(&vap.config);
	apm_host_changed(&vap.host, cfg);
	vap_note_host("changed", &cfg->has);
	vap_settle_all("host-changed");
}

/**
 * vap_on_host_scanned - the AP bus has made and removed all devices
 * @cfg: what the host has now
 *
 * What is new may enter guests from now on.
 */
void vap_on_host_scanned(const struct apm_hostcfg *cfg)
{
	guard(mutex)(&vap.config);
	apm_host_scanned(&vap.host, cfg);
	vap_note_host("scanned", &cfg->has);
	vap_settle_all("host-scanned");
}

/**
 * vap_host_recheck - ask for the configuration instead of being told
 *
 * The bus tells only about changes, and only those who are registered.  What
 * changed before is seen here; what changes from now on will be told, and waits
 * for vap.config, so that nothing older can be put in its place.
 */
void vap_host_recheck(void)
{
	struct apm_hostcfg cfg = {
		.limits = { APM_NOAPXA_MAX_APID, APM_NOAPXA_MAX_APQI },
	};

	guard(mutex)(&vap.config);
	if (vap_hw_qci(&cfg))
		pr_warn(VAP_NAME ": no PQAP(QCI) on this machine, guests will get no queue\n");
	apm_host_scanned(&vap.host, &cfg);
	vap_note_host("asked", &cfg.has);
	vap_settle_all("host-asked");
}
