// SPDX-License-Identifier: GPL-2.0-only
/*
 * vfio_ap adapter - the driver as the AP bus sees it
 *
 * A non-default driver for queues of CEX4 and later: it gets what apmask and
 * aqmask (or a queue's driver_override) leave to such drivers.
 */
#include <linux/kernel.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>

#include <asm/ap.h>

#include "../port/bus.h"
#include "ap_bus.h"
#include "letgo.h"
#include "qci.h"

static_assert(sizeof(struct apm_mask) == APM_IDS / 8);

/* The bus's masks are words like the core's, with the same bit order. */
static struct apm_mask mask_of(const unsigned long *words)
{
	struct apm_mask mask;
	unsigned int i;

	for (i = 0; i < APM_WORDS; i++)
		mask.word[i] = words[i];
	return mask;
}

static int probe(struct ap_device *apdev)
{
	u16 apqn;
	int rc;

	rc = vap_letgo_apqn(&apdev->device, &apqn);
	if (rc || vap_letgo_hold(apqn))
		return rc;
	return vap_on_bind(&apdev->device, apqn);
}

static void remove(struct ap_device *apdev)
{
	u16 apqn;

	if (vap_letgo_apqn(&apdev->device, &apqn) || vap_letgo_release(apqn))
		return;
	vap_on_unbind(&apdev->device, apqn);
}

/* Newer kernels pass all ones for the mask that does not change. */
static int in_use(unsigned long *apm, unsigned long *aqm)
{
	struct apm_rect claim = {
		.adapters = mask_of(apm),
		.domains = mask_of(aqm),
	};

	return vap_on_claim(&claim);
}

static void on_config_changed(struct ap_config_info *new_info,
			      struct ap_config_info *old_info)
{
	struct apm_hostcfg cfg = vap_qci_decode(new_info);

	vap_on_host_changed(&cfg);
}

static void on_scan_complete(struct ap_config_info *new_info,
			     struct ap_config_info *old_info)
{
	struct apm_hostcfg cfg = vap_qci_decode(new_info);

	vap_on_host_scanned(&cfg);
}

static struct ap_device_id ids[] = {
	{ .dev_type = AP_DEVICE_TYPE_CEX4, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ .dev_type = AP_DEVICE_TYPE_CEX5, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ .dev_type = AP_DEVICE_TYPE_CEX6, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ .dev_type = AP_DEVICE_TYPE_CEX7, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ .dev_type = AP_DEVICE_TYPE_CEX8, .match_flags = AP_DEVICE_ID_MATCH_QUEUE_TYPE },
	{ /* end */ },
};

static struct ap_driver driver = {
	.probe = probe,
	.remove = remove,
	.in_use = in_use,
	.on_config_changed = on_config_changed,
	.on_scan_complete = on_scan_complete,
	.ids = ids,
};

/**
 * vap_bus_register - begin to get queues
 * @groups: attributes a queue has while it is bound
 *
 * Return: 0 or -errno of the driver core.
 */
int vap_bus_register(const struct attribute_group **groups)
{
	int rc;

	driver.driver.dev_groups = groups;
	rc = ap_driver_register(&driver, THIS_MODULE, KBUILD_MODNAME);
	if (rc)
		return rc;
	rc = vap_letgo_init(&driver.driver);
	if (rc)
		ap_driver_unregister(&driver);
	return rc;
}

/**
 * vap_bus_unregister - unbind all queues and get no more
 */
void vap_bus_unregister(void)
{
	ap_driver_unregister(&driver);
	vap_letgo_exit();
}

/**
 * vap_bus_freeze - nobody changes which queues are the host's
 *
 * Sleeps.  Outermost of all locks.
 */
void vap_bus_freeze(void)
{
	mutex_lock(&ap_attr_mutex);
}

/**
 * vap_bus_thaw - the end of vap_bus_freeze()
 */
void vap_bus_thaw(void)
{
	mutex_unlock(&ap_attr_mutex);
}

/* What apmask and aqmask keep of an adapter, whatever overrides say */
static struct apm_mask kept_row(unsigned int apid)
{
	struct apm_mask adapters = mask_of(ap_perms.apm);

	if (apm_mask_test(&adapters, apid))
		return mask_of(ap_perms.aqm);
	return (struct apm_mask) {};
}

/**
 * vap_bus_host_row - which queues of an adapter does the host keep for itself?
 * @apid: the adapter
 * @domains: domains that matter
 * @bound: domains whose queues are bound to us
 *
 * Call between vap_bus_freeze() and vap_bus_thaw().  The bus goes through all of
 * its queues for each answer.  It need not be asked for one that is bound to us and
 * not kept by the masks: an override, if there is one, is for us.
 *
 * Return: the domains of those queues, a subset of @domains.
 */
struct apm_mask vap_bus_host_row(unsigned int apid, const struct apm_mask *domains,
				 const struct apm_mask *bound)
{
	struct apm_mask kept = kept_row(apid);
	struct apm_mask ours = apm_mask_minus(bound, &kept);
	struct apm_mask ask = apm_mask_minus(domains, &ours);
	struct apm_mask host = {};
	unsigned int apqi;

	lockdep_assert_held(&ap_attr_mutex);
	apm_for_each(apqi, &ask)
		if (ap_owned_by_def_drv(apid, apqi))
			apm_mask_add(&host, apqi);
	return host;
}
