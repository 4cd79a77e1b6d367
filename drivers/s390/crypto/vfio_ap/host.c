// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap - the host's configuration changes
 */
#include "core/hostcfg.h"
#include "port/bus.h"
#include "port/hw.h"
#include "note.h"
#include "vap.h"

static struct apm_mask differ(const struct apm_mask *a, const struct apm_mask *b)
{
	struct apm_mask gone = apm_mask_minus(a, b);
	struct apm_mask come = apm_mask_minus(b, a);

	return apm_mask_or(&gone, &come);
}

/* Who has been assigned nothing of what came or went has nothing to do. */
static void settle_concerned(const struct apm_matrix *before, const char *cause)
{
	const struct apm_matrix after = apm_host_usable(&vap.host);
	const struct apm_matrix changed = {
		.adapters = differ(&before->adapters, &after.adapters),
		.domains = differ(&before->domains, &after.domains),
		.controls = differ(&before->controls, &after.controls),
	};
	const struct apm_matrix nothing = {};
	struct vap_mdev *mdev;

	list_for_each_entry(mdev, &vap.mdevs, node) {
		struct apm_matrix own = apm_matrix_and(&mdev->assigned, &changed);

		if (!apm_matrix_equal(&own, &nothing))
			vap_settle(mdev, cause);
	}
}

/**
 * vap_on_host_changed - the configuration is another one, devices follow
 * @cfg: what the host has now
 *
 * What is gone leaves the guests at once.
 */
void vap_on_host_changed(const struct apm_hostcfg *cfg)
{
	struct apm_matrix before;

	guard(mutex)(&vap.config);
	before = apm_host_usable(&vap.host);
	apm_host_changed(&vap.host, cfg);
	vap_note_host("changed", &cfg->has);
	settle_concerned(&before, "host-changed");
}

/**
 * vap_on_host_scanned - the AP bus has made and removed all devices
 * @cfg: what the host has now
 *
 * What is new may enter guests from now on.
 */
void vap_on_host_scanned(const struct apm_hostcfg *cfg)
{
	struct apm_matrix before;

	guard(mutex)(&vap.config);
	before = apm_host_usable(&vap.host);
	apm_host_scanned(&vap.host, cfg);
	vap_note_host("scanned", &cfg->has);
	settle_concerned(&before, "host-scanned");
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
	struct apm_matrix before;

	guard(mutex)(&vap.config);
	before = apm_host_usable(&vap.host);
	if (vap_hw_qci(&cfg))
		pr_warn(VAP_NAME ": no PQAP(QCI) on this machine, guests will get no queue\n");
	apm_host_scanned(&vap.host, &cfg);
	vap_note_host("asked", &cfg.has);
	settle_concerned(&before, "host-asked");
}
